// Where calls must not lead: S28. A listener at the loopback address counts who comes, and nobody may.
#include "outbound/outbound.hpp"

#include "outbound/tests/loopback.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace patron::outbound {
namespace {

// Listens at 127.0.0.1, counts connections and answers each with the same bytes.
class Listener {
  public:
    explicit Listener(std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
        : answer_(std::move(answer)) {
        thread_ = std::thread([this] { serve(); });
    }
    ~Listener() {
        over_ = true;
        thread_.join();
    }
    std::string port() const { return std::to_string(loopback_.port()); }
    std::string at(std::string const& host) const { return host + ':' + port(); }
    int came() {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return came_;
    }
    std::string asked() const { return asked_; }

  private:
    std::string answer_, asked_;
    tests::Loopback loopback_;
    std::atomic<bool> over_{false};
    std::atomic<int> came_{0};
    std::thread thread_;

    void serve() {
        while (!over_) {
            pollfd waiting{loopback_.socket(), POLLIN, 0};
            if (::poll(&waiting, 1, 10) != 1) continue;
            int const client = ::accept(loopback_.socket(), nullptr, nullptr);
            if (client < 0) continue;
            ++came_;
            timeval const patience{2, 0};
            ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            std::array<char, 8192> bytes{};
            std::string heard;
            while (heard.find("\r\n\r\n") == std::string::npos) {
                auto const got = ::recv(client, bytes.data(), bytes.size(), 0);
                if (got <= 0) break;
                heard.append(bytes.data(), static_cast<std::size_t>(got));
            }
            asked_ = heard;
            for (std::size_t sent = 0; sent < answer_.size();) {
                auto const some = ::send(client, answer_.data() + sent, answer_.size() - sent, MSG_NOSIGNAL);
                if (some <= 0) break;
                sent += static_cast<std::size_t>(some);
            }
            ::close(client);
        }
    }
};

Address at(char const* text) { return read_address(text).value(); }

Fault fault_of(Caller const& caller, std::string const& url) {
    try {
        caller.call({.url = url});
    } catch (Failed const& failed) { return failed.fault; }
    ADD_FAILURE() << url << " was called";
    return Fault::broken;
}

// Its port is one that the operator allows at other addresses, so that nothing but the address keeps a call away.
TEST(Outbound, NoSpellingOfAnInnerAddressIsCalled) {
    Listener canary;
    Caller const caller({canary.at("127.0.0.3"), canary.at("192.0.2.1")});
    std::string const port = ':' + canary.port();
    std::vector<std::string> const hosts{
        // the loopback address, as it is and as programs read it
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
        "127.0.0.01", "127.0.0.1.", "0x7f.1", "127.0.0.0x1", "00000177.0.0.1", "127.000.000.001", "4294967295", "0",
        "00", "0.0.0.0", "127.0.0.2", "127.255.255.254", "localhost", "LOCALHOST", "localhost.", "LocalHost.",
        "%6cocalhost", "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "ｌocalhost",
        "127.0.0.1%00", "127.0.0.1%20", "127.0.0.1%2f", " 127.0.0.1", "127.0.0.1 ", "\t127.0.0.1", "127.0.0.1\t",
        "127.0.0.1\r\n",
        // the same in IPv6
        "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
        "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[::1%25lo]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
        "[ff01::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]", "[fec0::1]", "[5f00::1]", "::1", "[::1", "::1]",
        "[127.0.0.1]", "[v1.127.0.0.1]", "[]", "[::ffff:0:127.0.0.1]",
        // other addresses of a network's own
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254",
        "192.0.0.1", "192.0.0.192", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.2",
        // somebody else before the host, or behind it
        "user@127.0.0.1", "user:password@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1@127.0.0.1",
        "example.com%40127.0.0.1", "example.com#@127.0.0.1", "example.com\\@127.0.0.1", "\\127.0.0.1", "/127.0.0.1",
        "example.com:443@127.0.0.1", "127.0.0.1\\.example.com", "127.0.0.1#.example.com", ""};
    int spellings = 0;
    for (auto const& host : hosts)
        for (std::string const scheme : {"http://", "https://"}) {
            auto const fault = fault_of(caller, scheme + host + port + "/x");
            EXPECT_TRUE(fault == Fault::bad_url || fault == Fault::inside || fault == Fault::not_allowed ||
                        fault == Fault::unknown_host)
                << scheme << host << port << ' ' << static_cast<int>(fault);
            ++spellings;
        }
    for (std::string const scheme :
         {"HTTP://",  "Https://", "http:/",  "http:",       "//",      "",        "http:\\\\", "http:////",
          " http://", "ftp://",   "file://", "gopher://",   "dict://", "ldap://", "tftp://",   "telnet://",
          "smb://",   "ws://",    "unix://", "javascript:", "data:"}) {
        EXPECT_EQ(fault_of(caller, scheme + "127.0.0.1" + port + "/"), Fault::bad_url) << scheme;
        ++spellings;
    }
    for (std::string const& spelt :
         {":0" + canary.port(), ':' + canary.port() + ' ', ":+" + canary.port(), std::string(":"), std::string(":0"),
          std::string(":65536"), ':' + canary.port() + ":80", ":" + port}) {
        EXPECT_EQ(fault_of(caller, "http://127.0.0.1" + spelt + "/"), Fault::bad_url) << spelt;
        ++spellings;
    }
    EXPECT_GE(spellings, 80);
    EXPECT_EQ(canary.came(), 0);
}

TEST(Outbound, ANameIsRefusedWhenAnyOfItsAddressesIsInner) {
    Listener canary;
    for (auto const* inner : {"127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
                              "::ffff:127.0.0.1", "fd00::1", "fe80::1", "64:ff9b::7f00:1", "ff02::1"})
        for (bool const first : {true, false}) {
            Caller const caller({canary.at("127.0.0.3"), canary.at("93.184.216.34")}, [&](std::string const&) {
                return first ? std::vector{at(inner), at("93.184.216.34")}
                             : std::vector{at("93.184.216.34"), at(inner)};
            });
            EXPECT_EQ(fault_of(caller, "https://" + canary.at("provider.example") + "/"), Fault::inside) << inner;
            EXPECT_EQ(fault_of(caller, "https://provider.example/"), Fault::inside) << inner;
        }
    EXPECT_EQ(canary.came(), 0);
}

TEST(Outbound, ANameThatChangesItsMindIsAskedOnce) {
    Listener canary;
    int asked = 0;
    // At the first address nobody listens; the second one is not allowed, and would be answered.
    Caller const caller({canary.at("127.0.0.3")},
                        [&](std::string const&) { return std::vector{at(asked++ % 2 ? "127.0.0.1" : "127.0.0.3")}; });
    int kept_away = 0;
    for (int round = 0; round < 1000; ++round) {
        auto const fault = fault_of(caller, "http://" + canary.at("rebinding.example") + "/");
        kept_away += fault == (round % 2 ? Fault::inside : Fault::unreachable);
    }
    EXPECT_EQ(asked, 1000);
    EXPECT_EQ(kept_away, 1000);
    EXPECT_EQ(canary.came(), 0);
}

TEST(Outbound, OnlyHttpsAtItsOwnPortUnlessAllowed) {
    Caller const caller({}, [](std::string const&) { return std::vector<Address>{}; });
    for (auto const* url : {"http://provider.example/", "http://93.184.216.34/", "https://provider.example:8443/",
                            "https://93.184.216.34:444/", "http://provider.example:443/"})
        EXPECT_EQ(fault_of(caller, url), Fault::not_allowed) << url;
    EXPECT_EQ(fault_of(caller, "https://provider.example/"), Fault::unknown_host);
    // Plain HTTP is for the machine itself, even where an address is allowed.
    EXPECT_EQ(fault_of(Caller({"93.184.216.34:8080"}), "http://93.184.216.34:8080/"), Fault::not_allowed);
}

TEST(Outbound, AnAllowedAddressIsCalled) {
    Listener listener;
    Caller const caller({listener.at("127.0.0.1")}, [](std::string const&) { return std::vector{at("127.0.0.1")}; });
    for (auto const* host : {"127.0.0.1", "provider.example"}) {
        auto const answer = caller.call(
            {.url = "http://" + listener.at(host) + "/a?b=c", .form = "x=y", .user = "us%3Aer", .password = "secret"});
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "hi");
        EXPECT_TRUE(listener.asked().starts_with("POST /a?b=c HTTP/1.1\r\nHost: " + listener.at(host)));
        EXPECT_NE(listener.asked().find("Authorization: Basic dXMlM0FlcjpzZWNyZXQ="), std::string::npos);
    }
    EXPECT_EQ(listener.came(), 2);
}

TEST(Outbound, ProxiesOfTheEnvironmentAreNotAsked) {
    Listener proxy, listener;
    for (auto const* name : {"http_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY", "https_proxy"})
        ::setenv(name, ("http://127.0.0.1:" + proxy.port()).c_str(), 1);
    EXPECT_EQ(Caller({listener.at("127.0.0.1")}).call({.url = "http://" + listener.at("127.0.0.1") + "/"}).status, 200);
    for (auto const* name : {"http_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY", "https_proxy"}) ::unsetenv(name);
    EXPECT_EQ(proxy.came(), 0);
}

TEST(Outbound, RedirectionsAreNotFollowed) {
    Listener canary;
    Listener listener("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + canary.port() +
                      "/\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(fault_of(Caller({listener.at("127.0.0.1"), canary.at("127.0.0.1")}),
                       "http://" + listener.at("127.0.0.1") + "/"),
              Fault::redirected);
    EXPECT_EQ(canary.came(), 0);
}

