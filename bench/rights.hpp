// The made-up office's roles, teams and rules of folders: who of its staff sees which customers.
#pragma once
#include "office.hpp"

namespace patron::bench {

inline constexpr int staff_count = 50;

// The key of the role of the n-th of the staff; the first, 0, is the owner.
std::string_view role_key_of(int number);
std::string email_of(int number);

// Roles of one's own beside those that Patron came with.
void make_roles(Unit& unit, Office const& office);
// Teams of seven, and rules of folders for roles, teams and people.
void make_teams_and_rules(Unit& unit, Office const& office);

}  // namespace patron::bench
