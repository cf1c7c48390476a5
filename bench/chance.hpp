// Chance that falls the same way every time, and falls unevenly as life does: few are common, most are rare.
#pragma once
#include "modules/demo/dice.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace patron::bench {

using demo::Dice;

// Dice for one question about one customer: asking another question, or another customer, changes nothing here.
inline Dice dice_for(std::uint32_t customer, std::uint32_t question) {
    return Dice((std::uint64_t{customer} << 24 | question) * 0xd1342543de82ef95U + 0x2545f4914f6cdd1dU);
}

// Picks from a list whose n-th entry is about n times as rare as the first.
template <class T>
class Uneven {
  public:
    Uneven() = default;
    explicit Uneven(std::vector<T> list) : list_(std::move(list)) {
        for (std::size_t i = 0; i < list_.size(); ++i) weights_.push_back(whole_ += 100'000 / static_cast<int>(i + 3));
    }
    T const& pick(Dice& dice) const {
        auto const found = std::upper_bound(weights_.begin(), weights_.end(), dice.below(whole_));
        return list_[static_cast<std::size_t>(found - weights_.begin())];
    }
    std::vector<T> const& list() const { return list_; }

  private:
    std::vector<T> list_;
    std::vector<int> weights_;
    int whole_ = 0;
};

// "Anna;Emma;Lena" in parts.
inline std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find(';', at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

}  // namespace patron::bench
