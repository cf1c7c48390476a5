// What an action does to one customer, and how that is taken back: pure functions.
#pragma once
#include "modules/bulk/bulk.hpp"

namespace patron::bulk::rules {

enum class Verb { tag, untag, move, status, assign, unassign, set, bin, restore, file };

// The one thing that an action does. Throws Problem below /action when it is none or several.
Verb verb_of(BulkAction const& action);

std::string_view kind_of(Verb verb);        // "bulk.tag"
std::string_view permission_of(Verb verb);  // "customers.edit"

// Members that `set_field` takes beside custom fields.
bool can_be_set(std::string_view member);

// Brings the customer to where the action wants it; the bin and files are not its concern.
void apply(BulkAction const& action, Verb verb, Customer& customer);

// What an undo starts from: the members that differ, `custom` by key; of a move the status as well, even if it stayed.
std::vector<Change> touched(Customer const& before, Customer const& after);

}  // namespace patron::bulk::rules
