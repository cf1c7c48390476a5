// Keeps what was prepared, by SQL text, and gives up the longest unused when there are too many.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace patron::db {

inline constexpr std::size_t statements_kept = 500;

// Texts are compared whole, so that a glance at each is enough to tell most of them apart: their length and 24 of their
// bytes. Every statement is looked for, and most are hundreds of bytes long.
struct SqlGlance {
    std::size_t operator()(std::string_view sql) const {
        std::uint64_t mixed = sql.size();
        auto const take = [&](std::size_t from) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, sql.data() + from, std::min(sizeof bytes, sql.size() - from));
            mixed = (mixed ^ bytes) * 0x9e3779b97f4a7c15U;
            mixed ^= mixed >> 29;
        };
        if (sql.size() <= 8) take(0);
        else
            for (auto const from : {sql.size() / 3, sql.size() * 2 / 3, sql.size() - 8})
                take(std::min(from, sql.size() - 8));
        return mixed;
    }
};

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
    std::unordered_map<std::string_view, typename std::list<std::pair<std::string, Entry>>::iterator, SqlGlance>
        by_text_;
};

}  // namespace patron::db
