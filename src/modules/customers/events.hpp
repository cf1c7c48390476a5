// What is said of customers. The names are public API.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron::customers {

inline constexpr Kind created{"customer.created", 1, "{actor} created this customer", "changes"};
inline constexpr Kind updated{"customer.updated", 1, "{actor} changed {changes}", "changes"};
inline constexpr Kind moved{"customer.moved", 1, "{actor} moved the customer {turn:folder_id}", "changes"};
inline constexpr Kind status_changed{"customer.status_changed", 1, "{actor} changed the status {turn:status_id}",
                                     "changes"};
inline constexpr Kind tagged{"customer.tagged", 1, "{actor} changed the tags {turn:tag_ids}", "changes"};
inline constexpr Kind assigned{"customer.assigned", 1, "{actor} changed the assigned staff {turn:workers}", "changes"};
inline constexpr Kind binned{"customer.binned", 1, "{actor} moved the customer to the bin", "changes"};
inline constexpr Kind erased{"customer.erased", 1, "{actor} erased this customer for good", "changes"};
inline constexpr Kind restored{"customer.restored", 1, "{actor} brought the customer back from the bin", "changes"};

// Of all who have the field: search looks there no more, or again.
inline constexpr Kind words_hidden{"customer.words_hidden", 1,
                                   "{fact:field_id} is a sensitive field now: it finds this customer no more", ""};
inline constexpr Kind words_shown{"customer.words_shown", 1,
                                  "{fact:field_id} is no longer a sensitive field: it finds this customer again", ""};

// Keeps customer_activity (newest event, how many) and customer_counts (folders, statuses, tags) right.
InlineReader activity_reader();
InlineReader counts_reader();

// The folder, status and tags of a customer as facts: what the counts are kept by.
JsonObject standing(Customer const& customer);

// The list.
http::Response list(Reading& reading);

// Counts by what customers have, and what they can be filtered by.
std::vector<Route> tally_routes();

// Those whose time in the bin is over, a few at a time; true when there are more.
bool erase_some(Unit& unit);

// Summary, what is new to me, who is looking.
std::vector<Route> looking_routes();

}  // namespace patron::customers
