// libFuzzer: whatever bytes come, the reader neither crashes nor judges by the portions they arrive in, and what it
// accepts Boost.Beast's parser accepts too and understands in the same way. Its query, and any bytes as a query, give
// nothing or well-formed names and values that read the same when they are escaped anew.
#include "base/fold.hpp"
#include "http/chunked.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <cstdlib>

namespace {

using namespace patron::http;

struct Reading {
    int status = 0;  // of the refusal
    bool complete = false;
    Request request;
    Framing framing;
    std::size_t size = 0;  // of head and body
};

void require(bool condition) {
    if (!condition) std::abort();
}

void read_body(std::string_view bytes, std::size_t portion, Reading& reading) {
    if (!reading.framing.chunked) {
        reading.complete = bytes.size() - reading.size >= reading.framing.length;
        if (!reading.complete) return;
        reading.request.body = bytes.substr(reading.size, reading.framing.length);
        reading.size += reading.framing.length;
        return;
    }
    ChunkReader chunks;
    Refusal refusal;
    for (auto arrived = std::min(bytes.size(), reading.size + portion);;) {
        auto const step = chunks.take(bytes.substr(reading.size, arrived - reading.size), refusal);
        reading.request.body.append(step.data);
        reading.size += step.used;
        reading.status = refusal.status;
        reading.complete = chunks.finished();
        if (refusal || reading.complete || (!step.used && arrived == bytes.size())) return;
        if (!step.used) arrived = std::min(bytes.size(), arrived + portion);
    }
}

Reading read(std::string_view bytes, std::size_t portion) {
    Reading reading;
    HeadScan scan;
    Refusal refusal;
    for (std::size_t arrived = 0; !reading.size && !refusal && arrived < bytes.size();) {
        arrived = std::min(bytes.size(), arrived + portion);
        reading.size = scan.end_of_head(bytes.substr(0, arrived), {}, refusal);
    }
    if (reading.size) refusal = read_head(bytes.substr(0, reading.size), reading.request, reading.framing);
    reading.status = refusal.status;
    if (reading.size && !refusal) read_body(bytes, portion, reading);
    return reading;
}

void compare_with_beast(std::string_view bytes, Reading const& ours) {
    namespace beast = boost::beast;
    beast::http::request_parser<beast::http::string_body> parser;
    parser.header_limit(1 << 20);
    parser.body_limit(boost::none);
    parser.eager(true);
    beast::error_code error;
    for (bytes = bytes.substr(0, ours.size); !bytes.empty() && !parser.is_done();) {
        auto const used = parser.put(boost::asio::buffer(bytes), error);
        require(!error && used > 0);
        bytes.remove_prefix(used);
    }
    require(parser.is_done() && bytes.empty());
    auto const& theirs = parser.get();
    require(theirs.method_string() == ours.request.method_name);
    require(theirs.body() == ours.request.body);
    require(!theirs.target().starts_with('/') || theirs.target() == ours.request.target);
    for (auto const& header : ours.request.headers) require(theirs.find(header.name) != theirs.end());
}

std::string escaped(std::string_view text) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        ((out += '%') += hex[byte >> 4]) += hex[byte & 15];
    }
    return out;
}

void check_query(std::string_view query) {
    auto const path = percent_decode(query);
    require(!path || (patron::is_utf8(*path) && percent_decode(escaped(*path)) == path));
    auto const pairs = parse_query(query);
    if (!pairs) return;
    std::string again;
    for (auto const& [name, value] : *pairs) {
        require(patron::is_utf8(name) && patron::is_utf8(value));
        again += '&' + escaped(name) + '=' + escaped(value);
    }
    require(parse_query(again) == pairs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::size_t const portion = 1 + data[0] % 32;
    std::string_view const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const whole = read(bytes, bytes.size());
    auto const pieces = read(bytes, portion);
    require(whole.status == pieces.status && whole.complete == pieces.complete);
    if (whole.complete) {
        require(whole.request.body == pieces.request.body && whole.size == pieces.size);
        compare_with_beast(bytes, whole);
        check_query(whole.request.query);
        check_query(whole.request.path);
    }
    check_query(bytes);
    return 0;
}
