#include "http/connection.hpp"
#include "http/exchange.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/resource.h>

#include <cstdio>

namespace patron::http {
namespace {

namespace asio = boost::asio;

constexpr auto tick_time = std::chrono::milliseconds(250);
constexpr auto leaving_tick_time = std::chrono::milliseconds(25);
constexpr std::size_t scratch_size = 64 * 1024;

// The database, uploads and downloads need descriptors too: connections never take the last ones.
std::size_t affordable_connections(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
    auto const descriptors = static_cast<std::size_t>(limit.rlim_cur);
    return std::min(wanted, descriptors > 512 ? descriptors - 256 : descriptors / 2);
}

HeadLimits limits_of(Settings const& settings) {
    HeadLimits limits;
    limits.head = settings.head_limit;
    limits.line = std::min(limits.line, settings.head_limit);
    limits.count = settings.header_count;
    return limits;
}

}  // namespace

Setup::Setup(Settings const& settings, Handler& handler)
    : settings(settings),
      handler(handler),
      limits(limits_of(settings)),
      proxies(settings.trusted_proxies),
      connection_limit(affordable_connections(settings.connections)),
      workers(std::max(1, settings.workers), settings.worker_queue) {
    if (!settings.tls_certificate.empty()) tls = make_tls_context(settings.tls_certificate, settings.tls_key);
}

void Setup::opened() { open_.fetch_add(1); }

void Setup::closed() {
    if (open_.fetch_sub(1) != 1) return;
    std::lock_guard const lock(mutex_);
    none_open_.notify_all();
}

bool Setup::all_closed_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return none_open_.wait_for(lock, time, [this] { return open_.load() == 0; });
}

Loop::Loop(Setup& setup) : setup(setup), scratch(scratch_size), ticker_(context.get_executor()) {}

void Loop::start() {
    asio::co_spawn(context, tick(), asio::detached);
    thread_ = std::thread([this] {
        for (;;) {
            try {
                context.run();
                return;
            } catch (std::exception const& error) {
                std::fprintf(stderr, "http: an I/O thread goes on after: %s\n", error.what());
            }
        }
    });
}

void Loop::join() {
    context.stop();
    if (thread_.joinable()) thread_.join();
}

// One coarse clock for all connections of the thread, instead of a timer each.
Task<void> Loop::tick() {
    for (;;) {
        ticker_.expires_after(leaving ? leaving_tick_time : tick_time);
        co_await ticker_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>{}));
        auto const now = Clock::now();
        for (auto* connection : connections_) connection->check_deadline(now);
    }
}

void Loop::adopt(Descriptor socket, Arrival arrival, TlsContext const& tls) {
    try {
        auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(arrival), tls);
        asio::co_spawn(context, Connection::run(std::move(connection)), asio::detached);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "http: a connection cannot be served: %s\n", error.what());
        setup.closed();
    }
}

void Loop::add(Connection& connection) {
    connection.place = connections_.size();
    connections_.push_back(&connection);
}

void Loop::remove(Connection& connection) {
    connections_[connection.place] = connections_.back();
    connections_[connection.place]->place = connection.place;
    connections_.pop_back();
    setup.closed();
}

void Loop::begin_leaving() {
    leaving = true;
    ticker_.cancel();
    for (auto* connection : connections_) connection->leave();
}

void Loop::abort_all() {
    for (auto* connection : connections_) connection->abort();
}

Exchange::Exchange(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection, std::uint64_t serial)
    : loop_(std::move(loop)), connection_(std::move(connection)), serial_(serial) {}

Exchange::~Exchange() { answer_with_failure(); }

void Exchange::answer(Response&& response) {
    if (!answered_.exchange(true)) deliver(&response);
}

void Exchange::answer_with_failure() {
    if (!answered_.exchange(true)) deliver(nullptr);
}

namespace {

void hand_over(std::weak_ptr<Connection> const& connection, std::uint64_t serial, Response* response) {
    if (auto const waiting = connection.lock()) waiting->take_answer(serial, response);
    else if (response && response->events) response->events->close();
}

}  // namespace

void Exchange::deliver(Response* response) {
    if (loop_->runs_here()) return hand_over(connection_, serial_, response);
    auto kept = response ? std::optional(std::move(*response)) : std::nullopt;
    asio::post(loop_->context,
               [connection = std::move(connection_), serial = serial_, kept = std::move(kept)]() mutable {
                   hand_over(connection, serial, kept ? &*kept : nullptr);
               });
}

}  // namespace patron::http
