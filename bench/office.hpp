// The business that the made-up customers belong to: founded by the program's own code, years ago.
#pragma once
#include "house/house.hpp"
#include "modules/fields/fields.hpp"

namespace patron::bench {

// Where the first business of an installation lies, for whoever goes past the house.
db::Location first_business(HouseSettings const& settings);

// What customers and their stories refer to.
struct Office {
    struct Place {
        Id<Folder> folder;
        std::vector<Id<Status>> statuses;  // its own or those from above; the first is the default
    };
    std::vector<Principal> staff;
    std::vector<Place> folders;  // leads, active ones with districts in them, closed
    std::vector<Id<Tag>> tags;
    std::vector<Field> fields;
    std::vector<Kind const*> kinds;
    std::string locale;
    IdMaker ids;
    std::int64_t position = 0;  // of the last event that founding wrote

    Kind const& kind(std::string_view name) const;
};

inline constexpr std::string_view owner_email = "owner@bench.example";

// Makes the installation, its first business, staff, folders, tags and fields. Throws when there is a business already.
Office found_office(HouseSettings const& settings, Time at);

}  // namespace patron::bench
