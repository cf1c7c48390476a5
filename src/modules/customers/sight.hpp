// Who sees which customers: the gate that every question and every record goes through.
#pragma once
#include "modules/customers/filter.hpp"

namespace patron::customers {

// What the rest of the house asks.
Gate gate();

// What sight is worked out from, for somebody of the staff.
struct SightSources {
    Viewer viewer;
    std::map<std::int64_t, std::int64_t> parents;  // of folders
    std::vector<FolderRule> rules;
};
SightSources sources_of(Reading& reading, Principal const& who);

// Where a customer stands, as far as sight is concerned; nothing when there is none.
struct Standing {
    std::optional<std::int64_t> folder;
    std::vector<std::int64_t> workers;
};
std::optional<Standing> standing_of(Reading& reading, Id<Customer> id);

std::vector<Route> sight_routes();

// The customers who are seen, as a filter; nothing when everybody is.
std::optional<Filter> seen_by(Sight const& sight);

}  // namespace patron::customers