TEST(Outbound, AMegabyteIsEnough) {
    std::string const megabyte(Caller::most_bytes + 1, 'x');
    std::string head;
    for (int line = 0; line < 1100; ++line) head += "X-Line: " + std::string(1000, 'x') + "\r\n";
    for (auto const& answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(megabyte.size()) + "\r\n\r\n" + megabyte,
          "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + megabyte}) {
        Listener listener(answer);
        EXPECT_EQ(fault_of(Caller({listener.at("127.0.0.1")}), "http://" + listener.at("127.0.0.1") + "/"),
                  Fault::too_large);
    }
    Listener endless("HTTP/1.1 200 OK\r\n" + head + "\r\n");
    auto const fault = fault_of(Caller({endless.at("127.0.0.1")}), "http://" + endless.at("127.0.0.1") + "/");
    EXPECT_TRUE(fault == Fault::too_large || fault == Fault::broken);
}

TEST(Outbound, WhatIsNoCertificateOrNoHttpIsSaid) {
    Listener listener("220 mail.example ESMTP\r\n");
    Caller const caller({listener.at("127.0.0.1")});
    EXPECT_EQ(fault_of(caller, "http://" + listener.at("127.0.0.1") + "/"), Fault::broken);
    EXPECT_EQ(fault_of(caller, "https://" + listener.at("127.0.0.1") + "/"), Fault::certificate);
}

