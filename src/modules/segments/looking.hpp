// What is to be done next for the segments: read in one snapshot, written afterwards.
#pragma once
#include "modules/segments/rules.hpp"
#include "modules/segments/store.hpp"

namespace patron::segments {

// A segment as it is to be kept. Without a filter nobody is in it: it is switched off, or names what is gone.
struct Rule {
    Segment segment;
    std::optional<customers::Filter> filter;
    rules::Concern concern;
};
std::vector<Rule> read_rules(Reading& reading);

struct Total {
    std::size_t place = 0;
    Id<Customer> customer;
    std::int64_t total = 0;
};

// What becomes of one segment.
struct Change {
    Id<Segment> segment;
    std::int64_t version = 0;  // of the segment that was read; another one makes all this void
    bool silent = false;       // entering it is said by the customer's creation
    std::vector<Id<Customer>> entering, leaving;
    std::vector<std::pair<Id<Customer>, std::optional<Time>>> dues;
    std::vector<Total> totals;
    std::vector<store::Top> tops;  // of all its conditions on the highest, or empty: as before
    bool ask = false;              // it is to be worked out whole

    bool nothing() const {
        return entering.empty() && leaving.empty() && dues.empty() && totals.empty() && tops.empty() && !ask;
    }
};

// Where the reader of the spine stands.
struct Standing {
    std::int64_t position = 0, holder = 0, held_until = 0;
};
Standing standing(Reading& reading);
std::int64_t head(Reading& reading);

// What the next page of the spine changes.
struct Look {
    std::vector<Change> changes;
    std::int64_t position = 0;
    bool more = false;  // there is more to look at than this
};
Look look_at_page(Reading& reading, std::int64_t position);

// Whose time has come.
Look look_at_clock(Reading& reading, std::int64_t position);

// The filter with what one must have to be among the highest: as it is kept for the segment; from everybody's sums, whose
// totals are given too.
customers::Filter as_kept(Reading& reading, Id<Segment> segment, customers::Filter filter);
customers::Filter as_summed(Reading& reading, customers::Filter filter, std::vector<store::Top>& tops,
                            std::vector<Total>& totals);

// A segment from nothing: who is to enter and leave, and everything that is kept beside.
Change look_at_whole(Reading& reading, Rule const& rule);

}  // namespace patron::segments
