#include "modules/jobs/running.hpp"

#include "module/keeping.hpp"
#include "module/work_thread.hpp"

#include <system_error>

namespace patron::jobs {
namespace {

// What is taken back is looked up by the writer itself, so not much more than there is time for.
constexpr std::size_t taken_back_together = 50;

// For so long others may have to wait for the writer.
constexpr auto longest_turn = std::chrono::milliseconds(15);

// Without news from it for so long, a worker is taken to be dead and another goes on.
constexpr std::int64_t held_ms = 10'000;

std::string const& own_name() {
    static std::string const name = token_hash(make_token("job", 0));
    return name;
}

LongWork const& work_of_kind(Business& business, std::string_view kind) {
    for (auto const& module : business.modules())
        for (auto const& work : module.long_works)
            if (work.name == kind.substr(0, kind.find('.'))) return work;
    throw std::logic_error("no module does jobs of the kind " + std::string(kind));
}

enum class Step { went_on, ended, held_elsewhere };

// One job in the hands of this server's worker.
class Running {
  public:
    Running(Business& business, Id<Job> id) : business_(business), id_(id) {}

    Step step() {
        Call call = fresh_call();
        std::optional<Chunk> looked;
        business_.database().read([&](db::Tx& tx) { looked = look(tx, call); });
        if (!looked) return Step::ended;
        if (!call.who.user_id) return refuse(call);
        if (!looked->ends_because.empty()) return stop_short(call, looked->ends_because);
        Step step = Step::went_on;
        run_unit(*call.business, call, [&](Unit& unit) {
            step = Step::ended;
            auto const before = unit.find(id_);
            auto const work = store::work_of(unit.tx, id_);
            if (!rules::is_at_work(before) || before.undoing != job_.undoing || before.done != job_.done) return;
            step = Step::held_elsewhere;
            if (!store::take(unit.tx, id_, own_name(), unit.now, {unit.now.ms + held_ms})) return;
            step = before.undoing ? take_back(unit, before, work) : carry_out(unit, before, work, *looked);
        });
        return step;
    }

    // The server stops: another one need not wait.
    void let_go() {
        business_.database().write_and_wait([&](db::Tx& tx) {
            auto const now = business_.clock();
            if (store::take(tx, id_, own_name(), now, now)) store::let_go(tx, id_);
        });
    }

    void give_up(std::string const& why) {
        auto call = fresh_call();
        run_unit(*call.business, call, [&](Unit& unit) {
            auto const before = unit.find(id_);
            if (rules::is_at_work(before)) end_early(unit, before, JobState::failed, why, job_failed);
        });
    }

  private:
    Business& business_;
    Id<Job> id_;
    Job job_;
    store::Work work_;

    Call fresh_call() const {
        Call call;
        call.business = &business_;
        call.access_epoch = business_.access_epoch();
        call.now = business_.clock();
        call.request_id = id_.text();
        call.route = "job";
        call.who = the_house();
        return call;
    }

    // Where the job stands, and the next customers; as who asked for it, if they still may. Nothing when it has ended.
    std::optional<Chunk> look(db::Tx& tx, Call& call) {
        Reading reading(tx, call);
        job_ = reading.find(id_);
        if (!rules::is_at_work(job_)) return {};
        work_ = store::work_of(tx, id_);
        call.cause = work_.cause;
        auto who = principal_again(tx, work_.actor, work_.user_id, call.now, business_.areas());
        if (who && who->may(work_.permission)) call.who = std::move(*who);
        Chunk chunk{.job = &job_, .file = file_of(business_, id_), .file_size = work_.file_size};
        if (job_.undoing || !call.who.user_id) return chunk;
        auto place = work_.next_chunk * static_cast<std::int64_t>(chunk_size);
        for (auto const customer : store::chunk_of(tx, id_, work_.next_chunk))
            if (auto const at = place++; at >= job_.done) chunk.items.push_back({.place = at, .customer_id = customer});
        auto const& does = work_of_kind(business_, job_.kind);
        // Another reading: the first one remembers what the house sees.
        Reading as_asked(tx, call);
        if (does.look) does.look(as_asked, chunk);
        return chunk;
    }

