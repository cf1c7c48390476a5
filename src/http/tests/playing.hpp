// A server on a free port with routes that a test writes down, and clients that speak raw bytes to it.
#pragma once
#include "http/http.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>

namespace patron::http::tests {

using Route = std::function<void(std::shared_ptr<Request const>, Reply)>;

class Routes : public Handler {
  public:
    std::map<std::string, Route> at;
    BodyPlan body_plan;
    BodyPlan plan(Request const&) override { return body_plan; }
    void handle(std::shared_ptr<Request const> request, Reply reply) override;
    Response refuse(int status, std::string_view code, std::string_view detail) override;
};

struct Answer {
    int status = 0;
    std::string head;
    std::string body;
    std::string header(std::string_view name) const;
};

// A blocking client. Reading gives up after ten seconds, so that a mistake fails a test instead of hanging it.
class Client {
  public:
    explicit Client(std::string const& address);
    explicit Client(std::filesystem::path const& socket);
    ~Client();
    Client(Client const&) = delete;
    void send(std::string_view bytes);
    bool try_send(std::string_view bytes);
    void half_close();
    Answer read_answer(bool to_head = false);  // status 0: the connection ended before the answer did
    std::string read_until(std::string_view end);
    std::string read_to_end();
    bool ended_cleanly();  // end of file, nothing before it, no reset
    void wait_for_bytes();
    int number() const { return number_; }

  private:
    bool fill();
    int number_ = -1;
    std::string received_;
    bool reset_ = false;
};

// A folder that goes away with the test.
struct Folder {
    Folder();
    ~Folder();
    std::filesystem::path path;
};

class Latch {
  public:
    void open();
    void wait();

  private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

struct Playing {
    Playing();
    void start();
    Answer ask(std::string_view request);
    Folder folder;
    Settings settings;
    Routes routes;
    std::unique_ptr<Server> server;
};

// Asks again and again for ten seconds at most.
bool becomes_true(std::function<bool()> const& condition);

}  // namespace patron::http::tests
