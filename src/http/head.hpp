// Reads the head of a request from bytes, without sockets, as the strictest reader of RFC 9112 would: what two servers
// could understand differently is refused, so nothing can be smuggled past a proxy in front of us.
#pragma once
#include "http/http.hpp"

namespace patron::http {

// Why a request is not taken. Status 0: it is fine. Code and detail are texts that live for ever.
struct Refusal {
    int status = 0;
    std::string_view code;
    std::string_view detail;
    explicit operator bool() const { return status != 0; }
};

struct HeadLimits {
    std::size_t head = 32 * 1024;
    std::size_t line = 16 * 1024;
    std::size_t count = 100;
};

// What the head says about the body and the connection.
struct Framing {
    bool http_1_0 = false;
    bool close = false;  // the client asked for it, or speaks HTTP/1.0
    bool chunked = false;
    bool expects_continue = false;
    std::uint64_t length = 0;  // Content-Length
    bool has_body() const { return chunked || length > 0; }
};

// Finds the empty line that ends a head, while its bytes arrive in any portions. Every byte is looked at once.
class HeadScan {
  public:
    // Length of the head with its empty line, or 0: more bytes are needed, or `refusal` says why not.
    // `bytes` always begins with the first byte of the head.
    std::size_t end_of_head(std::string_view bytes, HeadLimits const& limits, Refusal& refusal);

  private:
    Refusal check_line(std::string_view bytes, std::size_t line_end, HeadLimits const& limits) const;
    std::size_t searched_ = 0;
    std::size_t line_begin_ = 0;
    std::size_t lines_ = 0;
};

// Fills method, target, path, query and headers (strings of an earlier request are used again) and the framing.
// `head` is what HeadScan measured.
Refusal read_head(std::string_view head, Request& request, Framing& framing);

// One header line without its line end, cut at the colon; used for trailers too.
Refusal split_header(std::string_view line, std::string_view& name, std::string_view& value);

}  // namespace patron::http
