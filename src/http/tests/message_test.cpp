#include "http/answer.hpp"
#include "http/peer.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace patron::http::tests {
namespace {

TEST(Query, is_decoded) {
    auto const pairs = parse_query("a=1&b=x+y%20z&&c&d=%C3%A4&a=2");
    ASSERT_TRUE(pairs);
    std::vector<std::pair<std::string, std::string>> const expected = {
        {"a", "1"}, {"b", "x y z"}, {"c", ""}, {"d", "ä"}, {"a", "2"}};
    EXPECT_EQ(*pairs, expected);
    EXPECT_EQ(parse_query("")->size(), 0u);
}

TEST(Query, broken_escapes_and_text_are_refused) {
    for (auto const* query : {"a=%", "a=%4", "a=%zz", "%=1", "a=%ff", "a=%C3", "a=%ED%A0%80"})
        EXPECT_FALSE(parse_query(query)) << query;
    EXPECT_EQ(percent_decode("a+b%2Fc"), "a+b/c");
    EXPECT_FALSE(percent_decode("%2"));
}

TEST(Query, escapes_all_but_unreserved_characters) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a b/ü+%&=?"), "a%20b%2F%C3%BC%2B%25%26%3D%3F");
    EXPECT_EQ(percent_encode(std::string_view("\0", 1)), "%00");
}

TEST(Request, takes_its_body_file_with_it_unless_moved) {
    auto const file = std::filesystem::temp_directory_path() / "patron-http-request-body";
    auto const create = [&] { std::ofstream(file) << "x"; };
    create();
    {
        Request request;
        request.body_file = file;
        Request const moved = std::move(request);
        EXPECT_TRUE(std::filesystem::exists(file));
    }
    EXPECT_FALSE(std::filesystem::exists(file));
    auto const kept = file.string() + "-kept";
    create();
    {
        Request request;
        request.body_file = file;
        std::filesystem::rename(file, kept);
    }
    EXPECT_TRUE(std::filesystem::remove(kept));
}

TEST(Request, finds_headers_whatever_their_case) {
    Request request;
    request.headers = {{"X-One", "1"}, {"x-one", "2"}};
    EXPECT_EQ(request.header("x-ONE"), "1");
    EXPECT_FALSE(request.header("X-Two"));
}

TEST(Answer, no_value_begins_a_line_and_no_header_frames_twice) {
    Response response(201);
    response.set("Location", "/a\r\nSet-Cookie: b=c");
    response.set("Content-Length", "99");
    response.set("Bad Name", "x");
    response.set("location2", "y");
    std::string out;
    write_head(out, response, {5}, true, "now");
    EXPECT_EQ(out,
              "HTTP/1.1 201 Created\r\nDate: now\r\nLocation: /a  Set-Cookie: b=c\r\nlocation2: y\r\n"
              "Content-Length: 5\r\nConnection: close\r\n\r\n");
}

struct Forwarded {
    char const* connected;
    std::vector<Header> headers;
    char const* peer;
    bool secure;
};

TEST(Proxies, only_trusted_ones_are_believed) {
    TrustedProxies const proxies({"10.0.0.0/8", "2001:db8::1"});
    std::vector<Forwarded> const table = {
        {"192.0.2.1", {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-Proto", "https"}}, "192.0.2.1", false},
        {"10.1.2.3", {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-Proto", "https"}}, "198.51.100.7", true},
        {"10.1.2.3", {{"X-Forwarded-For", "1.1.1.1, 198.51.100.7, 10.9.9.9"}}, "198.51.100.7", false},
        {"10.1.2.3", {{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "198.51.100.7:99"}}, "198.51.100.7", false},
        {"10.1.2.3", {{"X-Forwarded-For", "1.1.1.1, unknown"}}, "10.1.2.3", false},
        {"10.1.2.3", {{"X-Forwarded-For", "10.0.0.9"}}, "10.0.0.9", false},
        {"2001:db8::1", {{"X-Forwarded-For", "[2001:db8::7]:80"}}, "2001:db8::7", false},
        {"2001:db8::2", {{"X-Forwarded-For", "2001:db8::7"}}, "2001:db8::2", false},
        {"10.1.2.3", {{"X-Forwarded-Proto", "https, http"}}, "10.1.2.3", false},
        {"10.1.2.3", {}, "10.1.2.3", false},
    };
    for (auto const& row : table) {
        Request request;
        request.headers = row.headers;
        proxies.apply(request, *Address::parse(row.connected), row.connected, false);
        EXPECT_EQ(request.peer, row.peer);
        EXPECT_EQ(request.secure, row.secure) << row.peer;
    }
    for (auto const* entry : {"ten", "10.0.0.0/33", "10.0.0.0/", "::1/129", ""})
        EXPECT_THROW(TrustedProxies({entry}), std::runtime_error) << entry;
}

}  // namespace
}  // namespace patron::http::tests
