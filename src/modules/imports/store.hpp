// What imports keep beside their record: where they stand in the file, and what became of each row.
#pragma once
#include "modules/imports/rows.hpp"
#include "module/listing.hpp"
#include "modules/notes/notes.hpp"

namespace patron::imports::store {

extern std::span<db::Migration const> const migrations;

// Where a job stands. Rows of an earlier pass (a preview, say) no longer count and are cleared away.
struct Work {
    std::string stored;                             // the file's name on the shelf
    std::int64_t first_offset = 0, first_line = 1;  // behind the header
    std::int64_t offset = 0, line = 1;              // where to go on
    std::int64_t pass = 0;
    std::int64_t undo_line = 0;  // rows of this line and behind are undone; 0: none yet
    std::int64_t total = 0;      // rows in the file
    std::string orders;          // JSON: {"column": "month_first"}; empty until the file was gone through
};

void add_work(db::Tx& tx, Id<Import> id, Work const& work);
Work work_of(db::Tx& tx, Id<Import> id);
void set_work(db::Tx& tx, Id<Import> id, Work const& work);

struct DoneRow {
    std::int64_t line = 0;
    Outcome outcome;
    JsonObject values;  // of failed rows
};
void add_row(db::Tx& tx, Id<Import> id, std::int64_t pass, DoneRow const& row);

// The next rows before `before_line` (0: from the last) that made or changed something, last first.
struct UndoneRow {
    std::int64_t line = 0;
    bool created = false;
    AnyId subject;
    std::vector<Change> changes;
};
std::vector<UndoneRow> rows_to_undo(db::Tx& tx, Id<Import> id, std::int64_t pass, std::int64_t before_line, int limit);

// Clears some rows of earlier passes; false when there are none left.
bool clear_some(db::Tx& tx, Id<Import> id, std::int64_t pass);

// The list behind GET /imports/{id}/rows. Names of what was made or changed are read where they live.
Page<ImportRow> list_rows(Reading& reading, Import const& import);
std::vector<ImportRow> failed_rows_behind(Reading& reading, Id<Import> id, std::int64_t line, int limit);

// Notes that were written from files, so that none is written twice.
bool has_note(db::Tx& tx, Id<Customer> customer, std::string const& body);
void add_note(db::Tx& tx, Id<Import> import, Id<Customer> customer, std::string const& body, Id<Note> note);
// Those of one import, forgotten with this.
std::vector<Id<Note>> take_notes(db::Tx& tx, Id<Import> import, Id<Customer> customer);

std::vector<AnyId> unfinished(db::Tx& tx);

// What rows say of a customer is forgotten; that there was a row, and what became of it, stays.
void forget_customer(db::Tx& tx, Id<Customer> customer);
// Imports whose undo left this customer as they were and says so.
std::vector<Id<Import>> that_kept(db::Tx& tx, Id<Customer> customer);
// Imports at rest whose file and rows are still kept although they were done by then.
std::vector<Id<Import>> outlived(db::Tx& tx, Time since, std::int64_t limit);
// One that was cleared and still has rows.
std::optional<Id<Import>> cleared_with_rows(db::Tx& tx);
// All records of a small table, oldest first.
template <class T>
std::vector<T> all_of(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<T>() + " FROM " + std::string(T::table) + " ORDER BY id";
    std::vector<T> all;
    auto rows = reading.tx.query(sql);
    while (rows.next()) all.push_back(read_row<T>(rows));
    return all;
}

}  // namespace patron::imports::store
