// Which rows hold a part in one of their texts: found once by going over all texts, and kept up as rows change. Whoever
// edits a filter, scrolls its list or counts it asks the same part again and again.
#pragma once
#include "index/bits.hpp"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace patron::index {

class RememberedParts {
  public:
    static constexpr std::size_t most = 16;  // beyond them the one that was asked for longest ago goes

    // Adds the rows to `into` if they are remembered. Several may ask at once.
    bool find(std::uint32_t group, std::string_view part, Bits& into) const {
        std::lock_guard const lock(mutex_);
        for (auto& one : all_)
            if (one.group == group && one.part == part) {
                one.asked = ++asked_;
                into |= one.rows;
                return true;
            }
        return false;
    }

    void add(std::uint32_t group, std::string_view part, Bits rows) const {
        std::lock_guard const lock(mutex_);
        for (auto const& one : all_)
            if (one.group == group && one.part == part) return;  // somebody else asked for it at the same time
        if (all_.size() == most)
            all_.erase(std::min_element(all_.begin(), all_.end(),
                                        [](One const& one, One const& other) { return one.asked < other.asked; }));
        all_.push_back({group, std::string(part), std::move(rows), ++asked_});
    }

    // From now on the row has the texts of that group for which `holds(group, part)` tells whether one holds the part.
    // Nobody may ask meanwhile.
    template <class Holds>
    void set(Row row, Holds const& holds) {
        for (auto& one : all_) {
            one.rows.grow(std::size_t{row} + 1);
            if (holds(one.group, std::string_view(one.part))) one.rows.set(row);
            else one.rows.reset(row);
        }
    }

    std::size_t bytes() const {
        std::lock_guard const lock(mutex_);
        std::size_t sum = 0;
        for (auto const& one : all_) sum += sizeof one + one.part.capacity() + one.rows.rows() / 8;
        return sum;
    }

  private:
    struct One {
        std::uint32_t group;
        std::string part;
        Bits rows;
        mutable std::uint64_t asked;
    };
    mutable std::mutex mutex_;
    mutable std::vector<One> all_;
    mutable std::uint64_t asked_ = 0;
};

}  // namespace patron::index
