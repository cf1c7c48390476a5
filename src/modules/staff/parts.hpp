// What the traits of staff share with one another; the face for everyone else is staff.hpp.
#pragma once
#include "modules/staff/staff.hpp"

namespace patron::staff {

// Each puts its areas, kinds of events and routes into the module.
void add_users(Module&);
void add_roles(Module&);
void add_teams(Module&);
void add_keys(Module&);
void add_signing_in(Module&);
void add_sessions(Module&);
void add_resets(Module&);
void add_proofs(Module&);
void add_invitations(Module&);
void add_setup(Module&);
void add_business(Module&);
void add_local(Module&);

Problem not_allowed(std::string_view permission);
Problem above_your_rights();

// ---- roles
Role role_of(Reading&, User const&);
std::vector<Role> all_roles(Reading&);
BusinessSettings settings_of(Reading&);  // within the transaction, so just founded ones too

// ---- users
// Brings a user from `before` to `after`, keeping the rules of states and of the last owner, ends what the change ends.
void change_user(Unit&, User const& before, User& after);
// Whoever was invited showed who they are otherwise than by the link, which is void from then on.
void join(Unit&, User const& before);
User user_by_email(Reading&, std::string_view email);  // 404 in words for whoever types it into a command

// ---- passwords
inline constexpr std::size_t longest_password = 128;
// The password of a body as it was typed: outer spaces count, only the Unicode form is settled (NFC, as RFC 8265 §4.2
// asks), for keyboards differ in it.
std::string password_in(Json const& body, std::string_view member);
// 422 at /password. `known`: the names and addresses that it must not be made of.
void check_strength(std::string const& password, std::vector<std::string> known);
void set_password(Unit&, Id<User>, std::string const& hash);
std::string password_hash_of(Reading&, Id<User>);  // "" when there is none
// Takes as long for a hash that is empty, of somebody who does not exist.
bool password_fits_or_nobody(std::string const& hash, std::string const& password);

// ---- sessions
enum class SessionKind { user, key };
BOOST_DESCRIBE_ENUM(SessionKind, user, key)

// Who is signed in and what they may do.
struct SessionView {
    User user;
    Role role;
    BusinessSettings business;
    std::vector<std::string> permissions;
    SessionKind kind = SessionKind::user;
    bool second_factor_missing = false;  // nothing else goes before it is set up
    std::optional<Time> proven_until;    // of a session: until then acts that ask for a proof go without another
};
DESCRIBE(SessionView, user, role, business, permissions, kind, second_factor_missing, proven_until);

// A new session of the user: the answer of GET /session with its cookie. What is to be done in the same transaction
// stands in `also`.
http::Response start_session(Business&, Call const&, Id<User>, std::function<void(Unit&)> const& also = {});
void note_failed_sign_in(Business&, Call const&, Id<User>);  // without a user: somebody who does not exist
// Whoever is signed in, when the password is theirs; 422 at the pointer when not. Tries are counted.
User check_own_password(Call const&, std::string const& password, std::string const& pointer);
// The session of whoever is signed in goes on under another token, which is in the answer's cookie; the one of before opens
// nothing any more. For every proof, and every change of how they sign in.
http::Response renewed(Unit&, http::Response);
// Ends those of the user but the one kept.
void end_sessions(Unit&, Id<User>, Id<Session> kept = {});

// ---- keys
// A key for the user; the answer has the whole key. Throws Problem for scopes that are none or not the user's.
Key make_key(Unit&, Key draft, User const& user);

// ---- links
// Only the hash of a link's token is kept. With a user's id or without.
std::string make_link(Unit&, std::string_view purpose, Id<User> user, Time expires_at);  // answers the token
// One beside those that there are.
std::string add_link(Unit&, std::string_view purpose, Id<User> user, Time expires_at);
// A link that still holds.
std::optional<Id<User>> find_link(Reading&, std::string_view token, std::string_view purpose);
// Uses it up; false when somebody else was faster.
bool use_link(Unit&, std::string_view token);

// Where a token of ours leads: the business that it names, or else the first one, with the call as of somebody who is not
// signed in there.
struct Door {
    bool known = false;  // the token names a business
    std::shared_ptr<Business> business;
    Call within;
};
Door door_of(Call const&, std::string_view token);

// ---- invitations
struct Link {
    static constexpr std::string_view left_out_when_null[] = {"url"};
    std::optional<std::string> url;  // shown once: a repeated request does not see it
    Time expires_at;
};
DESCRIBE(Link, url, expires_at);
// A link to choose a password: a week for who is invited, half an hour for who has one. Earlier ones are void.
Link new_password_link(Unit&, User const&);
Link make_password_link(Unit&, User const&);  // and says so

// A route that works outside the writer, as long as it has to.
template <auto Handler, class Answer = void>
Route working(std::string path, Permission permission, std::string operation, std::string summary, int success = 201) {
    auto route = detail::make_route<Handler>(http::Method::post, std::move(path), permission, std::move(operation),
                                             std::move(summary), {});
    route.place = Place::working;
    route.success = success;
    if constexpr (!std::is_void_v<Answer>)
        route.answer_schema = [](Schemas& schemas) { return schema<Answer>(schemas); };
    route.work = [success](Call const& call) { return detail::invoke<Handler>(call, call, success); };
    return route;
}
// One that hashes passwords: two at once.
inline Route hashing(Route route) {
    route.narrow = true;
    return route;
}
// One whose answer is kept nowhere, so that it takes no Idempotency-Key.
inline Route unkeyed(Route route) {
    route.keyed = false;
    return route;
}
// What everybody may do about their own sign-in, also before they have the second factor that their role asks for.
inline Route own_sign_in(Route route) {
    route.before_second_factor = true;
    return route;
}
// An act that a session left open is not enough for.
inline Route with_proof(Route route) {
    route.needs_proof = true;
    return route;
}
// One that answers a cookie, unkeyed: nobody is signed in yet whose key it would be. Signing in twice makes two sessions;
// links and the setup are used up by the first time.
template <auto Handler>
Route signing_in(std::string path, std::string operation, std::string summary) {
    return unkeyed(working<Handler, SessionView>(std::move(path), anyone, std::move(operation), std::move(summary)));
}

}  // namespace patron::staff
