#include "index/digits.hpp"

namespace patron::index {

namespace {

std::uint16_t digit(char letter) { return static_cast<std::uint16_t>(letter - '0'); }

}  // namespace

std::vector<std::uint16_t> Digits::fours_of(std::string_view numbers) {
    std::vector<std::uint16_t> fours;
    while (!numbers.empty()) {
        auto const number = numbers.substr(0, numbers.find(' '));
        numbers.remove_prefix(std::min(numbers.size(), number.size() + 1));
        if (number.size() < 3 || number.find_first_not_of("0123456789") != std::string_view::npos) continue;
        for (std::size_t at = 0; at + 3 <= number.size(); ++at)
            fours.push_back(four(digit(number[at]), digit(number[at + 1]), digit(number[at + 2]),
                                 at + 3 < number.size() ? digit(number[at + 3]) : end));
    }
    std::sort(fours.begin(), fours.end());
    fours.erase(std::unique(fours.begin(), fours.end()), fours.end());
    return fours;
}

Bits Digits::holding(std::string_view digits, std::size_t rows) const {
    Bits found(rows);
    if (digits.size() == 3) {
        for (std::uint16_t last = 0; last <= end; ++last)
            rows_[four(digit(digits[0]), digit(digits[1]), digit(digits[2]), last)].into(found);
        return found;
    }
    for (std::size_t at = 0; at + 4 <= digits.size(); ++at) {
        Bits one(rows);
        rows_[four(digit(digits[at]), digit(digits[at + 1]), digit(digits[at + 2]), digit(digits[at + 3]))].into(one);
        if (at == 0) found = std::move(one);
        else found &= one;
    }
    return found;
}

std::size_t Digits::bytes() const {
    auto sum = rows_.capacity() * sizeof(Posting);
    for (auto const& rows : rows_) sum += rows.bytes();
    return sum;
}

}  // namespace patron::index
