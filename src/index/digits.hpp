// Phone numbers by any four digits in a row; a number's end counts as one.
#pragma once
#include "index/posting.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace patron::index {

class Digits {
  public:
    static constexpr std::uint16_t fours = 11 * 11 * 11 * 11;
    static constexpr std::uint16_t end = 10;  // stands for a number's end

    Digits() : rows_(fours) {}

    // What is kept of a record's numbers, parted by spaces: sorted, each once.
    static std::vector<std::uint16_t> fours_of(std::string_view numbers);
    static std::uint16_t four(std::uint16_t one, std::uint16_t two, std::uint16_t three, std::uint16_t last) {
        return static_cast<std::uint16_t>(((one * 11 + two) * 11 + three) * 11 + last);
    }
    Posting& operator[](std::uint16_t four) { return rows_[four]; }
    Posting const& operator[](std::uint16_t four) const { return rows_[four]; }

    // Rows that may have the digits, of 3 at least, in one of their numbers; for 3 and 4 they do.
    Bits holding(std::string_view digits, std::size_t rows) const;
    std::size_t bytes() const;

  private:
    std::vector<Posting> rows_;
};

}  // namespace patron::index
