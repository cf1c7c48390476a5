// Any bytes as a JSON body: refused with a pointer or read as Boost.JSON's own parser reads it; what is written of it reads
// the same, and so does a record with a member of each type that was read from it.
#include "base/fold.hpp"
#include "base/words.hpp"
#include "describe/json.hpp"

#include <cstdlib>

namespace {
struct Thing;
}
ID_PREFIX(Thing, "thg");

namespace {

using namespace patron;

void require_that(bool holds) {
    if (!holds) std::abort();
}

enum class Colour { red, green, public_ };
BOOST_DESCRIBE_ENUM(Colour, red, green, public_)

struct Line {
    Text<1, 20> text;
    EmailText email;
    int rank = 0;
    bool main = false;
};
DESCRIBE(Line, text, email, rank, main);

struct Thing {
    static constexpr std::string_view fixed[] = {"version"};
    Id<Thing> id;
    std::int64_t version = 0;
    Personal<Text<0, 100>> name;
    std::optional<Text<0, 50>> nick;
    std::optional<Id<Thing>> parent_id;
    std::optional<AnyId> about;
    std::vector<Line> lines;
    std::vector<Text<1, 8>> tags;
    std::optional<Colour> colour;
    std::optional<Money> price;
    std::optional<Time> at;
    std::optional<Date> day;
    std::optional<double> weight;
    std::optional<std::int64_t> count;
    JsonObject custom;
};
DESCRIBE(Thing, id, version, name, nick, parent_id, about, lines, tags, colour, price, at, day, weight, count, custom);

// A refusal's own words must be fit to be sent.
void check_refusal(Problem const& problem) {
    require_that(problem.status == 400 || problem.status == 422);
    require_that(is_utf8(problem.detail) && !problem.code.empty());
    require_that((problem.status == 422) == !problem.errors.empty());
    for (auto const& error : problem.errors) {
        require_that(error.pointer.empty() || error.pointer.front() == '/');
        require_that(is_utf8(error.pointer) && is_utf8(error.message) && !error.code.empty());
    }
}

std::optional<Json> read_theirs(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 4096;
    boost::json::error_code error;
    auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), error, {}, options);
    return error ? std::nullopt : std::optional(std::move(value));
}

// Equal, but that Boost.JSON misreads some numbers: those of many digits by the smallest bit, 0e400 as none at all.
bool alike(Json const& ours, Json const& theirs) {
    if (ours.kind() != theirs.kind()) return false;
    if (ours.is_double())
        return !std::isfinite(theirs.get_double()) ||
               std::abs(ours.get_double() - theirs.get_double()) <= std::abs(ours.get_double()) * 1e-14 + 1e-300;
    if (ours.is_array()) {
        auto const &a = ours.get_array(), &b = theirs.get_array();
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), alike);
    }
    if (ours.is_object()) {
        auto const &a = ours.get_object(), &b = theirs.get_object();
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& one, auto const& other) {
            return one.key() == other.key() && alike(one.value(), other.value());
        });
    }
    return ours == theirs;
}

// Everything but the members that Patron sets itself, which a body may not have.
JsonObject body_of(std::string const& written) {
    auto object = parse_json(written).as_object();
    object.erase("version");
    return object;
}

void check_record(Json const& json) {
    Thing thing;
    try {
        thing = from_json<Thing>(json);
    } catch (Problem const& problem) { return check_refusal(problem); }
    auto const written = to_json(thing);
    require_that(to_json(from_json<Thing>(body_of(written))) == written);
    require_that(to_json(from_own_json<Thing>(written)) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    Json json;
    try {
        json = parse_json(text);
    } catch (Problem const& problem) {
        check_refusal(problem);
        // What is no JSON for us is none for them either.
        require_that(problem.code != "not_json" || !read_theirs(text));
        return 0;
    }
    auto const theirs = read_theirs(text);
    require_that(theirs && alike(json, *theirs));
    auto const written = json_text(json);
    require_that(json_text(parse_json(written)) == written && json_text(parse_own_json(written)) == written);
    check_record(json);
    return 0;
}
