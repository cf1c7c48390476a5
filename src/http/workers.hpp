// A bounded pool of threads for work that may block: what does not fit into the queue is refused, not piled up.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace patron::http {

class Workers {
  public:
    Workers(int threads, std::size_t queue_limit);
    ~Workers();
    // False when the queue is full or the pool has stopped.
    bool add(std::function<void()> task);
    // For the next part of something already begun: never refused for a full queue. The callers are bounded by the
    // number of connections, each with one such task at most. False only when the pool has stopped.
    bool add_next(std::function<void()> task);
    // Drops what still waits, lets running tasks end and joins.
    void stop();

  private:
    bool add_within(std::size_t limit, std::function<void()> task);
    void run();
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t const queue_limit_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace patron::http
