// One connection: reads a request, hands it to the handler, writes the answer, and again, until one side has enough.
#pragma once
#include "http/body_file.hpp"
#include "http/chunked.hpp"
#include "http/event_queue.hpp"
#include "http/loop.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace patron::http {

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Loop& loop, Descriptor socket, Arrival arrival, TlsContext const& tls);
    // Serves `self` until its end, then takes it off its loop.
    static Task<void> run(std::shared_ptr<Connection> self);

    // All of these on the loop's thread.
    void check_deadline(Clock::time_point now);
    void leave();  // stopping: at once when idle, else after the answer
    void abort();  // whatever it is doing, it ends now
    void ring();   // something that the connection waits for has happened
    void events_changed();
    // The handler's answer to request number `serial`; nothing when it let its reply go unused.
    void take_answer(std::uint64_t serial, Response* response);

    std::size_t place = 0;  // in its loop's list

  private:
    enum class Phase { shaking_hands, idle, receiving, handling, answering, streaming, lingering };
    struct ChunkJob;

    Task<bool> shake_hands();
    Task<bool> serve_one();
    Task<bool> receive_head(HeadScan& scan, std::size_t& head_size);
    Task<bool> receive_body(BodyPlan plan);
    Task<bool> ask_handler();
    Task<bool> refuse(Refusal refusal);
    Task<bool> send(Response& response);
    Task<bool> send_file(Response& response);
    Task<bool> send_chunks(Response& response);
    Task<bool> send_events(Response& response);
    Task<bool> produce(std::shared_ptr<ChunkJob> job);
    Task<bool> write_all(std::string_view first, std::string_view second);
    Task<bool> write_file(int file, std::uint64_t size);
    Task<void> linger();
    Task<bool> ready(Transport::Next what, Clock::time_point until);
    Task<std::string_view> receive(Clock::time_point until, bool wait_first);
    Task<void> wait_for_ring();

    void watch_client();
    bool take_body(ChunkReader& chunks, std::uint64_t& left, BodyFile* file, std::uint64_t limit);
    bool keep_body(std::string_view data, BodyFile* file, std::uint64_t limit);
    void begin_request();
    void finish_request();
    void begin_answer(Response const& response, BodyFraming framing, bool close);
    bool write_now(std::string_view& first, std::string_view& second);
    bool closes_after(Response const& response) const;
    bool is_head() const { return request_->method == Method::head; }
    std::string_view input() const { return std::string_view(input_).substr(input_begin_); }
    void consume(std::size_t bytes);

    Loop& loop_;
    boost::asio::posix::basic_stream_descriptor<Executor> socket_;
    Transport transport_;
    Arrival arrival_;
    Timer bell_;  // never expires: cancelled to wake the coroutine
    bool rung_ = false;
    bool waits_for_ring_ = false;
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point heartbeat_ = Clock::time_point::max();
    Phase phase_ = Phase::shaking_hands;
    bool expired_ = false;
    bool aborted_ = false;
    bool leaving_ = false;
    bool lingers_ = false;

    std::string input_;  // received, not yet used
    std::size_t input_begin_ = 0;
    std::string output_;
    std::shared_ptr<Request> request_;
    Framing framing_;
    Refusal refusal_;           // why reading failed, when that is to be answered
    std::uint64_t serial_ = 0;  // of the request being served
    bool answered_ = false;
    bool asking_ = false;  // the handler is being called right now
    bool answered_at_once_ = false;
    std::optional<Response> answer_;
    std::shared_ptr<EventQueue> events_;
};

}  // namespace patron::http
