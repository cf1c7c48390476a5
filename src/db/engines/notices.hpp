// Notices within one process: said on any thread, heard on one of their own.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace patron::db {

// More than this cannot be said in one notice, on either engine.
void refuse_long_notice(std::string const& payload);

class Notices {
  public:
    using Heard = std::function<void(std::string_view)>;

    Notices() = default;
    Notices(Notices const&) = delete;
    Notices& operator=(Notices const&) = delete;
    ~Notices() { close(); }

    void listen(Heard heard);
    void say(std::string const& payload);  // lost when nobody listens
    void close();

  private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> said_;
    Heard heard_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace patron::db
