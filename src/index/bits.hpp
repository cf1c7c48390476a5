// A set of rows as one bit each: what questions to the index are put together with. A million rows take 125 kB.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace patron::index {

// The place of a record in the index; the place of a dropped record is used again.
using Row = std::uint32_t;

// Sets of one index, of one moment, are combined freely; rows beyond a set's length are not in it. There is no
// complement, as unused rows would be in it: "not x" is `index.live() - x`.
class Bits {
  public:
    Bits() = default;
    explicit Bits(std::size_t rows) : words_((rows + 63) / 64) {}

    // Room for that many rows, a multiple of 64.
    std::size_t rows() const { return words_.size() * 64; }
    void grow(std::size_t rows) {
        if (rows > this->rows()) words_.resize((rows + 63) / 64);
    }
    bool has(Row row) const { return row / 64 < words_.size() && (words_.data()[row / 64] >> (row % 64) & 1) != 0; }
    void set(Row row) { words_.data()[row / 64] |= std::uint64_t{1} << (row % 64); }
    void reset(Row row) {
        if (row / 64 < words_.size()) words_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
    }

    Bits& operator&=(Bits const& other) {
        auto const shared = std::min(words_.size(), other.words_.size());
        auto* const own = words_.data();
        auto const* const others = other.words_.data();
        for (std::size_t at = 0; at < shared; ++at) own[at] &= others[at];
        std::fill(words_.begin() + static_cast<std::ptrdiff_t>(shared), words_.end(), 0);
        return *this;
    }
    Bits& operator|=(Bits const& other) {
        grow(other.rows());
        auto* const own = words_.data();
        auto const* const others = other.words_.data();
        for (std::size_t at = 0; at < other.words_.size(); ++at) own[at] |= others[at];
        return *this;
    }
    Bits& operator-=(Bits const& other) {
        auto const shared = std::min(words_.size(), other.words_.size());
        auto* const own = words_.data();
        auto const* const others = other.words_.data();
        for (std::size_t at = 0; at < shared; ++at) own[at] &= ~others[at];
        return *this;
    }
    friend Bits operator&(Bits one, Bits const& other) { return one &= other, one; }
    friend Bits operator|(Bits one, Bits const& other) { return one |= other, one; }
    friend Bits operator-(Bits one, Bits const& other) { return one -= other, one; }
    bool operator==(Bits const& other) const { return (*this - other).none() && (other - *this).none(); }

    std::size_t count() const {
        std::size_t sum = 0;
        for (auto const word : words_) sum += ones(word);
        return sum;
    }
    bool none() const {
        return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
    }
    template <class Visit>
    void each(Visit const& visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) each_in_word(at, visit);
    }
    // The rows at * 64 … at * 64 + 63 among them.
    template <class Visit>
    void each_in_word(std::size_t at, Visit const& visit) const {
        for (auto left = words_[at]; left != 0; left &= left - 1)
            visit(static_cast<Row>(at * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }

    // std::popcount is a call into a library where the processor's own instruction may not be taken for granted.
    static std::size_t ones(std::uint64_t word) {
        word -= word >> 1 & 0x5555555555555555u;
        word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
        return ((word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56;
    }

    // 64 rows a word, the first in the lowest bit.
    std::vector<std::uint64_t>& words() { return words_; }
    std::vector<std::uint64_t> const& words() const { return words_; }

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace patron::index
