// The waiting text of one stream of server-sent events, between its maker (any thread) and its connection.
#pragma once
#include "http/http.hpp"

#include <mutex>

namespace patron::http {

class EventQueue : public EventStream {
  public:
    static constexpr std::size_t limit = 256 * 1024;

    bool push(std::string_view text) override;
    void close() override;
    void on_close(std::function<void()> gone) override;

    // The connection's side. `wake` is called, from any thread, when there is something to take or the end has come.
    void attach(std::function<void()> wake);
    // Swaps all waiting text into `text`; what was taken before counts as sent. False at the end, once all is taken.
    bool take(std::string& text);
    bool too_slow() const;

  private:
    void end(std::unique_lock<std::mutex>& lock);
    mutable std::mutex mutex_;
    std::string waiting_;
    std::size_t being_sent_ = 0;
    bool closed_ = false;
    bool too_slow_ = false;
    std::function<void()> wake_;
    std::vector<std::function<void()>> gone_;
};

}  // namespace patron::http
