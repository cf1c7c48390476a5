// Search looks into the texts of custom fields, but not of sensitive ones: when that changes for a field, so do the words
// of those who have it.
#pragma once
#include "modules/fields/fields.hpp"

namespace patron::customers {

// Writes the words anew of those who have the field: at once of the first 1,000, of the others by the chore.
void reword(Unit& unit, Field const& field);
// The chore. Answers whether there is more to do.
bool reword_those_left(Unit& unit);

}  // namespace patron::customers
