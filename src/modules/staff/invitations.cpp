#include "modules/staff/parts.hpp"
#include "modules/staff/rules.hpp"

#include "module/edge.hpp"

namespace patron::staff {
namespace {

constexpr Kind user_invited{"user.invited", 1, "{actor} invited a colleague", ""};
constexpr Kind password_link_made{"password.link_made", 1, "{actor} made a link to a new password for a colleague", ""};
constexpr Kind password_set{"password.set", 1, "{actor} chose a password by a link", ""};

constexpr std::string_view purpose = "password";
constexpr std::int64_t invitation_ms = 7LL * 24 * 3600 * 1000;
constexpr std::int64_t new_password_ms = 30LL * 60 * 1000;

struct Acceptance {
    Text<1, 200> token;
    Text<1, longest_password> password;
};
DESCRIBE(Acceptance, token, password);

Problem link_is_void() {
    return invalid("/token", "link_void", "This link was used already or has expired; ask for a new one.");
}

Link invite(Unit& unit, Id<User> id) {
    auto const user = unit.find(id);
    auto const role = role_of(unit, user);
    auto const& areas = unit.business.areas();
    // A link to the password of somebody who has one is their account.
    if (user.state == UserState::invited ? !reaches(unit.who, role, areas) : !outranks(unit.who, role, areas))
        throw above_your_rights();
    return make_password_link(unit, user);
}

// Whom the link is for, as they are now.
User owner_of_link(Reading& reading, std::string const& token) {
    auto const id = find_link(reading, token, purpose);
    auto const user = id ? reading.seek(*id) : std::nullopt;
    if (!user || user->state == UserState::disabled) throw link_is_void();
    return *user;
}

http::Response accept(Call const& call, Body<Acceptance> const& body) {
    std::string const& token = body.value.token;
    auto const number = business_of_token(token);
    auto const business = number ? call.businesses->business(*number) : nullptr;
    if (!business) throw link_is_void();
    Call within = call;
    within.business = business.get();
    within.who = {};
    User user;
    business->database().read([&](db::Tx& tx) {
        Reading reading(tx, within);
        user = owner_of_link(reading, token);
    });
    within.who.actor = {ActorKind::user, user.id};
    auto const password = password_in(call.body, "password");
    check_strength(password, user.email, user.name);
    auto const hash = hash_password(password);
    run_unit(*business, within, [&](Unit& unit) {
        auto const before = owner_of_link(unit, token);
        if (!use_link(unit, token)) throw link_is_void();
        set_password(unit, before.id, hash);
        end_sessions(unit, before.id);
        auto after = before;
        after.state = UserState::active;
        if (before.state == UserState::invited) change_user(unit, before, after);
        else unit.say({.kind = &password_set, .subject = before.id});
        return http::Response(204);
    });
    return start_session(*business, call, user.id);
}

}  // namespace

Link make_password_link(Unit& unit, User const& user) {
    if (user.state == UserState::disabled)
        throw conflict("user_disabled", "This colleague is disabled; let them in again first.");
    bool const invited = user.state == UserState::invited;
    Link link;
    link.expires_at = {unit.now.ms + (invited ? invitation_ms : new_password_ms)};
    link.url = "/join#token=" + make_link(unit, purpose, user.id, link.expires_at);
    unit.say({.kind = invited ? &user_invited : &password_link_made, .subject = user.id});
    return link;
}

void add_invitations(Module& module) {
    for (auto const* kind : {&user_invited, &password_link_made, &password_set}) module.kinds.push_back(kind);
    auto make = post<invite>("/users/{id}/invitation", Permission("users.edit"), "invite_user",
                             "A link, shown once, by which a colleague chooses a password");
    make.secrets = {"url"};
    module.routes.push_back(std::move(make));
    module.routes.push_back(
        signing_in<accept>("/session/invitation", "accept_invitation", "Choose a password by a link and sign in"));
}

}  // namespace patron::staff
