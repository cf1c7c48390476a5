// Keeps what was prepared, by SQL text, and gives up the longest unused when there are too many.
#pragma once
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace patron::db {

inline constexpr std::size_t statements_kept = 500;

template <class Entry>
class StatementCache {
  public:
    // Null when there is none; it counts as a use.
    Entry* find(std::string_view sql) {
        auto const found = by_text_.find(sql);
        if (found == by_text_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }

    // The place of an entry does not move as long as it is kept.
    Entry& add(std::string_view sql, Entry entry) {
        entries_.emplace_front(std::string(sql), std::move(entry));
        by_text_.emplace(entries_.front().first, entries_.begin());
        return entries_.front().second;
    }

    void drop(std::string_view sql) {
        auto const found = by_text_.find(sql);
        if (found == by_text_.end()) return;
        auto const place = found->second;
        by_text_.erase(found);
        entries_.erase(place);
    }

    // Gives up the longest unused entry that `give_up` agrees to let go, when there are too many.
    template <class GiveUp>
    void shrink(GiveUp&& give_up) {
        if (entries_.size() < statements_kept) return;
        for (auto entry = entries_.end(); entry != entries_.begin();) {
            --entry;
            if (!give_up(entry->second)) continue;
            by_text_.erase(entry->first);
            entries_.erase(entry);
            return;
        }
    }

    void clear() {
        by_text_.clear();
        entries_.clear();
    }

  private:
    std::list<std::pair<std::string, Entry>> entries_;  // newest use first
    std::unordered_map<std::string_view, typename std::list<std::pair<std::string, Entry>>::iterator> by_text_;
};

}  // namespace patron::db
