// The spine: the one append-only story of everything that happened in a business, written in the same transaction as
// the change itself. Timeline, badges, audit, live updates and all that comes later are its readers.
#pragma once
#include "base/id.hpp"
#include "base/time.hpp"
#include "db/db.hpp"
#include "record/row.hpp"

#include <functional>
#include <atomic>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

struct Customer;  // the record that everything hangs on; told in full by modules/customers
struct EventRow;
}  // namespace patron
ID_PREFIX(patron::Customer, "cus");
ID_PREFIX(patron::EventRow, "evt");

namespace patron {

enum class ActorKind { user, key, customer, automation, import_, system };
BOOST_DESCRIBE_ENUM(ActorKind, user, key, customer, automation, import_, system)

// Who did it. The name is looked up when it is read.
struct Actor {
    ActorKind kind = ActorKind::system;
    AnyId id;
};

// A kind of event. Its name is public API and never changes; a new meaning is a new version.
struct Kind {
    std::string_view name;  // "note.written"
    int version = 1;
    std::string_view headline;  // "{actor} wrote a note"; {changes} lists the changed fields in words
    std::string_view group;     // which chip of the feed's filter shows it: "notes", "changes" …
    bool audited = true;  // false: when it follows of itself from other events or from time, the audit log is silent
};

struct Happening {
    Kind const* kind = nullptr;
    AnyId subject;
    std::int64_t subject_version = 0;  // of the record, when it has versions
    Id<Customer> customer_id;
    std::vector<Id<Customer>> of_many;  // instead of one: all to whom it happened at once
    JsonObject facts;                   // ids, numbers, field names: nothing personal
    JsonObject personal;                // what erasure empties
    std::vector<Change> changes;
    Time happened_at;  // 0: now
};

struct Event {
    std::int64_t position = 0;
    std::int64_t id = 0;
    std::string kind;
    int version = 1;
    AnyId subject;
    std::int64_t subject_version = 0;
    Id<Customer> customer_id;
    Actor actor;
    Time happened_at, recorded_at;
    std::string request;
    std::int64_t cause = 0;
    std::string facts, changes, personal;  // JSON
    std::vector<Id<Customer>> of_many;     // on its way to the spine; later customers_of answers them
};

// Reads the events of a query that selects `event_columns`.
extern std::string_view const event_columns;
Event read_event(db::Cursor const& row);

// To whom an event of many happened, in order, at most so many; nobody for one of a single customer.
std::vector<Id<Customer>> customers_of(db::Tx& tx, std::int64_t position, std::int64_t most);

// A reader that keeps its own tables right within the transaction of the events.
struct InlineReader {
    std::string_view name;
    std::function<void(db::Tx&, Event const&)> take;
    std::function<void(db::Tx&)> forget;  // empties its tables, before everything is read again
};

// One business's spine. append() and the hooks run on the writer thread of its database.
class Spine {
  public:
    Spine(db::Database& database, IdMaker& ids, std::vector<Kind const*> kinds, std::vector<InlineReader> readers);

    void add(Event event);  // of the work going on; waits for the end of the group
    void work_kept();
    void work_undone();              // what the work added has not happened
    void before_commit(db::Tx& tx);  // gives positions, writes, lets the readers take
    void undone();
    std::int64_t last_position() const;  // durable

    // Called with the newest durable position, after each group that wrote events.
    void on_committed(std::function<void(std::int64_t)> call) { committed_ = std::move(call); }
    void committed();

    // Notes since when each kind is recorded; an earlier moment that is known stays.
    void note_kinds(db::Tx& tx, Time now);
    // Empties every reader and reads the whole spine again, inside the transaction.
    void rebuild_readers(db::Tx& tx);
    Kind const* kind(std::string_view name) const;
    std::vector<Kind const*> const& kinds() const { return kinds_; }

  private:
    db::Database& database_;
    IdMaker& ids_;
    std::vector<Kind const*> kinds_;
    std::vector<InlineReader> readers_;
    std::vector<Event> waiting_, of_this_work_;
    std::int64_t group_position_ = 0;
    std::atomic<std::int64_t> durable_position_{0};
    std::function<void(std::int64_t)> committed_;
};

std::span<db::Migration const> spine_migrations();

// Erasing: empties what is personal of a customer's events, or of those about one record, wherever they stand. Position,
// kind and facts stay, and of the changes those that only name folders, tags and people of the office.
void forget_customer(db::Tx& tx, Id<Customer> customer);
void forget_subject(db::Tx& tx, AnyId const& subject);

// Changes as the JSON list of an event: personal ones go into `personal` instead.
void split_changes(std::vector<Change> const& changes, std::string& open, std::string& personal);

}  // namespace patron
