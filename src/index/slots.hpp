// A hash table that knows only numbers: what a number stands for is compared by whoever keeps the things.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace patron::index {

inline std::uint64_t mixed(std::uint64_t value) {  // the finisher of SplitMix64
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

inline std::uint64_t hash_of(std::string_view text, std::uint64_t seed = 0) {
    auto hash = seed + 0x9e3779b97f4a7c15u * (text.size() + 1);
    std::uint64_t part = 0;
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::memcpy(&part, text.data(), 8);
        hash = mixed(hash ^ part);
    }
    part = 0;
    if (!text.empty()) std::memcpy(&part, text.data(), text.size());
    return mixed(hash ^ part);
}

// Open addressing with linear probing; a removed number closes its gap.
class Slots {
  public:
    static constexpr std::uint32_t none = 0xffffffff;

    // The number with that hash of which `same` says yes, or none.
    template <class Same>
    std::uint32_t find(std::uint64_t hash, Same same) const {
        if (slots_.empty()) return none;
        auto const part = static_cast<std::uint32_t>(hash);
        for (auto at = home(part); slots_[at].number != none; at = next(at))
            if (slots_[at].hash == part && same(slots_[at].number)) return slots_[at].number;
        return none;
    }

    // One that is not yet there.
    void add(std::uint64_t hash, std::uint32_t number) {
        if ((used_ + 1) * 3 > slots_.size() * 2) resize(slots_.empty() ? 16 : slots_.size() * 2);
        place({number, static_cast<std::uint32_t>(hash)});
        ++used_;
    }

    void remove(std::uint64_t hash, std::uint32_t number) {
        if (slots_.empty()) return;
        auto at = home(static_cast<std::uint32_t>(hash));
        for (; slots_[at].number != number; at = next(at))
            if (slots_[at].number == none) return;
        for (auto later = next(at); slots_[later].number != none; later = next(later)) {
            // One that stands between its home and the gap may close it.
            auto const wanted = home(slots_[later].hash);
            if (((later - wanted) & (slots_.size() - 1)) >= ((later - at) & (slots_.size() - 1))) {
                slots_[at] = slots_[later];
                at = later;
            }
        }
        slots_[at].number = none;
        --used_;
    }

    void reserve(std::size_t numbers) {
        std::size_t size = 16;
        while (size * 2 < numbers * 3) size *= 2;
        if (size > slots_.size()) resize(size);
    }
    std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

  private:
    struct Slot {
        std::uint32_t number = none, hash = 0;
    };

    std::size_t home(std::uint32_t hash) const { return hash & (slots_.size() - 1); }
    std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
    void place(Slot slot) {
        auto at = home(slot.hash);
        while (slots_[at].number != none) at = next(at);
        slots_[at] = slot;
    }
    void resize(std::size_t size) {
        std::vector<Slot> old(size);
        old.swap(slots_);
        for (auto const& slot : old)
            if (slot.number != none) place(slot);
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

}  // namespace patron::index
