#include "modules/tags/tags.hpp"

#include "base/name_key.hpp"
#include "module/listing.hpp"

namespace patron {

template <>
struct DerivedColumns<Tag> {
    static constexpr std::string_view names = ",name_key";
    static void add(Tag const& tag, std::vector<db::Value>& values) { values.push_back(name_key(tag.name)); }
};

namespace tags {
namespace {

constexpr Kind tag_created{"tag.created", 1, "{actor} made a tag", ""};
constexpr Kind tag_updated{"tag.updated", 1, "{actor} changed {changes} of a tag", ""};
constexpr Kind tag_deleted{"tag.deleted", 1, "{actor} deleted a tag", ""};

constexpr db::Migration migrations[] = {
    {1, "tags", R"(
CREATE TABLE tags (id {id}, version {int} NOT NULL, name {text} NOT NULL, tone {text} NOT NULL,
  created_at {int} NOT NULL, updated_at {int} NOT NULL, name_key {text} NOT NULL UNIQUE) {table})"},
};

void check_name_is_free(Reading& reading, Tag const& tag) {
    auto const taken = by_name(reading, tag.name);
    if (taken && *taken != tag.id) throw conflict("name_taken", "There is a tag of this name already.");
}

Tag with_count(Reading& reading, Tag tag) {
    tag.customers = customers_seen_in(reading, Id<Tag>::prefix())[tag.id.value];
    return tag;
}

Page<Tag> list_tags(Reading& reading) {
    auto page = list_records<Tag>(reading, {"name", "tone"},
                                  {{"name", "name_key"}, {"created_at", "created_at", Order::Type::integer}});
    auto counts = customers_seen_in(reading, Id<Tag>::prefix());
    for (auto& tag : page.data) tag.customers = counts[tag.id.value];
    return page;
}

Tag get_tag(Reading& reading, Id<Tag> id) { return with_count(reading, reading.find(id)); }

Tag create_tag(Unit& unit, Body<Tag> const& draft) { return create(unit, draft.value); }

Tag change_tag(Unit& unit, Id<Tag> id, Patch<Tag> const& patch) {
    auto const before = get_tag(unit, id);
    auto after = before;
    patch.apply_to(after);
    check_name_is_free(unit, after);
    unit.change(before, after, {.kind = &tag_updated});
    return after;
}

void delete_tag(Unit& unit, Id<Tag> id) {
    auto const tag = get_tag(unit, id);
    // Also on those that one does not see.
    auto const count = customers_in(unit, Id<Tag>::prefix())[id.value];
    if (count > 0 && !unit.sight().sees_everybody())
        throw conflict("tag_in_use", "The tag is on customers, maybe on some whom you do not see; take it off first.");
    if (count > 0)
        throw conflict("tag_in_use", "The tag is on " + std::to_string(count) +
                                         (count == 1 ? " customer" : " customers") + "; take it off first.");
    unit.drop(tag, {.kind = &tag_deleted});
}

}  // namespace

std::optional<Id<Tag>> by_name(Reading& reading, std::string_view name) {
    db::Value const values[] = {name_key(name)};
    auto row = reading.tx.query("SELECT id FROM tags WHERE name_key=$1", values);
    if (!row.next()) return {};
    return Id<Tag>{row.integer(0)};
}

Tag create(Unit& unit, std::string_view name) {
    return create(unit, from_json<Tag>(JsonObject{{"name", boost::json::string(name)}}));
}

Tag create(Unit& unit, Tag tag) {
    check_name_is_free(unit, tag);
    unit.keep(tag, {.kind = &tag_created});
    return tag;
}

std::map<std::int64_t, std::int64_t> customers_in(Reading& reading, std::string_view prefix) {
    std::map<std::int64_t, std::int64_t> counts;
    for (auto const& module : reading.business.modules())
        for (auto const& usage : module.usages) {
            if (usage.prefix != prefix) continue;
            auto row = reading.tx.query(usage.sql);
            while (row.next()) counts[row.integer(0)] += row.integer(1);
        }
    return counts;
}

std::map<std::int64_t, std::int64_t> customers_seen_in(Reading& reading, std::string_view prefix) {
    if (auto const& gate = reading.business.gate(); gate.counts && !reading.sight().sees_everybody())
        if (auto counts = gate.counts(reading, prefix)) return std::move(*counts);
    return customers_in(reading, prefix);
}

Module module() {
    Module module{.name = "tags"};
    module.areas = {{.name = "tags", .label = "Tags"}};
    module.migrations = migrations;
    module.kinds = {&tag_created, &tag_updated, &tag_deleted};
    module.routes = {
        get<list_tags>("/tags", Permission("tags.view"), "list_tags", "The tags, by name",
                       list_params({{"name", "exactly this name"}, {"tone", "of this colour"}})),
        post<create_tag>("/tags", Permission("tags.create"), "create_tag", "Make a tag"),
        get<get_tag>("/tags/{id}", Permission("tags.view"), "get_tag", "One tag"),
        patch<change_tag>("/tags/{id}", Permission("tags.edit"), "change_tag", "Change a tag"),
        remove<delete_tag>("/tags/{id}", Permission("tags.delete"), "delete_tag", "Delete a tag that no customer has"),
    };
    module.namers = {{Id<Tag>::prefix(), "SELECT name FROM tags WHERE id=$1"}};
    return module;
}

}  // namespace tags
}  // namespace patron
