// How jobs are worked off: chunk by chunk, each one transaction with its outcomes and the place where to go on, so that a
// server that dies in the middle goes on where it was and does nothing twice. Of several servers one has a job.
#pragma once
#include "modules/jobs/rules.hpp"
#include "modules/jobs/store.hpp"

namespace patron::jobs {

extern Kind const job_started, job_finished, job_stopped, job_failed, job_undone;

// Queues what the job's record says is to be done.
void begin(Business& business, Id<Job> id);
// What a stop of the server interrupted goes on.
void resume(Business& business);

// Writes the record without an event: where a job stands is no change of a person's. Who looks on is told.
void store_progress(Unit& unit, Job const& before, Job& after);
Happening told(Kind const& kind, Job const& job, JsonObject facts = {});

std::filesystem::path file_of(Business& business, Id<Job> id);

}  // namespace patron::jobs
