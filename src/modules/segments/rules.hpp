// What a segment's filter depends on, and which segments would contain themselves. Pure.
#pragma once
#include "modules/customers/filter.hpp"
#include "modules/segments/segments.hpp"

#include <set>

namespace patron::segments::rules {

// Whom an event makes a segment look at again.
enum class Reach { nobody, customer, many, everybody };

struct Concern {
    std::set<std::string> kinds;   // of events that are counted
    std::set<std::string> fields;  // by the names of filters
    std::set<std::int64_t> segments;
    std::vector<customers::Happened> tops;  // conditions on the highest, in the order of the filter
    std::set<std::string> top_kinds;        // that their sums are made of
    bool searches = false;                  // over the words of customers
    bool folders = false;                   // a folder with what is below it
    bool clock = false;                     // the answer changes by time alone
    bool of_me = false;
    bool needs_event = false;  // nobody fits to whom none of the kinds happened: no new customer does

    Reach reach(Event const& event) const;
    bool sums(Event const& event) const;  // may the event change a sum of the tops?
    // Nothing is asked but when the customer was created: that one enters is said by the creation itself.
    bool only_creation() const;
};
Concern concern_of(customers::Filter const& filter);

// The filter with its conditions on the highest replaced by what one must have, in their order.
customers::Filter with_least(customers::Filter filter, std::vector<std::int64_t> const& least);

// The way from a segment over those it names back to itself, with it at both ends; empty when there is none.
using Named = std::map<std::int64_t, std::set<std::int64_t>>;  // segment → those that its filter names
std::vector<std::int64_t> circle(Named const& named, std::int64_t from);

// The segments that an expression names.
std::set<std::int64_t> named_in(Json const& expression);

}  // namespace patron::segments::rules
