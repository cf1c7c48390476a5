// Hears notices of all servers of a business, on a direct connection and a thread of its own.
#pragma once
#include "db/engines/postgres_connection.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace patron::db::postgres {

class Listener {
  public:
    using Heard = std::function<void(std::string_view)>;

    // Listens when this comes back. After a lost connection stands again, `heard` gets an empty notice: something may
    // have been missed.
    Listener(std::string url, std::string channel, Heard heard);
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;
    ~Listener();

  private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    using Handle = std::unique_ptr<PGconn, Finish>;

    Handle connect() const;
    void run(Handle connection);
    bool hear(PGconn* connection);  // until the connection breaks (true) or this ends (false)
    bool ended_within(int milliseconds) const;

    std::string const url_;
    std::string const channel_;
    Heard const heard_;
    int const end_;  // an eventfd, readable once this shall end
    std::thread thread_;
};

}  // namespace patron::db::postgres
