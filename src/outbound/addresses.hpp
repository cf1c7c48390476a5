// Addresses of the Internet Protocol, and which of them belong to nobody in particular but to the network one stands in.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace patron::outbound {

struct Address {
    bool v6 = false;
    std::array<unsigned char, 16> bytes{};  // of IPv4 the first four
    bool operator==(Address const&) const = default;
};

// Four decimal numbers, or RFC 4291 §2.2; nothing else that some programs take for an address.
std::optional<Address> read_address(std::string_view text);
std::optional<Address> address_in(sockaddr const& where);
std::string text_of(Address const&);

// Somebody's own on the Internet: not loopback, private, link-local, shared (CGNAT), reserved, for documentation, multicast,
// nor an IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo). After the IANA registries of
// special-purpose addresses (RFC 6890).
bool is_public(Address const&);
bool is_loopback(Address const&);

// "127.0.0.1:8443", "[::1]:8443": an address that calls may go to although they would be refused.
struct Allowed {
    Address address;
    std::uint16_t port = 0;
    bool operator==(Allowed const&) const = default;
};
std::optional<Allowed> read_allowed(std::string_view text);
std::optional<std::uint16_t> read_port(std::string_view text);  // 1 to 65535, without leading zeros

}  // namespace patron::outbound
