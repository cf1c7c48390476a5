#include "outbound/target.hpp"

#include <algorithm>

namespace patron::outbound {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Labels of letters, digits and dashes (RFC 1123 §2.1). The last one begins with a letter: what ends in a number is taken for
// an address by some, however it is written.
bool is_name(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    std::string_view last;
    for (;;) {
        auto const dot = std::min(host.find('.'), host.size());
        last = host.substr(0, dot);
        bool const plain =
            std::all_of(last.begin(), last.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
        if (last.empty() || last.size() > 63 || !plain || last.front() == '-' || last.back() == '-') return false;
        if (dot == host.size()) break;
        host.remove_prefix(dot + 1);
    }
    return is_letter(last.front());
}

// RFC 3986 §3.3, §3.4; without a fragment.
bool is_path(std::string_view path) {
    constexpr std::string_view signs = "-._~!$&'()*+,;=:@/?";
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%') {
            if (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2])) return false;
            i += 2;
        } else if (!is_letter(path[i]) && !is_digit(path[i]) && signs.find(path[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

bool read_host(std::string_view host, Target& target) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        target.address = read_address(host);
        target.host = host;
        return target.address && target.address->v6;
    }
    target.host = host;
    for (char& c : target.host)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    target.address = read_address(host);
    return target.address ? !target.address->v6 : is_name(host);
}

}  // namespace

std::string Target::url() const {
    auto const name = address && address->v6 ? '[' + host + ']' : host;
    return (tls ? "https://" : "http://") + name + ':' + std::to_string(port) + path;
}

std::optional<Target> read_target(std::string_view url) {
    Target target;
    if (url.size() > 2'000) return {};
    if (url.starts_with("https://")) url.remove_prefix(8);
    else if (url.starts_with("http://")) {
        url.remove_prefix(7);
        target.tls = false;
        target.port = 80;
    } else return {};
    auto const end = std::min(url.find_first_of("/?"), url.size());
    auto host = url.substr(0, end);
    auto const path = url.substr(end);
    auto const after = host.starts_with('[') ? host.find(']') : 0;
    if (auto const colon = host.find(':', std::min(after, host.size())); colon != std::string_view::npos) {
        auto const port = read_port(host.substr(colon + 1));
        if (!port) return {};
        target.port = *port;
        host = host.substr(0, colon);
    }
    if (!read_host(host, target) || !is_path(path)) return {};
    target.path = (path.starts_with('/') ? "" : "/") + std::string(path);
    return target;
}

}  // namespace patron::outbound
