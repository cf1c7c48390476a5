#include "http/connection.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstdio>

namespace patron::http {
namespace {

namespace asio = boost::asio;
using Next = Transport::Next;

constexpr std::size_t copied_body = 8 * 1024;  // smaller bodies are copied behind their head

}  // namespace

Task<bool> Connection::refuse(Refusal refusal) {
    loop_.refused.fetch_add(1, std::memory_order_relaxed);
    phase_ = Phase::answering;
    expired_ = false;
    Response response = loop_.setup.handler.refuse(refusal.status, refusal.code, refusal.detail);
    response.close = true;
    if (refusal.status == 405) response.set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    if (refusal.status == 503) response.set("Retry-After", "1");
    co_return co_await send(response);
}

bool Connection::closes_after(Response const& response) const {
    return response.close || framing_.close || leaving_ || loop_.leaving;
}

void Connection::begin_answer(Response const& response, BodyFraming framing, bool close) {
    output_.clear();
    write_head(output_, response, framing, close, loop_.date.now());
}

// Writes what goes out without waiting and cuts it off. False when the connection is over.
bool Connection::write_now(std::string_view& first, std::string_view& second) {
    auto const moved = transport_.write(first, second);
    loop_.bytes_out.fetch_add(moved.bytes, std::memory_order_relaxed);
    auto const of_first = std::min(moved.bytes, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(moved.bytes - of_first);
    return moved.next != Next::end;
}

Task<bool> Connection::write_all(std::string_view first, std::string_view second) {
    for (;;) {
        auto const before = first.size() + second.size();
        if (before == 0) co_return true;
        if (!write_now(first, second)) co_return false;
        if (first.size() + second.size() < before) continue;
        bool const goes_on = co_await ready(Next::writable, Clock::now() + loop_.setup.settings.write_stall);
        if (!goes_on) co_return false;
    }
}

Task<bool> Connection::send(Response& response) {
    bool const close = closes_after(response);
    std::string_view body = response.shared_body ? std::string_view(*response.shared_body) : response.body;
    if (!may_have_body(response.status)) body = {};
    begin_answer(response, {may_have_body(response.status) ? std::optional(body.size()) : std::nullopt}, close);
    if (is_head()) body = {};
    if (body.size() <= copied_body) {
        output_.append(body);
        body = {};
    }
    std::string_view first = output_;
    bool sent = write_now(first, body);
    if (sent && first.size() + body.size() > 0) sent = co_await write_all(first, body);
    lingers_ = sent && close;
    co_return sent && !close;
}

Task<bool> Connection::write_file(int file, std::uint64_t size) {
    auto const stall = loop_.setup.settings.write_stall;
    for (std::uint64_t offset = 0; offset < size;) {
        auto const moved = transport_.send_file(file, offset, size - offset);
        loop_.bytes_out.fetch_add(moved.bytes, std::memory_order_relaxed);
        offset += moved.bytes;
        if (moved.next == Next::end) co_return false;
        // Also after a success: the other connections of this thread have their turn.
        bool const goes_on = co_await ready(moved.bytes ? Next::writable : moved.next, Clock::now() + stall);
        if (!goes_on) co_return false;
    }
    co_return true;
}

Task<bool> Connection::send_file(Response& response) {
    auto const file = open_file(response.file);
    if (!file) co_return co_await refuse({404, "not_found", "This file is not there any more."});
    bool const close = closes_after(response);
    begin_answer(response, {file->size}, close);
    bool sent = co_await write_all(output_, {});
    if (sent && !is_head()) sent = co_await write_file(file->descriptor.number(), file->size);
    lingers_ = sent && close;
    co_return sent && !close;
}

struct Connection::ChunkJob {
    std::function<std::optional<std::string>()> chunks;
    std::optional<std::string> next;
    bool begun = false;
    bool failed = false;
    bool done = false;  // only touched on the loop's thread
    void run() {
        try {
            next = chunks();
        } catch (std::exception const& error) {
            std::fprintf(stderr, "http: a download failed: %s\n", error.what());
            failed = true;
        }
    }
};

// Has the next chunk made on a worker. False when there is no worker for it or the connection ends.
Task<bool> Connection::produce(std::shared_ptr<ChunkJob> job) {
    auto& workers = loop_.setup.workers;
    job->done = false;
    auto task = [job, loop = loop_.shared_from_this(), weak = weak_from_this()] {
        job->run();
        asio::post(loop->context, [job, weak] {
            job->done = true;
            if (auto const connection = weak.lock()) connection->ring();
        });
    };
    bool const taken = job->begun ? workers.add_next(std::move(task)) : workers.add(std::move(task));
    if (!taken) co_return false;
    job->begun = true;
    while (!job->done && !aborted_) co_await wait_for_ring();
    co_return job->done && !aborted_;
}

Task<bool> Connection::send_chunks(Response& response) {
    bool const close = closes_after(response) || framing_.http_1_0;
    bool const chunked = !framing_.http_1_0;
    auto const job = std::make_shared<ChunkJob>();
    job->chunks = std::move(response.chunks);
    response.chunks = nullptr;
    // The first chunk is made before the head is sent: what fails at once can still be answered honestly.
    bool produced = is_head();
    if (!produced) produced = co_await produce(job);
    if (!produced && !job->begun)
        co_return co_await refuse({503, "busy", "Too much is going on. Please try again soon."});
    if (job->failed) co_return co_await refuse({500, "internal_error", "Something went wrong here."});
    begin_answer(response, BodyFraming{.length = {}, .chunked = chunked}, close);
    for (bool more = produced; more;) {
        if (job->next && !job->next->empty()) append_chunk(output_, *job->next, chunked);
        if (!job->next && chunked && !is_head()) output_.append("0\r\n\r\n");
        bool const sent = co_await write_all(output_, {});
        if (!sent) co_return false;
        output_.clear();
        more = job->next.has_value();
        if (more) produced = co_await produce(job);
        // Without its last chunk the client knows that the download is not whole.
        if (!produced || job->failed) co_return false;
    }
    lingers_ = produced && close;
    co_return produced && !close;
}

// Notices when the client of a stream goes away; whatever it still sends is read over.
void Connection::watch_client() {
    socket_.async_wait(socket_.wait_read, [self = shared_from_this()](boost::system::error_code error) {
        if (error || self->phase_ != Phase::streaming) return;
        auto const moved = self->transport_.read(self->loop_.scratch.data(), self->loop_.scratch.size());
        if (moved.next == Next::end) return self->abort();
        self->watch_client();
    });
}

Task<bool> Connection::send_events(Response& response) {
    events_ = std::dynamic_pointer_cast<EventQueue>(response.events);
    if (!events_) co_return co_await refuse({500, "internal_error", "Something went wrong here."});
    response.set("Content-Type", "text/event-stream");
    if (response.fixed_head.empty() &&
        std::none_of(response.headers.begin(), response.headers.end(),
                     [](Header const& header) { return header.name == "Cache-Control"; }))
        response.set("Cache-Control", "no-store");
    begin_answer(response, {}, true);
    phase_ = Phase::streaming;
    watch_client();
    events_->attach([loop = loop_.shared_from_this(), weak = weak_from_this()] {
        asio::post(loop->context, [weak] {
            if (auto const connection = weak.lock()) connection->events_changed();
        });
    });
    if (is_head() || loop_.leaving) events_->close();
    bool going_on = true;
    for (bool sent = true; sent && going_on && !aborted_;) {
        sent = co_await write_all(output_, {});
        output_.clear();
        auto const now = Clock::now();
        if (now >= heartbeat_) output_ = ":\n\n";
        else if (sent) going_on = events_->take(output_);
        if (!output_.empty() || heartbeat_ == Clock::time_point::max())
            heartbeat_ = now + loop_.setup.settings.event_heartbeat;
        if (output_.empty() && going_on && sent) co_await wait_for_ring();
        lingers_ = sent && !going_on;
    }
    heartbeat_ = Clock::time_point::max();
    std::exchange(events_, nullptr)->close();
    phase_ = Phase::answering;
    boost::system::error_code already_closed;
    socket_.cancel(already_closed);  // the watch
    co_return false;
}

}  // namespace patron::http
