#include "modules/imports/chunks.hpp"
#include "module/keeping.hpp"
#include "module/work_thread.hpp"

namespace patron::imports {
namespace {

void give_up(Business& business, Id<Import> id, std::string const& why);

void take_up(Business& business, Id<Import> id, WorkThread::Stopping const& stopped) {
    std::optional<ImportJob> what;
    Job const job{business, id, files::folder_of(business), stopped};
    business.database().read([&](db::Tx& tx) {
        Call nobody;
        nobody.business = &business;
        if (auto const import = Reading(tx, nobody).seek(id)) what = import->job;
    });
    try {
        if (what == ImportJob::preview) preview(job);
        if (what == ImportJob::run) run(job);
        if (what == ImportJob::undo) undo(job);
    } catch (Withdrawn) { give_up(business, id, "Whoever began this may not import any more."); } catch (Overtaken) {
    }  // whoever stopped it, or took it up elsewhere, said so
}

void give_up(Business& business, Id<Import> id, std::string const& why) {
    Job const job{business, id, {}, [] { return false; }};
    run_unit(business, house_call(job), [&](Unit& unit) {
        auto const before = unit.find(id);
        auto after = before;
        if (before.job != ImportJob::preview) after.state = ImportState::stopped;
        after.job.reset();
        after.progress.reset();
        after.problem = why + " Run the import again; it goes on where it stopped.";
        store_progress(unit, before, after);
    });
}

class ImportWorker : public WorkThread {
  public:
    explicit ImportWorker(Business& business)
        : WorkThread(
              {.take_up =
                   [&business](AnyId const& id, Stopping const& stopped) {
                       imports::take_up(business, {id.value}, stopped);
                       return true;
                   },
               .give_up = [&business](AnyId const& id,
                                      std::string const& why) { imports::give_up(business, {id.value}, why); }}) {}
};

}  // namespace

void begin(Business& business, Id<Import> id) { business.part<ImportWorker>().add(id); }
void wait_for(Business& business, Id<Import> id, std::chrono::milliseconds most) {
    business.part<ImportWorker>().wait_for(id, most);
}
void resume(Business& business) {
    std::vector<AnyId> ids;
    business.database().read([&](db::Tx& tx) { ids = store::unfinished(tx); });
    for (auto const& id : ids) business.part<ImportWorker>().add(id);
}

}  // namespace patron::imports
