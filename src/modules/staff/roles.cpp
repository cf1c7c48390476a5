// Roles: what people may do, and whose customers they see.
#include "modules/staff/parts.hpp"
#include "modules/staff/rules.hpp"

#include "base/fold.hpp"
#include "module/listing.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Kind role_created{"role.created", 1, "{actor} made a role", ""};
constexpr Kind role_updated{"role.updated", 1, "{actor} changed {changes} of a role", ""};
constexpr Kind role_deleted{"role.deleted", 1, "{actor} deleted a role", ""};

constexpr std::int64_t most_roles = 100;

Role with_permissions(Reading& reading, Role role) {
    role.permissions = permissions_of(role, reading.business.areas());
    return role;
}

Page<Role> list_roles(Reading& reading) {
    // The one who may most comes first, as they were made.
    auto page =
        list_records<Role>(reading, {"key", "name"}, {{"created_at", "id", Order::Type::integer}, {"name", "name"}});
    for (auto& role : page.data) role = with_permissions(reading, std::move(role));
    return page;
}

Role get_role(Reading& reading, Id<Role> id) { return with_permissions(reading, reading.find(id)); }

// A word for programs out of the name, unlike every other one.
std::string free_key(Reading& reading, std::string_view name) {
    std::string stem;
    for (char const c : fold(name)) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) stem += c;
        else if (!stem.empty() && stem.back() != '_') stem += '_';
    }
    while (stem.ends_with('_')) stem.pop_back();
    if (stem.empty()) stem = "role";
    stem.resize(std::min<std::size_t>(stem.size(), 40));
    auto key = stem;
    for (int number = 2;; ++number) {
        db::Value const values[] = {key};
        if (!reading.tx.query("SELECT 1 FROM roles WHERE key=$1", values).next()) return key;
        key = stem + '_' + std::to_string(number);
    }
}

// Only of what hangs on customers can a role show less than of them.
void check_areas(std::vector<AreaVisibility> const& narrower, std::vector<Area> const& areas, Mistakes& mistakes) {
    std::string known;
    for (auto const& area : areas)
        if (area.hangs_on_customers) (known += known.empty() ? "" : ", ") += area.name;
    for (std::size_t i = 0; i < narrower.size(); ++i) {
        auto const pointer = pointer_to("/area_visibility", i) + "/area";
        auto const named = [&](auto const& one) { return one.area == narrower[i].area; };
        bool const there = std::any_of(areas.begin(), areas.end(), [&](Area const& area) {
            return area.hangs_on_customers && area.name == narrower[i].area;
        });
        if (!there) mistake(mistakes, pointer, "unknown_area", "must be one of " + known);
        else if (std::find_if(narrower.begin(), narrower.end(), named) - narrower.begin() != std::ptrdiff_t(i))
            mistake(mistakes, pointer, "twice", "is named twice; say of each area once whose it shows");
    }
}

