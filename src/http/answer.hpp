// Writes the head of an answer into one buffer: status line, the handler's headers, and those that frame the body.
#pragma once
#include "http/http.hpp"

#include <ctime>

namespace patron::http {

std::string_view reason(int status);

// 1xx, 204 and 304 never have a body (RFC 9110 §6.4.1).
constexpr bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

struct BodyFraming {
    std::optional<std::uint64_t> length;  // Content-Length
    bool chunked = false;                 // with neither, the body ends with the connection
};

// Appends the head with its empty line. Headers of the handler that would frame the body differently are left out, and
// no value can begin a line of its own. `date` is an IMF-fixdate.
void write_head(std::string& out, Response const& response, BodyFraming framing, bool close, std::string_view date);

// Appends one piece of a streamed body, with its size when the answer is chunked. Not for an empty piece, which would be
// the end of a chunked body.
void append_chunk(std::string& out, std::string_view data, bool chunked);

// The Date header of now, written anew only when the second has changed. One per thread.
class DateText {
  public:
    std::string_view now();

  private:
    std::time_t second_ = -1;
    char text_[32] = {};
    std::size_t size_ = 0;
};

}  // namespace patron::http
