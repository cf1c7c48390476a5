#include "db/engines/postgres_listener.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace patron::db::postgres {

Listener::Listener(std::string url, std::string channel, Heard heard)
    : url_(std::move(url)),
      channel_(std::move(channel)),
      heard_(std::move(heard)),
      end_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (end_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    auto connection = connect();
    if (!connection) {
        ::close(end_);
        throw Error(Fault::unavailable, "The database server does not answer (listening).");
    }
    thread_ = std::thread([this, connection = std::move(connection)]() mutable { run(std::move(connection)); });
}

Listener::~Listener() {
    eventfd_write(end_, 1);
    thread_.join();
    ::close(end_);
}

// Null when the server does not answer.
Listener::Handle Listener::connect() const {
    char const* const names[] = {"connect_timeout",
                                 "keepalives_idle",
                                 "keepalives_interval",
                                 "keepalives_count",
                                 "fallback_application_name",
                                 "dbname",
                                 nullptr};
    auto const application = "patron " + channel_ + " listening";
    char const* const values[] = {"5", "10", "5", "3", application.c_str(), url_.c_str(), nullptr};
    Handle connection(PQconnectdbParams(names, values, 1));
    if (PQstatus(connection.get()) != CONNECTION_OK) return nullptr;
    PQsetNoticeProcessor(
        connection.get(), [](void*, char const*) {}, nullptr);  // else: to standard error
    std::unique_ptr<char, decltype(&PQfreemem)> const channel(
        PQescapeIdentifier(connection.get(), channel_.data(), channel_.size()), &PQfreemem);
    if (!channel) return nullptr;
    Result const answer(PQexec(connection.get(), ("LISTEN " + std::string(channel.get())).c_str()));
    return PQresultStatus(answer.get()) == PGRES_COMMAND_OK ? std::move(connection) : nullptr;
}

void Listener::run(Handle connection) {
    while (hear(connection.get())) {
        connection.reset();
        for (int pause = 50; !(connection = connect()); pause = std::min(2 * pause, 1000)) {
            if (ended_within(pause)) return;
        }
        heard_("");
    }
}

bool Listener::hear(PGconn* connection) {
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{PQsocket(connection), POLLIN, 0}, pollfd{end_, POLLIN, 0}};
        if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return true;
        if (waiting[1].revents != 0) return false;
        if (PQconsumeInput(connection) != 1) return true;
        while (auto* notice = PQnotifies(connection)) {
            std::string const payload(notice->extra);
            PQfreemem(notice);
            heard_(payload);
        }
    }
}

bool Listener::ended_within(int milliseconds) const {
    pollfd waiting{end_, POLLIN, 0};
    return poll(&waiting, 1, milliseconds) > 0;
}

}  // namespace patron::db::postgres
