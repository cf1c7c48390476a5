#include "http/body_file.hpp"
#include "http/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <csignal>
#include <future>

namespace patron::http {
namespace {

namespace asio = boost::asio;

class RunningServer : public Server {
  public:
    RunningServer(Settings const& settings, Handler& handler);
    ~RunningServer() override { stop(std::chrono::milliseconds(0)); }
    std::string address() const override { return address_; }
    bool work(std::function<void()> task) override { return setup_.workers.add(std::move(task)); }
    void stop(std::chrono::milliseconds drain) override;
    Counts counts() const override;

  private:
    void listen(Descriptor socket, bool local);
    void stop_accepting();
    Setup setup_;
    std::vector<std::shared_ptr<Loop>> loops_;  // shared with replies that may outlive the server
    std::vector<std::shared_ptr<Listener>> listeners_;
    std::string address_;
    bool stopped_ = false;
};

RunningServer::RunningServer(Settings const& settings, Handler& handler) : setup_(settings, handler) {
    std::signal(SIGPIPE, SIG_IGN);  // sendfile and TLS know no MSG_NOSIGNAL
    if (!settings.upload_folder.empty()) remove_stale_body_files(settings.upload_folder);
    for (int i = 0; i < std::max(1, settings.threads); ++i) loops_.push_back(std::make_shared<Loop>(setup_));
    if (!settings.listen.empty()) {
        auto socket = listen_on(settings.listen);
        address_ = (setup_.tls ? "https://" : "http://") + bound_address(socket);
        listen(std::move(socket), false);
    }
    if (!settings.socket.empty()) listen(listen_on_file(settings.socket), true);
    for (auto const& loop : loops_) loop->start();
}

void RunningServer::listen(Descriptor socket, bool local) {
    listeners_.push_back(std::make_shared<Listener>(loops_, std::move(socket), local));
    asio::co_spawn(loops_.front()->context, Listener::run(listeners_.back()), asio::detached);
}

// What has already been accepted reaches its loop before that loop is told to leave: posts keep their order.
void RunningServer::stop_accepting() {
    std::promise<void> done;
    asio::post(loops_.front()->context, [this, &done] {
        for (auto const& listener : listeners_) listener->finish();
        for (auto const& loop : loops_) asio::post(loop->context, [loop = loop.get()] { loop->begin_leaving(); });
        done.set_value();
    });
    done.get_future().wait();
    std::error_code already_gone;
    if (!setup_.settings.socket.empty()) std::filesystem::remove(setup_.settings.socket, already_gone);
}

void RunningServer::stop(std::chrono::milliseconds drain) {
    if (std::exchange(stopped_, true)) return;
    stop_accepting();
    while (!setup_.all_closed_within(drain)) {
        for (auto const& loop : loops_) asio::post(loop->context, [loop = loop.get()] { loop->abort_all(); });
        drain = std::chrono::seconds(1);
    }
    for (auto const& loop : loops_) loop->join();
    setup_.workers.stop();
}

Server::Counts RunningServer::counts() const {
    Counts counts{setup_.open(), 0, 0, 0};
    for (auto const& loop : loops_) {
        counts.requests += loop->requests.load(std::memory_order_relaxed);
        counts.refused += loop->refused.load(std::memory_order_relaxed);
        counts.bytes_out += loop->bytes_out.load(std::memory_order_relaxed);
    }
    return counts;
}

}  // namespace

std::unique_ptr<Server> Server::start(Settings const& settings, Handler& handler) {
    return std::make_unique<RunningServer>(settings, handler);
}

}  // namespace patron::http