// What is not there can't be allowed, and nobody gives away more than they have.
void check(Reading& reading, Role const& role) {
    auto const& areas = reading.business.areas();
    auto const known = role_permissions("owner", areas);
    Mistakes mistakes;
    for (std::size_t i = 0; i < role.permissions.size(); ++i)
        if (!std::binary_search(known.begin(), known.end(), role.permissions[i]))
            mistake(mistakes, pointer_to("/permissions", i), "unknown_permission",
                    "is no right that there is; take one such as customers.view");
    // Whoever works with something has to see it.
    for (std::size_t i = 0; mistakes.empty() && i < role.permissions.size(); ++i) {
        auto const view = role.permissions[i].substr(0, role.permissions[i].find('.')) + ".view";
        bool const there = std::binary_search(known.begin(), known.end(), view);
        if (there && std::find(role.permissions.begin(), role.permissions.end(), view) == role.permissions.end())
            mistake(mistakes, pointer_to("/permissions", i), "needs_view", "needs " + view + " as well");
    }
    check_areas(role.area_visibility, areas, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    if (!reaches(reading.who, role, areas)) throw above_your_rights();
}

void forget(Unit& unit) {
    unit.after_commit.push_back([&business = unit.business] {
        business.access_changed();
        business.review_streams();
    });
}

Role create_role(Unit& unit, Body<Role> const& draft) {
    auto role = draft.value;
    auto count = unit.tx.query("SELECT count(*) FROM roles");
    if (count.next() && count.integer(0) >= most_roles)
        throw conflict("too_many", "There are " + std::to_string(most_roles) + " roles already, which is the most.");
    role.edited = true;
    role.key = free_key(unit, role.name);
    std::sort(role.permissions.begin(), role.permissions.end());
    role.permissions.erase(std::unique(role.permissions.begin(), role.permissions.end()), role.permissions.end());
    check(unit, role);
    unit.keep(role, {.kind = &role_created});
    return role;
}

bool is_ready_made(Role const& role) { return role_level(role.key) > 0 || role.key == "read_only"; }

Role change_role(Unit& unit, Id<Role> id, Patch<Role> const& patch) {
    auto const before = unit.find(id);
    if (!reaches(unit.who, before, unit.business.areas())) throw above_your_rights();
    auto after = before;
    patch.apply_to(after);
    for (std::string const member : {"permissions", "visibility", "area_visibility"})
        if (before.key == "owner" && patch.has(member))
            throw invalid("/" + member, "fixed",
                          "An owner may do everything and sees everybody; make another role for less.");
    if (patch.has("permissions")) {
        // null: as it came.
        bool const as_it_came = is_ready_made(before) && after.permissions.empty() &&
                                unit.call.body.get_object().at("permissions").is_null();
        after.edited = !as_it_came;
        std::sort(after.permissions.begin(), after.permissions.end());
        after.permissions.erase(std::unique(after.permissions.begin(), after.permissions.end()),
                                after.permissions.end());
    }
    check(unit, after);
    if (unit.change(before, after, {.kind = &role_updated})) forget(unit);
    return with_permissions(unit, std::move(after));
}

void delete_role(Unit& unit, Id<Role> id) {
    auto const role = unit.find(id);
    if (is_ready_made(role)) throw conflict("ready_made_role", "The roles that Patron came with stay.");
    if (!reaches(unit.who, role, unit.business.areas())) throw above_your_rights();
    db::Value const values[] = {id.value};
    auto row = unit.tx.query("SELECT count(*) FROM users WHERE role_id=$1", values);
    if (auto const people = row.next() ? row.integer(0) : 0)
        throw conflict("role_in_use", std::to_string(people) + (people == 1 ? " person has" : " people have") +
                                          " this role; give them another first.");
    unit.drop(role, {.kind = &role_deleted});
    forget(unit);
}

}  // namespace

Role role_of(Reading& reading, User const& user) { return get_role(reading, user.role_id); }

std::vector<Role> all_roles(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<Role>() + " FROM roles ORDER BY id";
    std::vector<Role> all;
    auto rows = reading.tx.query(sql);
    while (rows.next()) all.push_back(read_row<Role>(rows));
    return all;
}

Role role_of_key(Reading& reading, std::string_view key) {
    static std::string const sql = "SELECT " + column_list<Role>() + " FROM roles WHERE key=$1";
    db::Value const values[] = {std::string(key)};
    auto row = reading.tx.query(sql, values);
    if (!row.next())
        throw invalid("/role", "not_a_choice",
                      "The role must be one of owner, manager, staff, read_only, or the key of a role of your own.");
    return with_permissions(reading, read_row<Role>(row));
}

void add_roles(Module& module) {
    module.areas.push_back({.name = "roles", .label = "Roles and teams", .changed_by = "owner"});
    for (auto const* kind : {&role_created, &role_updated, &role_deleted}) module.kinds.push_back(kind);
    module.routes.push_back(get<list_roles>("/roles", Permission("users.view"), "list_roles",
                                            "The roles and what they may do",
                                            list_params({{"key", "of this key"}, {"name", "exactly this name"}})));
    module.routes.push_back(get<get_role>("/roles/{id}", Permission("users.view"), "get_role", "One role"));
    module.routes.push_back(
        with_proof(post<create_role>("/roles", Permission("roles.create"), "create_role", "Make a role of one's own")));
    module.routes.push_back(with_proof(patch<change_role>("/roles/{id}", Permission("roles.edit"), "change_role",
                                                          "Change what a role may do; permissions null: as it came")));
    module.routes.push_back(with_proof(remove<delete_role>("/roles/{id}", Permission("roles.delete"), "delete_role",
                                                           "Delete a role of one's own that nobody has")));
    module.namers.push_back({Id<Role>::prefix(), "SELECT name FROM roles WHERE id=$1"});
}

}  // namespace patron::staff
