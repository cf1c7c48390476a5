// What makes a customer's record right: pure functions over drafts.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron::customers::rules {

// The name shown when nobody gave one: given and family name, company, e-mail or phone. Empty when there is none of them.
std::string made_name(Customer const& customer);

// Brings a draft into its kept form: one primary each, no doubles, numbers read in the address's country or the
// business's, empty addresses dropped, a display name made. `before` (or null) tells whether the display name was made.
void settle(Customer& draft, Customer const* before, std::string const& business_country);

// Where a customer is at home: the country of the primary address, else of the first that has one, else the
// business's.
std::string country_of(Customer const& customer, std::string const& business_country);
// Reads the numbers of a draft, so that settling it finds them read.
void read_numbers(Customer const& draft, std::string const& business_country);

// What is wrong with a settled draft by itself.
void check(Customer const& draft, Mistakes& mistakes);

// Card numbers and IBANs in plain fields: they belong in the vault.
void guard_secrets(Customer const& draft, Customer const* before, Mistakes& mistakes);

// For search: name, company, e-mails, cities, folded; and the digits of all numbers.
struct SearchText {
    std::string name, text, digits;
};
SearchText search_text(Customer const& customer);

}  // namespace patron::customers::rules
