// Tags: short coloured labels on customers, by which lists are filtered, segments built and automations triggered.
#pragma once
#include "module/module.hpp"

namespace patron {
struct Tag;
}  // namespace patron
ID_PREFIX(patron::Tag, "tag");

namespace patron {

// The colours that the business may give to what it names: tags, folders, statuses, choices.
enum class Tone { mute, info, ok, warn, bad, violet };
BOOST_DESCRIBE_ENUM(Tone, mute, info, ok, warn, bad, violet)

struct Tag {
    static constexpr std::string_view table = "tags", noun = "tag";
    static constexpr std::string_view fixed[] = {"id", "version", "customers", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"customers"};
    Id<Tag> id;
    std::int64_t version = 0;
    Text<1, 100> name;  // unlike every other one when folded
    Tone tone = Tone::mute;
    std::int64_t customers = 0;  // how many have it
    Time created_at, updated_at;
};
DESCRIBE(Tag, id, version, name, tone, customers, created_at, updated_at);

namespace tags {

// The tag of this name, compared folded: "VIP" finds "vip".
std::optional<Id<Tag>> by_name(Reading& reading, std::string_view name);

// A new tag, kept and told. Throws Problem 409 when the name is taken.
Tag create(Unit& unit, std::string_view name);
Tag create(Unit& unit, Tag draft);

// How many customers are in each record of the prefix, by what the modules of the business answer.
std::map<std::int64_t, std::int64_t> customers_in(Reading& reading, std::string_view prefix);
// Of those whom whoever asks sees.
std::map<std::int64_t, std::int64_t> customers_seen_in(Reading& reading, std::string_view prefix);

Module module();

}  // namespace tags
}  // namespace patron
