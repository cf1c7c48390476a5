#include "modules/imports/chunks.hpp"
#include "modules/imports/foreseen.hpp"

namespace patron::imports {
namespace {

// Everything that the chunk did is to be undone; its outcomes were taken out before.
struct OnlyLooking {};

// A chunk carried out as the run would, in a transaction that is never kept. What earlier chunks would have made is put
// back first, wherever a row may mean it.
class Lookahead {
  public:
    Lookahead(Unit& unit, Import const& import, Plan const& plan, Foreseen& foreseen)
        : unit_(unit), names_(unit), import_(import), plan_(plan), foreseen_(foreseen) {}

    std::vector<store::DoneRow> carry_out(Chunk const& chunk) {
        std::vector<store::DoneRow> all;
        for (auto const& row : chunk.rows) {
            recall(row);
            all.push_back(carry_out_row(unit_, names_, import_, plan_, row));
            note(all.back().outcome);
        }
        return all;
    }

    struct Touched {
        std::int64_t number = -1;
        Foresight what;
    };
    // What the chunk touched, as it is at its end.
    std::vector<Touched> touched() {
        std::vector<Touched> all;
        for (auto& [id, one] : touched_) {
            auto const customer = unit_.seek(id);
            if (!customer) continue;
            one.what.customer = *customer;
            one.what.tags.clear();
            for (auto const tag : customer->tag_ids) one.what.tags.push_back(names_.tag_name(tag));
            all.push_back(one);
        }
        return all;
    }

  private:
    Unit& unit_;
    Names names_;
    Import const& import_;
    Plan const& plan_;
    Foreseen& foreseen_;
    std::map<Id<Customer>, Touched> touched_;
    std::map<std::int64_t, bool> recalled_;

    void recall(ReadRow const& row) {
        auto customer = row.draft.customer;
        if (row.draft.key) customer.import_keys.push_back({import_.source, Text<1, 200>(*row.draft.key)});
        for (auto const& sign : signs_of(customer, plan_, import_.match_on))
            for (auto const number : foreseen_.numbers(sign))
                if (recalled_.emplace(number, true).second) put_back(number);
    }

    void put_back(std::int64_t number) {
        auto what = foreseen_.look(number);
        auto customer = what.customer;
        customer.tag_ids.clear();
        for (auto const& tag : what.tags) customer.tag_ids.push_back(names_.tag(tag));
        if (what.is_new) {
            auto const created_at = customer.created_at;
            customer.id = {};
            customer.version = 0;
            customer = customers::create(unit_, customer, {created_at});
        } else {
            auto const there = customers::find(unit_, customer.id);
            customer.version = there.version;
            customers::change(unit_, there, customer);
        }
        for (auto const& note : what.notes) write_note_once(unit_, import_.id, customer.id, note);
        touched_[customer.id] = {number, std::move(what)};
    }

    void note(Outcome const& outcome) {
        if (outcome.subject.prefix != "cus" ||
            (outcome.outcome != RowOutcome::created && outcome.outcome != RowOutcome::updated))
            return;
        auto& one = touched_[Id<Customer>{outcome.subject.value}];
        one.what.is_new = one.what.is_new || outcome.outcome == RowOutcome::created;
        one.what.notes.insert(one.what.notes.end(), outcome.notes.begin(), outcome.notes.end());
    }
};

// Customers that the run would only make have no id that means anything.
void forget_new_ones(std::vector<store::DoneRow>& rows, std::vector<Lookahead::Touched> const& touched) {
    for (auto& row : rows) {
        auto const& subject = row.outcome.subject;
        bool is_new = row.outcome.outcome == RowOutcome::created;
        for (auto const& one : touched)
            is_new = is_new || (one.what.is_new && one.what.customer.id.value == subject.value);
        if (is_new) row.outcome.subject = {};
    }
}

std::vector<store::DoneRow> foresee(Job const& job, Call const& call, Standing const& at, Chunk const& chunk,
                                    Foreseen& foreseen) {
    std::vector<store::DoneRow> rows;
    std::vector<Lookahead::Touched> touched;
    try {
        job.business.database().write_and_wait([&](db::Tx& tx) {
            Unit unit(tx, call);
            Lookahead ahead(unit, at.import, at.plan, foreseen);
            rows = ahead.carry_out(chunk);
            touched = ahead.touched();
            throw OnlyLooking{};
        });
    } catch (OnlyLooking) { forget_new_ones(rows, touched); }
    for (auto const& one : touched)
        foreseen.keep(one.number, one.what, signs_of(one.what.customer, at.plan, at.import.match_on));
    return rows;
}

Import write_outcomes(Unit& unit, Job const& job, std::vector<store::DoneRow> const& rows, bool is_last) {
    auto const before = still_mine(unit, job, ImportJob::preview);
    auto after = before;
    auto const pass = store::work_of(unit.tx, job.id).pass;
    for (auto const& row : rows) {
        store::add_row(unit.tx, job.id, pass, row);
        count(after.counts, row.outcome.outcome);
    }
    if (after.progress) after.progress->done = after.counts.rows;
    if (is_last || rows_left(after) == 0) {
        after.state = ImportState::previewed;
        after.job.reset();
        after.progress.reset();
        unit.say({.kind = &import_previewed,
                  .subject = job.id,
                  .subject_version = before.version + 1,
                  .facts = {{"rows", after.counts.rows}}});
    }
    store_progress(unit, before, after);
    return after;
}

}  // namespace

void preview(Job const& job) {
    auto call = call_as(job);
    if (!prepare(job, call, ImportJob::preview)) return;
    auto at = look(job, call, ImportJob::preview);
    Foreseen foreseen;
    ChunkReader reader(at.file, at.import, at.plan, at.work.first_offset, at.work.first_line);
    while (at.import.job && !job.stopped()) {
        auto const chunk = reader.next(rows_left(at.import));
        call = call_as(job);
        auto const rows = foresee(job, call, at, chunk, foreseen);
        run_unit(*call.business, call, [&](Unit& unit) { at.import = write_outcomes(unit, job, rows, chunk.is_last); });
    }
}

}  // namespace patron::imports
