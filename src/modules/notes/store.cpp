#include "modules/notes/store.hpp"

#include "base/fold.hpp"
#include "db/full_text.hpp"
#include "modules/notes/rules.hpp"

namespace patron {
namespace {

std::string words_of(std::string_view body) { return db::full_text_words(words(notes::rules::plain_text(body))); }

}  // namespace

void DerivedColumns<Note>::add(Note const& note, std::vector<db::Value>& values) {
    values.push_back((note.pinned ? "0" : "1") + note.rank);
    values.push_back(words_of(note.body));
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
    {3, "full text of notes", R"(
ALTER TABLE notes ADD COLUMN words {text};
CREATE INDEX notes_without_words ON notes (id) WHERE words IS NULL;
CREATE TABLE notes_forgetting (one {id}, since {int} NOT NULL, begun {int} NOT NULL) {table};
{full_text notes})"},
    // Few are pinned, alerts or public: whoever asks for those asks for the literal 1.
    {4, "notes of all customers in an order", R"(
CREATE INDEX notes_by_creation ON notes (created_at, id);
CREATE INDEX notes_by_change ON notes (updated_at, id);
CREATE INDEX notes_by_author ON notes (author_id, created_at, id);
CREATE INDEX notes_pinned ON notes (created_at, id) WHERE pinned=1;
CREATE INDEX notes_alert ON notes (created_at, id) WHERE alert=1;
CREATE INDEX notes_public ON notes (created_at, id) WHERE public=1;
CREATE INDEX notes_binned ON notes (created_at, id) WHERE bin_until IS NOT NULL)"},
};

std::string text_of(db::Cursor row) { return row.next() && !row.is_null(0) ? std::string(row.text(0)) : std::string(); }

}  // namespace

std::span<db::Migration const> migrations() { return all; }

void begin_forgetting(Unit& unit) {
    db::Value const values[] = {unit.now.ms};
    unit.tx.post(
        "INSERT INTO notes_forgetting (one,since,begun) VALUES (1,$1,0) ON CONFLICT (one) DO UPDATE SET begun=0",
        values);
}

bool forget_words(Unit& unit) {
    constexpr std::int64_t together_ms = 3600 * 1000;  // of much text, the erasures of an hour are forgotten together
    bool begun = false;
    std::int64_t begun_at = 0;
    {
        auto row = unit.tx.query("SELECT since,begun FROM notes_forgetting");
        if (!row.next()) return false;
        begun = row.integer(1) != 0;
        begun_at = row.integer(0);
    }
    if (!begun && unit.now.ms - begun_at < together_ms && !db::is_small_full_text(unit.tx, Note::table)) return false;
    bool const more = db::forget_full_text(unit.tx, Note::table, !begun);
    unit.tx.post(more ? "UPDATE notes_forgetting SET begun=1" : "DELETE FROM notes_forgetting");
    return more;
}

bool add_words(Unit& unit) {
    constexpr std::int64_t together = 2'000;
    std::vector<std::pair<std::int64_t, std::string>> found;
    {
        db::Value const values[] = {together};
        auto rows = unit.tx.query("SELECT id,body FROM notes WHERE words IS NULL ORDER BY id LIMIT $1", values);
        while (rows.next()) found.emplace_back(rows.integer(0), words_of(rows.text(1)));
    }
    for (auto& [id, text] : found) {
        db::Value const values[] = {std::move(text), id};
        unit.tx.post("UPDATE notes SET words=$1 WHERE id=$2", values);
        db::add_full_text(unit.tx, Note::table, id);
    }
    return std::ssize(found) == together;
}

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
