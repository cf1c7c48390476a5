// Imports: lists from other programs become customers (or staff) – looked at first, mapped by hand where need be, and taken back in one step.
#pragma once
#include "modules/files/files.hpp"
#include "modules/imports/targets.hpp"

namespace patron {
struct Import;
}  // namespace patron
ID_PREFIX(patron::Import, "imp");

namespace patron {

using imports::ImportKind;

enum class ImportState { uploaded, previewed, running, done, stopped, undone };
BOOST_DESCRIBE_ENUM(ImportState, uploaded, previewed, running, done, stopped, undone)
enum class ImportJob { preview, run, undo };
BOOST_DESCRIBE_ENUM(ImportJob, preview, run, undo)
// What becomes of a customer who is there already: empty fields filled, all fields overwritten, or left alone.
enum class ImportPolicy { fill, overwrite, keep };
BOOST_DESCRIBE_ENUM(ImportPolicy, fill, overwrite, keep)
enum class RowOutcome { created, updated, skipped, failed };
BOOST_DESCRIBE_ENUM(RowOutcome, created, updated, skipped, failed)

struct ImportColumn {
    std::string name;
    int index = 0;
    std::vector<Personal<std::string>> samples;
    std::optional<std::string> suggested;
    double confidence = 0;
};
DESCRIBE(ImportColumn, name, index, samples, suggested, confidence);

struct ImportFormat {
    std::string encoding, delimiter;
};
DESCRIBE(ImportFormat, encoding, delimiter);

struct ImportCounts {
    std::int64_t rows = 0, created = 0, updated = 0, skipped = 0, failed = 0;
};
DESCRIBE(ImportCounts, rows, created, updated, skipped, failed);

struct ImportProgress {
    std::int64_t done = 0, of = 0;
};
DESCRIBE(ImportProgress, done, of);

// What an undo left as it is, and why: "changed" (people have worked with the new customer since) or the fields that
// people have changed since.
struct ImportKept {
    AnyId id;
    Personal<std::string> name;
    std::string reason;
    std::vector<std::string> fields;
};
DESCRIBE(ImportKept, id, name, reason, fields);

struct Import {
    static constexpr std::string_view table = "imports", noun = "import";
    static constexpr std::string_view fixed[] = {
        "id",       "version", "filename", "kind",    "state",       "job",        "columns",    "format",    "counts",
        "progress", "problem", "kept",     "user_id", "finished_at", "cleared_at", "created_at", "updated_at"};
    Id<Import> id;
    std::int64_t version = 0;
    Text<1, 200> filename;
    ImportKind kind = ImportKind::customers;
    Text<1, 60> source;  // under which the file's ids are kept as import keys
    ImportState state = ImportState::uploaded;
    std::optional<ImportJob> job;  // what is going on right now
    std::vector<ImportColumn> columns;
    JsonObject mapping;                   // {"Column": "field" or "-"}; merged by column in a PATCH
    std::optional<Text<0, 60>> match_on;  // email, phone, key or custom.K; else key, e-mail, phone in this order
    ImportPolicy policy = ImportPolicy::fill;
    std::optional<Id<Folder>> folder_id;  // where new customers go
    std::vector<Id<Tag>> tag_ids;         // what all of them get
    std::optional<int> sample;            // only the first so many rows
    ImportFormat format;
    ImportCounts counts;
    std::optional<ImportProgress> progress;
    std::optional<std::string> problem;           // why it stopped by itself
    std::vector<ImportKept> kept;                 // of an undo: at most the first 200
    std::optional<Id<User>> user_id;              // whose import it is
    std::optional<Time> finished_at, cleared_at;  // cleared: the file and its rows are gone, the counts stay
    Time created_at, updated_at;
};
DESCRIBE(Import, id, version, filename, kind, source, state, job, columns, mapping, match_on, policy, folder_id,
         tag_ids, sample, format, counts, progress, problem, kept, user_id, finished_at, cleared_at, created_at,
         updated_at);

struct ImportReason {
    std::string column, code, message;
};
DESCRIBE(ImportReason, column, code, message);

// What became of one row.
struct ImportRow {
    std::int64_t line = 0;  // of the file, where the row begins
    RowOutcome outcome = RowOutcome::failed;
    std::string reason;  // code: "unchanged", "exists", "not_an_email" …; empty when all went well
    std::vector<ImportReason> reasons;
    std::optional<Id<Customer>> customer_id;
    std::optional<Id<User>> user_id;
    Personal<std::string> name;
    Personal<JsonObject> values;  // the cells by column, of failed rows
};
DESCRIBE(ImportRow, line, outcome, reason, reasons, customer_id, user_id, name, values);

namespace imports {

Module module();

}  // namespace imports
}  // namespace patron
