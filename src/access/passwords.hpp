// What makes a password one that guessing finds early.
#pragma once
#include "base/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

// Rules for staff (NIST SP 800-63B-4 §3.1.1.2, PCI DSS 8.3.6): 12 to 128 characters of any kind, none of the well-known
// passwords nor one with a few digits around it, no sequence or repetition, not made of `context`: names and addresses
// of the person, the business and Patron. Nothing is asked of its composition and it never grows old. Answers what is
// wrong, or nothing.
std::optional<FieldError> password_weakness(std::string_view password, std::string_view pointer,
                                            std::vector<std::string> const& context);

// Is it one of the 10,000 passwords seen most often, or one of the long ones among the first 49,000? In lower case.
bool is_common_password(std::string_view password);

}  // namespace patron
