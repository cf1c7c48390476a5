#include "modules/customers/searching.hpp"

namespace patron::customers {

std::vector<Id<Customer>> matching(Reading& reading, Filter const& filter) { return matching_by_sql(reading, filter); }

std::int64_t count_matching(Reading& reading, Filter const& filter) { return std::ssize(matching(reading, filter)); }

}  // namespace patron::customers
