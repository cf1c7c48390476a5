// Founds Lumen Studio: its staff, folders, statuses, tags and fields, as the plan's customers need them.
#pragma once
#include "modules/demo/plan.hpp"

namespace patron::demo {

inline constexpr std::string_view password = "explore-patron-2026";

struct Studio {
    std::vector<Principal> staff;  // in the order of `colleagues`
    std::map<std::string, Id<Folder>, std::less<>> folders;
    std::map<std::string, Id<Status>, std::less<>> statuses;
    std::map<std::string, Id<Tag>, std::less<>> tags;
};

// Two units at the beginning of the story, as nobody and as the owner. Throws Problem 409 when the business has been founded.
Studio found_studio(Business& business, Call const& call);

}  // namespace patron::demo
