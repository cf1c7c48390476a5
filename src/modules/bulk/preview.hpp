// What an action would do, before it is done: how many it means, what changes, what stands in the way.
#pragma once
#include "module/story.hpp"
#include "modules/bulk/carrying.hpp"

namespace patron {

struct BulkExample {
    Id<Customer> id;
    Personal<std::string> display_name;
    JobOutcome outcome = JobOutcome::changed;
    std::string reason;
    std::vector<StoryChange> changes;
};
DESCRIBE(BulkExample, id, display_name, outcome, reason, changes);

struct BulkObstacle {
    std::string code, message;
    std::int64_t customers = 0;
};
DESCRIBE(BulkObstacle, code, message, customers);

// A status of the customers moved, and what it is in the new folder. Lost: it is another, or none.
struct BulkStatus {
    std::optional<Id<Status>> from_id, to_id;
    std::string from_name, to_name;
    bool lost = false;
    std::int64_t customers = 0;
};
DESCRIBE(BulkStatus, from_id, to_id, from_name, to_name, lost, customers);

struct BulkFieldCount {
    std::string key, label;
    std::int64_t customers = 0;
};
DESCRIBE(BulkFieldCount, key, label, customers);

// Somebody of the staff whom the move takes customers out of sight, or shows some.
struct BulkSight {
    Id<User> user_id;
    std::string name;
    std::int64_t customers = 0;
};
DESCRIBE(BulkSight, user_id, name, customers);

struct BulkMove {
    std::vector<BulkStatus> statuses;
    std::vector<BulkFieldCount> missing;  // required in the new folder, and empty
    std::vector<BulkFieldCount> hidden;   // filled, and not shown in the new folder
    std::vector<BulkSight> losing, gaining;
};
DESCRIBE(BulkMove, statuses, missing, hidden, losing, gaining);

struct BulkPreview {
    std::string kind;
    std::int64_t matching = 0;
    std::int64_t looked_at = 0;  // everything below is told of these
    std::int64_t changed = 0, skipped = 0, failed = 0;
    std::vector<BulkObstacle> problems;
    std::vector<BulkExample> examples;
    std::optional<BulkMove> move;  // of move_to
};
DESCRIBE(BulkPreview, kind, matching, looked_at, changed, skipped, failed, problems, examples, move);

namespace bulk {

// Looks at the set's first customers. The change is carried out and undone in one breath: what it says is what happens.
BulkPreview preview(Call const& call, BulkAction const& action, rules::Verb verb, std::vector<Id<Customer>> const& set);

}  // namespace bulk
}  // namespace patron
