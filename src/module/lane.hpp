// A narrow lane on the workers for heavy work such as checking passwords: few at once, the others wait in a line without
// holding a thread, so that nobody else has to wait for them.
#pragma once
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace patron {

class NarrowLane {
  public:
    using Task = std::function<void()>;
    static constexpr std::size_t width = 2, line = 512;

    // False when the line is full, or `start` refuses. Tasks do not throw; `start` may run its task at once.
    bool run(Task task, std::function<bool(Task)> const& start) {
        {
            std::lock_guard const lock(mutex_);
            if (waiting_.size() >= line) return false;
            if (running_ >= width) {
                waiting_.push_back(std::move(task));
                return true;
            }
            ++running_;
        }
        if (start([this, task = std::move(task)] { go_on(task); })) return true;
        // Whoever lined up behind this one must not be left standing there.
        go_on([] {});
        return false;
    }

  private:
    void go_on(Task task) {
        for (;;) {
            task();
            std::lock_guard const lock(mutex_);
            if (waiting_.empty()) {
                --running_;
                return;
            }
            task = std::move(waiting_.front());
            waiting_.pop_front();
        }
    }

    std::mutex mutex_;
    std::deque<Task> waiting_;
    std::size_t running_ = 0;
};

}  // namespace patron
