#include "modules/imports/store.hpp"

namespace patron::imports::store {
namespace {

constexpr db::Migration all_migrations[] = {
    {1, "imports", R"(
CREATE TABLE imports (id {id}, version {int} NOT NULL, filename {text} NOT NULL, kind {text} NOT NULL, source {text} NOT NULL, state {text} NOT NULL, job {text},
  columns {text} NOT NULL, mapping {text} NOT NULL, match_on {text}, policy {text} NOT NULL, folder_id {int}, tag_ids {text} NOT NULL, sample {int},
  format {text} NOT NULL, counts {text} NOT NULL, progress {text}, problem {text}, kept {text} NOT NULL, user_id {int}, finished_at {int},
  created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE TABLE import_work (import_id {id}, stored {text} NOT NULL, first_offset {int} NOT NULL, first_line {int} NOT NULL, file_offset {int} NOT NULL, line {int} NOT NULL,
  pass {int} NOT NULL, undo_line {int} NOT NULL, total {int} NOT NULL, orders {text} NOT NULL) {table};
CREATE TABLE import_rows (import_id {int} NOT NULL, pass {int} NOT NULL, line {int} NOT NULL, outcome {text} NOT NULL, reason {text} NOT NULL, reasons {text} NOT NULL,
  subject_prefix {text} NOT NULL, subject_id {int}, name {text} NOT NULL, cells {text} NOT NULL, changes {text} NOT NULL, PRIMARY KEY (import_id, pass, line)) {table};
CREATE INDEX import_rows_by_outcome ON import_rows (import_id, pass, outcome, line);
CREATE INDEX import_rows_by_subject ON import_rows (subject_id);
CREATE TABLE import_notes (customer_id {int} NOT NULL, digest {text} NOT NULL, import_id {int} NOT NULL, note_id {int} NOT NULL, PRIMARY KEY (customer_id, digest)) {table})"},
    {2, "when an import's file and rows were removed", "ALTER TABLE imports ADD COLUMN cleared_at {int}"},
};

constexpr std::string_view row_columns =
    "r.line,r.outcome,r.reason,r.reasons,r.subject_prefix,r.subject_id,coalesce(c.display_name,u.name,r.name),r.cells";
constexpr std::string_view row_tables =
    "import_rows r LEFT JOIN customers c ON c.id=r.subject_id AND r.subject_prefix='cus' LEFT JOIN users u ON "
    "u.id=r.subject_id AND r.subject_prefix='usr'";

ImportRow read_import_row(db::Cursor const& row) {
    ImportRow one;
    one.line = row.integer(0);
    read_enum(row.text(1), one.outcome);
    one.reason = row.text(2);
    read_column(row, 3, one.reasons);
    if (row.text(4) == "cus") one.customer_id = Id<Customer>{row.integer(5)};
    if (row.text(4) == "usr") one.user_id = Id<User>{row.integer(5)};
    static_cast<std::string&>(one.name) = row.text(6);
    read_column(row, 7, one.values);
    return one;
}

// Rows that became customers are there for whoever sees these.
void only_seen_rows(Reading& reading, Question& question) {
    if (reading.sight().sees_everybody()) return;
    question.where("(r.subject_prefix<>'cus' OR " +
                   reading.business.gate().condition(reading, reading.sight(), question, "r.subject_id") + ")");
}

}  // namespace

std::span<db::Migration const> const migrations = all_migrations;

void add_work(db::Tx& tx, Id<Import> id, Work const& work) {
    db::Value const values[] = {id.value,  work.stored, work.first_offset, work.first_line, work.offset,
                                work.line, work.pass,   work.undo_line,    work.total,      work.orders};
    tx.post(
        "INSERT INTO import_work "
        "(import_id,stored,first_offset,first_line,file_offset,line,pass,undo_line,total,orders) VALUES "
        "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        values);
}

Work work_of(db::Tx& tx, Id<Import> id) {
    db::Value const values[] = {id.value};
    auto row = tx.query(
        "SELECT stored,first_offset,first_line,file_offset,line,pass,undo_line,total,orders FROM import_work WHERE "
        "import_id=$1",
        values);
    if (!row.next()) throw not_found();
    return {std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3),          row.integer(4),
            row.integer(5),           row.integer(6), row.integer(7), std::string(row.text(8))};
}

void set_work(db::Tx& tx, Id<Import> id, Work const& work) {
    db::Value const values[] = {id.value, work.offset, work.line, work.pass, work.undo_line, work.total, work.orders};
    tx.post("UPDATE import_work SET file_offset=$2,line=$3,pass=$4,undo_line=$5,total=$6,orders=$7 WHERE import_id=$1",
            values);
}

void add_row(db::Tx& tx, Id<Import> id, std::int64_t pass, DoneRow const& row) {
    auto const& outcome = row.outcome;
    // Of what has a record, the name is read there.
    std::string changes;
    for (auto const& change : outcome.changes) {
        changes += changes.empty() ? "{" : ",";
        write_json_text(changes, change.field);
        ((((changes += ":[") += change.from) += ',') += change.to) += ']';
    }
    if (!changes.empty()) changes += '}';
    db::Value const values[] = {id.value,
                                pass,
                                row.line,
                                std::string(enum_text(outcome.outcome)),
                                outcome.reason,
                                to_json(outcome.reasons),
                                outcome.subject.prefix,
                                outcome.subject ? db::Value{outcome.subject.value} : db::Value{},
                                outcome.subject ? std::string() : outcome.name,
                                to_json(row.values),
                                changes};
    tx.post(
        "INSERT INTO import_rows "
        "(import_id,pass,line,outcome,reason,reasons,subject_prefix,subject_id,name,cells,changes) VALUES "
        "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
        values);
}

std::vector<UndoneRow> rows_to_undo(db::Tx& tx, Id<Import> id, std::int64_t pass, std::int64_t before_line, int limit) {
    db::Value const values[] = {id.value, pass, before_line ? before_line : INT64_MAX, std::int64_t{limit}};
    auto rows = tx.query(
        "SELECT line,outcome,subject_prefix,subject_id,changes FROM import_rows WHERE import_id=$1 AND pass=$2 AND "
        "line<$3 AND outcome IN ('created','updated') "
        "ORDER BY line DESC LIMIT $4",
        values);
    std::vector<UndoneRow> all;
    while (rows.next()) {
        UndoneRow row{
            rows.integer(0), rows.text(1) == "created", AnyId(std::string(rows.text(2)), rows.integer(3)), {}};
        auto const changes = rows.text(4).empty() ? Json(JsonObject{}) : parse_own_json(rows.text(4));
        for (auto const& entry : changes.get_object())
            row.changes.push_back({std::string(entry.key()), json_text(entry.value().get_array()[0]),
                                   json_text(entry.value().get_array()[1])});
        all.push_back(std::move(row));
    }
    return all;
}

bool clear_some(db::Tx& tx, Id<Import> id, std::int64_t pass) {
    db::Value const values[] = {id.value, pass};
    return tx.execute(
               "DELETE FROM import_rows WHERE import_id=$1 AND pass<$2 AND (pass,line) IN (SELECT pass,line FROM "
               "import_rows WHERE import_id=$1 AND pass<$2 LIMIT 2000)",
               values) > 0;
}

Page<ImportRow> list_rows(Reading& reading, Import const& import) {
    auto const& call = reading.call;
    Question question;
    question.where("r.import_id=" + question.bind(import.id.value));
    question.where("r.pass=" + question.bind(work_of(reading.tx, import.id).pass));
    if (auto const outcome = call.param("outcome"))
        question.where("r.outcome=" + question.bind(filter_value<RowOutcome>(*outcome, "outcome")));
    only_seen_rows(reading, question);
    Page<ImportRow> page;
    count_rows(reading, question, "import_rows r", page.total, page.exact);
    auto const order = order_of(call, {{"line", "r.line", Order::Type::integer}});
    auto const limit = list_limit_of(call);
    continue_behind(question, call, order, "r.line");
    std::string const direction = order.descending ? " DESC" : "";
    auto const sql = "SELECT " + std::string(row_columns) + " FROM " + std::string(row_tables) + question.where_text() +
                     " ORDER BY r.line" + direction + " LIMIT " + question.bind(std::int64_t{limit} + 1);
    auto rows = reading.tx.query(sql, question.values());
    while (rows.next()) {
        if (static_cast<int>(page.data.size()) == limit) {
            page.next = make_cursor(order, page.data.back().line, page.data.back().line);
            break;
        }
        page.data.push_back(read_import_row(rows));
    }
    return page;
}

std::vector<ImportRow> failed_rows_behind(Reading& reading, Id<Import> id, std::int64_t line, int limit) {
    Question question;
    question.where("r.import_id=" + question.bind(id.value));
    question.where("r.pass=" + question.bind(work_of(reading.tx, id).pass));
    question.where("r.outcome='failed'");
    question.where("r.line>" + question.bind(line));
    only_seen_rows(reading, question);
    auto const sql = "SELECT " + std::string(row_columns) + " FROM " + std::string(row_tables) + question.where_text() +
                     " ORDER BY r.line LIMIT " + question.bind(std::int64_t{limit});
    std::vector<ImportRow> all;
    auto rows = reading.tx.query(sql, question.values());
    while (rows.next()) all.push_back(read_import_row(rows));
    return all;
}

bool has_note(db::Tx& tx, Id<Customer> customer, std::string const& body) {
    db::Value const values[] = {customer.value, token_hash(body)};
    return tx.query("SELECT 1 FROM import_notes WHERE customer_id=$1 AND digest=$2", values).next();
}

void add_note(db::Tx& tx, Id<Import> import, Id<Customer> customer, std::string const& body, Id<Note> note) {
    db::Value const values[] = {customer.value, token_hash(body), import.value, note.value};
    tx.post("INSERT INTO import_notes (customer_id,digest,import_id,note_id) VALUES ($1,$2,$3,$4)", values);
}

std::vector<Id<Note>> take_notes(db::Tx& tx, Id<Import> import, Id<Customer> customer) {
    db::Value const values[] = {customer.value, import.value};
    std::vector<Id<Note>> notes;
    auto rows = tx.query("SELECT note_id FROM import_notes WHERE customer_id=$1 AND import_id=$2", values);
    while (rows.next()) notes.push_back({rows.integer(0)});
    if (!notes.empty()) tx.post("DELETE FROM import_notes WHERE customer_id=$1 AND import_id=$2", values);
    return notes;
}

void forget_customer(db::Tx& tx, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    tx.post("DELETE FROM import_notes WHERE customer_id=$1", values);
    tx.post("UPDATE import_rows SET name='',cells='{}',changes='' WHERE subject_id=$1 AND subject_prefix='cus'",
            values);
}

std::vector<Id<Import>> that_kept(db::Tx& tx, Id<Customer> customer) {
    db::Value const values[] = {"%\"" + customer.text() + "\"%"};
    std::vector<Id<Import>> ids;
    auto rows = tx.query("SELECT id FROM imports WHERE kept LIKE $1 ORDER BY id", values);
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

std::vector<Id<Import>> outlived(db::Tx& tx, Time since, std::int64_t limit) {
    db::Value const values[] = {since.ms, limit};
    std::vector<Id<Import>> ids;
    auto rows = tx.query(
        "SELECT id FROM imports WHERE cleared_at IS NULL AND job IS NULL AND coalesce(finished_at,created_at)<=$1 "
        "ORDER "
        "BY id LIMIT $2",
        values);
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

std::optional<Id<Import>> cleared_with_rows(db::Tx& tx) {
    auto row = tx.query(
        "SELECT i.id FROM imports i WHERE i.cleared_at IS NOT NULL AND EXISTS (SELECT 1 FROM import_rows r WHERE "
        "r.import_id=i.id) LIMIT 1");
    return row.next() ? std::optional(Id<Import>{row.integer(0)}) : std::nullopt;
}

std::vector<AnyId> unfinished(db::Tx& tx) {
    std::vector<AnyId> ids;
    auto rows = tx.query("SELECT id FROM imports WHERE job IS NOT NULL ORDER BY id");
    while (rows.next()) ids.emplace_back(Id<Import>{rows.integer(0)});
    return ids;
}

}  // namespace patron::imports::store
