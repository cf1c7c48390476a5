// Measures one business: reads, writes, live delivery, start and memory, each beside its floor.
#pragma once
#include "figures.hpp"
#include "house/house.hpp"

namespace patron::bench {

struct Plan {
    HouseSettings settings;
    std::filesystem::path program, folder;
    std::int64_t customers = 0;
    int postmaster = 0;
    std::int64_t many = 20'000;  // to how many customers work on many is done; 0: to all
    std::string filter;
    bool instructions = false;
};

// The business is not fit for anything else afterwards.
void measure(Plan const& plan, Figures& figures);

}  // namespace patron::bench
