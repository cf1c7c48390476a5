// What is refused, by name. Each request also goes through a socket, in one piece and byte by byte.
#include "http/chunked.hpp"
#include "http/tests/playing.hpp"

namespace patron::http::tests {
namespace {

struct Malformed {
    char const* name;
    std::string request;
    int status;
};

std::string with(std::string const& headers) { return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"; }
std::string chunked(std::string const& body) { return with("Transfer-Encoding: chunked\r\n") + body; }

std::vector<Malformed> const malformed = {
    {"length and coding", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
    {"coding and length", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") + "0\r\n\r\n", 400},
    {"two different lengths", with("Content-Length: 3\r\nContent-Length: 4\r\n") + "abcd", 400},
    {"two equal lengths", with("Content-Length: 3\r\nContent-Length: 3\r\n") + "abc", 400},
    {"list of lengths", with("Content-Length: 3, 3\r\n") + "abc", 400},
    {"signed length", with("Content-Length: +3\r\n") + "abc", 400},
    {"negative length", with("Content-Length: -3\r\n") + "abc", 400},
    {"hexadecimal length", with("Content-Length: 0x3\r\n") + "abc", 400},
    {"empty length", with("Content-Length:\r\n"), 400},
    {"length beyond 64 bits", with("Content-Length: 18446744073709551617\r\n") + "a", 400},
    {"length beyond the plan", with("Content-Length: 999999999999\r\n"), 413},
    {"unknown coding", with("Transfer-Encoding: gzip\r\n"), 400},
    {"coding before chunked", with("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n", 400},
    {"identity", with("Transfer-Encoding: identity\r\n"), 400},
    {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
    {"chunked in quotes", with("Transfer-Encoding: \"chunked\"\r\n") + "0\r\n\r\n", 400},
    {"vertical tab before chunked", with("Transfer-Encoding: \vchunked\r\n") + "0\r\n\r\n", 400},
    {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"space before the colon", with("Content-Length : 3\r\n") + "abc", 400},
    {"tab before the colon", with("Content-Length\t: 3\r\n") + "abc", 400},
    {"header without colon", with("Content-Length\r\n"), 400},
    {"header without name", with(": 3\r\n"), 400},
    {"line folding", with("X-A: b\r\n c\r\n"), 400},
    {"line folding with a tab", with("X-A: b\r\n\tc\r\n"), 400},
    {"space before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
    {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n", 400},
    {"bare carriage return in a value", with("X-A: b\rc\r\n"), 400},
    {"two carriage returns", "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", 400},
    {"NUL in a value", with(std::string("X-A: b") + '\0' + "\r\n"), 400},
    {"NUL in a name", with(std::string("X") + '\0' + "A: b\r\n"), 400},
    {"control character in a value", with("X-A: \x01\r\n"), 400},
    {"DEL in a value", with("X-A: \x7f\r\n"), 400},
    {"umlaut in a name", with("X-\xc3\xa4: b\r\n"), 400},
    {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
    {"Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"Host with a word for a port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
    {"Host with two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400},
    {"Host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
    {"target of another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"target without slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"umlaut in the target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"fragment in the target", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"control character in the target", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"empty method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"malformed method", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"no version", "GET /\r\nHost: a\r\n\r\n", 400},
    {"small letters in the version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
    {"version 1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400},
    {"version 2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
    {"version 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
    {"TLS to a plain port", "\x16\x03\x01\x02\x00\x01\x00", 400},
    {"TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
    {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405},
    {"unknown expectation", with("Expect: the-best\r\n"), 417},
    {"malformed Connection", with("Connection: a b\r\n"), 400},
    {"long target", "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"long header", with("X-A: " + std::string(17'000, 'a') + "\r\n"), 431},
    {"long head",
     with("X-A: " + std::string(15'000, 'a') + "\r\nX-B: " + std::string(15'000, 'a') +
          "\r\nX-C: " + std::string(3'000, 'a') + "\r\n"),
     431},
    {"many headers", with([] {
         std::string all;
         for (int i = 0; i < 100; ++i) all += "X: y\r\n";
         return all;
     }()),
     431},
    {"chunk size without digits", chunked("\r\n\r\n"), 400},
    {"chunk size with 0x", chunked("0x1\r\na\r\n0\r\n\r\n"), 400},
    {"signed chunk size", chunked("+1\r\na\r\n0\r\n\r\n"), 400},
    {"space behind a chunk size", chunked("1 \r\na\r\n0\r\n\r\n"), 400},
    {"space before a chunk size", chunked(" 1\r\na\r\n0\r\n\r\n"), 400},
    {"huge chunk size", chunked("fffffffffffffffff\r\n"), 400},
    {"chunk size beyond the plan", chunked("fffffff\r\n") + std::string(1'200'000, 'a'), 413},
    {"bare line feed behind a chunk size", chunked("1\na\r\n0\r\n\r\n"), 400},
    {"bare line feed in a chunk extension", chunked("1;a\nb\r\na\r\n0\r\n\r\n"), 400},
    {"bare carriage return in a chunk extension", chunked("1;a\rb\r\na\r\n0\r\n\r\n"), 400},
    {"chunk extension without name", chunked("1;=b\r\na\r\n0\r\n\r\n"), 400},
    {"chunk extension with an open quote", chunked("1;a=\"b\r\na\r\n0\r\n\r\n"), 400},
    {"malformed Proxy-Connection", with("Proxy-Connection: a:b\r\n"), 400},
    {"long chunk extension", chunked("1;" + std::string(300, 'a') + "\r\na\r\n0\r\n\r\n"), 400},
    {"chunk longer than its size", chunked("1\r\nab\r\n0\r\n\r\n"), 400},
    {"chunk without CR LF", chunked("1\r\na0\r\n\r\n"), 400},
    {"malformed trailer", chunked("0\r\nno colon\r\n\r\n"), 400},
    {"length in a trailer", chunked("0\r\nContent-Length: 5\r\n\r\n"), 400},
    {"folded trailer", chunked("0\r\n a: b\r\n\r\n"), 400},
    {"long trailers", chunked("0\r\nX-A: " + std::string(9'000, 'a') + "\r\n\r\n"), 400},
};

TEST(Malformed, is_refused_and_the_connection_closed) {
    Playing playing;
    playing.start();
    for (auto const& [name, request, status] : malformed) {
        SCOPED_TRACE(name);
        Client client(playing.server->address());
        client.try_send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        auto const answer = client.read_answer();
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_EQ(answer.header("Connection"), "close");
        EXPECT_TRUE(client.ended_cleanly());
    }
    EXPECT_EQ(playing.server->counts().refused, malformed.size());
}

// The same verdict whatever portions the bytes arrive in.
int verdict_of(std::string_view bytes, std::size_t portion) {
    HeadScan scan;
    Refusal refusal;
    std::size_t head = 0;
    for (auto end = portion; !head && !refusal && end < bytes.size() + portion; end += portion)
        head = scan.end_of_head(bytes.substr(0, end), {}, refusal);
    Request request;
    Framing framing;
    if (head) refusal = read_head(bytes.substr(0, head), request, framing);
    if (refusal || !framing.chunked) return refusal.status;
    ChunkReader chunks;
    for (auto begin = head, end = head + portion; !refusal && !chunks.finished() && end < bytes.size() + portion;) {
        auto const step = chunks.take(bytes.substr(begin, std::min(end, bytes.size()) - begin), refusal);
        begin += step.used;
        if (!step.used) end += portion;
    }
    return refusal.status;
}

TEST(Malformed, verdict_does_not_hang_on_how_bytes_arrive) {
    for (auto const& [name, request, status] : malformed) {
        if (status == 413) continue;  // asks the handler's plan
        SCOPED_TRACE(name);
        EXPECT_EQ(verdict_of(request, 1), status);
        EXPECT_EQ(verdict_of(request, 7), status);
        EXPECT_EQ(verdict_of(request, request.size()), status);
    }
}

TEST(Wellformed, is_understood) {
    Playing playing;
    playing.start();
    std::vector<std::pair<std::string, std::string>> const wellformed = {
        {"GET /a?b=c&d[gte]=1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a?b=c&d[gte]=1 "},
        {"GET http://A:80/b HTTP/1.1\r\nHost: a:80\r\n\r\n", "GET /b "},
        {"OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "OPTIONS * "},
        {"PURGE / HTTP/1.1\r\nhost:a\r\nX-Empty:\r\nX-A:\t b \r\n\r\n", "PURGE / "},
        {"GET / HTTP/1.0\r\n\r\n", "GET / "},
        {with("Content-Length: 003\r\n") + "abc", "POST / abc"},
        {chunked("3\r\nabc\r\n00A;x=\"y\"\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n"), "POST / abc0123456789"},
    };
    for (auto const& [request, body] : wellformed) EXPECT_EQ(playing.ask(request).body, body);
}

}  // namespace
}  // namespace patron::http::tests
