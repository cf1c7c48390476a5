#include "modules/imports/chunks.hpp"

#include "modules/imports/masking.hpp"

namespace patron::imports {
namespace {

constexpr std::size_t most_chunk_bytes = 2 << 20;

// The cells by column, for the file of failed rows; whatever belongs in the vault covered.
JsonObject values_of(Plan const& plan, std::vector<std::string> const& cells) {
    JsonObject values;
    for (std::size_t i = 0; i < plan.columns.size() && i < cells.size(); ++i) {
        bool const phone = plan.targets[i] && plan.targets[i]->base == "phone";
        if (!cells[i].empty()) values[plan.columns[i]] = phone ? cells[i] : masked(cells[i]);
    }
    return values;
}

}  // namespace

Chunk ChunkReader::next(std::int64_t most_rows) {
    Chunk chunk;
    std::size_t bytes = 0;
    CsvRow row;
    while (static_cast<std::int64_t>(chunk.rows.size()) < most_rows && bytes < most_chunk_bytes) {
        if (!reader_.next(row)) {
            chunk.is_last = true;
            break;
        }
        for (auto const& cell : row.cells) bytes += cell.size();
        offset_ = static_cast<std::int64_t>(row.next_offset);
        line_ = static_cast<std::int64_t>(row.next_line);
        auto draft = row.problem.empty() ? make_draft(plan_, row.cells) : Draft{};
        chunk.rows.push_back({static_cast<std::int64_t>(row.line), row.problem, row.cells, std::move(draft)});
    }
    chunk.offset = offset_;
    chunk.line = line_;
    return chunk;
}

namespace {

// A call of the import's, in the name of whom `who` finds.
Call call_by(Job const& job, std::function<Principal(db::Tx&)> const& who) {
    Call call;
    call.business = &job.business;
    call.now = job.business.clock();
    call.request_id = job.id.text();
    call.route = "import";
    job.business.database().read([&](db::Tx& tx) { call.who = who(tx); });
    call.who.actor = {ActorKind::import_, job.id};
    return call;
}

}  // namespace

Call house_call(Job const& job) {
    return call_by(job, [&](db::Tx& tx) { return owner_principal(tx, job.business.areas()); });
}

Call call_as(Job const& job) {
    auto const call = call_by(job, [&](db::Tx& tx) {
        db::Value const values[] = {job.id.value};
        auto row = tx.query("SELECT u.id,u.state FROM imports i JOIN users u ON u.id=i.user_id WHERE i.id=$1", values);
        if (!row.next()) return owner_principal(tx, job.business.areas());  // begun at the command line
        if (row.text(1) == "disabled") throw Withdrawn{};
        return principal_of_user(tx, {row.integer(0)}, job.business.areas());
    });
    if (!call.who.may("imports.edit")) throw Withdrawn{};
    return call;
}

store::DoneRow carry_out_row(Unit& unit, Names& names, Import const& import, Plan const& plan, ReadRow const& row) {
    store::DoneRow done{.line = row.line};
    if (!row.problem.empty())
        done.outcome = {.reason = "unreadable",
                        .reasons = {{"", "unreadable", "The row cannot be read: " + row.problem + "."}}};
    else
        done.outcome = import.kind == ImportKind::staff ? carry_out_staff(unit, import, plan, row.draft)
                                                        : carry_out(unit, names, import, plan, row.draft);
    if (done.outcome.outcome == RowOutcome::failed) done.values = values_of(plan, row.cells);
    return done;
}

void count(ImportCounts& counts, RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::created: ++counts.created; break;
        case RowOutcome::updated: ++counts.updated; break;
        case RowOutcome::skipped: ++counts.skipped; break;
        case RowOutcome::failed: ++counts.failed; break;
    }
    ++counts.rows;
}

Import still_mine(Reading& reading, Job const& job, ImportJob kind) {
    auto import = reading.find(job.id);
    if (import.job != kind) throw Overtaken{};
    return import;
}

void store_progress(Unit& unit, Import const& before, Import after) {
    unit.store(before, after);
    unit.after_commit.push_back(
        [&business = unit.business, id = before.id] { business.tell("import.progressed", id, {}); });
}

Standing look(Job const& job, Call const& call, ImportJob kind) {
    Standing standing;
    job.business.database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        standing.import = still_mine(reading, job, kind);
        standing.work = store::work_of(tx, job.id);
        standing.plan = make_plan(reading, standing.import, standing.work.orders);
    });
    standing.file = files::Shelf(job.folder).path(standing.work.stored);
    return standing;
}

bool prepare(Job const& job, Call const& call, ImportJob kind) {
    auto const at = look(job, call, kind);
    // A run that goes on has been prepared; a preview always begins anew.
    if (kind == ImportJob::run && !at.work.orders.empty()) return true;
    auto const found = survey(at.file, at.import, at.work, at.plan, job.stopped);
    if (job.stopped()) return false;
    run_unit(*call.business, call, [&](Unit& unit) {
        auto const before = still_mine(unit, job, kind);
        auto after = before;
        after.counts = {};
        after.progress =
            ImportProgress{0, before.sample ? std::min<std::int64_t>(*before.sample, found.rows) : found.rows};
        store_progress(unit, before, after);
        auto work = store::work_of(unit.tx, job.id);
        work.orders = found.orders;
        work.total = found.rows;
        ++work.pass;
        store::set_work(unit.tx, job.id, work);
        if (kind == ImportJob::run)
            unit.say({.kind = &import_started,
                      .subject = job.id,
                      .subject_version = after.version,
                      .facts = {{"rows", after.progress->of}}});
    });
    for (bool more = true; more && !job.stopped();)
        run_unit(*call.business, call,
                 [&](Unit& unit) { more = store::clear_some(unit.tx, job.id, store::work_of(unit.tx, job.id).pass); });
    return !job.stopped();
}

std::int64_t rows_left(Import const& import) {
    // Staff in one go, so that doubles in the file meet in a preview.
    std::int64_t const chunk = import.kind == ImportKind::staff ? 5'000 : 200;
    return import.sample ? std::clamp<std::int64_t>(*import.sample - import.counts.rows, 0, chunk) : chunk;
}

}  // namespace patron::imports
