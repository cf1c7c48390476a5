#include "modules/jobs/running.hpp"

#include "base/csv.hpp"
#include "module/keeping.hpp"

#include <algorithm>

namespace patron::jobs {

constexpr Kind job_started{"job.started", 1, "{actor} started a job for {fact:total} customers", ""};
constexpr Kind job_finished{"job.finished", 1, "A job for {fact:total} customers was finished", ""};
constexpr Kind job_stopped{"job.stopped", 1, "{actor} stopped a job", ""};
constexpr Kind job_failed{"job.failed", 1, "A job could not be finished", ""};
constexpr Kind job_undone{"job.undone", 1, "{actor} took a job back", ""};

namespace {

// Customers' events name the job's own as their cause; where that stands is known only behind it.
InlineReader causes() {
    return {"jobs",
            [](db::Tx& tx, Event const& event) {
                if (event.kind == job_started.name) store::set_cause(tx, event.subject.value, event.position);
            },
            [](db::Tx& tx) { tx.execute("UPDATE job_work SET cause=0"); }};
}

Job find_visible(Reading& reading, Id<Job> id) {
    auto job = reading.find(id);
    if (!rules::may_see(job, reading.who)) throw not_found();
    return job;
}

Page<Job> list_jobs(Reading& reading) {
    auto const mine = reading.call.param("mine");
    bool const all = role_level(reading.who.role_key) >= role_level("manager") &&
                     !(mine && std::get<std::int64_t>(filter_value<bool>(*mine, "mine")) != 0);
    return store::list(reading, all);
}

Job get_job(Reading& reading, Id<Job> id) { return find_visible(reading, id); }

Page<JobRow> list_rows(Reading& reading, Id<Job> id) { return store::rows(reading, find_visible(reading, id)); }

// A field that may not be read stands in the file, whose columns are named as exports name them.
bool has_hidden_column(Reading& reading, std::filesystem::path const& file) {
    auto const& hidden = reading.hidden_fields();
    if (hidden.empty()) return false;
    CsvRow names;
    CsvReader(file, {.encoding = "UTF-8"}).next(names);
    return std::any_of(names.cells.begin(), names.cells.end(), [&](std::string const& name) {
        return name.starts_with("custom.") && std::find(hidden.begin(), hidden.end(), name.substr(7)) != hidden.end();
    });
}

// A file is as its maker's rights were while it was made. It is given to nobody who would not get all of it today.
void check_still_seen(Reading& reading, Job const& job) {
    bool const all = store::still_seen(reading, job.id) >= job.counts.changed;
    if (!all || has_hidden_column(reading, file_of(reading.business, job.id)))
        throw Problem(403, "file_beyond_sight",
                      "There are customers or fields in this file that you do not see any more, or that are gone; "
                      "export again.");
}

http::Response get_file(Reading& reading, Id<Job> id) {
    auto const job = find_visible(reading, id);
    // What others had made holds whom they see.
    bool const sees_all = job.started_by == reading.who.user_id || reading.sight().sees_everybody();
    if (!job.has_file || !sees_all) throw not_found();
    check_still_seen(reading, job);
    http::Response response;
    response.set("Content-Type", "text/csv; charset=utf-8");
    response.set("Content-Disposition", "attachment; filename=\"customers.csv\"");
    response.set("Cache-Control", "no-store");
    response.file = file_of(reading.business, id);
    return response;
}

// On a worker: a file of a million customers is a million questions of sight.
Route file_route() {
    Route route = get<get_file>("/jobs/{id}/file", Permission("customers.export"), "get_job_file",
                                "The file that a job has made, for seven days; asked for again with today's rights");
    route.place = Place::working;
    route.work = [read = std::move(route.read)](Call const& call) {
        http::Response response;
        call.business->database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            response = read(reading);
        });
        note_look(*call.business, call, "export.taken");
        return response;
    };
    return route;
}

