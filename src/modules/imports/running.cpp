#include "modules/imports/chunks.hpp"

namespace patron::imports {
namespace {

void finish(Unit& unit, Import& import) {
    import.state = ImportState::done;
    import.job.reset();
    import.progress.reset();
    import.finished_at = unit.now;
    auto const& counts = import.counts;
    unit.say({.kind = &import_finished,
              .subject = import.id,
              .subject_version = import.version + 1,
              .facts = {{"rows", counts.rows},
                        {"created", counts.created},
                        {"updated", counts.updated},
                        {"skipped", counts.skipped},
                        {"failed", counts.failed}}});
}

// One chunk in the write transaction: its rows, what became of them, and where to go on stand or fall together. Answers
// the record as it is then.
Import write_chunk(Unit& unit, Job const& job, Plan const& plan, Chunk const& chunk, std::int64_t expected_offset) {
    auto const before = still_mine(unit, job, ImportJob::run);
    auto work = store::work_of(unit.tx, job.id);
    if (work.offset != expected_offset) throw Overtaken{};
    auto after = before;
    Names names(unit);
    for (auto const& row : chunk.rows) {
        Unit own(unit.tx, unit.call);
        auto const done = carry_out_row(own, names, before, plan, row);
        if (done.outcome.outcome != RowOutcome::failed) unit.take_over(own);
        store::add_row(unit.tx, job.id, work.pass, done);
        count(after.counts, done.outcome.outcome);
    }
    work.offset = chunk.offset;
    work.line = chunk.line;
    store::set_work(unit.tx, job.id, work);
    if (after.progress) after.progress->done = after.counts.rows;
    if (chunk.is_last || rows_left(after) == 0) finish(unit, after);
    store_progress(unit, before, after);
    return after;
}

}  // namespace

void run(Job const& job) {
    auto call = call_as(job);
    if (!prepare(job, call, ImportJob::run)) return;
    auto at = look(job, call, ImportJob::run);
    ChunkReader reader(at.file, at.import, at.plan, at.work.offset, at.work.line);
    for (auto offset = at.work.offset; at.import.job && !job.stopped();) {
        auto const chunk = reader.next(rows_left(at.import));
        call = call_as(job);  // rights are asked of each chunk anew
        run_unit(*call.business, call, [&](Unit& unit) { at.import = write_chunk(unit, job, at.plan, chunk, offset); });
        offset = chunk.offset;
    }
}

}  // namespace patron::imports
