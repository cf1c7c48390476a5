// Which sections of the business somebody may look into, and so which events they may read of.
#pragma once
#include "module/unit.hpp"

namespace patron {

// May they look into the area? What is no area, or knows no looking, is open to everybody who is let in.
bool looks_into(Principal const& who, std::vector<Area> const& areas, std::string_view area);

// The area that an event of this kind belongs to: of the module that tells it the one named after the thing it happened to
// ("key.revoked": keys), else the module's first; empty when it has none.
std::string_view area_of_kind(Business const& business, std::string_view kind);

// The kinds of events that they do not read of; empty for most.
std::vector<std::string_view> hidden_kinds(Business const& business, Principal const& who);

}  // namespace patron
