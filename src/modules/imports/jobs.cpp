#include "module/edge.hpp"
#include "modules/imports/chunks.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <thread>

namespace patron::imports {
namespace {

constexpr auto between_tries = std::chrono::seconds(2);

// One business's worker: takes one job after the other.
class Worker {
  public:
    explicit Worker(Business& business) : business_(business), thread_([this] { work(); }) {}
    ~Worker() {
        {
            std::lock_guard const lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    void add(Id<Import> id) {
        {
            std::lock_guard const lock(mutex_);
            if (std::find(waiting_.begin(), waiting_.end(), id) == waiting_.end()) waiting_.push_back(id);
        }
        changed_.notify_all();
    }

    void wait_for(Id<Import> id, std::chrono::milliseconds most) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, most, [&] {
            return stopping_ || (current_ != id && std::find(waiting_.begin(), waiting_.end(), id) == waiting_.end());
        });
    }

  private:
    Business& business_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Id<Import>> waiting_;
    Id<Import> current_;
    bool stopping_ = false;
    std::thread thread_;

    bool stopping() {
        std::lock_guard const lock(mutex_);
        return stopping_;
    }

    void work() {
        for (;;) {
            {
                std::unique_lock lock(mutex_);
                current_ = {};
                changed_.notify_all();
                changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
                if (stopping_) return;
                current_ = waiting_.front();
                waiting_.pop_front();
            }
            while (!take_up(current_) && !stopping()) {
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, between_tries, [&] { return stopping_; });
            }
        }
    }

    // False when it is worth another try: the database is away or busy.
    bool take_up(Id<Import> id) {
        try {
            std::optional<ImportJob> what;
            Job const job{business_, id, folder_of(business_), [this] { return stopping(); }};
            business_.database().read([&](db::Tx& tx) {
                Call nobody;
                nobody.business = &business_;
                if (auto const import = Reading(tx, nobody).seek(id)) what = import->job;
            });
            if (what == ImportJob::preview) preview(job);
            if (what == ImportJob::run) run(job);
            if (what == ImportJob::undo) undo(job);
        } catch (Overtaken) { return true; } catch (db::Overloaded const&) {
            return false;
        } catch (db::Error const& error) {
            if (error.fault == db::Fault::unavailable || error.fault == db::Fault::serialization) return false;
            return give_up(id,
                           error.fault == db::Fault::disk_full
                               ? "The disk is full: make room and run the import again; it goes on where it stopped."
                               : "The database refused to go on; run the import again.",
                           error.what());
        } catch (std::exception const& error) {
            return give_up(id,
                           "Something went wrong on our side; run the import again and it goes on where it stopped.",
                           error.what());
        }
        return true;
    }

    bool give_up(Id<Import> id, std::string const& problem, std::string_view what) {
        log_failure(id.text(), what);
        try {
            Job const job{business_, id, {}, [] { return false; }};
            run_unit(business_, call_as(job), [&](Unit& unit) {
                auto const before = unit.find(id);
                auto after = before;
                if (before.job != ImportJob::preview) after.state = ImportState::stopped;
                after.job.reset();
                after.progress.reset();
                after.problem = problem;
                store_progress(unit, before, after);
            });
        } catch (std::exception const& error) {
            // It stays as it is and is taken up at the next start.
            log_failure(id.text(), error.what());
        }
        return true;
    }
};

// Of this process: the workers of the businesses that are open, and where files lie.
struct Workshop {
    std::mutex mutex;
    std::map<Business*, std::shared_ptr<Worker>> workers;
    files::Storage storage;
};
Workshop& workshop() {
    static Workshop one;
    return one;
}

std::shared_ptr<Worker> worker_of(Business& business) {
    auto& shop = workshop();
    std::lock_guard const lock(shop.mutex);
    auto& worker = shop.workers[&business];
    if (!worker) worker = std::make_shared<Worker>(business);
    return worker;
}

}  // namespace

void set_storage(files::Storage storage) {
    std::lock_guard const lock(workshop().mutex);
    workshop().storage = std::move(storage);
}

std::filesystem::path folder_of(Business& business) {
    auto& shop = workshop();
    std::lock_guard const lock(shop.mutex);
    return shop.storage(business);
}

void begin(Business& business, Id<Import> id) { worker_of(business)->add(id); }
void wait_for(Business& business, Id<Import> id, std::chrono::milliseconds most) {
    worker_of(business)->wait_for(id, most);
}

void resume(Business& business) {
    std::vector<Id<Import>> ids;
    business.database().read([&](db::Tx& tx) { ids = store::unfinished(tx); });
    for (auto const id : ids) begin(business, id);
}

void halt(Business& business) {
    std::shared_ptr<Worker> ended;
    {
        std::lock_guard const lock(workshop().mutex);
        auto const found = workshop().workers.find(&business);
        if (found == workshop().workers.end()) return;
        ended = std::move(found->second);
        workshop().workers.erase(found);
    }
}

}  // namespace patron::imports
