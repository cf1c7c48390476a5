// The way back of one answer: from whatever thread the handler answers on to the connection that asked.
#pragma once
#include "http/loop.hpp"

namespace patron::http {

class Exchange {
  public:
    Exchange(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection, std::uint64_t serial);
    // A reply that nobody used is answered with 500, so that no client waits for ever.
    ~Exchange();
    // The first call counts.
    void answer(Response&& response);
    void answer_with_failure();

  private:
    void deliver(Response* response);  // none: the reply failed
    std::shared_ptr<Loop> loop_;
    std::weak_ptr<Connection> connection_;  // only locked on the loop's thread, where connections live and end
    std::uint64_t serial_;
    std::atomic<bool> answered_{false};
};

}  // namespace patron::http
