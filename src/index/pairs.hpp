// Which rows hold which two neighbouring bytes in one of their texts, for an attribute with many texts: whoever asks for two
// letters is answered without going over them all.
#pragma once
#include "index/posting.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace patron::index {

class Pairs {
  public:
    using Pair = std::uint16_t;
    static constexpr std::size_t all = 65'536;

    Pairs() : rows_(all) {}

    // Each of the texts' pairs once, sorted.
    template <class Texts>
    static std::vector<Pair> of(Texts const& texts) {
        std::vector<Pair> pairs;
        for (std::string_view const text : texts)
            for (std::size_t at = 1; at < text.size(); ++at) pairs.push_back(pair(text[at - 1], text[at]));
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        return pairs;
    }

    // Of a row that has this text besides those that it had.
    void add(Row row, std::string_view text) {
        for (std::size_t at = 1; at < text.size(); ++at) rows_[pair(text[at - 1], text[at])].add(row);
    }
    void change(Row row, std::vector<Pair> const& before, std::vector<Pair> const& after) {
        for (auto const one : before)
            if (!std::binary_search(after.begin(), after.end(), one)) rows_[one].remove(row);
        for (auto const one : after)
            if (!std::binary_search(before.begin(), before.end(), one)) rows_[one].add(row);
    }

    // Adds the rows with a text that holds the two bytes.
    void into(std::string_view two, Bits& bits) const { rows_[pair(two[0], two[1])].into(bits); }

    std::size_t bytes() const {
        auto sum = rows_.capacity() * sizeof(Posting);
        for (auto const& rows : rows_) sum += rows.bytes();
        return sum;
    }

  private:
    static Pair pair(char one, char other) {
        return static_cast<Pair>(static_cast<unsigned char>(one) << 8 | static_cast<unsigned char>(other));
    }
    std::vector<Posting> rows_;
};

}  // namespace patron::index
