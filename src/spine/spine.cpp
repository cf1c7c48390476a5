#include "spine/spine.hpp"

#include <algorithm>
#include <iterator>

namespace patron {
namespace {

constexpr db::Migration migrations[] = {
    {1, "the spine", R"(
CREATE TABLE spine (
  position {id}, id {int} NOT NULL, kind {text} NOT NULL, version {int} NOT NULL,
  subject_prefix {text} NOT NULL, subject_id {int} NOT NULL, subject_version {int} NOT NULL, customer_id {int},
  actor_kind {text} NOT NULL, actor_prefix {text} NOT NULL, actor_id {int} NOT NULL,
  happened_at {int} NOT NULL, recorded_at {int} NOT NULL, request {text} NOT NULL, cause {int} NOT NULL,
  facts {text} NOT NULL, changes {text} NOT NULL, personal {text} NOT NULL) {table};
CREATE INDEX spine_by_customer ON spine (customer_id, happened_at, position);
CREATE INDEX spine_by_subject ON spine (subject_id, position);
CREATE TABLE spine_head (one {id}, position {int} NOT NULL) {table};
INSERT INTO spine_head VALUES (1, 0);
CREATE TABLE spine_kinds (kind {text} PRIMARY KEY, since {int} NOT NULL) {table})"},
    // Conditions on events are asked of one customer and of everybody.
    {2, "events by kind, and events of many at once", R"(
CREATE INDEX spine_by_kind ON spine (kind, customer_id, happened_at) WHERE customer_id IS NOT NULL;
CREATE TABLE spine_many (position {int} NOT NULL, customer_id {int} NOT NULL, PRIMARY KEY (position, customer_id)) {table};
CREATE INDEX spine_many_by_customer ON spine_many (customer_id, position))"},
};

constexpr std::string_view insert =
    "INSERT INTO spine "
    "(position,id,kind,version,subject_prefix,subject_id,subject_version,customer_id,actor_kind,actor_prefix,actor_id,"
    "happened_at,recorded_at,request,cause,facts,changes,personal) "
    "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)";

void write(db::Tx& tx, Event const& event) {
    db::Value const values[] = {event.position,
                                event.id,
                                event.kind,
                                std::int64_t{event.version},
                                event.subject.prefix,
                                event.subject.value,
                                event.subject_version,
                                column_value(event.customer_id),
                                std::string(enum_text(event.actor.kind)),
                                event.actor.id.prefix,
                                event.actor.id.value,
                                event.happened_at.ms,
                                event.recorded_at.ms,
                                event.request,
                                event.cause,
                                event.facts,
                                event.changes,
                                event.personal};
    tx.post(insert, values);
    for (auto const customer : event.of_many) {
        db::Value const one[] = {event.position, customer.value};
        tx.post("INSERT INTO spine_many (position,customer_id) VALUES ($1,$2)", one);
    }
}

}  // namespace

std::string_view const event_columns =
    "position,id,kind,version,subject_prefix,subject_id,subject_version,customer_id,actor_kind,actor_prefix,actor_id,"
    "happened_at,recorded_at,request,cause,facts,changes,personal";

Event read_event(db::Cursor const& row) {
    Event event;
    event.position = row.integer(0);
    event.id = row.integer(1);
    event.kind = row.text(2);
    event.version = static_cast<int>(row.integer(3));
    event.subject = AnyId(std::string(row.text(4)), row.integer(5));
    event.subject_version = row.integer(6);
    read_column(row, 7, event.customer_id);
    read_enum(row.text(8), event.actor.kind);
    event.actor.id = AnyId(std::string(row.text(9)), row.integer(10));
    event.happened_at = Time{row.integer(11)};
    event.recorded_at = Time{row.integer(12)};
    event.request = row.text(13);
    event.cause = row.integer(14);
    event.facts = row.text(15);
    event.changes = row.text(16);
    event.personal = row.text(17);
    return event;
}

std::vector<Id<Customer>> customers_of(db::Tx& tx, std::int64_t position, std::int64_t most) {
    db::Value const values[] = {position, most};
    std::vector<Id<Customer>> customers;
    auto rows = tx.query("SELECT customer_id FROM spine_many WHERE position=$1 ORDER BY customer_id LIMIT $2", values);
    while (rows.next()) customers.push_back({rows.integer(0)});
    return customers;
}

std::span<db::Migration const> spine_migrations() { return migrations; }

Spine::Spine(db::Database& database, IdMaker& ids, std::vector<Kind const*> kinds, std::vector<InlineReader> readers)
    : database_(database), ids_(ids), kinds_(std::move(kinds)), readers_(std::move(readers)) {
    database_.read([&](db::Tx& tx) {
        auto row = tx.query("SELECT position FROM spine_head WHERE one=1");
        if (row.next()) durable_position_ = row.integer(0);
    });
}

void Spine::add(Event event) { of_this_work_.push_back(std::move(event)); }

void Spine::work_kept() {
    std::move(of_this_work_.begin(), of_this_work_.end(), std::back_inserter(waiting_));
    of_this_work_.clear();
}

void Spine::work_undone() { of_this_work_.clear(); }

// The row of spine_head is taken last and held until the commit: positions become visible in order, without gaps, also
// when several servers write.
void Spine::before_commit(db::Tx& tx) {
    work_kept();
    if (waiting_.empty()) return;
    db::Value const count[] = {static_cast<std::int64_t>(waiting_.size())};
    auto head = tx.query("UPDATE spine_head SET position=position+$1 WHERE one=1 RETURNING position", count);
    head.next();
    group_position_ = head.integer(0);
    while (head.next()) {}
    auto position = group_position_ - static_cast<std::int64_t>(waiting_.size());
    for (auto& event : waiting_) {
        event.position = ++position;
        if (event.id == 0) event.id = ids_.next(event.recorded_at.ms);
        write(tx, event);
        for (auto const& reader : readers_) reader.take(tx, event);
    }
}

void Spine::committed() {
    if (waiting_.empty()) return;
    waiting_.clear();
    durable_position_ = group_position_;
    if (committed_) committed_(group_position_);
}

void Spine::undone() {
    waiting_.clear();
    of_this_work_.clear();
}

std::int64_t Spine::last_position() const { return durable_position_; }

void Spine::note_kinds(db::Tx& tx, Time now) {
    for (auto const* kind : kinds_) {
        db::Value const values[] = {std::string(kind->name), now.ms};
        tx.execute(
            "INSERT INTO spine_kinds (kind,since) VALUES ($1,$2) ON CONFLICT (kind) DO UPDATE SET since=EXCLUDED.since "
            "WHERE EXCLUDED.since<spine_kinds.since",
            values);
    }
}

void Spine::rebuild_readers(db::Tx& tx) {
    for (auto const& reader : readers_) reader.forget(tx);
    constexpr std::int64_t page = 1000;
    for (std::int64_t after = 0;;) {
        db::Value const values[] = {after, page};
        std::vector<Event> events;
        auto rows = tx.query(
            "SELECT "
            "position,id,kind,version,subject_prefix,subject_id,subject_version,customer_id,actor_kind,actor_prefix,"
            "actor_id,"
            "happened_at,recorded_at,request,cause,facts,changes,personal FROM spine WHERE position>$1 ORDER BY "
            "position LIMIT $2",
            values);
        while (rows.next()) events.push_back(read_event(rows));
        if (events.empty()) return;
        for (auto const& event : events)
            for (auto const& reader : readers_) reader.take(tx, event);
        after = events.back().position;
    }
}

Kind const* Spine::kind(std::string_view name) const {
    for (auto const* kind : kinds_)
        if (kind->name == name) return kind;
    return nullptr;
}

// Values that are not personal by their type may still tell who somebody was (an import key, a source): those of plain
// edits go too. No reader keeps tables by them.
void forget_customer(db::Tx& tx, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    tx.post("UPDATE spine SET personal='' WHERE customer_id=$1 AND personal<>''", values);
    tx.post("UPDATE spine SET changes='[]' WHERE customer_id=$1 AND kind='customer.updated' AND changes<>'[]'", values);
}

void forget_subject(db::Tx& tx, AnyId const& subject) {
    db::Value const values[] = {subject.value, subject.prefix};
    tx.post("UPDATE spine SET personal='' WHERE subject_id=$1 AND subject_prefix=$2 AND personal<>''", values);
}

void split_changes(std::vector<Change> const& changes, std::string& open, std::string& personal) {
    open = "[";
    personal = "";
    for (auto const& change : changes) {
        auto& list = change.personal ? personal : open;
        if (list.size() > 1) list += ',';
        if (list.empty()) list = "[";
        list += "{\"field\":";
        write_json_text(list, change.field);
        ((((list += ",\"from\":") += change.from) += ",\"to\":") += change.to) += '}';
    }
    open += ']';
    if (!personal.empty()) personal += ']';
}

}  // namespace patron
