// What is said of customers. The names are public API.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron::customers {

inline constexpr Kind created{"customer.created", 1, "{actor} created this customer", "changes"};
inline constexpr Kind updated{"customer.updated", 1, "{actor} changed {changes}", "changes"};
inline constexpr Kind moved{"customer.moved", 1, "{actor} moved the customer from {from:folder_id} to {to:folder_id}",
                            "changes"};
inline constexpr Kind status_changed{"customer.status_changed", 1,
                                     "{actor} changed the status from {from:status_id} to {to:status_id}", "changes"};
inline constexpr Kind tagged{"customer.tagged", 1, "{actor} changed the tags from {from:tag_ids} to {to:tag_ids}",
                             "changes"};
inline constexpr Kind assigned{"customer.assigned", 1,
                               "{actor} changed the workers from {from:workers} to {to:workers}", "changes"};
inline constexpr Kind binned{"customer.binned", 1, "{actor} moved the customer to the bin", "changes"};
inline constexpr Kind restored{"customer.restored", 1, "{actor} brought the customer back from the bin", "changes"};

// Keeps customer_activity (newest event, how many) and customer_counts (folders, statuses, tags) right.
InlineReader activity_reader();
InlineReader counts_reader();

// The folder, status and tags of a customer as facts: what the counts are kept by.
JsonObject standing(Customer const& customer);

// The list.
http::Response list(Reading& reading);

// Counts by what customers have, and what they can be filtered by.
std::vector<Route> tally_routes();

// Summary, what is new to me, who is looking.
std::vector<Route> looking_routes();

}  // namespace patron::customers
