#include "modules/staff/letters.hpp"
#include "modules/staff/rules.hpp"

#include "base/fold.hpp"
#include "module/listing.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Kind user_created{"user.created", 1, "{actor} added a colleague", ""};
constexpr Kind user_updated{"user.updated", 1, "{actor} changed {changes} of a colleague", ""};
constexpr Kind user_disabled{"user.disabled", 1, "{actor} disabled a colleague", ""};
constexpr Kind user_enabled{"user.enabled", 1, "{actor} let a colleague in again", ""};
constexpr Kind user_joined{"user.joined", 1, "{actor} accepted the invitation", ""};

void check_email_is_free(Reading& reading, User const& user) {
    auto const taken = by_email(reading, user.email);
    if (!taken || *taken == user.id) return;
    throw Problem(409, "email_taken", "Somebody of the staff has this e-mail address already.",
                  {{"/email", "taken", "The email is somebody else's already."}});
}

void check_import_keys_are_free(Reading& reading, User const& user) {
    for (std::size_t i = 0; i < user.import_keys.size(); ++i) {
        auto const taken = by_import_key(reading, user.import_keys[i].source, user.import_keys[i].key);
        if (taken && *taken != user.id)
            throw Problem(409, "import_key_taken", "Somebody of the staff has this import key already.",
                          {{pointer_to("/import_keys", i), "taken", "The import key is somebody else's already."}});
    }
}

// Another owner who has chosen a password, or, for one who has not, any other.
bool other_owner_stays(Reading& reading, User const& owner) {
    db::Value const values[] = {owner.id.value, std::string(owner.state == UserState::active ? "active" : "invited")};
    return reading.tx
        .query(
            "SELECT 1 FROM users u JOIN roles r ON r.id=u.role_id WHERE r.key='owner' AND u.state IN ('active',$2) AND "
            "u.id<>$1 LIMIT 1",
            values)
        .next();
}

void check_an_owner_stays(Reading& reading, User const& before, User const& after) {
    bool const joins = before.state == UserState::invited && after.state == UserState::active;
    bool const leaves = (after.state != before.state && !joins) || after.role_id != before.role_id;
    if (!leaves || before.state == UserState::disabled || role_of(reading, before).key != "owner") return;
    if (!other_owner_stays(reading, before))
        throw conflict("last_owner", "This is the last owner; make somebody else an owner first.");
}

// Settles the state that a change asks for: nobody becomes active without a password.
void settle_state(Reading& reading, User const& before, User& after) {
    if (after.state == before.state || after.state == UserState::disabled) return;
    bool const has_password = !password_hash_of(reading, after.id).empty();
    if (after.state == UserState::active && has_password) return;
    if (after.state == UserState::active && before.state == UserState::disabled) {
        after.state = UserState::invited;
        return;
    }
    throw invalid("/state", "not_a_choice",
                  "The state can be set to active or disabled; invited people become active when they accept.");
}

Kind const* kind_of(User const& before, User const& after) {
    if (after.state == before.state) return &user_updated;
    if (after.state == UserState::disabled) return &user_disabled;
    return before.state == UserState::invited ? &user_joined : &user_enabled;
}

// The text of one's own record that a search looks at.
std::string searched(User const& user) {
    return fold(user.name + " " + user.email + " " + (user.title ? *user.title : Personal<Text<0, 200>>()));
}

// Staff are few: a search reads them all, so that it folds as every other search does.
void search(Question& question, Reading& reading, std::string const& text) {
    static std::string const sql = "SELECT " + column_list<User>() + " FROM users";
    auto const wanted = fold(text);
    std::string places;
    auto rows = reading.tx.query(sql);
    while (rows.next()) {
        auto const user = read_row<User>(rows);
        if (searched(user).find(wanted) == std::string::npos) continue;
        (places += places.empty() ? "" : ",") += question.bind(user.id.value);
    }
    question.where(places.empty() ? "1=0" : "id IN (" + places + ")");
}

Page<User> list_users(Reading& reading) {
    Question question;
    if (auto const text = reading.call.param("q")) search(question, reading, *text);
    return list_records<User>(
        reading, {"state", "role_id"},
        {{"name", "name_key", Order::Type::bytes}, {"created_at", "created_at", Order::Type::integer}},
        std::move(question));
}

User get_user(Reading& reading, Id<User> id) { return reading.find(id); }

User post_user(Unit& unit, Body<User> const& draft) {
    if (unit.call.body.get_object().contains("state") && draft.value.state != UserState::invited)
        throw invalid("/state", "not_a_choice", "Whoever is new is invited first; leave the state out.");
    auto const role = unit.refer(draft.value.role_id, "/role_id");
    if (!reaches(unit.who, role, unit.business.areas())) throw above_your_rights();
    return create_user(unit, draft.value, "");
}

// People look after their own name, title, phone and availability; the rest is for who may edit users and stands no lower.
void check_may_change(Unit& unit, User const& before, User const& after) {
    auto const& areas = unit.business.areas();
    if (unit.who.may("users.edit") && reaches(unit.who, role_of(unit, before), areas)) {
        if (after.role_id != before.role_id && !reaches(unit.who, unit.refer(after.role_id, "/role_id"), areas))
            throw above_your_rights();
        return;
    }
    if (before.id != unit.who.user_id) throw above_your_rights();
    for (auto const& change : differences(before, after))
        if (!is_profile_member(change.field)) throw not_allowed("users.edit");
}

