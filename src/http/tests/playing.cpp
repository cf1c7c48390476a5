#include "http/tests/playing.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

namespace patron::http::tests {

void Routes::handle(std::shared_ptr<Request const> request, Reply reply) {
    auto const found = at.find(request->path);
    if (found != at.end()) return found->second(std::move(request), std::move(reply));
    Response response;
    response.set("Content-Type", "text/plain");
    response.body = request->method_name + " " + request->target + " " + request->body;
    reply(std::move(response));
}

Response Routes::refuse(int status, std::string_view code, std::string_view detail) {
    Response response(status);
    response.set("Content-Type", "text/plain");
    response.body = std::string(code) + ": " + std::string(detail);
    return response;
}

std::string Answer::header(std::string_view name) const {
    auto const begin = head.find("\r\n" + std::string(name) + ": ");
    if (begin == head.npos) return {};
    auto const value = begin + 4 + name.size();
    return head.substr(value, head.find("\r\n", value) - value);
}

Client::Client(std::string const& address) : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(number_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
}

Client::Client(std::filesystem::path const& socket) : number_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    socket.native().copy(to.sun_path, sizeof to.sun_path - 1);
    EXPECT_EQ(::connect(number_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
}

Client::~Client() { ::close(number_); }

void Client::send(std::string_view bytes) { EXPECT_TRUE(try_send(bytes)); }

bool Client::try_send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Client::half_close() { ::shutdown(number_, SHUT_WR); }

void Client::wait_for_bytes() {
    if (received_.empty()) fill();
}

bool Client::fill() {
    pollfd one{number_, POLLIN, 0};
    if (::poll(&one, 1, 10'000) != 1) return false;
    char buffer[64 * 1024];
    auto const got = ::recv(number_, buffer, sizeof buffer, 0);
    reset_ = got < 0;
    if (got > 0) received_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
}

std::string Client::read_until(std::string_view end) {
    auto found = received_.find(end);
    while (found == received_.npos && fill()) found = received_.find(end);
    auto const size = found == received_.npos ? received_.size() : found + end.size();
    auto text = received_.substr(0, size);
    received_.erase(0, size);
    return text;
}

Answer Client::read_answer(bool to_head) {
    Answer answer;
    answer.head = read_until("\r\n\r\n");
    if (!answer.head.starts_with("HTTP/1.1 ")) return answer;
    answer.status = std::stoi(answer.head.substr(9, 3));
    if (to_head || answer.status == 100) return answer;
    if (answer.header("Transfer-Encoding") == "chunked") {
        for (;;) {
            auto const line = read_until("\r\n");
            auto const size = line.empty() ? 0 : std::stoul(line, nullptr, 16);
            while (received_.size() < size + 2 && fill()) {}
            if (line.empty() || received_.size() < size + 2) return answer.status = 0, answer;
            answer.body += received_.substr(0, size);
            received_.erase(0, size + 2);
            if (size == 0) return answer;
        }
    }
    auto const length = answer.header("Content-Length");
    auto const size = length.empty() ? 0 : std::stoul(length);
    while (received_.size() < size && fill()) {}
    if (received_.size() < size) answer.status = 0;
    answer.body = received_.substr(0, size);
    received_.erase(0, size);
    return answer;
}

std::string Client::read_to_end() {
    while (fill()) {}
    return std::exchange(received_, {});
}

bool Client::ended_cleanly() { return received_.empty() && !fill() && !reset_ && received_.empty(); }

Folder::Folder() {
    char name[] = "/tmp/patron-http-XXXXXX";
    path = ::mkdtemp(name);
}

Folder::~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
}

void Latch::open() {
    std::lock_guard const lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
}

void Latch::wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return is_open_; });
}

Playing::Playing() {
    settings.listen = "127.0.0.1:0";
    settings.upload_folder = folder.path;
    settings.workers = 2;
}

void Playing::start() { server = Server::start(settings, routes); }

Answer Playing::ask(std::string_view request) {
    Client client(server->address());
    client.send(request);
    return client.read_answer(request.starts_with("HEAD "));
}

bool becomes_true(std::function<bool()> const& condition) {
    for (int i = 0; i < 1000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

}  // namespace patron::http::tests
