// The rules of staff: who may act on whom, what a key may be given. Nothing here reads a clock or a database.
#pragma once
#include "access/access.hpp"

namespace patron::staff {

// A role is within reach of whoever may do all that it may and sees all that it sees: nobody gives away more than they
// have. A key with fewer rights than its user reaches less far than the user.
bool reaches(Principal const& who, Role const& role, std::vector<Area> const& areas);

// May who act in the place of people of that role: make keys and new passwords for them, end their sessions? For those
// below oneself; owners for one another too.
bool outranks(Principal const& who, Role const& role, std::vector<Area> const& areas);

// What people do for themselves, signed in; throws 403 for an API key.
void need_session(Principal const& who);

// What is wrong with the scopes of a key whose user may do `allowed` (sorted).
std::vector<FieldError> wrong_scopes(std::vector<std::string> const& scopes, std::vector<std::string> const& allowed,
                                     std::vector<Area> const& areas);

// Members of their own record that people look after themselves.
bool is_profile_member(std::string_view member);

}  // namespace patron::staff
