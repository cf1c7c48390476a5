// Search over customers as the database answers it.
#pragma once
#include "modules/customers/filter.hpp"

namespace patron::customers {

// "%son%", or "son%": the text as a LIKE pattern with '\' as its escape.
std::string like_pattern(std::string_view text, bool infix);

// "0628 12", "+33 6 28", "0033628": the digits a number in E.164 would show; empty when it is no number.
std::string phone_digits(std::string_view typed);

// Each word in the name, company, an e-mail or city, or the digits in a number, or a tag that begins so: over customers c.
std::string search_condition(Question& question, std::string_view typed);

}  // namespace patron::customers
