// Taking back what one changed of a customer, from the line of the feed that tells it (C98).
#pragma once
#include "module/route.hpp"

namespace patron::customers {

std::vector<Route> undo_routes();

}  // namespace patron::customers
