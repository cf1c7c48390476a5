#include "modules/imports/chunks.hpp"

#include <algorithm>

namespace patron::imports {
namespace {

constexpr int rows_a_chunk = 200;
constexpr std::size_t most_told = 200;

// Has anybody but this import had to do with the customer?
bool touched_by_others(Reading& reading, Id<Customer> customer, Id<Import> import) {
    db::Value const values[] = {customer.value, import.value};
    return reading.tx
        .query(
            "SELECT 1 FROM spine WHERE customer_id=$1 AND NOT (actor_prefix='imp' AND actor_id=$2) AND "
            "actor_kind<>'system' LIMIT 1",
            values)
        .next();
}

// Each member gets its value back unless somebody has changed it since. Answers the members that stay.
std::vector<std::string> restore(Customer& customer, std::vector<Change> const& changes) {
    std::vector<std::string> stay;
    each_column<Customer>([&](std::string_view name, auto member) {
        for (auto const& change : changes) {
            if (change.field != name) continue;
            if (to_json(customer.*member) != change.to) stay.emplace_back(name);
            else read_own(parse_own_json(change.from), customer.*member);
        }
    });
    return stay;
}

class Undoing {
  public:
    Undoing(Unit& unit, Import& import) : unit_(unit), import_(import) {}

    void take_back(store::UndoneRow const& row) {
        if (row.subject.prefix != "cus") return take_back_user(row);
        auto const customer = unit_.seek(Id<Customer>{row.subject.value});
        if (!customer || customer->bin_until) return;
        if (row.created) {
            if (touched_by_others(unit_, customer->id, import_.id))
                return keep(row.subject, *customer->display_name, "changed", {});
            store::take_notes(unit_.tx, import_.id, customer->id);  // they lie in the bin with the customer
            return customers::bin(unit_, *customer);
        }
        auto after = *customer;
        auto stay = restore(after, row.changes);
        try {
            customers::change(unit_, *customer, after);
        } catch (Problem const& problem) {  // what was then is no longer allowed: a folder that is gone, say
            for (auto const& error : problem.errors)
                stay.push_back(error.pointer.substr(std::min<std::size_t>(1, error.pointer.size())));
        }
        take_notes_back(customer->id);
        if (!stay.empty()) keep(row.subject, *customer->display_name, "fields_changed", std::move(stay));
    }

  private:
    Unit& unit_;
    Import& import_;

    void keep(AnyId id, std::string name, std::string reason, std::vector<std::string> fields) {
        if (import_.kept.size() < most_told)
            import_.kept.push_back({std::move(id), std::move(name), std::move(reason), std::move(fields)});
    }
    // People are not thrown away with a file: they may have signed in.
    void take_back_user(store::UndoneRow const& row) {
        if (auto const user = unit_.seek(Id<User>{row.subject.value})) keep(row.subject, user->name, "staff", {});
    }
    // The file's notes go, unless somebody has changed them; with the file they may come again.
    void take_notes_back(Id<Customer> customer) {
        for (auto const id : store::take_notes(unit_.tx, import_.id, customer))
            if (auto const note = unit_.seek(id); note && !note->bin_until && note->version == 1)
                notes::bin(unit_, *note);
    }
};

bool undo_chunk(Unit& unit, Job const& job) {
    auto const before = still_mine(unit, job, ImportJob::undo);
    auto after = before;
    auto work = store::work_of(unit.tx, job.id);
    auto const rows = store::rows_to_undo(unit.tx, job.id, work.pass, work.undo_line, rows_a_chunk);
    Undoing undoing(unit, after);
    for (auto const& row : rows) undoing.take_back(row);
    if (!rows.empty()) work.undo_line = rows.back().line;
    store::set_work(unit.tx, job.id, work);
    if (after.progress) after.progress->done += static_cast<std::int64_t>(rows.size());
    bool const is_last = rows.size() < static_cast<std::size_t>(rows_a_chunk);
    if (is_last) {
        after.state = ImportState::undone;
        after.job.reset();
        after.progress.reset();
        unit.say({.kind = &import_undone,
                  .subject = job.id,
                  .subject_version = before.version + 1,
                  .facts = {{"kept", static_cast<std::int64_t>(after.kept.size())}}});
    }
    store_progress(unit, before, after);
    return is_last;
}

}  // namespace

void undo(Job const& job) {
    for (bool done = false; !done && !job.stopped();) {
        auto const call = call_as(job);
        run_unit(*call.business, call, [&](Unit& unit) { done = undo_chunk(unit, job); });
    }
}

}  // namespace patron::imports
