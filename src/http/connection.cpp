#include "http/connection.hpp"

#include "http/exchange.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <cstdio>

namespace patron::http {
namespace {

namespace asio = boost::asio;
using Next = Transport::Next;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable_t<Executor>{});

constexpr std::size_t head_portion = 16 * 1024;   // read at once while a head is expected
constexpr std::size_t kept_memory = 4 * 1024;     // what an idle connection may hold of each buffer
constexpr std::size_t stall_progress = 4 * 1024;  // so much of a body must come in each body_stall
constexpr std::size_t linger_bytes = 64 << 20;    // more than any body may have: who sends too much still reads that
constexpr auto linger_time = std::chrono::seconds(2);
constexpr auto leaving_grace = std::chrono::milliseconds(300);

void release_large(std::string& buffer) {
    if (buffer.capacity() > kept_memory) std::string().swap(buffer);
    else buffer.clear();
}

}  // namespace

Connection::Connection(Loop& loop, Descriptor socket, Arrival arrival, TlsContext const& tls)
    : loop_(loop),
      socket_(loop.context.get_executor()),
      transport_(socket.number(), tls),
      arrival_(std::move(arrival)),
      bell_(loop.context.get_executor(), Clock::time_point::max()) {
    socket_.assign(socket.number());
    socket.release();
}

Task<void> Connection::run(std::shared_ptr<Connection> self) {
    self->loop_.add(*self);
    try {
        bool goes_on = co_await self->shake_hands();
        while (goes_on) {
            goes_on = co_await self->serve_one();
            self->finish_request();
        }
        if (self->lingers_ && !self->aborted_) co_await self->linger();
    } catch (std::exception const& error) {
        std::fprintf(stderr, "http: a connection ended early: %s\n", error.what());
    }
    boost::system::error_code already_closed;
    self->socket_.close(already_closed);
    self->loop_.remove(*self);
}

Task<bool> Connection::ready(Next what, Clock::time_point until) {
    if (what == Next::end || aborted_) co_return false;
    deadline_ = until;
    auto const side = what == Next::readable ? socket_.wait_read : socket_.wait_write;
    auto const [error] = co_await socket_.async_wait(side, as_result);
    deadline_ = Clock::time_point::max();
    co_return !error && !expired_ && !aborted_;
}

Task<void> Connection::wait_for_ring() {
    waits_for_ring_ = true;
    while (!rung_ && !aborted_) co_await bell_.async_wait(as_result);
    rung_ = waits_for_ring_ = false;
}

// What came in, in the loop's scratch memory: to be used before the next wait. Empty: the end, or out of time.
Task<std::string_view> Connection::receive(Clock::time_point until, bool wait_first) {
    auto const size = phase_ == Phase::idle ? head_portion : loop_.scratch.size();
    auto next = wait_first && !transport_.secure() ? Next::readable : Next::done;
    for (;;) {
        bool last_try = false;
        if (next != Next::done) {
            bool const came = co_await ready(next, until);
            // A request that came just before we leave is still taken.
            last_try = !came && leaving_ && !aborted_ && next != Next::end;
            if (!came && !last_try) co_return std::string_view{};
        }
        auto const moved = transport_.read(loop_.scratch.data(), size);
        if (moved.bytes || last_try) co_return std::string_view(loop_.scratch.data(), moved.bytes);
        next = moved.next;
    }
}

void Connection::check_deadline(Clock::time_point now) {
    if (now >= heartbeat_ && phase_ == Phase::streaming) ring();
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    expired_ = true;
    socket_.cancel();
}

void Connection::leave() {
    switch (phase_) {
        case Phase::idle:
            leaving_ = true;
            if (serial_ > 0) {
                socket_.cancel();
                break;
            }
            [[fallthrough]];  // a new client is about to ask: it gets a moment
        case Phase::shaking_hands:
        case Phase::lingering: deadline_ = std::min(deadline_, Clock::now() + leaving_grace); break;
        case Phase::streaming:
            if (events_) events_->close();
            break;
        case Phase::receiving:
        case Phase::handling:
        case Phase::answering: break;
    }
}

