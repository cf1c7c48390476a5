// An action carried out customer by customer, and taken back.
#pragma once
#include "modules/bulk/rules.hpp"

namespace patron::bulk {

// The action to one customer; says in the item what became of it.
void carry_out(Unit& unit, BulkAction const& action, rules::Verb verb, jobs::Item& item);

// What the jobs call, chunk by chunk.
LongWork work();

}  // namespace patron::bulk
