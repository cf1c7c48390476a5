// What each of the staff sees of the customers: for whoever is to be told what a change means for others.
#pragma once
#include "access/sight.hpp"
#include "module/route.hpp"

namespace patron::customers {

struct StaffSight {
    Id<User> user_id;
    std::string name;
    Sight sight;
};
// Of everybody active whose role shows customers at all; the first 500 by name.
std::vector<StaffSight> staff_sights(Reading& reading);

}  // namespace patron::customers