void Connection::abort() {
    aborted_ = true;
    boost::system::error_code already_closed;
    socket_.cancel(already_closed);
    bell_.cancel();
}

void Connection::ring() {
    rung_ = true;
    if (waits_for_ring_) bell_.cancel();
}

void Connection::events_changed() {
    if (events_ && events_->too_slow()) return abort();
    ring();
}

void Connection::consume(std::size_t bytes) {
    input_begin_ += bytes;
    if (input_begin_ < input_.size()) return;
    input_.clear();
    input_begin_ = 0;
}

void Connection::begin_request() {
    if (!request_) request_ = std::make_shared<Request>();
    framing_ = {};
    refusal_ = {};
    answered_ = answered_at_once_ = false;
    if (input_begin_ > head_portion) input_.erase(0, std::exchange(input_begin_, 0));
    phase_ = Phase::idle;
}

// What the next request may use again is kept, when surely nobody else looks at it.
void Connection::finish_request() {
    answer_.reset();
    if (input_.empty()) release_large(input_);
    release_large(output_);
    if (!answered_at_once_ || request_.use_count() > 1 || !request_->body_file.empty()) {
        request_.reset();
        return;
    }
    std::atomic_thread_fence(std::memory_order_acquire);
    request_->method = Method::get;
    request_->body_size = 0;
    release_large(request_->body);
}

Task<bool> Connection::shake_hands() {
    auto const until = Clock::now() + loop_.setup.settings.head_deadline;
    for (;;) {
        auto const next = transport_.shake_hands();
        if (next == Next::done) co_return true;
        bool const goes_on = co_await ready(next, until);
        if (!goes_on) co_return false;
    }
}

Task<bool> Connection::receive_head(HeadScan& scan, std::size_t& head_size) {
    auto const& settings = loop_.setup.settings;
    auto const patience = serial_ == 0 ? settings.head_deadline : settings.idle_deadline;
    auto until = Clock::now() + (input_.empty() ? patience : settings.head_deadline);
    if (loop_.leaving) until = std::min<Clock::time_point>(until, Clock::now() + leaving_grace);
    for (;;) {
        head_size = scan.end_of_head(input(), loop_.setup.limits, refusal_);
        if (head_size || refusal_) co_return !refusal_;
        if (!input_.empty()) phase_ = Phase::receiving;
        bool const fresh = input_.empty();
        auto const received = co_await receive(until, true);
        if (received.empty()) {
            if (expired_ && !input_.empty()) refusal_ = {408, "too_slow", "The request took too long to arrive."};
            // FIN rather than RST, should a request cross our farewell on its way.
            lingers_ = expired_ || leaving_;
            co_return false;
        }
        if (fresh) until = Clock::now() + settings.head_deadline;
        input_.append(received);
    }
}

bool Connection::keep_body(std::string_view data, BodyFile* file, std::uint64_t limit) {
    if (data.size() > limit - request_->body_size) {
        refusal_ = {413, "body_too_large", "The body of the request is too large."};
        return false;
    }
    request_->body_size += data.size();
    if (!file) {
        request_->body.append(data);
    } else if (!file->write(data)) {
        refusal_ = {507, "disk_full", "The upload cannot be stored: the disk is full."};
        return false;
    }
    return true;
}

// Uses up what was received. True once the body is whole; refusal_ when it never will be.
bool Connection::take_body(ChunkReader& chunks, std::uint64_t& left, BodyFile* file, std::uint64_t limit) {
    while (!framing_.chunked) {
        auto const data = input().substr(0, left);
        if (!data.empty() && !keep_body(data, file, limit)) return false;
        left -= data.size();
        consume(data.size());
        return left == 0;
    }
    for (;;) {
        auto const step = chunks.take(input(), refusal_);
        if (refusal_ || (!step.data.empty() && !keep_body(step.data, file, limit))) return false;
        consume(step.used);
        if (chunks.finished()) return true;
        if (step.used == 0) return false;
    }
}

