// An address on the web that a call may go to, read so strictly that no two programs can read it differently.
#pragma once
#include "outbound/addresses.hpp"

namespace patron::outbound {

struct Target {
    bool tls = true;
    std::string host;                // in lower case; an IPv6 address without its brackets
    std::optional<Address> address;  // when the host is one
    std::uint16_t port = 443;
    std::string path = "/";  // with what is asked

    std::string url() const;
};

// "https://host", "https://host:port/path?query" (RFC 3986) in plain ASCII. Nothing for everything else: other schemes, names
// and passwords before the host, fragments, blanks, backslashes, numbers that only some programs take for an address.
std::optional<Target> read_target(std::string_view url);

}  // namespace patron::outbound
