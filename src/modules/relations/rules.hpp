// What a relation is called from either side.
#pragma once
#include "modules/relations/relations.hpp"

namespace patron::relations::rules {

// What the other customer is to the one who is asked; `asked_is_from` says which side that one stands on.
// employer_of from the employer's side: the other is an "Employee".
std::string_view label(RelationKind kind, bool asked_is_from);

}  // namespace patron::relations::rules
