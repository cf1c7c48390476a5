// An order as it was sent, checked against what there is.
#pragma once
#include "modules/bulk/rules.hpp"

namespace patron::bulk {

inline constexpr std::size_t most_ids = 10'000;

// Whom it means, in order. Throws Problem with pointers below /filter.
std::vector<Id<Customer>> set_of(Reading& reading, BulkOrder const& order, rules::Verb verb);

// Does what the action names exist, and may a customer have it? Throws Problem with pointers below /action.
void check(Reading& reading, BulkAction const& action, rules::Verb verb);

// Throws Problem 403.
void check_rights(Principal const& who, rules::Verb verb);

}  // namespace patron::bulk