Job stop_job(Unit& unit, Id<Job> id) {
    auto const before = find_visible(unit, id);
    unit.check_match(before);
    rules::check_stop(before);
    auto after = before;
    rules::end(after, JobState::stopped, store::work_of(unit.tx, id).can_be_undone, unit.now);
    store::let_go(unit.tx, id);
    unit.say(told(job_stopped, after, {{"total", after.total}, {"done", after.done}}));
    unit.store(before, after);
    return after;
}

// It goes on as whoever takes it back.
Job undo_job(Unit& unit, Id<Job> id) {
    auto const before = find_visible(unit, id);
    unit.check_match(before);
    rules::check_undo(before, unit.now);
    auto work = store::work_of(unit.tx, id);
    if (!unit.who.may(work.permission))
        throw Problem(403, "not_allowed", "Your role does not allow this (" + work.permission + ").");
    work.actor = unit.who.actor;
    work.user_id = unit.who.user_id;
    store::set_work(unit.tx, id, work);
    auto after = before;
    after.state = JobState::queued;
    after.undoing = true;
    after.done = before.counts.undone + before.counts.kept;
    after.total = before.counts.changed;
    after.problem.reset();
    after.finished_at.reset();
    after.can_undo_until.reset();
    store_progress(unit, before, after);
    unit.after_commit.push_back([&business = unit.business, id] { begin(business, id); });
    return after;
}

}  // namespace

Job start(Unit& unit, Plan plan, std::vector<Id<Customer>> const& set) {
    Job job{.kind = std::move(plan.kind)};
    job.asked = std::move(plan.asked);
    job.total = static_cast<std::int64_t>(set.size());
    job.started_by = unit.who.user_id;
    job.id = {unit.business.ids().next(unit.now.ms)};
    unit.keep(job, {.kind = &job_started, .facts = {{"job_kind", job.kind}, {"total", job.total}}});
    store::Work work{.actor = unit.who.actor,
                     .user_id = unit.who.user_id,
                     .permission = std::move(plan.permission),
                     .can_be_undone = plan.can_be_undone,
                     .makes_file = plan.makes_file};
    store::add_work(unit.tx, job.id, work);
    store::add_set(unit.tx, job.id, set);
    unit.after_commit.push_back([&business = unit.business, id = job.id] { begin(business, id); });
    return job;
}

Module module() {
    Permission const view{"jobs.view"}, edit{"jobs.edit"};
    Module module{.name = "jobs", .needs = {"customers", "files"}};
    module.areas = {{.name = "jobs", .label = "Jobs", .acts = {"view", "edit"}}};
    module.migrations = store::migrations();
    module.kinds = {&job_started, &job_finished, &job_stopped, &job_failed, &job_undone};
    module.routes = {get<list_jobs>("/jobs", view, "list_jobs", "My jobs, newest first; all of them for managers",
                                    list_params({{"mine", "true: only mine"},
                                                 {"state", "queued, running, done, stopped, failed or undone"},
                                                 {"kind", "what it does"},
                                                 {"started_by", "by this member of staff"}})),
                     get<get_job>("/jobs/{id}", view, "get_job", "A job and how far it is"),
                     post<stop_job>("/jobs/{id}/stop", edit, "stop_job", "Stop a job; what is done stays", 200),
                     post<undo_job>("/jobs/{id}/undo", edit, "undo_job", "Take back what a job has done", 202),
                     get<list_rows>("/jobs/{id}/rows", view, "list_job_rows", "What became of each customer",
                                    list_params({{"outcome", "changed, skipped, failed, undone or kept"}})),
                     file_route()};
    module.readers = {causes()};
    // How a customer was before a job is personal; that there was one, and what became of it, the job's counts still say.
    module.erase = [](Unit& unit, Id<Customer> customer) {
        db::Value const whose[] = {customer.value};
        unit.tx.post("DELETE FROM job_rows WHERE customer_id=$1", whose);
    };
    module.opened = resume;
    return module;
}

}  // namespace patron::jobs
