// How notes lie in the database.
#pragma once
#include "modules/notes/notes.hpp"

namespace patron {

template <>
struct DerivedColumns<Note> {
    static constexpr std::string_view names = ",place,words";  // pinned ones first, then by rank; full text
    static void add(Note const& note, std::vector<db::Value>& values);
};

namespace notes::store {

std::span<db::Migration const> migrations();

// Gives words to notes that were written before search took them in, some at a time; answers whether there are more.
bool add_words(Unit& unit);

// Notes were erased: their words are to go from the full text too, within a day (S61).
void begin_forgetting(Unit& unit);
// Some of that; answers whether there is more.
bool forget_words(Unit& unit);

// The lowest rank among the customer's notes; empty when there are none.
std::string lowest_rank(Reading& reading, Id<Customer> customer, Id<Note> besides);
// The rank that follows this one; empty when none does.
std::string rank_behind(Reading& reading, Id<Customer> customer, std::string const& rank, Id<Note> besides);

}  // namespace notes::store
}  // namespace patron
