// Chance that falls the same way every time and on every machine: splitmix64 from a fixed seed.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace patron::demo {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    int between(int low, int high) { return low + below(high - low + 1); }  // both included
    bool chance(int percent) { return below(100) < percent; }
    template <class List>
    auto const& pick(List const& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
    }

  private:
    std::uint64_t next() {
        auto mixed = state_ += 0x9e3779b97f4a7c15U;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t state_;
};

// One of the parts of a list written as one text: "Anna;Emma;Lena".
inline std::string_view pick_part(Dice& dice, std::string_view list, char mark = ';') {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= list.size();) {
        auto const end = list.find(mark, at) == std::string_view::npos ? list.size() : list.find(mark, at);
        parts.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return dice.pick(parts);
}

}  // namespace patron::demo