Task<bool> Connection::receive_body(BodyPlan plan) {
    auto const stall = loop_.setup.settings.body_stall;
    if (framing_.length > plan.limit) {
        refusal_ = {413, "body_too_large", "The body of the request is too large."};
        co_return false;
    }
    BodyFile file;
    if (plan.to_disk) {
        if (!file.create(loop_.setup.settings.upload_folder)) {
            refusal_ = {507, "disk_full", "The upload cannot be stored: the disk is full."};
            co_return false;
        }
        request_->body_file = file.path();
    }
    if (framing_.expects_continue && !framing_.http_1_0 && input().empty()) {
        bool const asked = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {});
        if (!asked) co_return false;
    }
    ChunkReader chunks;
    auto left = framing_.length;
    auto until = Clock::now() + stall;
    for (std::size_t progress = 0; !take_body(chunks, left, plan.to_disk ? &file : nullptr, plan.limit);) {
        if (refusal_) co_return false;
        auto const received = co_await receive(until, false);
        if (received.empty()) {
            if (expired_) refusal_ = {408, "too_slow", "The body of the request took too long to arrive."};
            co_return false;
        }
        input_.erase(0, std::exchange(input_begin_, 0));
        input_.append(received);
        progress += received.size();
        if (progress < stall_progress) continue;
        progress = 0;
        until = Clock::now() + stall;
    }
    if (file.close()) co_return true;
    refusal_ = {507, "disk_full", "The upload cannot be stored: the disk is full."};
    co_return false;
}

Task<bool> Connection::serve_one() {
    begin_request();
    HeadScan scan;
    std::size_t head_size = 0;
    bool complete = co_await receive_head(scan, head_size);
    phase_ = Phase::receiving;
    if (complete) {
        ++serial_;
        loop_.requests.fetch_add(1, std::memory_order_relaxed);
        refusal_ = read_head(input().substr(0, head_size), *request_, framing_);
        complete = !refusal_;
        consume(head_size);
    }
    if (complete) {
        loop_.setup.proxies.apply(*request_, arrival_.address, arrival_.text, transport_.secure());
        request_->local = arrival_.local;
        if (framing_.has_body()) complete = co_await receive_body(loop_.setup.handler.plan(*request_));
    }
    if (complete) co_return co_await ask_handler();
    if (!refusal_) co_return false;
    co_return co_await refuse(refusal_);
}

Task<bool> Connection::ask_handler() {
    phase_ = Phase::handling;
    asking_ = true;
    {
        auto const exchange = std::make_shared<Exchange>(loop_.shared_from_this(), weak_from_this(), serial_);
        try {
            loop_.setup.handler.handle(request_,
                                       [exchange](Response&& response) { exchange->answer(std::move(response)); });
        } catch (std::exception const& error) {
            std::fprintf(stderr, "http: a handler failed: %s\n", error.what());
            exchange->answer_with_failure();
        }
    }
    asking_ = false;
    while (!answered_ && !aborted_) co_await wait_for_ring();
    phase_ = Phase::answering;
    if (!answered_) co_return false;
    if (!answer_) co_return co_await refuse({500, "internal_error", "Something went wrong here."});
    auto& response = *answer_;
    if (response.events) co_return co_await send_events(response);
    if (response.chunks) co_return co_await send_chunks(response);
    if (!response.file.empty()) co_return co_await send_file(response);
    co_return co_await send(response);
}

void Connection::take_answer(std::uint64_t serial, Response* response) {
    if (serial != serial_ || answered_ || phase_ != Phase::handling) {
        if (response && response->events) response->events->close();
        return;
    }
    answered_ = true;
    answered_at_once_ = asking_;
    if (response) answer_.emplace(std::move(*response));
    ring();
}

// The client must get to read our last answer: with unread bytes of its own a close would reset the connection and
// could tear the answer away (RFC 9112 §9.6).
Task<void> Connection::linger() {
    phase_ = Phase::lingering;
    expired_ = false;
    transport_.finish();
    auto const until = Clock::now() + (loop_.leaving ? leaving_grace : std::chrono::milliseconds(linger_time));
    for (std::size_t read_over = 0; read_over < linger_bytes;) {
        auto const received = co_await receive(until, true);
        if (received.empty()) break;
        read_over += received.size();
    }
}

}  // namespace patron::http
