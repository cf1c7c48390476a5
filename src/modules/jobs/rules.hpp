// When a job may be stopped and taken back, and by whom.
#pragma once
#include "modules/jobs/jobs.hpp"

namespace patron::jobs::rules {

inline constexpr std::int64_t undo_lasts_ms = 7LL * 24 * 3600 * 1000;

bool is_at_work(Job const& job);
// Whoever started it, and managers.
bool may_see(Job const& job, Principal const& who);

// Throw Problem 409 when it can't be.
void check_stop(Job const& job);
void check_undo(Job const& job, Time now);

// What the job's record says once the work has ended, for good or not.
void end(Job& job, JobState state, bool can_be_undone, Time now);
void count(JobCounts& counts, JobOutcome outcome);

}  // namespace patron::jobs::rules
