// Bulk: one change for all customers of a filter – tags, folder, status, workers, a field, the bin, a file – as a job.
#pragma once
#include "modules/exports/exports.hpp"
#include "modules/jobs/jobs.hpp"

namespace patron {

enum class BulkFormat { csv };
BOOST_DESCRIBE_ENUM(BulkFormat, csv)

struct BulkAssign {
    Id<User> user_id;
    bool responsible = false;
};
DESCRIBE(BulkAssign, user_id, responsible);
struct BulkUnassign {
    Id<User> user_id;
};
DESCRIBE(BulkUnassign, user_id);
struct BulkField {
    Text<1, 100> field;  // "custom.size", "source", "language", "newsletter" …
    Json value;          // null clears
};
DESCRIBE(BulkField, field, value);
struct BulkExport {
    BulkFormat format = BulkFormat::csv;
    bool sensitive = false;  // with the sensitive fields, which stay out else
};
DESCRIBE(BulkExport, format, sensitive);

// Exactly one of them; status_id goes with move_to.
struct BulkAction {
    std::optional<std::vector<Id<Tag>>> add_tags, remove_tags;
    std::optional<Id<Folder>> move_to;
    std::optional<Id<Status>> status_id, set_status;
    std::optional<BulkAssign> assign;
    std::optional<BulkUnassign> unassign;
    std::optional<BulkField> set_field;
    bool delete_ = false, restore = false;
    std::optional<BulkExport> export_;
};
DESCRIBE(BulkAction, add_tags, remove_tags, move_to, status_id, set_status, assign, unassign, set_field, delete_,
         restore, export_);

struct BulkOrder {
    JsonObject filter;  // modules/customers/filter.hpp, or {"ids": ["cus_…", …]}
    BulkAction action;
};
DESCRIBE(BulkOrder, filter, action);

namespace bulk {

Module module();

}  // namespace bulk
}  // namespace patron