TEST(Outbound, AllowancesAreAddressesWithAPort) {
    for (auto const* text : {"127.0.0.1", "localhost:80", "127.0.0.1:0", "127.0.0.1:65536", "::1:80", "[127.0.0.1]:80",
                             "[::1]", "127.1:80", ":80", "10.0.0.0/8:80", ""})
        EXPECT_THROW(Caller({text}), std::invalid_argument) << text;
    EXPECT_NO_THROW(Caller({"127.0.0.1:80", "[::1]:8443", "10.1.2.3:443"}));
}

TEST(Outbound, PublicAddressesAreTheRest) {
    for (auto const* text : {"1.1.1.1",         "93.184.216.34",   "9.255.255.255",
                             "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
                             "126.255.255.255", "128.0.0.0",       "169.253.255.255",
                             "169.255.0.0",     "172.15.255.255",  "172.32.0.0",
                             "192.0.1.0",       "192.167.255.255", "192.169.0.0",
                             "198.17.255.255",  "198.20.0.0",      "223.255.255.255",
                             "2606:4700::1111", "2a00:1450::1",    "2001:4860:4860::8888",
                             "2003::1",         "3ffe::1"})
        EXPECT_TRUE(is_public(at(text))) << text;
}

}  // namespace
}  // namespace patron::outbound
