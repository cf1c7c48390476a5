// What Patron wrote is read back straight from its text: the same as by way of a document, whatever the text looks like.
#include "describe/json.hpp"

#include <gtest/gtest.h>

namespace patron {
struct Thing;
}  // namespace patron
ID_PREFIX(patron::Thing, "thg");

namespace patron {

enum class Shade { light, dark };
BOOST_DESCRIBE_ENUM(Shade, light, dark)

struct Part {
    Personal<Text<0, 50>> name;
    std::optional<Shade> shade;
    bool primary = false;
};
DESCRIBE(Part, name, shade, primary);

struct Thing {
    Id<Thing> id;
    std::int64_t version = 0;
    std::optional<Text<0, 50>> title;
    std::vector<Part> parts;
    std::vector<Id<Thing>> others;
    std::optional<Date> day;
    Time at;
    double weight = 0;
    JsonObject custom;
    Money price;
};
DESCRIBE(Thing, id, version, title, parts, others, day, at, weight, custom, price);

namespace {

Thing by_document(std::string_view text) {
    Thing thing;
    read_own(parse_own_json(text), thing);
    return thing;
}

constexpr std::string_view texts[] = {
    "{}",
    R"({"id":"thg_0000000000001","version":7,"title":"plain"})",
    R"({"title":"a \"quoted\" \\ back\/slash \n line","parts":[{"name":"\u00e9\ud83d\ude00","shade":"dark","primary":true}]})",
    R"({"parts":[{"name":"ends with \\"},{"name":"\\\""}],"version":-3})",
    R"({ "version" : 4 , "parts" : [ { "primary" : true , "name" : "spaced" } ] , "title" : null })",
    R"({"later":{"a":[1,{"b":"}]"}],"c":"\"}"},"version":5,"unknown":[[],{}],"title":"behind"})",
    R"({"others":["thg_0000000000001","thg_0000000000002"],"day":"2026-11-22","at":"2026-11-22T01:02:03.004Z"})",
    R"({"weight":1.5e3,"custom":{"k":[1,null,"x"]},"price":{"amount":1250,"currency":"EUR"},"parts":[]})",
    R"({"weight":2,"parts":null,"others":[],"custom":{},"id":null})",
    R"({"title":7,"parts":"none","version":"x","others":[3]})",
};

TEST(OwnText, IsReadAsByWayOfADocument) {
    for (auto const text : texts) EXPECT_EQ(to_json(from_own_json<Thing>(text)), to_json(by_document(text))) << text;
}

TEST(OwnText, ThatIsCutOffThrows) {
    std::string_view const whole = texts[5];
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_THROW(from_own_json<Thing>(whole.substr(0, size)), std::exception) << whole.substr(0, size);
}

TEST(OwnText, HasTheShapeOfWhatWasWritten) {
    for (auto const text : texts) {
        auto const written = to_json(by_document(text));
        OwnText own(written);
        EXPECT_TRUE(has_shape<Thing>(own)) << written;
    }
    for (auto const* other : {R"({"id":null})", R"([])", R"({"version":1,"id":null})"}) {
        OwnText own(other);
        EXPECT_FALSE(has_shape<Thing>(own)) << other;
    }
}

}  // namespace
}  // namespace patron
