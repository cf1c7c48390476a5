// One I/O thread: its io_context, the connections it serves, and what they share.
#pragma once
#include "http/answer.hpp"
#include "http/head.hpp"
#include "http/peer.hpp"
#include "http/transport.hpp"
#include "http/workers.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <condition_variable>
#include <thread>

// Asio's coroutine frames have an operator new of their own; GCC 12 inlines it but not its delete and warns of a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace patron::http {

using Executor = boost::asio::io_context::executor_type;
template <class Value>
using Task = boost::asio::awaitable<Value, Executor>;
using Clock = std::chrono::steady_clock;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

// What all connections of a server share.
struct Setup {
    Setup(Settings const& settings, Handler& handler);

    Settings const settings;
    Handler& handler;
    HeadLimits const limits;
    TrustedProxies const proxies;
    TlsContext tls;
    std::size_t connection_limit;
    Workers workers;

    // Open connections, counted from accepting to closing, so that stopping can wait for the last.
    void opened();
    void closed();
    bool all_closed_within(std::chrono::milliseconds time);
    std::size_t open() const { return open_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::size_t> open_{0};
    std::mutex mutex_;
    std::condition_variable none_open_;
};

// Where a connection came from.
struct Arrival {
    Address address;
    std::string text;
    bool local = false;
};

class Connection;

struct Loop : std::enable_shared_from_this<Loop> {
    explicit Loop(Setup& setup);
    void start();  // the thread begins
    void join();
    bool runs_here() { return context.get_executor().running_in_this_thread(); }

    // All of these on the loop's own thread.
    void adopt(Descriptor socket, Arrival arrival, TlsContext const& tls);
    void add(Connection& connection);  // from when it runs until it ends
    void remove(Connection& connection);
    void begin_leaving();
    void abort_all();

    Setup& setup;
    boost::asio::io_context context{1};
    bool leaving = false;  // the server stops: each answer is the last of its connection
    DateText date;
    std::vector<char> scratch;  // what was just received; consumed before the next wait
    std::atomic<std::uint64_t> requests{0}, refused{0}, bytes_out{0};

  private:
    Task<void> tick();
    Timer ticker_;
    std::vector<Connection*> connections_;
    std::thread thread_;
};

}  // namespace patron::http
