// Who is on the other end: addresses, and what trusted proxies say about the client behind them.
#pragma once
#include "http/http.hpp"

#include <array>

namespace patron::http {

// IPv4 addresses are kept as IPv6 ones mapped (::ffff:a.b.c.d), so that both sorts compare.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    // "192.0.2.1", "2001:db8::1", also with a port ("192.0.2.1:80", "[2001:db8::1]:80").
    static std::optional<Address> parse(std::string_view text);
    std::string text() const;
    bool operator==(Address const&) const = default;
};

class TrustedProxies {
  public:
    // Addresses and CIDR ranges. Throws std::runtime_error with a sentence for what is neither.
    explicit TrustedProxies(std::vector<std::string> const& entries);
    bool contains(Address const& address) const;
    bool empty() const { return ranges_.empty(); }
    // Sets request.peer and request.secure from the connection and, when its peer is trusted, from X-Forwarded-For
    // (the rightmost address that is not trusted) and X-Forwarded-Proto (the value the nearest proxy gave).
    void apply(Request& request, Address const& connected, std::string const& connected_text, bool tls) const;

  private:
    struct Range {
        Address base;
        int bits = 128;
    };
    std::vector<Range> ranges_;
};

}  // namespace patron::http
