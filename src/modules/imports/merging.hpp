// What a row makes of a customer who is there already. Pure functions.
#pragma once
#include "modules/imports/drafts.hpp"

namespace patron::imports {

// Fill: empty members are filled, lists united. Overwrite: what the row says replaces what is there; e-mails, phones, tags
// and keys are united, the row's come first; an address replaces the one of its kind. Empty cells change nothing.
Customer merged(Customer const& there, Customer const& row, Draft const& draft, ImportPolicy policy,
                std::string const& country);

}  // namespace patron::imports
