// The work behind preview, run and undo: chunk by chunk, each chunk one transaction with its rows' outcomes and the place
// where to go on, so that a server that dies in the middle goes on where it was and does nothing twice.
#pragma once
#include "modules/imports/imports.hpp"

namespace patron::imports {

extern Kind const import_uploaded, import_changed, import_started, import_previewed, import_stopped, import_finished,
    import_undone;

// What one job works with.
struct Job {
    Business& business;
    Id<Import> id;
    std::filesystem::path folder;   // where the business's files lie
    std::function<bool()> stopped;  // the server wants to stop: leave everything as it is
};

void preview(Job const& job);
void run(Job const& job);
void undo(Job const& job);

// Queues what the import's record says is to be done. At most one job of a business runs at a time.
void begin(Business& business, Id<Import> id);
// Waits for a job to end, but not for longer.
void wait_for(Business& business, Id<Import> id, std::chrono::milliseconds most);

// What a stop of the server interrupted goes on.
void resume(Business& business);

}  // namespace patron::imports
