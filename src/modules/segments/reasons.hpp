// Why a customer is in a segment, in words: "created 2 days ago", "3 bookings completed in 90 days".
#pragma once
#include "modules/customers/filter.hpp"
#include "module/story.hpp"

namespace patron::segments {

// What of the filter fits the customer as it is now; "" when nothing can be said. `answered` is the same filter with what is
// known of the highest (rules::with_least), so that not everybody is summed up for one.
std::string reason_of(Reading& reading, Storyteller& teller, customers::Filter const& filter,
                      customers::Filter const& answered, Id<Customer> customer);

}  // namespace patron::segments