    Step carry_out(Unit& unit, Job const& before, store::Work work, Chunk chunk) {
        work_of_kind(business_, before.kind).carry_out(unit, chunk);
        auto after = before;
        after.state = JobState::running;
        for (auto const& item : chunk.items) {
            rules::count(after.counts, item.outcome);
            bool const tells = item.outcome == JobOutcome::changed ? work.can_be_undone : item.reason != "unchanged";
            if (tells) store::add_item(unit.tx, id_, item);
        }
        after.done += static_cast<std::int64_t>(chunk.items.size());
        work.next_chunk = after.done / static_cast<std::int64_t>(chunk_size);
        work.file_size = chunk.file_size;
        store::set_work(unit.tx, id_, work);
        bool const is_last = after.done >= after.total;
        if (is_last) {
            rules::end(after, JobState::done, work.can_be_undone, unit.now);
            after.has_file = work.makes_file;
            finish(unit, after, job_finished);
        }
        store_progress(unit, before, after);
        return is_last ? Step::ended : Step::went_on;
    }

    Step take_back(Unit& unit, Job const& before, store::Work const& work) {
        Chunk chunk{.job = &before, .items = store::items_to_undo(unit.tx, id_, taken_back_together)};
        bool const is_last_chunk = chunk.items.size() < taken_back_together;
        auto const looked_at = chunk.items.size();
        for (auto& item : chunk.items) item.outcome = JobOutcome::undone;
        work_of_kind(business_, before.kind).take_back(unit, chunk);
        auto after = before;
        after.state = JobState::running;
        for (auto& item : chunk.items) {
            // What was then is no longer allowed, a folder that is gone, say: so it stays.
            if (item.outcome == JobOutcome::failed) item.outcome = JobOutcome::kept;
            for (auto const& error : item.reasons)
                if (error.pointer.size() > 1) item.fields.push_back(error.pointer.substr(1));
            rules::count(after.counts, item.outcome);
            store::set_undone(unit.tx, id_, item);
        }
        after.done += static_cast<std::int64_t>(chunk.items.size());
        bool const is_last = is_last_chunk && chunk.items.size() == looked_at;
        if (is_last) {
            rules::end(after, JobState::undone, work.can_be_undone, unit.now);
            finish(unit, after, job_undone);
        }
        store_progress(unit, before, after);
        return is_last ? Step::ended : Step::went_on;
    }

    void finish(Unit& unit, Job const& job, Kind const& kind) {
        store::let_go(unit.tx, id_);
        auto const& counts = job.counts;
        auto facts = kind.name == job_undone.name ? JsonObject{{"undone", counts.undone}, {"kept", counts.kept}}
                                                  : JsonObject{{"total", job.total},
                                                               {"changed", counts.changed},
                                                               {"skipped", counts.skipped},
                                                               {"failed", counts.failed}};
        unit.say(told(kind, job, std::move(facts)));
    }

    void end_early(Unit& unit, Job const& before, JobState state, std::string const& why, Kind const& kind) {
        auto after = before;
        rules::end(after, state, store::work_of(unit.tx, id_).can_be_undone, unit.now);
        after.problem = why;
        finish(unit, after, kind);
        store_progress(unit, before, after);
    }

    Step refuse(Call const& call) {
        std::string name = "Whoever asked for this";
        business_.database().read([&](db::Tx& tx) {
            if (auto const user = Reading(tx, call).seek(work_.user_id)) name = user->name;
        });
        return stop_short(call,
                          name + " may no longer do this (" + work_.permission + "); the rest was left as it is.");
    }

