#include "modules/staff/parts.hpp"
#include "modules/staff/rules.hpp"

#include "module/listing.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Kind key_created{"key.created", 1, "{actor} made an API key", ""};
constexpr Kind key_updated{"key.updated", 1, "{actor} changed {changes} of an API key", ""};
constexpr Kind key_revoked{"key.revoked", 1, "{actor} revoked an API key", ""};

// A revoked key's row stays without its token: what the key did still tells its name.
constexpr std::string_view not_revoked = "token NOT LIKE 'revoked %'";

// Everyone sees the keys that act as themselves; who makes keys for others sees theirs too.
void only_visible(Question& question, Reading& reading) {
    question.where(std::string(not_revoked));
    std::string roles;
    for (auto const& role : all_roles(reading))
        if (reading.who.may("users.edit") && outranks(reading.who, role, reading.business.areas()))
            (roles += roles.empty() ? "" : ",") += question.bind(role.id.value);
    auto const own = "user_id=" + question.bind(reading.who.user_id.value);
    if (roles.empty()) question.where(own);
    else question.where("(" + own + " OR user_id IN (SELECT u.id FROM users u WHERE u.role_id IN (" + roles + ")))");
}

Page<Key> list_keys(Reading& reading) {
    Question question;
    only_visible(question, reading);
    return list_records<Key>(reading, {"user_id"},
                             {{"name", "name"}, {"created_at", "created_at", Order::Type::integer}},
                             std::move(question));
}

Key get_key(Reading& reading, Id<Key> id) {
    Question question;
    question.where("id=" + question.bind(id.value));
    only_visible(question, reading);
    auto row =
        reading.tx.query("SELECT " + column_list<Key>() + " FROM keys" + question.where_text(), question.values());
    if (!row.next()) throw not_found();
    return read_row<Key>(row);
}

// What had expired before may still be renamed.
void check(Reading& reading, Key const& key, User const& user, std::optional<Time> expired_before = {}) {
    auto const& areas = reading.business.areas();
    auto mistakes = wrong_scopes(key.scopes, role_of(reading, user).permissions, areas);
    if (key.expires_at && key.expires_at != expired_before && *key.expires_at <= reading.now)
        mistakes.push_back({"/expires_at", "in_the_past", "The expires at must lie in the future."});
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

// A key may be given what its maker has: else a key could make itself a stronger one.
void check_within_rights(Unit& unit, Key const& key, User const& user) {
    auto const& mine = unit.who.permissions.names();
    auto given = key.scopes.empty() ? role_of(unit, user).permissions : key.scopes;
    std::sort(given.begin(), given.end());
    if (!std::includes(mine.begin(), mine.end(), given.begin(), given.end())) throw above_your_rights();
}

User user_of(Unit& unit, Key const& key) {
    auto const id = key.user_id.value_or(unit.who.user_id);
    auto user = unit.refer(id, "/user_id");
    if (user.state == UserState::disabled)
        throw invalid("/user_id", "user_disabled", "The user is disabled, so a key would open nothing.");
    if (id != unit.who.user_id &&
        !(unit.who.may("users.edit") && outranks(unit.who, role_of(unit, user), unit.business.areas())))
        throw above_your_rights();
    return user;
}

Key create_key(Unit& unit, Body<Key> const& draft) {
    auto const user = user_of(unit, draft.value);
    check(unit, draft.value, user);
    check_within_rights(unit, draft.value, user);
    return make_key(unit, draft.value, user);
}

void forget(Unit& unit, Id<Key> id) {
    unit.after_commit.push_back([&business = unit.business, id] {
        business.access_changed();
        business.live().close_if([id](Principal const& who) { return who.key_id == id; });
    });
}

Key change_key(Unit& unit, Id<Key> id, Patch<Key> const& patch) {
    auto const before = get_key(unit, id);
    auto after = before;
    patch.apply_to(after);
    if (after.user_id != before.user_id)
        throw invalid("/user_id", "fixed", "Whom the key acts as cannot be changed; make another key.");
    if (!differences(before, after).empty()) {
        auto const user = user_of(unit, after);
        check(unit, after, user, before.expires_at);
        check_within_rights(unit, after, user);
    }
    if (unit.change(before, after, {.kind = &key_updated})) forget(unit, id);
    return after;
}

void delete_key(Unit& unit, Id<Key> id) {
    auto const key = get_key(unit, id);
    unit.check_match(key);
    db::Value const values[] = {"revoked " + id.text(), id.value};
    unit.tx.execute("UPDATE keys SET token=$1 WHERE id=$2", values);
    unit.say({.kind = &key_revoked, .subject = id, .subject_version = key.version});
    forget(unit, id);
}

std::string const& insert_key_sql() {
    static std::string const sql = [] {
        auto const columns = column_list<Key>() + ",token";
        std::string places = "$1";
        for (int i = 2; i <= std::count(columns.begin(), columns.end(), ',') + 1; ++i)
            places += ",$" + std::to_string(i);
        return "INSERT INTO keys (" + columns + ") VALUES (" + places + ")";
    }();
    return sql;
}

}  // namespace

Key make_key(Unit& unit, Key draft, User const& user) {
    check(unit, draft, user);
    auto const token = make_token("pk", unit.business.number());
    draft.id = {unit.business.ids().next(unit.now.ms)};
    draft.version = 1;
    draft.user_id = user.id;
    draft.hint = "pk_…" + token.substr(token.size() - 4);
    draft.created_at = draft.updated_at = unit.now;
    auto values = row_values(draft);
    values.push_back(token_hash(token));
    unit.tx.post(insert_key_sql(), values);
    unit.say({.kind = &key_created, .subject = draft.id, .subject_version = 1, .facts = {{"user_id", user.id.text()}}});
    draft.key = token;
    return draft;
}

void add_keys(Module& module) {
    module.areas.push_back({.name = "keys", .label = "API keys"});
    for (auto const* kind : {&key_created, &key_updated, &key_revoked}) module.kinds.push_back(kind);
    module.routes.push_back(get<list_keys>("/keys", Permission("keys.view"), "list_keys",
                                           "API keys: one's own, and those of people below",
                                           list_params({{"user_id", "that act as this user"}})));
    auto create = with_proof(post<create_key>("/keys", Permission("keys.create"), "create_key",
                                              "Make an API key; the answer alone shows it"));
    create.secrets = {"key"};
    module.routes.push_back(std::move(create));
    module.routes.push_back(
        get<get_key>("/keys/{id}", Permission("keys.view"), "get_key", "One API key, without its secret"));
    module.routes.push_back(
        with_proof(patch<change_key>("/keys/{id}", Permission("keys.edit"), "change_key", "Change an API key")));
    module.routes.push_back(remove<delete_key>("/keys/{id}", Permission("keys.delete"), "delete_key",
                                               "Revoke an API key; it is dead at once"));
    module.namers.push_back({Id<Key>::prefix(), "SELECT name FROM keys WHERE id=$1"});
}

}  // namespace patron::staff
