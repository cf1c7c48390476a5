#include "modules/staff/parts.hpp"

#include "module/listing.hpp"

namespace patron::staff {
namespace {

Role with_permissions(Reading& reading, Role role) {
    role.permissions = role_permissions(role.key, reading.business.areas());
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

}  // namespace

Role role_of(Reading& reading, User const& user) { return get_role(reading, user.role_id); }

Role role_of_key(Reading& reading, std::string_view key) {
    static std::string const sql = "SELECT " + column_list<Role>() + " FROM roles WHERE key=$1";
    db::Value const values[] = {std::string(key)};
    auto row = reading.tx.query(sql, values);
    if (!row.next())
        throw invalid("/role", "not_a_choice", "The role must be one of owner, manager, staff, read_only.");
    return with_permissions(reading, read_row<Role>(row));
}

void add_roles(Module& module) {
    module.routes.push_back(
        get<list_roles>("/roles", Permission("users.view"), "list_roles", "The roles and what they may do",
                        list_params({{"key", "owner, manager, staff or read_only"}, {"name", "exactly this name"}})));
    module.routes.push_back(get<get_role>("/roles/{id}", Permission("users.view"), "get_role", "One role"));
    module.namers.push_back({Id<Role>::prefix(), "SELECT name FROM roles WHERE id=$1"});
}

}  // namespace patron::staff
