// Who sees which customers: the gate that every question and every record goes through.
#pragma once
#include "modules/customers/filter.hpp"
#include "modules/customers/staff_sight.hpp"

namespace patron::customers {

// What the rest of the house asks.
Gate gate();

// What sight is worked out from, for anybody of the staff.
struct SightSources {
    std::vector<Team> teams;
    std::map<std::int64_t, std::int64_t> parents;  // of folders
    std::vector<FolderRule> rules;

    Viewer viewer(Principal const& who) const;
    Sight sight(Viewer const& viewer) const { return sight_of(viewer, parents, rules); }
};
SightSources sight_sources(Reading& reading);

// Nothing when there is none.
std::optional<Standing> standing_of(Reading& reading, Id<Customer> id);

std::vector<Route> sight_routes();

// The customers who are seen, as a filter; nothing when everybody is.
std::optional<Filter> seen_by(Sight const& sight);

}  // namespace patron::customers
