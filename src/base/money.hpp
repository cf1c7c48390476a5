// Amounts of money in words.
#pragma once
#include "base/types.hpp"

namespace patron {

// Exact, with the currency's own decimals (ISO 4217): "12.50 EUR", "-300 JPY".
std::string money_text(Money const& money);

}  // namespace patron