    Step stop_short(Call const& call, std::string const& why) {
        run_unit(*call.business, call, [&](Unit& unit) {
            auto const before = unit.find(id_);
            if (rules::is_at_work(before)) end_early(unit, before, JobState::stopped, why, job_stopped);
        });
        return Step::ended;
    }
};

// What can't be taken back any more goes, and files that nobody fetched.
void clear(Business& business, WorkThread::Stopping const& stopping) {
    auto const now = business.clock();
    for (bool more = true; more && !stopping();)
        business.database().write_and_wait([&](db::Tx& tx) { more = store::clear_some(tx, now); });
    std::vector<Id<Job>> old;
    business.database().write_and_wait(
        [&](db::Tx& tx) { old = store::take_old_files(tx, {now.ms - rules::undo_lasts_ms}); });
    for (auto const id : old) {
        std::error_code ignored;  // it may be gone already
        std::filesystem::remove(file_of(business, id), ignored);
    }
}

bool take_up(Business& business, Id<Job> id, WorkThread::Stopping const& stopping) {
    Running running(business, id);
    for (auto step = Step::went_on; step == Step::went_on;) {
        if (stopping()) {
            running.let_go();
            return true;
        }
        step = running.step();
        if (step == Step::held_elsewhere) return false;
    }
    clear(business, stopping);
    return true;
}

class JobWorker : public WorkThread {
  public:
    explicit JobWorker(Business& business)
        : WorkThread({.take_up =
                          [&business](AnyId const& id, Stopping const& stopping) {
                              return jobs::take_up(business, {id.value}, stopping);
                          },
                      .give_up = [&business](AnyId const& id,
                                             std::string const& why) { Running(business, {id.value}).give_up(why); }}) {
    }
};

}  // namespace

void begin(Business& business, Id<Job> id) { business.part<JobWorker>().add(id); }

void resume(Business& business) {
    std::vector<AnyId> ids;
    business.database().read([&](db::Tx& tx) { ids = store::unfinished(tx); });
    if (ids.empty()) return;
    // The folder's lock says that no other process has this business open.
    if (business.database().engine() == db::Engine::sqlite)
        business.database().write_and_wait([](db::Tx& tx) { store::forget_holders(tx); });
    for (auto const& id : ids) business.part<JobWorker>().add(id);
}

void store_progress(Unit& unit, Job const& before, Job& after) {
    unit.store(before, after);
    // Whoever looks on reads the job again each time: once a chunk is enough, however many turns it takes.
    auto const chunks = [](Job const& job) { return job.done / static_cast<std::int64_t>(chunk_size); };
    if (before.state == after.state && before.undoing == after.undoing && chunks(before) == chunks(after)) return;
    unit.after_commit.push_back(
        [&business = unit.business, id = before.id] { business.tell("job.progressed", id, {}); });
}

Happening told(Kind const& kind, Job const& job, JsonObject facts) {
    facts["job_kind"] = job.kind;
    return {.kind = &kind, .subject = job.id, .subject_version = job.version + 1, .facts = std::move(facts)};
}

std::filesystem::path file_of(Business& business, Id<Job> id) {
    return files::folder_of(business) / "jobs" / (id.text() + ".csv");
}

void in_turn(Chunk& chunk, std::function<void(Item&)> const& work) {
    auto const until = std::chrono::steady_clock::now() + longest_turn;
    std::size_t done = 0;
    while (done < chunk.items.size() && (done == 0 || std::chrono::steady_clock::now() < until))
        work(chunk.items[done++]);
    chunk.items.resize(done);
}

void attempt(Unit& unit, Item& item, std::function<void(Unit&)> const& work) {
    Unit own(unit.tx, unit.call);
    try {
        work(own);
    } catch (Problem const& problem) {
        item.outcome = JobOutcome::failed;
        item.reasons = problem.errors;
        if (item.reasons.empty()) item.reasons.push_back({"", problem.code, problem.detail});
        item.reason = item.reasons.front().code;
        return;
    }
    unit.take_over(own);
}

}  // namespace patron::jobs