User patch_user(Unit& unit, Id<User> id, Patch<User> const& patch) {
    if (id != unit.who.user_id && !unit.who.may("users.edit")) throw not_allowed("users.edit");
    auto const before = unit.find(id);
    auto after = before;
    patch.apply_to(after);
    check_may_change(unit, before, after);
    // With another role they may more; with another address a new password goes there.
    if (after.role_id != before.role_id || after.email != before.email) ask_for_proof(unit.who, unit.now);
    change_user(unit, before, after);
    return after;
}

void delete_user(Unit& unit, Id<User> id) {
    auto const before = unit.find(id);
    if (!reaches(unit.who, role_of(unit, before), unit.business.areas())) throw above_your_rights();
    auto after = before;
    after.state = UserState::disabled;
    change_user(unit, before, after);
}

}  // namespace

Problem not_allowed(std::string_view permission) {
    return {403, "not_allowed", "Your role does not allow this (" + std::string(permission) + ")."};
}
Problem above_your_rights() {
    return {403, "above_your_rights", "This is about somebody, or a role, that may do more than you."};
}

void change_user(Unit& unit, User const& before, User& after) {
    settle_state(unit, before, after);
    check_an_owner_stays(unit, before, after);
    check_email_is_free(unit, after);
    check_import_keys_are_free(unit, after);
    if (!unit.change(before, after, {.kind = kind_of(before, after)})) return;
    if (after.state == UserState::disabled) {
        end_sessions(unit, after.id);
        db::Value const values[] = {after.id.value};
        unit.tx.post("DELETE FROM links WHERE user_id=$1", values);
    }
    // Whoever had the old address can have no link to the account, and hears that it is not theirs any more.
    if (normal_email(after.email) != normal_email(before.email)) {
        db::Value const values[] = {after.id.value};
        unit.tx.post("DELETE FROM links WHERE user_id=$1", values);
        end_sessions(unit, after.id, unit.who.session_id);
        if (before.state == UserState::active) write_letter(unit, LetterKind::email_changed, after.id, before.email);
    }
    bool const rights_changed = after.state != before.state || after.role_id != before.role_id;
    unit.after_commit.push_back([&business = unit.business, id = after.id, rights_changed] {
        business.access_changed();
        if (rights_changed) business.live().close_if([id](Principal const& who) { return who.user_id == id; });
    });
}

void join(Unit& unit, User const& before) {
    auto after = before;
    after.state = UserState::active;
    if (!unit.change(before, after, {.kind = &user_joined})) return;
    db::Value const values[] = {after.id.value};
    unit.tx.post("DELETE FROM links WHERE user_id=$1", values);
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
}

User create_user(Unit& unit, User draft, std::string const& password_hash) {
    draft.id = {};
    draft.state = password_hash.empty() ? UserState::invited : UserState::active;
    unit.refer(draft.role_id, "/role_id");
    check_email_is_free(unit, draft);
    check_import_keys_are_free(unit, draft);
    unit.keep(draft, {.kind = &user_created});
    if (!password_hash.empty()) set_password(unit, draft.id, password_hash);
    return draft;
}

std::optional<Id<User>> by_email(Reading& reading, std::string_view email) {
    auto const normal = normal_email(email);
    if (!normal) return {};
    db::Value const values[] = {*normal};
    auto row = reading.tx.query("SELECT id FROM users WHERE email_key=$1", values);
    if (!row.next()) return {};
    return Id<User>{row.integer(0)};
}

std::optional<Id<User>> by_import_key(Reading& reading, std::string_view source, std::string_view key) {
    auto rows = reading.tx.query("SELECT id,import_keys FROM users WHERE import_keys<>'[]' ORDER BY id");
    while (rows.next())
        for (auto const& one : from_own_json<std::vector<ImportKey>>(rows.text(1)))
            if (one.source == source && one.key == key) return Id<User>{rows.integer(0)};
    return {};
}

User user_by_email(Reading& reading, std::string_view email) {
    if (auto const id = by_email(reading, email)) return reading.find(*id);
    throw Problem(404, "no_such_user", "Nobody of the staff has this e-mail address.");
}

void add_users(Module& module) {
    module.areas.push_back({.name = "users", .label = "Staff", .changed_by = "manager"});
    for (auto const* kind : {&user_created, &user_updated, &user_disabled, &user_enabled, &user_joined})
        module.kinds.push_back(kind);
    module.routes.push_back(get<list_users>("/users", Permission("users.view"), "list_users", "The staff, by name",
                                            list_params({{"state", "active, invited or disabled"},
                                                         {"role_id", "of this role"},
                                                         {"q", "words of name, e-mail or title"}})));
    module.routes.push_back(with_proof(
        post<post_user>("/users", Permission("users.create"), "create_user", "Add a colleague, who is invited then")));
    module.routes.push_back(get<get_user>("/users/{id}", Permission("users.view"), "get_user", "One of the staff"));
    module.routes.push_back(
        patch<patch_user>("/users/{id}", signed_in, "change_user", "Change a colleague, or one's own profile"));
    module.routes.push_back(
        remove<delete_user>("/users/{id}", Permission("users.delete"), "delete_user", "Disable a colleague"));
    module.namers.push_back({Id<User>::prefix(), "SELECT name FROM users WHERE id=$1"});
}

}  // namespace patron::staff
