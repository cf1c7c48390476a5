#include "access/access.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr db::Migration migrations[] = {
    {1, "staff, roles, sessions, keys", R"(
CREATE TABLE roles (id {id}, version {int} NOT NULL, name {text} NOT NULL, key {text} NOT NULL UNIQUE,
  created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE TABLE users (id {id}, version {int} NOT NULL, name {text} NOT NULL, email {text} NOT NULL,
  role_id {int} NOT NULL REFERENCES roles (id), state {text} NOT NULL, availability {text} NOT NULL, title {text}, phone {text},
  import_keys {text} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL, email_key {text} NOT NULL UNIQUE,
  name_key {bytes} NOT NULL) {table};
CREATE TABLE passwords (user_id {id}, hash {text} NOT NULL, changed_at {int} NOT NULL) {table};
CREATE TABLE sessions (id {id}, created_at {int} NOT NULL, last_seen_at {int} NOT NULL, address {text} NOT NULL, agent {text} NOT NULL,
  token {text} NOT NULL UNIQUE, user_id {int} NOT NULL REFERENCES users (id)) {table};
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE TABLE keys (id {id}, version {int} NOT NULL, name {text} NOT NULL, user_id {int} REFERENCES users (id), scopes {text} NOT NULL,
  hint {text} NOT NULL, last_used_at {int}, expires_at {int}, created_at {int} NOT NULL, updated_at {int} NOT NULL,
  token {text} NOT NULL UNIQUE) {table};
CREATE TABLE links (token {text} PRIMARY KEY, purpose {text} NOT NULL, user_id {int}, expires_at {int} NOT NULL) {table})"},
    {2, "roles of one's own, and teams", R"(
ALTER TABLE roles ADD COLUMN permissions {text} NOT NULL DEFAULT '[]';
ALTER TABLE roles ADD COLUMN edited {int} NOT NULL DEFAULT 0;
ALTER TABLE roles ADD COLUMN visibility {text} NOT NULL DEFAULT 'all';
CREATE TABLE teams (id {id}, version {int} NOT NULL, name {text} NOT NULL, user_ids {text} NOT NULL,
  created_at {int} NOT NULL, updated_at {int} NOT NULL) {table})"},
    {3, "second factors, and proofs that it is really them", R"(
ALTER TABLE users ADD COLUMN second_factor {int} NOT NULL DEFAULT 0;
ALTER TABLE roles ADD COLUMN second_factor_required {int} NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proven_at {int} NOT NULL DEFAULT 0)"},
    {4, "what roles show of each area", "ALTER TABLE roles ADD COLUMN area_visibility {text} NOT NULL DEFAULT '[]'"},
};

constexpr std::string_view user_tables =
    "SELECT u.id,u.name,u.role_id,u.state,r.key,r.permissions,r.edited,r.visibility,r.area_visibility FROM users u "
    "JOIN roles r ON "
    "r.id=u.role_id";
constexpr std::string_view session_tables =
    "SELECT "
    "u.id,u.name,u.role_id,u.state,r.key,r.permissions,r.edited,r.visibility,r.area_visibility,s.id,s.created_at,s."
    "last_seen_at,"
    "s.proven_at,r.second_factor_required,u.second_factor FROM sessions s "
    "JOIN users u ON u.id=s.user_id JOIN roles r ON r.id=u.role_id";
constexpr std::string_view key_tables =
    "SELECT "
    "u.id,u.name,u.role_id,u.state,r.key,r.permissions,r.edited,r.visibility,r.area_visibility,k.id,k.name,k.scopes,k."
    "expires_at "
    "FROM keys k "
    "JOIN users u ON u.id=k.user_id JOIN roles r ON r.id=u.role_id";

