// Jobs: long work over many customers that a person can watch, stop and take back, and that a stop of the server only interrupts.
#pragma once
#include "modules/files/files.hpp"

namespace patron {
struct Job;
}  // namespace patron
ID_PREFIX(patron::Job, "job");

namespace patron {

enum class JobState { queued, running, done, stopped, failed, undone };
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, stopped, failed, undone)
// What became of one customer. Kept: an undo left it as it is, for people have changed it since.
enum class JobOutcome { changed, skipped, failed, undone, kept };
BOOST_DESCRIBE_ENUM(JobOutcome, changed, skipped, failed, undone, kept)

struct JobCounts {
    std::int64_t changed = 0, skipped = 0, failed = 0, undone = 0, kept = 0;
};
DESCRIBE(JobCounts, changed, skipped, failed, undone, kept);

// Every member is Patron's own: jobs are begun by what they do (POST /bulk).
struct Job {
    static constexpr std::string_view table = "jobs", noun = "job";
    static constexpr std::string_view fixed[] = {
        "id",     "version", "kind",       "asked",      "state",       "undoing",        "done",       "total",
        "counts", "problem", "started_by", "created_at", "finished_at", "can_undo_until", "updated_at", "has_file"};
    Id<Job> id;
    std::int64_t version = 0;
    std::string kind;            // "bulk.tag"
    Personal<JsonObject> asked;  // what is done, as it was asked for
    JobState state = JobState::queued;
    bool undoing = false;  // queued or running: it is being taken back
    std::int64_t done = 0, total = 0;
    JobCounts counts;
    std::optional<std::string> problem;  // why it stopped by itself
    bool has_file = false;               // GET /jobs/{id}/file
    Id<User> started_by;
    Time created_at;
    std::optional<Time> finished_at;
    std::optional<Time> can_undo_until;  // null: nothing to take back, or no more
    Time updated_at;
};
DESCRIBE(Job, id, version, kind, asked, state, undoing, done, total, counts, problem, has_file, started_by, created_at,
         finished_at, can_undo_until, updated_at);

namespace jobs {

// One customer of a job's set.
struct Item {
    std::int64_t place = 0;
    Id<Customer> customer_id;
    // What came of it; `changes` is what an undo starts from.
    JobOutcome outcome = JobOutcome::skipped;
    std::string reason;               // code: "unchanged", "gone" …; empty when all went well
    std::vector<FieldError> reasons;  // of failed ones
    std::vector<std::string> fields;  // that an undo left as they are
    std::vector<Change> changes;
};

struct Chunk {
    Job const* job = nullptr;
    std::vector<Item> items;
    std::filesystem::path file;  // the job's file, when it makes one
    std::int64_t file_size = 0;  // how much of it counts; what stands behind was not finished
    std::string ends_because;    // a sentence when it cannot go on as it began
};

inline constexpr std::size_t chunk_size = 200;

// Runs `work` for one item after the other until others have waited long enough for the writer. What is left of the chunk
// is taken out of it and done in another transaction; one item is always done.
void in_turn(Chunk& chunk, std::function<void(Item&)> const& work);

struct Plan {
    std::string kind;  // "bulk.tag"
    JsonObject asked;
    std::string permission;  // without which nothing is done: "customers.edit"
    bool can_be_undone = true;
    bool makes_file = false;
};

// Keeps the job and its set, fixed from now on, and tells it; it is taken up once that is durable.
Job start(Unit& unit, Plan plan, std::vector<Id<Customer>> const& set);

// Runs `work` for an item with a unit of its own: refused, the item has failed with the reasons and nothing of it is told.
void attempt(Unit& unit, Item& item, std::function<void(Unit&)> const& work);

Module module();

}  // namespace jobs
}  // namespace patron
