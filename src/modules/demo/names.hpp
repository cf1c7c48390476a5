// What people and places of the demo are called. Names in other scripts carry their Latin form behind a stroke.
#pragma once
#include <span>
#include <string_view>

namespace patron::demo {

// Where names come from: given names of women and men, family names of women and men, parted by semicolons.
struct Culture {
    int weight;              // how many of a hundred
    std::string_view place;  // the city its people come from, when they do not live in Berlin
    std::string_view language;
    bool family_first;
    std::string_view women, men, families, families_of_women;  // the last is empty when they are the same
};

struct Town {
    std::string_view city, region, country, zone;
    std::string_view postal_codes, streets;  // parted by semicolons
    std::string_view street_form;            // "{street} {number}"
    std::string_view mobiles, landlines;     // as people type them; d stands for any digit
};

struct Firm {
    std::string_view name, place, domain;
    std::string_view trade;
};

std::span<Culture const> cultures();
std::span<Town const> towns();
std::span<Firm const> firms();

}  // namespace patron::demo