std::optional<Principal> principal_with(db::Cursor const& row, std::vector<Area> const& areas) {
    if (row.text(3) == "disabled") return {};
    Principal who;
    who.user_id = {row.integer(0)};
    who.name = row.text(1);
    who.role_id = {row.integer(2)};
    who.role_key = row.text(4);
    who.actor = {ActorKind::user, who.user_id};
    Role role{.key = who.role_key, .edited = row.integer(6) != 0};
    if (role.edited) role.permissions = from_own_json<std::vector<std::string>>(row.text(5));
    who.permissions = permissions_of(role, areas);
    read_enum(row.text(7), who.visibility);
    if (auto const narrower = row.text(8); narrower != "[]")
        who.area_visibility = from_own_json<std::vector<AreaVisibility>>(narrower);
    return who;
}

std::optional<Principal> principal_of_session_row(db::Cursor row, Time now, std::vector<Area> const& areas) {
    if (!row.next() || row.text(3) != "active") return {};
    if (now.ms - row.integer(11) > session_idle_ms || now.ms - row.integer(10) > session_absolute_ms) return {};
    auto who = principal_with(row, areas);
    if (!who) return {};
    who->session_id = {row.integer(9)};
    who->proven_at = {row.integer(12)};
    who->second_factor_missing = row.integer(13) != 0 && row.integer(14) == 0;
    return who;
}

std::optional<Principal> principal_of_key_row(db::Cursor row, Time now, std::vector<Area> const& areas) {
    if (!row.next()) return {};
    if (!row.is_null(12) && row.integer(12) <= now.ms) return {};
    auto who = principal_with(row, areas);
    if (!who) return {};
    who->key_id = {row.integer(9)};
    if (!row.is_null(12)) who->until = Time{row.integer(12)};
    who->name = row.text(10);
    who->actor = {ActorKind::key, who->key_id};
    auto const scopes = from_own_json<std::vector<std::string>>(row.text(11));
    if (!scopes.empty()) {
        auto within = who->permissions.names();
        std::erase_if(within,
                      [&](auto const& one) { return std::find(scopes.begin(), scopes.end(), one) == scopes.end(); });
        who->permissions = std::move(within);
    }
    return who;
}

}  // namespace

std::span<db::Migration const> access_migrations() { return migrations; }

void DerivedColumns<User>::add(User const& user, std::vector<db::Value>& values) {
    values.push_back(normal_email(user.email).value_or(user.email));
    values.push_back(db::Blob{sort_key(user.name, "en")});
}

int role_level(std::string_view role_key) {
    return role_key == "owner" ? 3 : role_key == "manager" ? 2 : role_key == "staff" ? 1 : 0;
}

void ask_for_proof(Principal const& who, Time now) {
    if (!who.session_id || now.ms - who.proven_at.ms <= proof_ms) return;
    throw Problem(403, "step_up_needed",
                  "Show first that it is you: send your password, a code or a passkey to POST /session/proof.");
}

std::vector<std::string> role_permissions(std::string_view role_key, std::vector<Area> const& areas) {
    std::vector<std::string> permissions;
    if (role_level(role_key) == 0 && role_key != "read_only") return permissions;
    for (auto const& area : areas)
        for (auto const act : area.acts) {
            auto needed = role_level(act == "view" ? area.seen_by : area.changed_by);
            // Taking many records out, and what not everybody should read, is more than working with them.
            if (act == "export" || act == "sensitive") needed = std::max(needed, 2);
            if (role_level(role_key) >= needed) permissions.push_back(std::string(area.name) + '.' + std::string(act));
        }
    std::sort(permissions.begin(), permissions.end());
    return permissions;
}

std::vector<std::string> permissions_of(Role const& role, std::vector<Area> const& areas) {
    if (!role.edited || role.key == "owner") return role_permissions(role.key, areas);
    auto const known = role_permissions("owner", areas);
    std::vector<std::string> permissions;
    for (auto const& one : role.permissions)
        if (std::binary_search(known.begin(), known.end(), one)) permissions.push_back(one);
    std::sort(permissions.begin(), permissions.end());
    permissions.erase(std::unique(permissions.begin(), permissions.end()), permissions.end());
    return permissions;
}

