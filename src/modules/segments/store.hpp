// How segments and who is in them lie in the database.
#pragma once
#include "modules/segments/segments.hpp"

#include <map>
#include <set>
#include <span>

namespace patron {

template <>
struct DerivedColumns<Segment> {
    static constexpr std::string_view names = ",name_key";
    static void add(Segment const& segment, std::vector<db::Value>& values);
};

namespace segments::store {

std::span<db::Migration const> migrations();

std::vector<Segment> all(Reading& reading);
bool name_is_taken(Reading& reading, Segment const& segment);

bool is_member(Reading& reading, Id<Segment> id, Id<Customer> customer);
std::set<Id<Customer>> members_among(Reading& reading, Id<Segment> id, std::span<Id<Customer> const> customers);
std::vector<Id<Customer>> members(Reading& reading, Id<Segment> id);  // in order
// Nothing when it is so already.
void enter(db::Tx& tx, Id<Segment> id, Id<Customer> customer, Time since);
void leave(db::Tx& tx, Id<Segment> id, Id<Customer> customer);

// Segments that are to be worked out whole: each with the number of the newest wish.
std::map<Id<Segment>, std::int64_t> asked(Reading& reading);
void ask(db::Tx& tx, Id<Segment> id);
void answered(db::Tx& tx, Id<Segment> id, std::int64_t wish);

// When a customer is to be looked at again.
std::map<Id<Customer>, Time> dues_among(Reading& reading, Id<Segment> id, std::span<Id<Customer> const> customers);
std::optional<Time> next_due(Reading& reading);
using Due = std::vector<std::pair<Id<Segment>, Id<Customer>>>;
Due due_until(Reading& reading, Time now, int most);
// How many of one segment are due, up to so many.
int due_of(Reading& reading, Id<Segment> id, Time now, int most);
void set_due(db::Tx& tx, Id<Segment> id, Id<Customer> customer, std::optional<Time> at);
void forget_dues(db::Tx& tx, Id<Segment> id);

// What each customer's sum is for a segment's n-th condition on the highest. Only the keeper writes them.
constexpr std::int64_t nobody_has = std::int64_t{1} << 52;
std::int64_t total_of(Reading& reading, Id<Segment> id, std::size_t place, Id<Customer> customer);  // 0: none
void set_total(db::Tx& tx, Id<Segment> id, std::size_t place, Id<Customer> customer, std::int64_t total);
void forget_totals(db::Tx& tx, Id<Segment> id);

// What one must have to be among the highest, and how many have so much: kept step by step, so that nobody counts all.
struct Top {
    std::int64_t least = nobody_has;
    std::int64_t above = 0, equal = 0;  // who have more, who have just as much
    std::int64_t all = 0;               // who have anything

    bool operator==(Top const&) const = default;
    void add(std::int64_t total, std::int64_t count) {
        if (total <= 0) return;
        all += count;
        if (total > least) above += count;
        if (total == least) equal += count;
    }
};
Top top_of(Reading& reading, Id<Segment> id, std::size_t place);
void keep_top(db::Tx& tx, Id<Segment> id, std::size_t place, Top const& top);
// The same with the least that fits the sums as they are now, for so many hundredths of a per cent. Nothing when they do not
// add up to it.
std::optional<Top> settled(Reading& reading, Id<Segment> id, std::size_t place, Top top, std::int64_t hundredths);
std::vector<Id<Customer>> between(Reading& reading, Id<Segment> id, std::size_t place, std::int64_t from,
                                  std::int64_t below, int most);

// Takes a customer who is erased out of everything but the sums, which the keeper takes back when it hears of it. Answers
// which segments that was.
std::vector<Id<Segment>> forget(db::Tx& tx, Id<Customer> customer);

// Everything about it but the segment itself. Answers how many were in it.
std::int64_t clear(db::Tx& tx, Id<Segment> id);

}  // namespace segments::store
}  // namespace patron
