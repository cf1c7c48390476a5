// What a request for customers asks: its parameters as one filter, an order, a place.
#pragma once
#include "modules/customers/filter.hpp"

namespace patron::customers {

struct Asked {
    Filter filter;                  // all that is asked of the customers themselves
    std::optional<Filter> seen;     // those who are seen, unless that is everybody; the index knows them by itself
    std::string typed;              // q, which also gives the order unless one is asked for
    bool in_bin = false;            // in the bin instead of outside
    std::optional<bool> unread;     // with, or without, something new to me
    std::vector<std::int64_t> ids;  // only these, when `only_ids`
    bool only_ids = false;
    std::optional<Id<Folder>> only_folder;  // nothing else was asked for than this folder
    bool anything = false;                  // something was asked for
};

// Reads the parameters of a list. Throws Problem 422 with the parameter's name.
Asked asked_of(Reading& reading);

// The orders that ?sort= may name, as SQL; with what was typed, by rank first.
std::vector<Order> orders_of(Reading& reading, Asked const& asked, Question& question);

// Conditions over customers c and customer_activity a (and customer_search s, when something was typed).
void add_conditions(Reading& reading, Asked const& asked, Question& question);
std::string from_of(Asked const& asked);

// The page that is asked for, from the database; `counted`: with the total.
Page<Customer> page_by_sql(Reading& reading, Asked const& asked, int limit, bool counted);

// The parameters, described.
std::vector<Param> list_filters();

}  // namespace patron::customers