Principal the_house() {
    Principal who;
    who.actor = {ActorKind::system, {}};
    who.name = "Patron";
    who.house = true;
    return who;
}

std::vector<Team> teams(db::Tx& tx) {
    static std::string const sql = "SELECT " + column_list<Team>() + " FROM teams ORDER BY id";
    std::vector<Team> all;
    auto rows = tx.query(sql);
    while (rows.next()) all.push_back(read_row<Team>(rows));
    return all;
}

std::vector<std::string> const& Permissions::names() const {
    static std::vector<std::string> const none;
    return names_ ? *names_ : none;
}

bool Permissions::has(std::string_view name) const {
    return std::binary_search(names().begin(), names().end(), name, std::less<>{});
}

bool Principal::may(std::string_view permission) const { return permissions.has(permission); }

Visibility visibility_in(std::string_view area, Visibility visibility, std::vector<AreaVisibility> const& narrower) {
    for (auto const& one : narrower)
        if (one.area == area) return std::min(one.visibility, visibility);
    return visibility;
}

Visibility Principal::visibility_in(std::string_view area) const {
    return patron::visibility_in(area, visibility, area_visibility);
}

std::optional<Principal> principal_of_session(db::Tx& tx, std::string_view token, Time now,
                                              std::vector<Area> const& areas) {
    db::Value const values[] = {token_hash(token)};
    static std::string const sql = std::string(session_tables) + " WHERE s.token=$1";
    return principal_of_session_row(tx.query(sql, values), now, areas);
}

std::optional<Principal> principal_of_key(db::Tx& tx, std::string_view token, Time now,
                                          std::vector<Area> const& areas) {
    db::Value const values[] = {token_hash(token)};
    static std::string const sql = std::string(key_tables) + " WHERE k.token=$1";
    return principal_of_key_row(tx.query(sql, values), now, areas);
}

std::optional<Principal> principal_again(db::Tx& tx, Principal const& who, Time now, std::vector<Area> const& areas) {
    static std::string const of_key = std::string(key_tables) + " WHERE k.id=$1 AND k.token NOT LIKE 'revoked %'",
                             of_session = std::string(session_tables) + " WHERE s.id=$1",
                             of_user = std::string(user_tables) + " WHERE u.id=$1";
    db::Value const values[] = {who.key_id       ? who.key_id.value
                                : who.session_id ? who.session_id.value
                                                 : who.user_id.value};
    if (who.key_id) return principal_of_key_row(tx.query(of_key, values), now, areas);
    if (who.session_id) return principal_of_session_row(tx.query(of_session, values), now, areas);
    auto row = tx.query(of_user, values);
    return row.next() ? principal_with(row, areas) : std::nullopt;
}

std::optional<Principal> principal_again(db::Tx& tx, Actor const& actor, Id<User> user, Time now,
                                         std::vector<Area> const& areas) {
    Principal who{.actor = actor, .user_id = user};
    if (actor.kind == ActorKind::key) who.key_id = {actor.id.value};
    return principal_again(tx, who, now, areas);
}

Principal principal_of_user(db::Tx& tx, Id<User> id, std::vector<Area> const& areas) {
    db::Value const values[] = {id.value};
    static std::string const sql = std::string(user_tables) + " WHERE u.id=$1";
    auto row = tx.query(sql, values);
    if (row.next())
        if (auto who = principal_with(row, areas)) return *who;
    throw not_found();
}

Principal owner_principal(db::Tx& tx, std::vector<Area> const& areas) {
    static std::string const sql = std::string(user_tables) +
                                   " WHERE r.key='owner' AND u.state<>'disabled' ORDER BY CASE u.state WHEN 'active' "
                                   "THEN 0 ELSE 1 END,u.id LIMIT 1";
    auto row = tx.query(sql);
    if (row.next())
        if (auto who = principal_with(row, areas)) return *who;
    throw Problem(
        409, "no_owner",
        "This business has no owner yet; make one with 'patron init' or the link that 'patron serve' prints.");
}

}  // namespace patron
