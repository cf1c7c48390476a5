// JSON in and out: what is refused and where, and that what is written reads the same.
#include "describe/json.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace patron {
namespace {

std::string code_of(std::string_view text) {
    try {
        parse_json(text);
        return "";
    } catch (Problem const& problem) { return problem.errors.empty() ? problem.code : problem.errors.front().code; }
}

TEST(Json, RefusesWhatIsNoneOrDoesNotFit) {
    EXPECT_EQ(code_of(R"({"a": [1, 2.5, true, null, "x"]})"), "");
    EXPECT_EQ(code_of(R"({"a": )"), "not_json");
    EXPECT_EQ(code_of("{} {}"), "not_json");
    EXPECT_EQ(code_of("{\"a\": \"\xff\"}"), "not_utf8");
    EXPECT_EQ(code_of(R"({"name": 1, "n\u0061me": 2})"), "duplicate_member");
    EXPECT_EQ(code_of(R"([{"a": 1}, {"a": 1, "b": {"a": 1}}])"), "");
    EXPECT_EQ(code_of("9223372036854775807"), "");
    EXPECT_EQ(code_of("9223372036854775808"), "out_of_range");
    EXPECT_EQ(code_of("99999999999999999999999"), "out_of_range");
    EXPECT_EQ(code_of("1e400"), "out_of_range");
    EXPECT_EQ(code_of("1e-400"), "");
    EXPECT_EQ(code_of(std::string(64, '[') + std::string(64, ']')), "");
    EXPECT_EQ(code_of(std::string(65, '[') + std::string(65, ']')), "too_deep");
    EXPECT_EQ(code_of(std::string(100'000, '[')), "too_deep");
}

TEST(Json, WholeNumbersBeyondIntegersAreWrittenSoThatTheyAreReadAgain) {
    for (auto const* text : {"18446744073709551616.0", "1.2345678901234568e20", "-9.3e18", "1.7976931348623157e308"})
        EXPECT_EQ(parse_json(json_text(parse_json(text))), parse_json(text)) << text;
    EXPECT_EQ(to_json(123456.0), "123456");
    EXPECT_EQ(to_json(-0.0), "0");
}

TEST(Json, DoublesAreReadToTheLastBit) {
    EXPECT_EQ(parse_json("0.48621806422806413"), Json(0.48621806422806413));
    std::mt19937_64 chance(1);
    for (int i = 0; i < 10'000; ++i) {
        double const number = static_cast<double>(chance()) * 0x1p-40;
        auto const text = to_json(number);
        EXPECT_EQ(parse_json(text).to_number<double>(), number) << text;
        EXPECT_EQ(parse_own_json(text).to_number<double>(), number) << text;
    }
}

// Text is looked through eight bytes at a time: whatever is escaped must be so at every place, alone and beside another.
TEST(Json, TextIsEscapedWhereverItMustBe) {
    std::map<char, std::string> const escaped{{'"', "\\\""}, {'\\', "\\\\"},      {'\n', "\\n"},
                                              {'\t', "\\t"}, {'\x1f', "\\u001f"}, {' ', " "},
                                              {'!', "!"},    {'#', "#"},          {'\x7f', "\x7f"}};
    for (std::size_t length = 1; length < 20; ++length)
        for (std::size_t at = 0; at < length; ++at)
            for (auto const& [one, written] : escaped)
                for (auto const& [other, beside] : escaped) {
                    auto text = std::string(length, 'a') + "\xc3\xa9";
                    auto wanted = std::string(at, 'a') + written;
                    text[at] = one;
                    if (at + 1 < length) {
                        text[at + 1] = other;
                        wanted += beside + std::string(length - at - 2, 'a');
                    }
                    std::string out;
                    write_json_text(out, text);
                    EXPECT_EQ(out, '"' + wanted + "\xc3\xa9\"");
                }
}

TEST(Json, OurOwnIsNotJudged) {
    EXPECT_EQ(json_text(parse_own_json(R"({"a":1,"b":[{"c":"d"}]})")), R"({"a":1,"b":[{"c":"d"}]})");
    EXPECT_THROW(parse_own_json("{"), boost::system::system_error);
    EXPECT_THROW(parse_own_json(""), boost::system::system_error);
    EXPECT_THROW(parse_own_json("{}}"), boost::system::system_error);
}

struct Line {
    Text<1, 10> text;
    int rank = 0;
};
DESCRIBE(Line, text, rank);
struct Sheet {
    static constexpr std::string_view fixed[] = {"version"};
    std::int64_t version = 0;
    std::vector<Line> lines;
    std::optional<double> weight;
};
DESCRIBE(Sheet, version, lines, weight);

TEST(Json, EveryMistakeHasItsPointer) {
    try {
        from_json<Sheet>(parse_json(R"({"version": 2, "lines": [{"text": "a"}, {"text": "", "rank": 1.5}, 7],
                                        "weight": "x", "a/b~": 1})"));
        FAIL() << "accepted";
    } catch (Problem const& problem) {
        std::vector<std::string> found;
        for (auto const& error : problem.errors) found.push_back(error.pointer + ' ' + error.code);
        EXPECT_EQ(found, (std::vector<std::string>{"/version read_only", "/lines/1/text required",
                                                   "/lines/1/rank not_an_integer", "/lines/2 not_an_object",
                                                   "/weight not_a_number", "/a~1b~0 unknown_member"}));
    }
}

}  // namespace
}  // namespace patron
