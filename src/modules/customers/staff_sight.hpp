// Where a customer stands as far as sight is concerned, and what each of the staff sees of the customers: for whoever is to
// be told what a change means for others.
#pragma once
#include "access/sight.hpp"
#include "modules/customers/customers.hpp"

namespace patron::customers {

struct Standing {
    std::optional<std::int64_t> folder;
    std::vector<std::int64_t> workers;
};
Standing standing_of(Customer const& customer);

struct StaffSight {
    Id<User> user_id;
    std::string name;
    Sight sight;
};
// Of everybody active whose role shows customers at all; the first 500 by name.
std::vector<StaffSight> staff_sights(Reading& reading);

}  // namespace patron::customers
