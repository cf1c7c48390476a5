#include "modules/imports/clearing.hpp"

#include "modules/imports/jobs.hpp"
#include "modules/imports/store.hpp"

namespace patron::imports {

constexpr Kind import_cleared{"import.cleared", 1, "{actor} removed the file and the rows of an import", ""};

namespace {

constexpr std::int64_t kept_ms = 90LL * 24 * 3600 * 1000;

// The record says at once that they are gone and shows them no more. The rows of a large file are too many for one
// transaction: they are those of an earlier pass now, which the keeper of the house takes away.
void clear(Unit& unit, Import const& before) {
    auto after = before;
    after.cleared_at = unit.now;
    for (auto& column : after.columns) column.samples.clear();
    for (auto& one : after.kept) one.name = {};
    unit.store(before, after);
    auto work = store::work_of(unit.tx, before.id);
    ++work.pass;
    store::set_work(unit.tx, before.id, work);
    unit.say({.kind = &import_cleared, .subject = before.id, .subject_version = after.version});
    unit.after_commit.push_back(
        [shelf = files::Shelf(files::folder_of(unit.business)), stored = work.stored] { shelf.drop(stored); });
}

bool clear_outlived(Unit& unit) {
    constexpr std::int64_t together = 20;
    auto const ids = store::outlived(unit.tx, Time{unit.now.ms - kept_ms}, together);
    for (auto const id : ids)
        if (auto const import = unit.seek(id)) clear(unit, *import);
    return std::ssize(ids) == together;
}

bool take_rows_away(Unit& unit) {
    auto const id = store::cleared_with_rows(unit.tx);
    return id && store::clear_some(unit.tx, *id, store::work_of(unit.tx, *id).pass);
}

}  // namespace

void refuse_when_cleared(Import const& import) {
    if (import.cleared_at)
        throw conflict("import_cleared", "The file and its rows were removed; upload the file again.");
}

void clear_import(Unit& unit, Id<Import> id) {
    auto const import = unit.find(id);
    unit.check_match(import);
    if (import.job) throw conflict("import_busy", "The import is at work; stop it first or wait until it is done.");
    if (!import.cleared_at) clear(unit, import);
}

void erase_of(Unit& unit, Id<Customer> customer) {
    store::forget_customer(unit.tx, customer);
    for (auto const id : store::that_kept(unit.tx, customer)) {
        auto const before = unit.find(id);
        auto after = before;
        for (auto& one : after.kept)
            if (one.id == AnyId(customer)) one.name = {};
        unit.store(before, after);
    }
}

std::vector<Chore> chores() { return {{"files of imports", clear_outlived}, {"rows of imports", take_rows_away}}; }

}  // namespace patron::imports
