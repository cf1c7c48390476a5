#include "modules/jobs/store.hpp"

#include <cstring>

namespace patron::jobs::store {
namespace {

constexpr db::Migration all_migrations[] = {
    {1, "jobs", R"(
CREATE TABLE jobs (id {id}, version {int} NOT NULL, kind {text} NOT NULL, asked {text} NOT NULL, state {text} NOT NULL, undoing {int} NOT NULL,
  done {int} NOT NULL, total {int} NOT NULL, counts {text} NOT NULL, problem {text}, has_file {int} NOT NULL, started_by {int} NOT NULL,
  created_at {int} NOT NULL, finished_at {int}, can_undo_until {int}, updated_at {int} NOT NULL) {table};
CREATE INDEX jobs_by_starter ON jobs (started_by, id);
CREATE TABLE job_work (job_id {id}, actor_kind {text} NOT NULL, actor_prefix {text} NOT NULL, actor_id {int} NOT NULL, user_id {int} NOT NULL,
  permission {text} NOT NULL, can_be_undone {int} NOT NULL, makes_file {int} NOT NULL, next_chunk {int} NOT NULL, file_size {int} NOT NULL,
  cause {int} NOT NULL, holder {text} NOT NULL, held_until {int} NOT NULL) {table};
CREATE TABLE job_chunks (job_id {int} NOT NULL, chunk {int} NOT NULL, ids {bytes} NOT NULL, PRIMARY KEY (job_id, chunk)) {table};
CREATE TABLE job_rows (job_id {int} NOT NULL, place {int} NOT NULL, customer_id {int} NOT NULL, outcome {text} NOT NULL, reason {text} NOT NULL,
  reasons {text} NOT NULL, fields {text} NOT NULL, changes {text} NOT NULL, PRIMARY KEY (job_id, place)) {table};
CREATE INDEX job_rows_by_outcome ON job_rows (job_id, outcome, place);
CREATE INDEX job_rows_by_customer ON job_rows (customer_id))"},
};

std::string changes_text(std::vector<Change> const& changes) {
    std::string text = "[";
    for (auto const& change : changes) {
        text += text.size() > 1 ? ",[" : "[";
        write_json_text(text, change.field);
        ((((text += ',') += change.from) += ',') += change.to) += ']';
    }
    return text += ']';
}

std::vector<Change> read_changes(std::string_view text) {
    std::vector<Change> changes;
    auto const parsed = parse_own_json(text);
    for (auto const& one : parsed.get_array()) {
        auto const& parts = one.get_array();
        changes.push_back(
            {std::string(std::string_view(parts[0].get_string())), json_text(parts[1]), json_text(parts[2])});
    }
    return changes;
}

std::string reasons_text(std::vector<FieldError> const& errors) {
    std::vector<JobReason> reasons;
    for (auto const& error : errors) reasons.push_back({error.pointer, error.code, error.message});
    return to_json(reasons);
}

}  // namespace

std::span<db::Migration const> migrations() { return all_migrations; }

void add_work(db::Tx& tx, Id<Job> id, Work const& work) {
    db::Value const values[] = {id.value,
                                std::string(enum_text(work.actor.kind)),
                                work.actor.id.prefix,
                                work.actor.id.value,
                                work.user_id.value,
                                work.permission,
                                std::int64_t{work.can_be_undone},
                                std::int64_t{work.makes_file}};
    tx.post(
        "INSERT INTO job_work "
        "(job_id,actor_kind,actor_prefix,actor_id,user_id,permission,can_be_undone,makes_file,next_chunk,file_size,"
        "cause,holder,held_until) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,0,0,'',0)",
        values);
}

Work work_of(db::Tx& tx, Id<Job> id) {
    db::Value const values[] = {id.value};
    auto row = tx.query(
        "SELECT actor_kind,actor_prefix,actor_id,user_id,permission,can_be_undone,makes_file,next_chunk,file_size,"
        "cause FROM job_work WHERE job_id=$1",
        values);
    if (!row.next()) throw not_found();
    Work work;
    read_enum(row.text(0), work.actor.kind);
    work.actor.id = {std::string(row.text(1)), row.integer(2)};
    work.user_id = {row.integer(3)};
    work.permission = row.text(4);
    work.can_be_undone = row.integer(5) != 0;
    work.makes_file = row.integer(6) != 0;
    work.next_chunk = row.integer(7);
    work.file_size = row.integer(8);
    work.cause = row.integer(9);
    return work;
}

void set_work(db::Tx& tx, Id<Job> id, Work const& work) {
    db::Value const values[] = {id.value,
                                std::string(enum_text(work.actor.kind)),
                                work.actor.id.prefix,
                                work.actor.id.value,
                                work.user_id.value,
                                work.next_chunk,
                                work.file_size};
    tx.post(
        "UPDATE job_work SET actor_kind=$2,actor_prefix=$3,actor_id=$4,user_id=$5,next_chunk=$6,file_size=$7 WHERE "
        "job_id=$1",
        values);
}

void set_cause(db::Tx& tx, std::int64_t job, std::int64_t position) {
    db::Value const values[] = {job, position};
    tx.post("UPDATE job_work SET cause=$2 WHERE job_id=$1", values);
}

bool take(db::Tx& tx, Id<Job> id, std::string const& holder, Time now, Time until) {
    db::Value const values[] = {id.value, holder, now.ms, until.ms};
    return tx.execute("UPDATE job_work SET holder=$2,held_until=$4 WHERE job_id=$1 AND (holder=$2 OR held_until<$3)",
                      values) == 1;
}

void let_go(db::Tx& tx, Id<Job> id) {
    db::Value const values[] = {id.value};
    tx.post("UPDATE job_work SET holder='',held_until=0 WHERE job_id=$1", values);
}

void forget_holders(db::Tx& tx) { tx.execute("UPDATE job_work SET holder='',held_until=0 WHERE held_until>0"); }

// Eight bytes each: a million take 8 MB, written in the transaction that answers.
void add_set(db::Tx& tx, Id<Job> id, std::vector<Id<Customer>> const& set) {
    std::int64_t chunk = 0;
    for (std::size_t at = 0; at < set.size(); at += chunk_size, ++chunk) {
        auto const end = std::min(set.size(), at + chunk_size);
        std::string bytes((end - at) * sizeof(std::int64_t), '\0');
        for (auto i = at; i < end; ++i)
            std::memcpy(bytes.data() + (i - at) * sizeof(std::int64_t), &set[i].value, sizeof(std::int64_t));
        db::Value const values[] = {id.value, chunk, db::Blob{std::move(bytes)}};
        tx.post("INSERT INTO job_chunks (job_id,chunk,ids) VALUES ($1,$2,$3)", values);
    }
}

std::vector<Id<Customer>> chunk_of(db::Tx& tx, Id<Job> id, std::int64_t chunk) {
    db::Value const values[] = {id.value, chunk};
    auto row = tx.query("SELECT ids FROM job_chunks WHERE job_id=$1 AND chunk=$2", values);
    std::vector<Id<Customer>> ids;
    if (!row.next()) return ids;
    auto const bytes = row.text(0);
    ids.resize(bytes.size() / sizeof(std::int64_t));
    for (std::size_t i = 0; i < ids.size(); ++i)
        std::memcpy(&ids[i].value, bytes.data() + i * sizeof(std::int64_t), sizeof(std::int64_t));
    return ids;
}

std::int64_t still_seen(Reading& reading, Id<Job> id) {
    std::int64_t seen = 0;
    for (std::int64_t chunk = 0;; ++chunk) {
        Question question;
        std::string ids;
        for (auto const customer : chunk_of(reading.tx, id, chunk))
            ids += (ids.empty() ? "" : ",") + question.bind(customer.value);
        if (ids.empty()) return seen;
        question.where("whom.id IN (" + ids + ")");
        question.where("NOT EXISTS (SELECT 1 FROM job_rows r WHERE r.customer_id=whom.id AND r.job_id=" +
                       question.bind(id.value) + ")");
        if (auto seen_ones = reading.business.gate().condition(reading, reading.sight(), question, "whom.id");
            !seen_ones.empty())
            question.where(std::move(seen_ones));
        auto row = reading.tx.query("SELECT count(*) FROM customers whom" + question.where_text(), question.values());
        if (row.next()) seen += row.integer(0);
    }
}

void add_item(db::Tx& tx, Id<Job> id, Item const& item) {
    db::Value const values[] = {id.value,
                                item.place,
                                item.customer_id.value,
                                std::string(enum_text(item.outcome)),
                                item.reason,
                                reasons_text(item.reasons),
                                to_json(item.fields),
                                changes_text(item.changes)};
    tx.post(
        "INSERT INTO job_rows (job_id,place,customer_id,outcome,reason,reasons,fields,changes) VALUES "
        "($1,$2,$3,$4,$5,$6,$7,$8)",
        values);
}

void set_undone(db::Tx& tx, Id<Job> id, Item const& item) {
    db::Value const values[] = {id.value,
                                item.place,
                                std::string(enum_text(item.outcome)),
                                item.reason,
                                reasons_text(item.reasons),
                                to_json(item.fields)};
    tx.post("UPDATE job_rows SET outcome=$3,reason=$4,reasons=$5,fields=$6,changes='[]' WHERE job_id=$1 AND place=$2",
            values);
}

std::vector<Item> items_to_undo(db::Tx& tx, Id<Job> id, std::size_t limit) {
    db::Value const values[] = {id.value, static_cast<std::int64_t>(limit)};
    auto rows = tx.query(
        "SELECT place,customer_id,changes FROM job_rows WHERE job_id=$1 AND outcome='changed' ORDER BY place DESC "
        "LIMIT $2",
        values);
    std::vector<Item> items;
    while (rows.next()) {
        Item item{.place = rows.integer(0), .customer_id = {rows.integer(1)}};
        item.changes = read_changes(rows.text(2));
        items.push_back(std::move(item));
    }
    return items;
}

Page<JobRow> rows(Reading& reading, Job const& job) {
    auto const& call = reading.call;
    Question question;
    question.where("r.job_id=" + question.bind(job.id.value));
    if (auto const outcome = call.param("outcome"))
        question.where("r.outcome=" + question.bind(filter_value<JobOutcome>(*outcome, "outcome")));
    // Whoever sees the job need not see everybody in it; who began it is told of ids that were not there for them.
    if (!reading.sight().sees_everybody()) {
        auto const seen = reading.business.gate().condition(reading, reading.sight(), question, "r.customer_id");
        question.where(job.started_by == reading.who.user_id ? "(" + seen + " OR r.reason='gone')" : seen);
    }
    Page<JobRow> page;
    count_rows(reading, question, "job_rows r", page.total, page.exact);
    auto const order = order_of(call, {{"place", "r.place", Order::Type::integer}});
    auto const limit = list_limit_of(call);
    continue_behind(question, call, order, "r.place");
    std::string const direction = order.descending ? " DESC" : "";
    auto const sql =
        "SELECT r.place,r.customer_id,c.display_name,r.outcome,r.reason,r.reasons,r.fields FROM job_rows r LEFT JOIN "
        "customers c ON c.id=r.customer_id" +
        question.where_text() + " ORDER BY r.place" + direction + " LIMIT " + question.bind(std::int64_t{limit} + 1);
    auto found = reading.tx.query(sql, question.values());
    std::int64_t place = 0;
    while (found.next()) {
        if (static_cast<int>(page.data.size()) == limit) {
            page.next = make_cursor(order, place, place);
            break;
        }
        place = found.integer(0);
        JobRow row;
        row.customer_id = {found.integer(1)};
        if (!found.is_null(2) && reading.sees(row.customer_id)) static_cast<std::string&>(row.name) = found.text(2);
        read_enum(found.text(3), row.outcome);
        row.reason = found.text(4);
        read_column(found, 5, row.reasons);
        read_column(found, 6, row.fields);
        page.data.push_back(std::move(row));
    }
    return page;
}

Page<Job> list(Reading& reading, bool all) {
    Question question;
    if (!all) question.where("started_by=" + question.bind(reading.who.user_id.value));
    return list_records<Job>(reading, {"state", "kind", "started_by"},
                             {{"created_at", "created_at", Order::Type::integer, true}}, std::move(question));
}

std::vector<AnyId> unfinished(db::Tx& tx) {
    std::vector<AnyId> ids;
    auto rows = tx.query("SELECT id FROM jobs WHERE state IN ('queued','running') ORDER BY id");
    while (rows.next()) ids.emplace_back(Id<Job>{rows.integer(0)});
    return ids;
}

bool clear_some(db::Tx& tx, Time now) {
    db::Value const values[] = {now.ms};
    auto const cleared = tx.execute(
        "DELETE FROM job_rows WHERE (job_id,place) IN (SELECT r.job_id,r.place FROM jobs j JOIN job_rows r ON "
        "r.job_id=j.id WHERE j.can_undo_until<$1 AND r.outcome='changed' LIMIT 2000)",
        values);
    if (cleared > 0) return true;
    // Whose customers are in a file is asked again whenever it is taken.
    tx.execute(
        "DELETE FROM job_chunks WHERE job_id IN (SELECT id FROM jobs WHERE state NOT IN ('queued','running') AND "
        "has_file=0)");
    return false;
}

std::vector<Id<Job>> take_old_files(db::Tx& tx, Time before) {
    db::Value const values[] = {before.ms};
    std::vector<Id<Job>> ids;
    auto rows = tx.query("UPDATE jobs SET has_file=0 WHERE has_file=1 AND finished_at<$1 RETURNING id", values);
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

}  // namespace patron::jobs::store
