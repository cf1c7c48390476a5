#include "modules/fields/rules.hpp"

#include "base/name_key.hpp"
#include "module/listing.hpp"
#include "module/until_rights_change.hpp"

#include <algorithm>
#include <variant>

namespace patron {

template <>
struct DerivedColumns<Field> {
    static constexpr std::string_view names = ",label_key";
    static void add(Field const& field, std::vector<db::Value>& values) { values.push_back(name_key(field.label)); }
};

namespace fields {
namespace {

constexpr Kind field_created{"field.created", 1, "{actor} made a custom field", ""};
constexpr Kind field_updated{"field.updated", 1, "{actor} changed {changes} of a custom field", ""};
constexpr Kind field_deleted{"field.deleted", 1, "{actor} deleted a custom field", ""};

constexpr db::Migration migrations[] = {
    {1, "custom fields", R"(
CREATE TABLE fields (id {id}, version {int} NOT NULL, key {text} NOT NULL UNIQUE, label {text} NOT NULL, type {text} NOT NULL,
  options {text} NOT NULL, required {int} NOT NULL, sensitive {int} NOT NULL, follow_up {int} NOT NULL, folder_ids {text} NOT NULL,
  rank {int} NOT NULL, help {text}, created_at {int} NOT NULL, updated_at {int} NOT NULL, label_key {text} NOT NULL) {table})"},
    {2, "what a folder has otherwise", "ALTER TABLE fields ADD COLUMN by_folder {text} NOT NULL DEFAULT '[]'"},
    {3, "keys of sensitive fields that were deleted",
     "CREATE TABLE sensitive_keys_left (key {text} PRIMARY KEY) {table}"},
};

// The keys of all sensitive fields, also of those that were deleted and whose values are left with the customers.
std::vector<std::string> read_sensitive_keys(db::Tx& tx) {
    std::vector<std::string> keys;
    auto row =
        tx.query("SELECT key FROM fields WHERE sensitive=1 UNION SELECT key FROM sensitive_keys_left ORDER BY key");
    while (row.next()) keys.emplace_back(row.text(0));
    return keys;
}

// Every answer with customers asks.
using SensitiveKeys = UntilRightsChange<std::monostate, std::vector<std::string>>;

// What was kept from people is shown to all, or the other way round: it is a change of rights.
void sight_of_values_changes(Unit& unit) {
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
}

// Nobody shows others what they may not read themselves.
void check_may_show(Unit& unit) {
    if (unit.who.house || unit.who.may("customers.sensitive")) return;
    throw Problem(403, "not_allowed",
                  "The values of this field are sensitive: showing them to everybody, or deleting the field, takes the "
                  "right to read them.");
}

bool body_has(Unit const& unit, std::string_view member) {
    return unit.call.body.is_object() && unit.call.body.get_object().contains(member);
}

bool is_taken(std::vector<Field> const& known, std::string const& key) {
    return std::any_of(known.begin(), known.end(), [&](Field const& field) { return field.key == key; });
}

// A key out of the label that is not taken: "size", "size_2", "size_3".
std::string free_key(std::vector<Field> const& known, Field const& field) {
    auto const wanted = rules::key_of(field.label);
    auto key = wanted;
    auto const fits = [&] {
        Field trial = field;
        trial.key = key;
        Mistakes mistakes;
        rules::check(trial, mistakes);
        return !is_taken(known, key) &&
               std::none_of(mistakes.begin(), mistakes.end(), [](auto const& one) { return one.pointer == "/key"; });
    };
    for (int number = 2; !wanted.empty() && !fits(); ++number) {
        auto const suffix = "_" + std::to_string(number);
        key = wanted.substr(0, 40 - suffix.size()) + suffix;
    }
    return key;
}

// Folders that were named before may be gone by now; only further ones are looked for.
void check_folders(Reading& reading, Field const& before, Field const& after, Mistakes& mistakes) {
    auto const check = [&](std::string where, Id<Folder> id, std::vector<Id<Folder>> const& known) {
        if (std::find(known.begin(), known.end(), id) == known.end() && !reading.seek(id))
            mistake(mistakes, std::move(where), "unknown_reference", "names no folder that exists");
    };
    for (std::size_t i = 0; i < after.folder_ids.size(); ++i)
        check(pointer_to("/folder_ids", i), after.folder_ids[i], before.folder_ids);
    std::vector<Id<Folder>> known;
    for (auto const& one : before.by_folder) known.push_back(one.folder_id);
    for (std::size_t i = 0; i < after.by_folder.size(); ++i)
        check(pointer_to(pointer_to("/by_folder", i), "folder_id"), after.by_folder[i].folder_id, known);
}

Page<Field> list_fields(Reading& reading) {
    return list_records<Field>(reading, {"key", "type", "required", "sensitive", "follow_up"},
                               {{"rank", "rank", Order::Type::integer},
                                {"label", "label_key"},
                                {"key", "key"},
                                {"created_at", "created_at", Order::Type::integer}});
}

Field get_field(Reading& reading, Id<Field> id) { return reading.find(id); }

Field create_field(Unit& unit, Body<Field> const& draft) { return create(unit, draft.value); }

Field change_field(Unit& unit, Id<Field> id, Patch<Field> const& patch) {
    auto const before = unit.find(id);
    auto after = before;
    patch.apply_to(after);
    rules::complete(after);
    Mistakes mistakes;
    rules::check_fixed(before, after, mistakes);
    if (mistakes.empty()) rules::check(after, mistakes);
    check_folders(unit, before, after, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    if (before.sensitive && !after.sensitive) check_may_show(unit);
    if (before.sensitive != after.sensitive) sight_of_values_changes(unit);
    unit.change(before, after, {.kind = &field_updated});
    return after;
}

void delete_field(Unit& unit, Id<Field> id) {
    auto const field = unit.find(id);
    if (field.sensitive) {
        check_may_show(unit);
        db::Value const values[] = {static_cast<std::string const&>(field.key)};
        unit.tx.execute("INSERT INTO sensitive_keys_left (key) VALUES ($1) ON CONFLICT DO NOTHING", values);
        sight_of_values_changes(unit);
    }
    unit.drop(field, {.kind = &field_deleted});
}

}  // namespace

namespace {

std::vector<Field> read_fields(db::Cursor row) {
    std::vector<Field> fields;
    while (row.next()) fields.push_back(read_row<Field>(row));
    // Put in order here: every change of a customer asks, and a database takes longer to get ready to sort.
    std::sort(fields.begin(), fields.end(), [](Field const& one, Field const& other) {
        return std::pair(one.rank, one.id) < std::pair(other.rank, other.id);
    });
    return fields;
}

}  // namespace

std::vector<Field> all(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<Field>() + " FROM fields";
    return read_fields(reading.tx.query(sql));
}

std::vector<Field> required(Reading& reading) {
    static std::string const sql =
        "SELECT " + column_list<Field>() + " FROM fields WHERE required=1 OR by_folder<>'[]'";
    return read_fields(reading.tx.query(sql));
}

SensitiveFields sensitive(Reading& reading) {
    if (reading.who.house) return {};
    if (reading.who.may("customers.sensitive"))
        return {.hidden = {}, .shown = *reading.business.part<SensitiveKeys>().of(reading, {}, [&] {
                    return read_sensitive_keys(reading.tx);
                })};
    return {.hidden = read_sensitive_keys(reading.tx), .shown = {}};
}

std::vector<Field> readable(Reading& reading) { return readable(reading, all(reading)); }

std::vector<Field> readable(Reading& reading, std::vector<Field> fields) {
    auto const& hidden = reading.hidden_fields();
    std::erase_if(fields, [&](Field const& field) {
        return std::find(hidden.begin(), hidden.end(), static_cast<std::string const&>(field.key)) != hidden.end();
    });
    return fields;
}

Field create(Unit& unit, Field field) {
    auto const known = all(unit);
    if (known.size() >= rules::most_fields)
        throw conflict("too_many_fields",
                       "A business has at most " + std::to_string(rules::most_fields) + " custom fields.");
    rules::complete(field);
    if (field.key.empty() && !body_has(unit, "key")) field.key = free_key(known, field);
    Mistakes mistakes;
    rules::check(field, mistakes);
    check_folders(unit, {}, field, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    if (is_taken(known, field.key))
        throw conflict("key_taken", "There is a field with the key " + field.key + " already.");
    db::Value const key[] = {static_cast<std::string const&>(field.key)};
    bool const values_left = unit.tx.execute("DELETE FROM sensitive_keys_left WHERE key=$1", key) > 0;
    if (values_left && !field.sensitive) check_may_show(unit);
    if (values_left || field.sensitive) sight_of_values_changes(unit);
    if (!known.empty() && !body_has(unit, "rank"))
        field.rank = std::min(known.back().rank, 2'000'000'000) + rules::rank_step;
    unit.keep(field, {.kind = &field_created});
    return field;
}

namespace {

// Changing a field, and telling whoever keeps what customers are found by when it became sensitive or is so no longer.
Route changing(std::function<void(Unit&, Field const&)> searched_otherwise) {
    auto route = patch<change_field>("/fields/{id}", Permission("fields.edit"), "change_field",
                                     "Change a custom field; its key and type are fixed");
    if (!searched_otherwise) return route;
    route.write = [change = std::move(route.write), tell = std::move(searched_otherwise)](Unit& unit) {
        auto const id = Id<Field>::read(unit.call.path.front());
        auto const before = id ? unit.seek(*id) : std::nullopt;
        auto answer = change(unit);
        if (auto const after = id ? unit.seek(*id) : std::nullopt; before && after->sensitive != before->sensitive)
            tell(unit, *after);
        return answer;
    };
    return route;
}

}  // namespace

Module module(std::function<void(Unit&, Field const&)> searched_otherwise) {
    Module module{.name = "fields", .needs = {"tags", "folders"}};
    module.areas = {{.name = "fields", .label = "Custom fields", .changed_by = "manager"}};
    module.migrations = migrations;
    module.kinds = {&field_created, &field_updated, &field_deleted};
    module.routes = {
        get<list_fields>("/fields", Permission("fields.view"), "list_fields", "The custom fields, in their order",
                         list_params({{"key", "exactly this key"},
                                      {"type", "of this type"},
                                      {"required", "true or false"},
                                      {"sensitive", "true or false"},
                                      {"follow_up", "true or false"}})),
        post<create_field>("/fields", Permission("fields.create"), "create_field", "Make a custom field"),
        get<get_field>("/fields/{id}", Permission("fields.view"), "get_field", "One custom field"),
        changing(std::move(searched_otherwise)),
        remove<delete_field>("/fields/{id}", Permission("fields.delete"), "delete_field",
                             "Delete a custom field; values stay with the customers until they are cleared"),
    };
    module.namers = {{Id<Field>::prefix(), "SELECT label FROM fields WHERE id=$1"},
                     {"custom", "SELECT label FROM fields WHERE key=$1"},
                     {"custom options", "SELECT options FROM fields WHERE key=$1"}};
    return module;
}

}  // namespace fields
}  // namespace patron
