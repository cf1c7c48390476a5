#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
#include "modules/staff/second_factor.hpp"
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

Problem user_is_disabled() { return conflict("user_disabled", "This colleague is disabled; let them in again first."); }

void say_link_made(Unit& unit, User const& user) {
    bool const invited = user.state == UserState::invited;
    unit.say({.kind = invited ? &user_invited : &password_link_made, .subject = user.id});
}

Problem link_is_void() {
    return invalid("/token", "link_void", "This link was used already or has expired; ask for a new one.");
}

User invited_user(Unit& unit, Id<User> id) {
    auto const user = unit.find(id);
    auto const role = role_of(unit, user);
    auto const& areas = unit.business.areas();
    // A link to the password of somebody who has one is their account.
    if (user.state == UserState::invited ? !reaches(unit.who, role, areas) : !outranks(unit.who, role, areas))
        throw above_your_rights();
    return user;
}

Link invite(Unit& unit, Id<User> id) { return make_password_link(unit, invited_user(unit, id)); }

// The same by mail: whoever invites does not see the link.
http::Response invite_by_mail(Unit& unit, Id<User> id) {
    auto const user = invited_user(unit, id);
    if (user.state == UserState::disabled) throw user_is_disabled();
    write_letter(unit, LetterKind::invitation, id);
    say_link_made(unit, user);
    return empty_response(202);
}

// Whom the link is for, as they are now.
User owner_of_link(Reading& reading, std::string const& token) {
    auto const id = find_link(reading, token, purpose);
    auto const user = id ? reading.seek(*id) : std::nullopt;
    if (!user || user->state == UserState::disabled) throw link_is_void();
    return *user;
}

// Before anything is worked out for it. That a link was void is on record.
User whose_link(Business& business, Call const& call, std::string const& token) {
    try {
        User user;
        business.database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            user = owner_of_link(reading, token);
        });
        return user;
    } catch (Problem const&) {
        refused_at_the_door(business, call, {});
        throw;
    }
}

http::Response accept(Call const& call, Body<Acceptance> const& body) {
    std::string const& token = body.value.token;
    auto [known, business, within] = door_of(call, token);
    auto const user = whose_link(*business, within, token);
    within.who.actor = {ActorKind::user, user.id};
    auto const password = password_in(call.body, "password");
    check_strength(password, {user.email, user.name, business->settings()->name});
    auto const hash = hash_password(password);
    run_unit(*business, within, [&](Unit& unit) {
        auto const before = owner_of_link(unit, token);
        if (!use_link(unit, token)) throw link_is_void();
        set_password(unit, before.id, hash);
        end_sessions(unit, before.id);
        forget_devices(unit, before.id);
        unlock(unit, before);
        auto after = before;
        after.state = UserState::active;
        if (before.state == UserState::invited) change_user(unit, before, after);
        else {
            unit.say({.kind = &password_set, .subject = before.id});
            write_letter(unit, LetterKind::password_changed, before.id);
        }
        return http::Response(204);
    });
    // A new password is no second factor.
    return go_on_signing_in(*business, call, user.id);
}

}  // namespace

Link new_password_link(Unit& unit, User const& user) {
    if (user.state == UserState::disabled) throw user_is_disabled();
    Link link;
    link.expires_at = {unit.now.ms + (user.state == UserState::invited ? invitation_ms : new_password_ms)};
    link.url = "/join#token=" + make_link(unit, purpose, user.id, link.expires_at);
    return link;
}

Link make_password_link(Unit& unit, User const& user) {
    auto link = new_password_link(unit, user);
    say_link_made(unit, user);
    return link;
}

void add_invitations(Module& module) {
    for (auto const* kind : {&user_invited, &password_link_made, &password_set}) module.kinds.push_back(kind);
    // Whoever holds such a link is that colleague, so whoever makes one shows that it is really them.
    auto make = with_proof(post<invite>("/users/{id}/invitation", Permission("users.edit"), "invite_user",
                                        "A link, shown once, by which a colleague chooses a password"));
    make.secrets = {"url"};
    module.routes.push_back(std::move(make));
    module.routes.push_back(
        with_proof(post<invite_by_mail>("/users/{id}/invitation/mail", Permission("users.edit"), "invite_user_by_mail",
                                        "Send such a link to the colleague", 202)));
    module.routes.push_back(hashing(
        signing_in<accept>("/session/invitation", "accept_invitation", "Choose a password by a link and sign in")));
}

}  // namespace patron::staff
