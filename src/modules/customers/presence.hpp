// Who is looking at which customer, told to those who look too.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron::customers {

std::vector<Route> presence_routes();

}  // namespace patron::customers
