#include "modules/folders/store.hpp"

#include "module/listing.hpp"

#include <algorithm>
#include <array>

namespace patron::folders {
namespace {

constexpr Kind folder_created{"folder.created", 1, "{actor} made a folder", ""};
constexpr Kind folder_updated{"folder.updated", 1, "{actor} changed {changes} of a folder", ""};
constexpr Kind folder_deleted{"folder.deleted", 1, "{actor} deleted a folder", ""};
constexpr Kind status_created{"status.created", 1, "{actor} made a status", ""};
constexpr Kind status_updated{"status.updated", 1, "{actor} changed {changes} of a status", ""};
constexpr Kind status_deleted{"status.deleted", 1, "{actor} deleted a status", ""};

constexpr std::size_t most_rules = 200;

bool body_has(Unit const& unit, std::string_view member) {
    return unit.call.body.is_object() && unit.call.body.get_object().contains(member);
}

// How many there are is for those who see them all.
std::string customers_in_words(Reading& reading, std::int64_t count) {
    if (!reading.sight().sees_everybody()) return "customers";
    return std::to_string(count) + (count == 1 ? " customer" : " customers");
}

// Tags that are gone are no one's default any more.
void forget_gone_tags(Reading& reading, Folder& folder) {
    std::erase_if(folder.default_tag_ids, [&](Id<Tag> tag) { return !reading.seek(tag); });
}

Folder whole(Reading& reading, Folder folder, std::map<std::int64_t, std::int64_t>& counts) {
    forget_gone_tags(reading, folder);
    folder.customers = counts[folder.id.value];
    return folder;
}

// Does the status belong to the list that counts for the folder in the place it is to have, which the table may not know yet?
bool fits(Reading& reading, Folder const& folder, Id<Status> status) {
    bool const has_own = folder.id && !store::statuses_of(reading, folder.id).empty();
    return status_fits(reading, has_own ? std::optional(folder.id) : folder.parent_id, status);
}

// Whoever is named must be there, and only once.
void check_access(Reading& reading, Folder const& folder, std::vector<FolderAccess> const& had, Mistakes& mistakes) {
    if (folder.access.size() > most_rules)
        return mistake(mistakes, "/access", "too_many",
                       "may hold at most " + std::to_string(most_rules) + " rules; make teams for more");
    for (std::size_t i = 0; i < folder.access.size(); ++i) {
        auto const& to = folder.access[i].to;
        auto const pointer = pointer_to(pointer_to("/access", i), "to");
        auto const same = [&](FolderAccess const& one) { return one.to == to; };
        if (std::find_if(folder.access.begin(), folder.access.begin() + static_cast<std::ptrdiff_t>(i), same) !=
            folder.access.begin() + static_cast<std::ptrdiff_t>(i)) {
            mistake(mistakes, pointer, "given_twice", "has a rule here already");
            continue;
        }
        if (std::any_of(had.begin(), had.end(), same)) continue;
        bool there = false;
        if (auto const role = Id<Role>::read(to)) there = reading.seek(*role).has_value();
        else if (auto const team = Id<Team>::read(to)) there = reading.seek(*team).has_value();
        else if (auto const user = Id<User>::read(to)) there = reading.seek(*user).has_value();
        if (!there) mistake(mistakes, pointer, "unknown_reference", "must be the id of a role, a team or a colleague");
    }
}

// Setting a folder up is for those whom a rule of it says so, and elsewhere for those whose role may change folders.
void check_may_manage(Unit& unit, Id<Folder> id, std::string_view permission) {
    auto const& folders = unit.sight().folders;
    auto const rule = folders.find(id.value);
    if (rule == folders.end() ? unit.who.may(permission) : rule->second == FolderLevel::manage) return;
    throw Problem(403, "not_allowed",
                  rule == folders.end() ? "Your role does not allow this (" + std::string(permission) + ")."
                                        : "You may work in this folder, but not set it up.");
}

void check_defaults(Reading& reading, Folder const& folder, Mistakes& mistakes) {
    if (folder.default_status_id && !fits(reading, folder, *folder.default_status_id))
        mistake(mistakes, "/default_status_id", "does_not_fit", "must be a status of this folder's list");
    for (std::size_t i = 0; i < folder.default_tag_ids.size(); ++i)
        if (!reading.seek(folder.default_tag_ids[i]))
            mistake(mistakes, pointer_to("/default_tag_ids", i), "unknown_reference", "names no tag that exists");
}

// A folder may stay below one that is closed to whoever changes it.
void check(Reading& reading, Folder const& folder, Folder const& before = {}) {
    Mistakes mistakes;
    check_access(reading, folder, before.access, mistakes);
    auto const tree = store::tree(reading);
    if (folder.parent_id && (!tree.contains(folder.parent_id->value) ||
                             (folder.parent_id != before.parent_id &&
                              reading.sight().folder(folder.parent_id->value) == FolderLevel::none)))
        mistake(mistakes, "/parent_id", "unknown_reference", "names no folder that exists");
    else rules::check_parent(tree, folder.id.value, folder.parent_id.value_or(Id<Folder>{}).value, mistakes);
    if (mistakes.empty()) check_defaults(reading, folder, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

bool is_closed(Reading& reading, std::optional<Id<Folder>> id) {
    return id && reading.sight().folder(id->value) == FolderLevel::none;
}

// Below a folder that is closed to whoever asks means at the top.
Folder told(Reading& reading, Folder folder) {
    if (is_closed(reading, folder.parent_id)) folder.parent_id.reset();
    return folder;
}

Page<Folder> list_folders(Reading& reading) {
    Question question;
    if (auto const parent = reading.call.param("parent_id"))
        if (is_closed(reading, Id<Folder>{std::get<std::int64_t>(filter_value<Id<Folder>>(*parent, "parent_id"))}))
            question.where("1=0");
    auto page = list_records<Folder>(reading, {"parent_id", "stage", "name"},
                                     {{"rank", "rank", Order::Type::integer},
                                      {"name", "name_key"},
                                      {"created_at", "created_at", Order::Type::integer}},
                                     std::move(question));
    auto counts = tags::customers_seen_in(reading, Id<Folder>::prefix());
    for (auto& folder : page.data) folder = told(reading, whole(reading, std::move(folder), counts));
    return page;
}

Folder get_folder(Reading& reading, Id<Folder> id) { return told(reading, find(reading, id)); }

Folder create_folder(Unit& unit, Body<Folder> const& draft) { return create(unit, draft.value); }

Folder change_folder(Unit& unit, Id<Folder> id, Patch<Folder> const& patch) {
    auto const before = find(unit, id);
    check_may_manage(unit, id, "folders.edit");
    auto after = before;
    patch.apply_to(after);
    // In another place another list may count: a default that came with the old one goes.
    if (after.default_status_id && after.default_status_id == before.default_status_id &&
        !fits(unit, after, *after.default_status_id))
        after.default_status_id.reset();
    if (before.parent_id != after.parent_id && !patch.has("rank")) after.rank = store::last_rank(unit, after.parent_id);
    change(unit, before, after);
    return told(unit, std::move(after));
}

void check_status_is_free(Reading& reading, Id<Status> id) {
    auto const count = tags::customers_in(reading, Id<Status>::prefix())[id.value];
    if (count > 0)
        throw conflict("status_in_use",
                       "The status is that of " + customers_in_words(reading, count) + "; give them another first.");
}

void delete_folder(Unit& unit, Id<Folder> id) {
    auto const folder = find(unit, id);
    check_may_manage(unit, id, "folders.delete");
    auto const tree = store::tree(unit);
    if (rules::downwards(tree, id.value).size() > 1)
        throw conflict("folder_not_empty", "The folder has folders in it; move or delete them first.");
    // Those that one does not see are in it as well.
    if (auto const count = tags::customers_in(unit, Id<Folder>::prefix())[id.value]; count > 0)
        throw conflict("folder_not_empty",
                       "The folder has " + customers_in_words(unit, count) + " in it; move them first.");
    if (tree.size() == 1) throw conflict("last_folder", "This is the last folder; customers need one to be in.");
    unit.check_match(folder);
    for (auto const& status : store::statuses_of(unit, id)) {
        check_status_is_free(unit, status.id);
        unit.drop(status, {.kind = &status_deleted});
    }
    unit.drop(folder, {.kind = &folder_deleted});
}

Page<Status> list_statuses(Reading& reading) {
    return list_records<Status>(
        reading, {"folder_id", "name"},
        {{"rank", "rank", Order::Type::integer}, {"created_at", "created_at", Order::Type::integer}});
}

Status get_status(Reading& reading, Id<Status> id) { return reading.find(id); }

// Whoever may set up no folder at all hears that before anything is said of the body.
Status post_status(Unit& unit) {
    auto const& rules = unit.sight().folders;
    if (!unit.who.may("folders.create") &&
        std::none_of(rules.begin(), rules.end(), [](auto const& rule) { return rule.second == FolderLevel::manage; }))
        throw Problem(403, "not_allowed", "Your role does not allow this (folders.create).");
    auto const draft = from_json<Status>(unit.call.body);
    unit.refer(draft.folder_id, "/folder_id");
    check_may_manage(unit, draft.folder_id, "folders.create");
    return create_status(unit, draft);
}

Status change_status(Unit& unit, Id<Status> id, Patch<Status> const& patch) {
    auto const before = unit.find(id);
    check_may_manage(unit, before.folder_id, "folders.edit");
    auto after = before;
    patch.apply_to(after);
    if (after.folder_id != before.folder_id)
        throw invalid("/folder_id", "fixed", "The folder of a status is fixed; make a new status in the other folder.");
    unit.change(before, after, {.kind = &status_updated});
    return after;
}

void delete_status(Unit& unit, Id<Status> id) {
    auto const status = unit.find(id);
    check_may_manage(unit, status.folder_id, "folders.delete");
    check_status_is_free(unit, id);
    for (auto const& before : store::with_default_status(unit, id)) {
        auto after = before;
        after.default_status_id.reset();
        unit.change(before, after, {.kind = &folder_updated});
    }
    unit.drop(status, {.kind = &status_deleted});
}

struct NewStatus {
    std::string_view name;
    Tone tone;
};

void furnish_folder(Unit& unit, Folder folder, std::initializer_list<NewStatus> statuses) {
    unit.keep(folder, {.kind = &folder_created});
    auto after = folder;
    int rank = 0;
    for (auto const& [name, tone] : statuses) {
        Status status{.folder_id = folder.id, .name = name, .tone = tone, .rank = rank += rules::rank_step};
        unit.keep(status, {.kind = &status_created});
        if (!after.default_status_id) after.default_status_id = status.id;
    }
    unit.change(folder, after, {.kind = &folder_updated});
}

void furnish(Unit& unit) {
    furnish_folder(
        unit, {.name = "New leads", .stage = Stage::lead, .tone = Tone::info, .rank = rules::rank_step},
        {{"New", Tone::info}, {"Contacted", Tone::info}, {"Qualified", Tone::violet}, {"Not reachable", Tone::warn}});
    furnish_folder(
        unit, {.name = "Active clients", .stage = Stage::active, .tone = Tone::ok, .rank = 2 * rules::rank_step},
        {{"Active", Tone::ok}, {"In trial", Tone::warn}, {"Renewal due", Tone::warn}, {"At risk", Tone::bad}});
    furnish_folder(unit, {.name = "Closed", .stage = Stage::closed, .tone = Tone::mute, .rank = 3 * rules::rank_step},
                   {{"Lost", Tone::bad}, {"Closed", Tone::mute}});
}

std::vector<Route> routes() {
    auto adding =
        post<post_status>("/statuses", Permission("folders.view"), "create_status", "Add a status to a folder's list");
    adding.body_schema = [](Schemas& schemas) { return body_schema<Status>(schemas, false); };
    return {
        get<list_folders>("/folders", Permission("folders.view"), "list_folders", "The folders, in their order",
                          list_params({{"parent_id", "directly in this folder"},
                                       {"stage", "lead, active or closed"},
                                       {"name", "exactly this name"}})),
        post<create_folder>("/folders", Permission("folders.create"), "create_folder", "Make a folder"),
        get<get_folder>("/folders/{id}", Permission("folders.view"), "get_folder", "One folder"),
        patch<change_folder>("/folders/{id}", Permission("folders.view"), "change_folder",
                             "Change or move a folder, say who may do what in it"),
        remove<delete_folder>("/folders/{id}", Permission("folders.view"), "delete_folder",
                              "Delete a folder that is empty, and its statuses"),
        get<list_statuses>("/statuses", Permission("folders.view"), "list_statuses", "The statuses, in their order",
                           list_params({{"folder_id", "of this folder's own list"}, {"name", "exactly this name"}})),
        std::move(adding),
        get<get_status>("/statuses/{id}", Permission("folders.view"), "get_status", "One status"),
        patch<change_status>("/statuses/{id}", Permission("folders.view"), "change_status", "Change a status"),
        remove<delete_status>("/statuses/{id}", Permission("folders.view"), "delete_status",
                              "Delete a status that no customer has"),
    };
}

}  // namespace

Folder find(Reading& reading, Id<Folder> id) {
    auto counts = tags::customers_seen_in(reading, Id<Folder>::prefix());
    return whole(reading, reading.find(id), counts);
}

std::vector<Folder> all(Reading& reading) { return store::folders(reading); }
std::vector<Status> statuses(Reading& reading, Id<Folder> folder) { return store::statuses_of(reading, folder); }

Folder create(Unit& unit, Folder folder) {
    check(unit, folder);
    if (!body_has(unit, "rank")) folder.rank = store::last_rank(unit, folder.parent_id);
    unit.keep(folder, {.kind = &folder_created});
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
    return folder;
}

std::vector<FolderRule> rules_of(Folder const& folder) {
    std::vector<FolderRule> rules;
    for (auto const& one : folder.access) {
        FolderRule rule{.folder = folder.id.value, .whom = RuleFor::role, .id = 0, .level = one.level};
        if (auto const role = Id<Role>::read(one.to)) rule.id = role->value;
        else if (auto const team = Id<Team>::read(one.to)) rule.whom = RuleFor::team, rule.id = team->value;
        else if (auto const user = Id<User>::read(one.to)) rule.whom = RuleFor::user, rule.id = user->value;
        if (rule.id) rules.push_back(rule);
    }
    return rules;
}

Status create_status(Unit& unit, Status status) {
    unit.refer(status.folder_id, "/folder_id");
    if (!body_has(unit, "rank")) status.rank = store::last_status_rank(unit, status.folder_id);
    unit.keep(status, {.kind = &status_created});
    return status;
}

bool change(Unit& unit, Folder const& before, Folder& after) {
    check(unit, after, before);
    bool const changed = unit.change(before, after, {.kind = &folder_updated});
    // Another place in the tree may mean other rules.
    if (changed && (to_json(before.access) != to_json(after.access) || before.parent_id != after.parent_id))
        unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
    return changed;
}

namespace {

bool may_work_in(Reading& reading, std::int64_t folder) { return reading.sight().folder(folder) >= FolderLevel::work; }

}  // namespace

std::optional<Id<Folder>> first(Reading& reading) {
    // Nearly always one of the first at the top. A literal: the index is for these alone.
    {
        auto row = reading.tx.query(
            "SELECT id FROM folders WHERE parent_id IS NULL AND stage='lead' ORDER BY rank,id LIMIT 5");
        while (row.next())
            if (may_work_in(reading, row.integer(0))) return Id<Folder>{row.integer(0)};
    }
    // Put in order here: a handful of rows is sorted sooner than a database gets ready to sort.
    std::optional<std::array<std::int64_t, 4>> first;
    auto row = reading.tx.query(
        "SELECT CASE WHEN stage='lead' THEN 0 ELSE 1 END,CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END,rank,id FROM "
        "folders");
    while (row.next()) {
        std::array const place{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
        if ((!first || place < *first) && may_work_in(reading, place[3])) first = place;
    }
    if (!first) return {};
    return Id<Folder>{(*first)[3]};
}

std::optional<Id<Status>> default_status(Reading& reading, Id<Folder> id) {
    auto const folder = reading.seek(id);
    if (!folder || folder->default_status_id) return folder ? folder->default_status_id : std::nullopt;
    auto const governing = store::governing(reading, id);
    if (!governing || *governing == id) return {};
    return reading.find(*governing).default_status_id;
}

bool status_fits(Reading& reading, std::optional<Id<Folder>> folder, Id<Status> id) {
    auto const status = reading.seek(id);
    if (status && folder && status->folder_id == *folder) return true;
    return status && folder && store::governing(reading, *folder) == status->folder_id;
}

std::vector<Id<Folder>> with_subfolders(Reading& reading, Id<Folder> folder) {
    // What is in a folder that is not there is nobody's question.
    if (reading.sight().folder(folder.value) == FolderLevel::none) return {folder};
    std::vector<Id<Folder>> all;
    for (auto const id : rules::downwards(store::tree(reading), folder.value)) all.push_back({id});
    return all;
}

Module module() {
    Module module{.name = "folders", .needs = {"tags"}};
    module.areas = {{.name = "folders", .label = "Folders and statuses", .changed_by = "manager"}};
    module.migrations = store::migrations();
    module.kinds = {&folder_created, &folder_updated, &folder_deleted,
                    &status_created, &status_updated, &status_deleted};
    module.routes = routes();
    module.namers = {
        {Id<Folder>::prefix(), "SELECT name FROM folders WHERE id=$1"},
        {Id<Status>::prefix(), "SELECT name FROM statuses WHERE id=$1", "SELECT folder_id FROM statuses WHERE id=$1"}};
    module.furnish = furnish;
    return module;
}

}  // namespace patron::folders
