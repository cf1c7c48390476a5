#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace patron::bench {
namespace {

int connected(int port) {
    int const file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(file);
        throw std::system_error(errno, std::generic_category(), "connecting");
    }
    int const on = 1;
    ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return file;
}

void send_all(int socket, std::string_view text) {
    while (!text.empty()) {
        auto const sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) throw std::system_error(errno, std::generic_category(), "sending");
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void receive(int socket, std::string& into) {
    char buffer[65536];
    auto const got = ::recv(socket, buffer, sizeof buffer, 0);
    if (got <= 0) throw std::runtime_error("the server closed the connection");
    into.append(buffer, static_cast<std::size_t>(got));
}

std::string head(std::string const& method, std::string const& target, std::string const& key) {
    auto text = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!key.empty()) text += "Authorization: Bearer " + key + "\r\n";
    return text;
}

}  // namespace

double now_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double Latencies::at(double share) const {
    if (seconds.empty()) return 0;
    auto const place = static_cast<std::size_t>(share * static_cast<double>(seconds.size()));
    return seconds[std::min(place, seconds.size() - 1)];
}

std::string get_request(std::string const& target, std::string const& key) { return head("GET", target, key) + "\r\n"; }

std::string body_request(std::string const& method, std::string const& target, std::string const& key,
                         std::string const& body) {
    return head(method, target, key) +
           "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Client::Client(int port, int connections) : connections_(static_cast<std::size_t>(connections)) {
    for (auto& one : connections_) one.socket = connected(port);
}

Client::~Client() {
    for (auto const& one : connections_) ::close(one.socket);
}

void Client::send(Connection& connection, std::string const& request) {
    connection.received.clear();
    connection.asked_at = now_seconds();
    send_all(connection.socket, request);
}

// True when all of the answer is there.
bool Client::whole(std::string const& received, std::string& body) {
    auto const end = received.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    auto at = received.find("Content-Length: ");
    if (at == std::string::npos || at > end) at = received.find("content-length: ");
    auto const size = at < end ? std::strtoul(received.c_str() + at + 16, nullptr, 10) : 0;
    if (received.size() < end + 4 + size) return false;
    if (received.compare(0, 10, "HTTP/1.1 2") != 0) throw std::runtime_error("the server answered " + received);
    body = received.substr(end + 4);
    return true;
}

Latencies Client::ask(int times, std::function<std::string(int)> const& request,
                      std::function<void(std::string const&)> const& answered) {
    Latencies latencies;
    latencies.seconds.reserve(static_cast<std::size_t>(times));
    auto const begun = now_seconds();
    int sent = 0;
    std::vector<pollfd> waiting;
    for (auto& one : connections_) {
        if (sent == times) break;
        send(one, request(sent++));
        waiting.push_back({one.socket, POLLIN, 0});
    }
    std::string body;
    for (int done = 0; done < times;) {
        if (::poll(waiting.data(), waiting.size(), 30'000) <= 0) throw std::runtime_error("no answer for 30 seconds");
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (!(waiting[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
            auto& one = connections_[i];
            receive(one.socket, one.received);
            if (!whole(one.received, body)) continue;
            latencies.seconds.push_back(now_seconds() - one.asked_at);
            ++done;
            if (answered) answered(body);
            if (sent < times) send(one, request(sent++));
        }
    }
    latencies.wall = now_seconds() - begun;
    std::sort(latencies.seconds.begin(), latencies.seconds.end());
    return latencies;
}

std::string Client::ask_once(std::string const& request) {
    std::string answer;
    ask(
        1, [&](int) { return request; }, [&](std::string const& body) { answer = body; });
    return answer;
}

Stream::Stream(int port, std::string const& request) : socket_(connected(port)) {
    send_all(socket_, request);
    while (received_.find(": open") == std::string::npos) receive(socket_, received_);
    received_.clear();
}

Stream::~Stream() { ::close(socket_); }

std::string Stream::next() {
    for (;;) {
        auto const begin = received_.find("data: ");
        auto const end = begin == std::string::npos ? begin : received_.find("\n\n", begin);
        if (end != std::string::npos) {
            auto const line = received_.substr(begin + 6, end - begin - 6);
            received_.erase(0, end + 2);
            return line;
        }
        receive(socket_, received_);
    }
}

}  // namespace patron::bench
