#include "module/keeping.hpp"
#include "modules/imports/clearing.hpp"
#include "modules/imports/headers.hpp"
#include "modules/imports/jobs.hpp"
#include "modules/imports/store.hpp"
#include "modules/imports/uploading.hpp"

#include "base/csv.hpp"

#include <set>

namespace patron::imports {

constexpr Kind import_uploaded{"import.uploaded", 1, "{actor} uploaded a file to import", ""};
constexpr Kind import_changed{"import.changed", 1, "{actor} changed how a file is imported", ""};
constexpr Kind import_started{"import.started", 1, "An import began", ""};
constexpr Kind import_previewed{"import.previewed", 1, "An import was tried out", ""};
constexpr Kind import_stopped{"import.stopped", 1, "{actor} stopped an import", ""};
constexpr Kind import_finished{"import.finished", 1, "An import was finished", ""};
constexpr Kind import_undone{"import.undone", 1, "An import was taken back", ""};

namespace {

constexpr std::uint64_t most_bytes = 2ULL << 30;
constexpr auto undo_patience = std::chrono::milliseconds(2000);

// What an undo kept is told to whoever sees it.
Import seen(Reading& reading, Import import) {
    if (!reading.sight().sees_everybody())
        std::erase_if(import.kept, [&](ImportKept const& one) {
            return one.id.prefix == Id<Customer>::prefix() && !reading.sees(Id<Customer>{one.id.value});
        });
    return import;
}

Import show(Reading& reading, Id<Import> id) { return seen(reading, reading.find(id)); }

Page<Import> list(Reading& reading) {
    auto page = list_records<Import>(
        reading, {"state", "kind"},
        {{"created_at", "created_at", Order::Type::integer, true}, {"filename", "filename", Order::Type::text}});
    for (auto& import : page.data) import = seen(reading, std::move(import));
    return page;
}

Page<ImportRow> rows(Reading& reading, Id<Import> id) { return store::list_rows(reading, reading.find(id)); }

struct Choices {
    std::vector<Choice> data;
};
DESCRIBE(Choices, data);
Choices targets(Reading& reading) {
    auto const typed = reading.call.param("kind");
    ImportKind kind{};
    if (typed) read_enum(std::get<std::string>(filter_value<ImportKind>(*typed, "kind")), kind);
    return {choices(kind, fields::readable(reading))};
}

void refuse_while_busy(Import const& import) {
    if (import.job) throw conflict("import_busy", "The import is at work; stop it first or wait until it is done.");
}

// Columns that the body leaves out keep their target; null goes back to the suggestion.
void merge_mapping(Import& after, JsonObject const& before, std::vector<Field> const& definitions, Mistakes& mistakes) {
    auto const typed = std::move(after.mapping);
    after.mapping = before;
    for (auto const& entry : typed) {
        auto const where = pointer_to("/mapping", std::string_view(entry.key()));
        auto const column = std::find_if(after.columns.begin(), after.columns.end(), [&](ImportColumn const& one) {
            return one.name == std::string_view(entry.key());
        });
        if (column == after.columns.end()) {
            mistake(mistakes, where, "unknown_column", "is no column of the file");
            continue;
        }
        if (entry.value().is_null()) {
            after.mapping[entry.key()] = column->suggested.value_or("-");
            continue;
        }
        auto const field =
            entry.value().is_string() ? std::string(std::string_view(entry.value().get_string())) : std::string();
        auto const target = read_target(field, after.kind);
        bool const known =
            field == "-" || (target && (target->base != "custom" ||
                                        std::any_of(definitions.begin(), definitions.end(),
                                                    [&](Field const& one) { return one.key == target->part; })));
        if (!known)
            mistake(mistakes, where, "unknown_target",
                    "names no field; GET /imports/targets lists them, \"-\" leaves the column out");
        else if (field != "-" && is_secret_header(column->name))
            mistake(mistakes, where, "secret_column", "holds passwords or codes, which are never imported");
        else after.mapping[entry.key()] = field;
    }
}

void check_match_on(Import const& import, std::vector<Field> const& definitions, Mistakes& mistakes) {
    if (!import.match_on) return;
    auto const& by = *import.match_on;
    bool const known =
        by == "email" || by == "phone" || by == "key" ||
        (by.starts_with("custom.") && std::any_of(definitions.begin(), definitions.end(),
                                                  [&](Field const& one) { return "custom." + one.key == by; }));
    if (!known) mistake(mistakes, "/match_on", "not_a_choice", "must be email, phone, key or custom.KEY");
}

Import edit(Unit& unit, Id<Import> id, Patch<Import> const& patch) {
    auto const before = unit.find(id);
    unit.check_match(before);
    refuse_while_busy(before);
    refuse_when_cleared(before);
    if (before.state == ImportState::undone)
        throw conflict("import_undone", "The import was taken back; upload the file again.");
    auto after = before;
    patch.apply_to(after);
    Mistakes mistakes;
    auto const definitions = fields::readable(unit);
    if (patch.has("mapping")) merge_mapping(after, before.mapping, definitions, mistakes);
    check_match_on(after, definitions, mistakes);
    if (after.sample && *after.sample < 1) mistake(mistakes, "/sample", "out_of_range", "must be at least 1");
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    if (after.folder_id) unit.refer(*after.folder_id, "/folder_id");
    for (std::size_t i = 0; i < after.tag_ids.size(); ++i) unit.refer(after.tag_ids[i], pointer_to("/tag_ids", i));
    // What was foreseen was foreseen under other conditions.
    if (after.state == ImportState::previewed && !differences(before, after).empty()) {
        after.state = ImportState::uploaded;
        after.counts = {};
    }
    unit.change(before, after, {.kind = &import_changed});
    return after;
}

void refuse_without_targets(Import const& import) {
    for (auto const& entry : import.mapping)
        if (entry.value().is_string() && read_target(std::string_view(entry.value().get_string()), import.kind)) return;
    throw invalid("/mapping", "nothing_mapped",
                  "No column goes anywhere yet; say in mapping where at least one belongs.");
}

// Notes the job in the record; the worker takes it up once that is durable, and again after a crash.
Import order(Unit& unit, Import const& before, Import after, ImportJob job, store::Work const& work) {
    after.job = job;
    after.problem.reset();
    unit.store(before, after);
    store::set_work(unit.tx, before.id, work);
    unit.after_commit.push_back([&business = unit.business, id = before.id] { begin(business, id); });
    return after;
}

Import start_preview(Unit& unit, Id<Import> id) {
    auto const before = unit.find(id);
    unit.check_match(before);
    refuse_while_busy(before);
    refuse_when_cleared(before);
    if (before.state != ImportState::uploaded && before.state != ImportState::previewed)
        throw conflict("import_begun", "Rows of this file were imported already; upload it again to try it out.");
    refuse_without_targets(before);
    auto after = before;
    after.progress = ImportProgress{};
    return order(unit, before, after, ImportJob::preview, store::work_of(unit.tx, id));
}

Import start_run(Unit& unit, Id<Import> id) {
    auto const before = unit.find(id);
    // As adding a colleague does.
    if (before.kind == ImportKind::staff) ask_for_proof(unit.who, unit.now);
    unit.check_match(before);
    refuse_while_busy(before);
    refuse_when_cleared(before);
    auto work = store::work_of(unit.tx, id);
    if (before.state == ImportState::undone)
        throw conflict("import_undone", "The import was taken back; upload the file again.");
    if (before.state == ImportState::done &&
        (before.counts.rows >= work.total || (before.sample && before.counts.rows >= *before.sample)))
        throw conflict("import_done", "The import is done; to go on behind a sample, take sample away first.");
    refuse_without_targets(before);
    auto after = before;
    // A run that was stopped, or did a sample, goes on behind its last row.
    bool const goes_on = before.state == ImportState::done || before.state == ImportState::stopped;
    if (!goes_on) work.orders.clear();
    after.progress =
        goes_on ? ImportProgress{before.counts.rows,
                                 before.sample ? std::min<std::int64_t>(*before.sample, work.total) : work.total}
                : ImportProgress{};
    after.state = ImportState::running;
    after.finished_at.reset();
    return order(unit, before, after, ImportJob::run, work);
}

Import stop(Unit& unit, Id<Import> id) {
    auto const before = unit.find(id);
    unit.check_match(before);
    if (!before.job) return before;
    if (before.job == ImportJob::undo) throw conflict("undo_running", "An undo is not stopped half way.");
    auto after = before;
    if (before.job == ImportJob::run) after.state = ImportState::stopped;
    else after.counts = {};
    after.job.reset();
    after.progress.reset();
    unit.change(before, after, {.kind = &import_stopped});
    return after;
}

// A small one is done when this answers; a large one goes on as a job.
http::Response undo_import(Call const& call) {
    auto const id = Id<Import>::read(call.path.at(0));
    if (!id) throw not_found();
    run_unit(*call.business, call, [&](Unit& unit) {
        auto const before = unit.find(*id);
        refuse_while_busy(before);
        refuse_when_cleared(before);
        if (before.state != ImportState::done && before.state != ImportState::stopped)
            throw conflict("nothing_to_undo", "Nothing of this file was imported.");
        auto after = before;
        after.progress = ImportProgress{0, before.counts.created + before.counts.updated};
        after.kept.clear();
        auto work = store::work_of(unit.tx, *id);
        work.undo_line = 0;
        return detail::respond(order(unit, before, after, ImportJob::undo, work), call, 202);
    });
    wait_for(*call.business, *id, undo_patience);
    Import import;
    call.business->database().read([&](db::Tx& tx) { import = Reading(tx, call).find(*id); });
    return detail::respond(import, call, import.job ? 202 : 200);
}

std::string failed_line(Import const& import, ImportRow const& row) {
    std::string line;
    for (auto const& column : import.columns) {
        auto const* cell = row.values.if_contains(column.name);
        line += csv_cell(cell && cell->is_string() ? std::string_view(cell->get_string()) : std::string_view()) + ",";
    }
    std::string words;
    for (auto const& reason : row.reasons) (words += words.empty() ? "" : " ") += reason.message;
    return line + std::to_string(row.line) + "," + csv_cell(row.reason) + "," + csv_cell(words) + "\r\n";
}

// The failed rows as they were, with why; streamed page by page.
http::Response failed_file(Reading& reading, Id<Import> id) {
    auto const import = std::make_shared<Import const>(reading.find(id));
    auto const call = std::make_shared<Call>(reading.call);
    call->request = nullptr;
    http::Response response;
    response.set("Content-Type", "text/csv; charset=utf-8");
    response.set("Content-Disposition", "attachment; filename=\"failed.csv\"");
    response.chunks = [import, call, behind = std::int64_t{-1}, ended = false]() mutable -> std::optional<std::string> {
        if (ended) return {};
        std::string text;
        if (behind < 0) {
            behind = 0;
            for (auto const& column : import->columns) text += csv_cell(column.name) + ",";
            text += "reason_line,reason,reason_text\r\n";
        }
        call->business->database().read([&](db::Tx& tx) {
            Reading reading(tx, *call);
            auto const rows = store::failed_rows_behind(reading, import->id, behind, 200);
            for (auto const& row : rows) text += failed_line(*import, row);
            ended = rows.empty();
            if (!rows.empty()) behind = rows.back().line;
        });
        return text;
    };
    return response;
}

std::vector<Route> routes() {
    Permission const view{"imports.view"}, create{"imports.create"}, change{"imports.edit"};
    Route upload_route{.method = http::Method::post,
                       .path = "/imports",
                       .permission = create,
                       .place = Place::working,
                       .operation = "upload_import",
                       .summary = "Uploads a file to import"};
    upload_route.params = {{"filename", "the file's name"},
                           {"kind", "customers (when left out) or staff"},
                           {"source", "under which name the file's ids are kept"}};
    upload_route.work = upload;
    upload_route.raw_body = true;
    upload_route.raw_limit = most_bytes;
    upload_route.success = 201;
    upload_route.answer_schema = [](Schemas& schemas) { return schema<Import>(schemas); };
    Route undo_route{.method = http::Method::post,
                     .path = "/imports/{id}/undo",
                     .permission = change,
                     .place = Place::working,
                     .operation = "undo_import",
                     .summary = "Takes an import back: 200 when that is done, 202 while it goes on"};
    undo_route.work = undo_import;
    undo_route.may_take_longer = true;
    undo_route.answer_schema = [](Schemas& schemas) { return schema<Import>(schemas); };
    return {
        std::move(upload_route),
        get<list>("/imports", view, "list_imports", "Imports, newest first",
                  list_params({{"state", "uploaded, previewed, running, done, stopped or undone"},
                               {"kind", "customers or staff"}})),
        get<targets>("/imports/targets", view, "list_import_targets", "Where columns may go",
                     {{"kind", "customers (when left out) or staff"}}),
        get<show>("/imports/{id}", view, "get_import", "An import and how far it is"),
        patch<edit>("/imports/{id}", change, "change_import", "Says where columns go and how rows are matched"),
        post<start_preview>("/imports/{id}/preview", change, "preview_import",
                            "Tries the import out without changing anything", 202),
        post<start_run>("/imports/{id}/run", change, "run_import", "Imports the file, or goes on with it", 202),
        post<stop>("/imports/{id}/stop", change, "stop_import", "Stops what is going on; what was imported stays", 200),
        std::move(undo_route),
        remove<clear_import>("/imports/{id}", Permission("imports.delete"), "clear_import",
                             "Removes an import's file and rows; the counts stay"),
        get<rows>("/imports/{id}/rows", view, "list_import_rows", "What became of each row",
                  list_params({{"outcome", "created, updated, skipped or failed"}})),
        get<failed_file>("/imports/{id}/failed.csv", view, "get_import_failed",
                         "The failed rows as a file, with the reasons")};
}

}  // namespace

Module module() {
    return {.name = "imports",
            .needs = {"staff", "tags", "folders", "fields", "customers", "notes", "files"},
            .areas = {{.name = "imports", .label = "Imports", .changed_by = "manager", .seen_by = "manager"}},
            .migrations = store::migrations,
            .kinds = {&import_uploaded, &import_changed, &import_started, &import_previewed, &import_stopped,
                      &import_finished, &import_undone, &import_cleared},
            .routes = routes(),
            .namers = {{"imp", "SELECT filename FROM imports WHERE id=$1"}},
            .opened = resume,
            .erase = erase_of,
            .chores = chores()};
}

}  // namespace patron::imports
