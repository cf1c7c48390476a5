// One HTTP call to addresses that were checked, and to no others.
#pragma once
#include "outbound/outbound.hpp"

namespace patron::outbound {

// Throws Failed. `trusted`: as of the Caller.
Answer send(Target const& target, std::vector<Address> const& addresses, Request const& request,
            std::string const& trusted, std::chrono::steady_clock::time_point end);

}  // namespace patron::outbound
