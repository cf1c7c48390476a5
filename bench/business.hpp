// A whole business made for measuring: any number of customers with twenty events each, the same every time.
#pragma once
#include "house/house.hpp"

namespace patron::bench {

struct Made {
    std::int64_t customers = 0, events = 0;
};

// In an installation that has no business yet. Throws when it has, and when anything fails: then the data is of no use.
Made make_business(HouseSettings const& settings, std::uint32_t customers);

}  // namespace patron::bench
