#include "http/head.hpp"

#include "http/ascii.hpp"

namespace patron::http {
namespace {

constexpr Refusal bad(std::string_view detail) { return {400, "bad_request", detail}; }

constexpr Refusal line_too_long(bool request_line) {
    if (request_line) return {414, "target_too_long", "The address of the request is too long."};
    return {431, "headers_too_large", "A header of the request is too long."};
}

// What is only known once all headers are read.
struct Seen {
    std::string_view authority;  // of an absolute-form target
    std::string_view host;
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
};

Method method_of(std::string_view word) {
    for (auto method :
         {Method::get, Method::post, Method::patch, Method::put, Method::del, Method::head, Method::options})
        if (word == name(method)) return method;
    return Method::other;
}

Refusal read_version(std::string_view version, Framing& framing) {
    if (version == "HTTP/1.1") return {};
    if (version == "HTTP/1.0") {
        framing.http_1_0 = framing.close = true;
        return {};
    }
    bool const well_formed = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                             version[6] == '.' && is_digit(version[7]);
    if (!well_formed) return bad("The version of the protocol is malformed.");
    return {505, "version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
}

// The origin form of a target (RFC 9112 §3.2). Of an absolute one the authority is kept to be compared with Host.
Refusal read_target(std::string_view target, Request& request, Seen& seen) {
    if (target == "*") {
        if (request.method != Method::options) return bad("The target * is for OPTIONS only.");
    } else if (!target.starts_with('/')) {
        auto const scheme_end = target.find("://");
        if (scheme_end == target.npos) return bad("The target of the request is malformed.");
        auto const scheme = target.substr(0, scheme_end);
        if (!same_word(scheme, "http") && !same_word(scheme, "https"))
            return bad("The scheme of the target is unknown.");
        target.remove_prefix(scheme_end + 3);
        seen.authority = target.substr(0, target.find_first_of("/?"));
        if (seen.authority.empty()) return bad("The target names no host.");
        target.remove_prefix(seen.authority.size());
        if (!target.starts_with('/')) return bad("The target has no path.");
    }
    auto const path = target.substr(0, target.find('?'));
    auto const query = path.size() == target.size() ? std::string_view{} : target.substr(path.size() + 1);
    if (!all(path_byte, path) || !all(query_byte, query))
        return bad("The target holds characters that must be escaped.");
    request.target.assign(target);
    request.path.assign(path);
    request.query.assign(query);
    return {};
}

Refusal read_request_line(std::string_view line, Request& request, Framing& framing, Seen& seen) {
    auto const method_end = line.find(' ');
    if (method_end == line.npos) return bad("The request line is malformed.");
    auto const method = line.substr(0, method_end);
    if (method.empty() || !all(token_byte, method)) return bad("The method is malformed.");
    line.remove_prefix(method_end + 1);
    auto const target_end = line.find(' ');
    if (target_end == line.npos || target_end == 0) return bad("The request line is malformed.");
    request.method_name.assign(method);
    request.method = method_of(method);
    if (auto refusal = read_version(line.substr(target_end + 1), framing)) return refusal;
    if (method == "TRACE" || method == "CONNECT") return {405, "method_not_allowed", "This method is not served."};
    return read_target(line.substr(0, target_end), request, seen);
}

Refusal read_length(std::string_view value, Framing& framing) {
    // 18 digits always fit; a list, a sign or a longer number is nobody's honest length.
    if (value.empty() || value.size() > 18) return bad("Content-Length is malformed.");
    framing.length = 0;
    for (char c : value) {
        if (!is_digit(c)) return bad("Content-Length is malformed.");
        framing.length = framing.length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return {};
}

Refusal read_connection(std::string_view value, Framing& framing) {
    while (!value.empty()) {
        auto const option = value.substr(0, value.find(','));
        value.remove_prefix(std::min(option.size() + 1, value.size()));
        auto const word = trimmed(option);
        if (!all(token_byte, word)) return bad("Connection is malformed.");
        if (same_word(word, "close")) framing.close = true;
    }
    return {};
}

Refusal read_framing_header(std::string_view name, std::string_view value, Framing& framing, Seen& seen) {
    switch (name.size()) {
        case 4:
            if (!same_word(name, "host")) break;
            seen.host = value;
            ++seen.hosts;
            break;
        case 6:
            if (!same_word(name, "expect")) break;
            if (!same_word(value, "100-continue"))
                return {417, "expectation_failed", "This expectation cannot be met."};
            framing.expects_continue = true;
            break;
        case 10:
            if (same_word(name, "connection")) return read_connection(value, framing);
            break;
        case 14:
            if (!same_word(name, "content-length")) break;
            ++seen.lengths;
            return read_length(value, framing);
        case 16: {
            // Obsolete and not obeyed, but a list as strict readers check it.
            Framing ignored;
            if (same_word(name, "proxy-connection")) return read_connection(value, ignored);
            break;
        }
        case 17:
            if (!same_word(name, "transfer-encoding")) break;
            ++seen.codings;
            if (!same_word(value, "chunked")) return bad("Only the transfer coding chunked is understood.");
            framing.chunked = true;
            break;
    }
    return {};
}

Refusal check_host(std::string_view host) {
    if (host.empty() || !all(host_byte, host)) return bad("Host is malformed.");
    auto const name_end = host.front() == '[' ? host.find(']') : host.find(':');
    if (host.front() == '[') {
        if (name_end == host.npos || name_end < 3) return bad("Host is malformed.");
        host.remove_prefix(name_end + 1);
    } else {
        if (name_end == 0 || host.find_first_of("[]") != host.npos) return bad("Host is malformed.");
        host.remove_prefix(std::min(name_end, host.size()));
    }
    if (host.empty()) return {};
    auto const port = host.substr(1);
    bool const is_port = host.front() == ':' && port.size() <= 5 && port.find_first_not_of("0123456789") == port.npos;
    return is_port ? Refusal{} : bad("Host is malformed.");
}

Refusal check_whole(Framing const& framing, Seen const& seen) {
    if (seen.hosts > 1) return bad("Host was given more than once.");
    if (seen.hosts == 0 && !framing.http_1_0) return bad("Host is missing.");
    if (seen.hosts == 1)
        if (auto refusal = check_host(seen.host)) return refusal;
    if (!seen.authority.empty() && !same_word(seen.authority, seen.host)) return bad("The target names another host.");
    if (seen.lengths > 1) return bad("Content-Length was given more than once.");
    if (seen.codings > 1) return bad("Transfer-Encoding was given more than once.");
    if (seen.codings && seen.lengths) return bad("Transfer-Encoding and Content-Length exclude each other.");
    if (seen.codings && framing.http_1_0) return bad("HTTP/1.0 knows no Transfer-Encoding.");
    return {};
}

}  // namespace

Refusal HeadScan::check_line(std::string_view bytes, std::size_t line_end, HeadLimits const& limits) const {
    if (line_end - line_begin_ > limits.line) return line_too_long(lines_ == 0);
    if (line_end > limits.head) return line_too_long(false);
    if (lines_ == 0 && !bytes.empty() && !is(token_byte, bytes.front())) return bad("This is not a request.");
    return {};
}

std::size_t HeadScan::end_of_head(std::string_view bytes, HeadLimits const& limits, Refusal& refusal) {
    for (;;) {
        auto const feed = bytes.find('\n', searched_);
        auto const line_end = feed == bytes.npos ? bytes.size() : feed;
        if ((refusal = check_line(bytes, line_end, limits))) return 0;
        if (feed == bytes.npos) {
            searched_ = bytes.size();
            return 0;
        }
        if (feed == line_begin_ || bytes[feed - 1] != '\r') {
            refusal = bad("A line ends without CR LF.");
            return 0;
        }
        bool const is_empty = feed == line_begin_ + 1;
        line_begin_ = searched_ = feed + 1;
        if (is_empty) return line_begin_;
        if (++lines_ > limits.count + 1) {
            refusal = {431, "headers_too_large", "The request has too many headers."};
            return 0;
        }
    }
}

Refusal split_header(std::string_view line, std::string_view& name, std::string_view& value) {
    if (line.front() == ' ' || line.front() == '\t') return bad("A header goes on over several lines.");
    auto const colon = line.find(':');
    if (colon == line.npos || colon == 0) return bad("A header has no name.");
    name = line.substr(0, colon);
    if (!all(token_byte, name)) return bad("The name of a header is malformed.");
    value = line.substr(colon + 1);
    if (!are_values(value)) return bad("A header holds forbidden characters.");
    value = trimmed(value);
    return {};
}

Refusal read_head(std::string_view head, Request& request, Framing& framing) {
    framing = {};
    Seen seen;
    auto const first_end = head.find("\r\n");
    if (auto refusal = read_request_line(head.substr(0, first_end), request, framing, seen)) return refusal;
    head.remove_prefix(first_end + 2);
    std::size_t count = 0;
    while (!head.starts_with("\r\n")) {
        auto const line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(line.size() + 2);
        std::string_view name;
        std::string_view value;
        if (auto refusal = split_header(line, name, value)) return refusal;
        if (auto refusal = read_framing_header(name, value, framing, seen)) return refusal;
        if (count == request.headers.size()) request.headers.emplace_back();
        request.headers[count].name.assign(name);
        request.headers[count].value.assign(value);
        ++count;
    }
    request.headers.resize(count);
    return check_whole(framing, seen);
}

}  // namespace patron::http
