#include "modules/notes/store.hpp"

namespace patron {

void DerivedColumns<Note>::add(Note const& note, std::vector<db::Value>& values) {
    values.push_back((note.pinned ? "0" : "1") + note.rank);
}

namespace notes::store {
namespace {

// Ranks of notes in the bin count too, so that one that comes back stands where it stood.
constexpr db::Migration all[] = {
    {1, "notes", R"(
CREATE TABLE notes (id {id}, version {int} NOT NULL, customer_id {int} NOT NULL, author_id {int}, body {text} NOT NULL,
  public {int} NOT NULL, pinned {int} NOT NULL, alert {int} NOT NULL, rank {text} NOT NULL, mentions {text} NOT NULL,
  created_at {int} NOT NULL, updated_at {int} NOT NULL, bin_until {int}, place {text} NOT NULL) {table};
CREATE INDEX notes_by_place ON notes (customer_id, place, id);
CREATE INDEX notes_by_rank ON notes (customer_id, rank))"},
    {2, "notes in the bin, by when they are erased",
     "CREATE INDEX notes_in_bin ON notes (bin_until) WHERE bin_until IS NOT NULL"},
};

std::string text_of(db::Cursor row) { return row.next() && !row.is_null(0) ? std::string(row.text(0)) : std::string(); }

}  // namespace

std::span<db::Migration const> migrations() { return all; }

std::string lowest_rank(Reading& reading, Id<Customer> customer, Id<Note> besides) {
    db::Value const values[] = {customer.value, besides.value};
    return text_of(
        reading.tx.query("SELECT rank FROM notes WHERE customer_id=$1 AND id<>$2 ORDER BY rank LIMIT 1", values));
}

std::string rank_behind(Reading& reading, Id<Customer> customer, std::string const& rank, Id<Note> besides) {
    db::Value const values[] = {customer.value, rank, besides.value};
    return text_of(reading.tx.query(
        "SELECT rank FROM notes WHERE customer_id=$1 AND rank>$2 AND id<>$3 ORDER BY rank LIMIT 1", values));
}

}  // namespace notes::store
}  // namespace patron
