// A socket that listens at 127.0.0.1 on a free port, for servers of tests.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace patron::outbound::tests {

class Loopback {
  public:
    Loopback() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        auto* const generic = reinterpret_cast<sockaddr*>(&where);
        if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 100) != 0 ||
            ::getsockname(socket_, generic, &size) != 0)
            throw std::runtime_error("no socket that listens");
        port_ = ntohs(where.sin_port);
    }
    ~Loopback() { ::close(socket_); }
    Loopback(Loopback const&) = delete;
    Loopback& operator=(Loopback const&) = delete;

    int socket() const { return socket_; }
    std::uint16_t port() const { return port_; }

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

}  // namespace patron::outbound::tests
