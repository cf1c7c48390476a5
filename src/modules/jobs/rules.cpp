#include "modules/jobs/rules.hpp"

namespace patron::jobs::rules {

bool is_at_work(Job const& job) { return job.state == JobState::queued || job.state == JobState::running; }

bool may_see(Job const& job, Principal const& who) {
    return job.started_by == who.user_id || role_level(who.role_key) >= role_level("manager");
}

void check_stop(Job const& job) {
    if (job.undoing) throw conflict("undo_running", "An undo is not stopped half way.");
    if (!is_at_work(job)) throw conflict("job_ended", "The job has ended already.");
}

void check_undo(Job const& job, Time now) {
    if (is_at_work(job)) throw conflict("job_busy", "The job is at work; stop it first or wait until it is done.");
    if (job.state == JobState::undone) throw conflict("job_undone", "The job was taken back already.");
    if (!job.can_undo_until) throw conflict("nothing_to_undo", "There is nothing to take back.");
    if (*job.can_undo_until < now)
        throw conflict("too_late", "A job can be taken back for seven days; these are over.");
}

void end(Job& job, JobState state, bool can_be_undone, Time now) {
    job.state = state;
    job.undoing = false;
    job.finished_at = now;
    job.can_undo_until.reset();
    if (can_be_undone && state != JobState::undone && job.counts.changed > 0)
        job.can_undo_until = Time{now.ms + undo_lasts_ms};
}

void count(JobCounts& counts, JobOutcome outcome) {
    switch (outcome) {
        case JobOutcome::changed: ++counts.changed; break;
        case JobOutcome::skipped: ++counts.skipped; break;
        case JobOutcome::failed: ++counts.failed; break;
        case JobOutcome::undone: ++counts.undone; break;
        case JobOutcome::kept: ++counts.kept; break;
    }
}

}  // namespace patron::jobs::rules
