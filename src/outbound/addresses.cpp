#include "outbound/addresses.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace patron::outbound {
namespace {

struct Net {
    std::array<unsigned char, 16> bytes;
    int bits;
};

constexpr Net nobodys_v4[] = {
    {{0}, 8},              // this network
    {{10}, 8},             // private
    {{100, 64}, 10},       // shared by a provider's customers (RFC 6598)
    {{127}, 8},            // loopback
    {{169, 254}, 16},      // link-local; clouds answer there with keys
    {{172, 16}, 12},       // private
    {{192, 0, 0}, 24},     // protocol assignments
    {{192, 0, 2}, 24},     // documentation
    {{192, 88, 99}, 24},   // relays of 6to4
    {{192, 168}, 16},      // private
    {{198, 18}, 15},       // benchmarks
    {{198, 51, 100}, 24},  // documentation
    {{203, 0, 113}, 24},   // documentation
    {{224}, 4},            // multicast
    {{240}, 4},            // reserved, broadcast
};
// Everything outside of 2000::/3 is none of anybody's: loopback, mapped, NAT64, unique local, link-local, multicast.
constexpr Net global_v6{{0x20}, 3};
constexpr Net nobodys_v6[] = {
    {{0x20, 0x01}, 23},              // protocol assignments, Teredo among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02}, 16},              // 6to4
    {{0x3f, 0xff}, 20},              // documentation
};

bool within(Address const& address, Net const& net) {
    auto const whole = static_cast<std::size_t>(net.bits / 8);
    if (!std::equal(net.bytes.begin(), net.bytes.begin() + static_cast<std::ptrdiff_t>(whole), address.bytes.begin()))
        return false;
    auto const rest = net.bits % 8;
    if (rest == 0) return true;
    auto const mask = static_cast<unsigned char>(0xff << (8 - rest));
    return (address.bytes[whole] & mask) == (net.bytes[whole] & mask);
}

}  // namespace

std::optional<Address> read_address(std::string_view text) {
    std::string const whole(text);
    if (whole.size() != std::strlen(whole.c_str())) return {};
    Address address;
    if (::inet_pton(AF_INET, whole.c_str(), address.bytes.data()) == 1) return address;
    address.v6 = true;
    if (::inet_pton(AF_INET6, whole.c_str(), address.bytes.data()) == 1) return address;
    return {};
}

std::optional<Address> address_in(sockaddr const& where) {
    Address address;
    if (where.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &where, sizeof v4);
        std::memcpy(address.bytes.data(), &v4.sin_addr, sizeof v4.sin_addr);
        return address;
    }
    if (where.sa_family != AF_INET6) return {};
    sockaddr_in6 v6{};
    std::memcpy(&v6, &where, sizeof v6);
    address.v6 = true;
    std::memcpy(address.bytes.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
    return address;
}

std::string text_of(Address const& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
    return text.data();
}

bool is_public(Address const& address) {
    auto const holds = [&](Net const& net) { return within(address, net); };
    if (!address.v6) return std::none_of(std::begin(nobodys_v4), std::end(nobodys_v4), holds);
    return holds(global_v6) && std::none_of(std::begin(nobodys_v6), std::end(nobodys_v6), holds);
}

bool is_loopback(Address const& address) {
    if (!address.v6) return address.bytes[0] == 127;
    return address == read_address("::1");
}

std::optional<std::uint16_t> read_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || text.front() == '0') return {};
    std::uint32_t port = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') return {};
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (port > 65'535) return {};
    return static_cast<std::uint16_t>(port);
}

std::optional<Allowed> read_allowed(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    auto host = text.substr(0, colon);
    bool const brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (brackets) host = host.substr(1, host.size() - 2);
    auto const address = read_address(host);
    auto const port = read_port(text.substr(colon + 1));
    if (!address || !port || address->v6 != brackets) return {};
    return Allowed{*address, *port};
}

}  // namespace patron::outbound
