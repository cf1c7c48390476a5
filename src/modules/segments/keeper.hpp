// The keeper: follows the spine of one open business, and its clock, and keeps who is in which segment right.
#pragma once
#include "modules/segments/looking.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace patron::segments {

// What it writes and how far it read stand in one transaction; a place that is behind is only read again. Of several servers
// on one database one keeps the segments, until it is done or silent for a while.
class Keeper {
  public:
    explicit Keeper(Business& business);
    ~Keeper();
    Keeper(Keeper const&) = delete;

    // On a thread of its own, from now on.
    void begin();

    // Does the next thing there is to do. Not beside begin().
    enum class Step { idle, done, more };  // there was nothing; all that there was; there is more at once
    Step step();

    // Its thread does nothing while this is held.
    std::unique_lock<std::mutex> rest() { return std::unique_lock(resting_); }

  private:
    Business& business_;
    std::int64_t const holder_;  // by which this one is known
    std::int64_t position_ = 0, kept_position_ = 0;
    bool holding_ = false;
    Call call_;
    std::optional<Time> next_due_;
    Time last_now_;
    std::int64_t seen_ = -1;
    std::chrono::steady_clock::time_point looked_;
    std::mutex waking_, resting_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;

    void work();
    bool anything_to_do() const;
    bool hold(Standing const& now);  // false: another server does
    void begin_with_ready_made();
    void keep(std::vector<Change> const& changes);
    void keep_whole(Change change, std::int64_t wish);
    void write(std::function<void(Unit&)> const& work);
    void ask_those_with_a_clock();
};

}  // namespace patron::segments
