#include "http/workers.hpp"

#include <cstdio>
#include <exception>
#include <limits>

namespace patron::http {

Workers::Workers(int threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() { stop(); }

bool Workers::add(std::function<void()> task) { return add_within(queue_limit_, std::move(task)); }

bool Workers::add_next(std::function<void()> task) {
    return add_within(std::numeric_limits<std::size_t>::max(), std::move(task));
}

bool Workers::add_within(std::size_t limit, std::function<void()> task) {
    {
        std::lock_guard const lock(mutex_);
        if (stopped_ || queue_.size() >= limit) return false;
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

void Workers::run() {
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
            if (stopped_) return;
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        try {
            task();
        } catch (std::exception const& error) {
            // The pool must outlive a bug in a task; a reply it held is answered with 500 when it goes away.
            std::fprintf(stderr, "http: a worker's task failed: %s\n", error.what());
        }
    }
}

void Workers::stop() {
    std::deque<std::function<void()>> dropped;
    {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        dropped.swap(queue_);
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace patron::http
