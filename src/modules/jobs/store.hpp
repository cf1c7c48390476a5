// What a job keeps beside its record: who it acts as, its set in chunks, and what became of each customer.
#pragma once
#include "module/listing.hpp"
#include "modules/jobs/jobs.hpp"

namespace patron {

// What became of one customer, for the list of rows.
struct JobReason {
    std::string pointer, code, message;
};
DESCRIBE(JobReason, pointer, code, message);

struct JobRow {
    Id<Customer> customer_id;
    Personal<std::string> name;
    JobOutcome outcome = JobOutcome::failed;
    std::string reason;
    std::vector<JobReason> reasons;
    std::vector<std::string> fields;
};
DESCRIBE(JobRow, customer_id, name, outcome, reason, reasons, fields);

namespace jobs::store {

std::span<db::Migration const> migrations();

// How the job works: as whom, with which right, and where it is.
struct Work {
    Actor actor;
    Id<User> user_id;
    std::string permission;
    bool can_be_undone = true, makes_file = false;
    std::int64_t next_chunk = 0;
    std::int64_t file_size = 0;
    std::int64_t cause = 0;  // position of job.started
};
void add_work(db::Tx& tx, Id<Job> id, Work const& work);
Work work_of(db::Tx& tx, Id<Job> id);
void set_work(db::Tx& tx, Id<Job> id, Work const& work);
void set_cause(db::Tx& tx, std::int64_t job, std::int64_t position);

// Takes the job for this worker, or keeps it, for a while; false when another has it.
bool take(db::Tx& tx, Id<Job> id, std::string const& holder, Time now, Time until);
void let_go(db::Tx& tx, Id<Job> id);
// On an engine that one process alone opens, whoever held a job is no more.
void forget_holders(db::Tx& tx);

void add_set(db::Tx& tx, Id<Job> id, std::vector<Id<Customer>> const& set);
// The customers of a chunk; none behind the last.
std::vector<Id<Customer>> chunk_of(db::Tx& tx, Id<Job> id, std::int64_t chunk);

// How many of the set are there and in sight now, of those who were when the job came to them.
std::int64_t still_seen(Reading& reading, Id<Job> id);

void add_item(db::Tx& tx, Id<Job> id, Item const& item);
void set_undone(db::Tx& tx, Id<Job> id, Item const& item);
// Changed and not yet taken back, last first.
std::vector<Item> items_to_undo(db::Tx& tx, Id<Job> id, std::size_t limit);

Page<JobRow> rows(Reading& reading, Job const& job);
Page<Job> list(Reading& reading, bool all);
std::vector<AnyId> unfinished(db::Tx& tx);

// Clears away some of what can no longer be taken back; false when nothing is left to clear.
bool clear_some(db::Tx& tx, Time now);
// Jobs that ended before and have a file: they have none any more.
std::vector<Id<Job>> take_old_files(db::Tx& tx, Time before);

}  // namespace jobs::store
}  // namespace patron
