// A thread of a business that works off what takes long, one piece after the other. It waits while the database is away,
// and a piece that a stop of the server interrupts is taken up again at the next start.
#pragma once
#include "base/id.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace patron {

class WorkThread {
  public:
    using Stopping = std::function<bool()>;  // the server wants to stop: leave everything as it is
    struct Trade {
        // Does the piece, or goes on with it. False: not now, try again soon.
        std::function<bool(AnyId const& piece, Stopping const& stopping)> take_up;
        // It can't be done; `why` is a sentence for people.
        std::function<void(AnyId const& piece, std::string const& why)> give_up;
    };
    explicit WorkThread(Trade trade);
    ~WorkThread();  // waits for the chunk being written
    WorkThread(WorkThread const&) = delete;

    void add(AnyId piece);
    // Waits for a piece to end, but not for longer.
    void wait_for(AnyId const& piece, std::chrono::milliseconds most);

  private:
    Trade trade_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<AnyId> waiting_;
    AnyId current_;
    bool stopping_ = false;
    std::thread thread_;

    bool stopping();
    bool is_waiting(AnyId const& piece) const;
    void work();
    bool take_up(AnyId const& piece);
    bool give_up(AnyId const& piece, std::string const& why, std::string_view what);
};

}  // namespace patron
