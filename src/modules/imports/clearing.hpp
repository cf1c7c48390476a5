// What imports keep is not kept for ever: the file and its rows go when somebody says so, or after 90 days; the counts stay.
#pragma once
#include "modules/imports/imports.hpp"

namespace patron::imports {

extern Kind const import_cleared;

// DELETE /imports/{id}
void clear_import(Unit& unit, Id<Import> id);
// Throws Problem 409 for what was cleared.
void refuse_when_cleared(Import const& import);

// A customer is erased: what imports hold of them goes.
void erase_of(Unit& unit, Id<Customer> customer);
std::vector<Chore> chores();

}  // namespace patron::imports
