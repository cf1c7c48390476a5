// How notes lie in the database.
#pragma once
#include "modules/notes/notes.hpp"

namespace patron {

template <>
struct DerivedColumns<Note> {
    static constexpr std::string_view names = ",place";  // pinned ones first, then by rank
    static void add(Note const& note, std::vector<db::Value>& values);
};

namespace notes::store {

std::span<db::Migration const> migrations();

// The lowest rank among the customer's notes; empty when there are none.
std::string lowest_rank(Reading& reading, Id<Customer> customer, Id<Note> besides);
// The rank that follows this one; empty when none does.
std::string rank_behind(Reading& reading, Id<Customer> customer, std::string const& rank, Id<Note> besides);

}  // namespace notes::store
}  // namespace patron
