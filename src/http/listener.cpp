#include "http/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace patron::http {
namespace {

namespace asio = boost::asio;

constexpr int backlog = 4096;
constexpr int accepted_in_a_row = 64;
constexpr auto exhaustion_pause = std::chrono::milliseconds(100);

[[noreturn]] void fail(std::string const& where, int error) {
    throw std::runtime_error("Cannot listen on " + where + ": " + std::generic_category().message(error) + ".");
}

Arrival arrival_of(sockaddr_storage const& from, bool local) {
    Arrival arrival;
    arrival.local = local;
    if (from.ss_family == AF_INET) {
        arrival.address.bytes[10] = arrival.address.bytes[11] = 0xff;
        std::memcpy(arrival.address.bytes.data() + 12, &reinterpret_cast<sockaddr_in const&>(from).sin_addr, 4);
    } else if (from.ss_family == AF_INET6) {
        std::memcpy(arrival.address.bytes.data(), &reinterpret_cast<sockaddr_in6 const&>(from).sin6_addr, 16);
    }
    arrival.text = local ? "local" : arrival.address.text();
    return arrival;
}

}  // namespace

Descriptor listen_on(std::string const& host_and_port) {
    auto const colon = host_and_port.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("\"" + host_and_port + "\" is not host:port.");
    auto host = host_and_port.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    auto const port = host_and_port.substr(colon + 1);
    if (int const error = getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found))
        throw std::runtime_error("Cannot listen on " + host_and_port + ": " + gai_strerror(error) + ".");
    std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> const owner(found, freeaddrinfo);
    Descriptor listener(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int const on = 1;
    setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!listener || ::bind(listener.number(), found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(listener.number(), backlog) != 0)
        fail(host_and_port, errno);
    return listener;
}

Descriptor listen_on_file(std::filesystem::path const& file) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (file.native().size() >= sizeof address.sun_path) fail(file.string(), ENAMETOOLONG);
    std::memcpy(address.sun_path, file.c_str(), file.native().size());
    ::unlink(file.c_str());  // of a server that was killed; the data folder's lock says that none is running
    Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Nobody can connect before listen(), so the mode is never wider than it should be.
    if (!listener || ::bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::chmod(file.c_str(), 0600) != 0 || ::listen(listener.number(), backlog) != 0)
        fail(file.string(), errno);
    return listener;
}

std::string bound_address(Descriptor const& socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getsockname(socket.number(), reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("the socket", errno);
    bool const v6 = address.ss_family == AF_INET6;
    char host[NI_MAXHOST];
    char port[NI_MAXSERV];
    getnameinfo(reinterpret_cast<sockaddr*>(&address), size, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    return (v6 ? "[" + std::string(host) + "]" : std::string(host)) + ":" + port;
}

Listener::Listener(std::vector<std::shared_ptr<Loop>> const& loops, Descriptor socket, bool local)
    : setup_(loops.front()->setup),
      loops_(loops),
      number_(socket.number()),
      socket_(loops.front()->context.get_executor()),
      pause_(loops.front()->context.get_executor()),
      local_(local) {
    socket_.assign(socket.number());
    socket.release();
}

Task<void> Listener::run(std::shared_ptr<Listener> self) {
    constexpr auto as_result = asio::as_tuple(asio::use_awaitable_t<Executor>{});
    while (!self->finished_) {
        co_await self->socket_.async_wait(self->socket_.wait_read, as_result);
        auto outcome = Outcome::taken;
        for (int i = 0; i < accepted_in_a_row && outcome == Outcome::taken && !self->finished_; ++i)
            outcome = self->accept_one();
        if (outcome != Outcome::exhausted || self->finished_) continue;
        // Without a free descriptor the socket stays readable: trying again at once would be a busy loop.
        self->pause_.expires_after(exhaustion_pause);
        co_await self->pause_.async_wait(as_result);
    }
}

Listener::Outcome Listener::accept_one() {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    Descriptor socket(::accept4(number_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket) {
        hand_over(std::move(socket), arrival_of(from, local_));
        return Outcome::taken;
    }
    switch (errno) {
        case EAGAIN: return Outcome::none_waiting;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM: return Outcome::exhausted;
    }
    return Outcome::taken;  // that one went away again (ECONNABORTED and its like)
}

void Listener::hand_over(Descriptor socket, Arrival arrival) {
    auto const& loop = loops_[turn_++ % loops_.size()];
    if (setup_.open() >= setup_.connection_limit) {
        constexpr std::string_view full =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        if (local_ || !setup_.tls) (void)!::send(socket.number(), full.data(), full.size(), MSG_NOSIGNAL);
        loop->refused.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    if (!local_) {
        int const on = 1;
        setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    setup_.opened();
    asio::post(loop->context, [loop = loop.get(), socket = std::move(socket), arrival = std::move(arrival),
                               tls = local_ ? TlsContext{} : setup_.tls]() mutable {
        loop->adopt(std::move(socket), std::move(arrival), tls);
    });
}

void Listener::finish() {
    while (accept_one() == Outcome::taken) {}
    finished_ = true;
    boost::system::error_code already_closed;
    socket_.close(already_closed);
    pause_.cancel();
}

}  // namespace patron::http
