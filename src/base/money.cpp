#include "base/money.hpp"

#include "base/fold.hpp"

namespace patron {

std::string money_text(Money const& money) {
    auto const places = static_cast<std::size_t>(currency_digits(money.currency));
    auto const digits = std::to_string(money.amount < 0 ? -money.amount : money.amount);
    auto const padded = std::string(digits.size() > places ? 0 : places + 1 - digits.size(), '0') + digits;
    auto const whole = padded.substr(0, padded.size() - places);
    return (money.amount < 0 ? "-" : "") + whole + (places ? "." + padded.substr(whole.size()) : "") + ' ' +
           money.currency;
}

}  // namespace patron
