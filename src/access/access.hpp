// Who is asking and what they may do: staff, roles, sessions, API keys, and the principal that every request acts as.
#pragma once
#include "access/sight.hpp"
#include "base/words.hpp"
#include "spine/spine.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace patron {
struct User;
struct Role;
struct Team;
struct Session;
struct Key;
}  // namespace patron
ID_PREFIX(patron::User, "usr");
ID_PREFIX(patron::Role, "rol");
ID_PREFIX(patron::Team, "tea");
ID_PREFIX(patron::Session, "ses");
ID_PREFIX(patron::Key, "key");

namespace patron {

enum class UserState { active, invited, disabled };
BOOST_DESCRIBE_ENUM(UserState, active, invited, disabled)
enum class Availability { available, busy, away };
BOOST_DESCRIBE_ENUM(Availability, available, busy, away)

// A key under which something is known where it was imported from.
struct ImportKey {
    Text<1, 60> source;
    Text<1, 200> key;
    bool operator==(ImportKey const&) const = default;
};
DESCRIBE(ImportKey, source, key);

// A member of staff.
struct User {
    static constexpr std::string_view table = "users", noun = "user";
    static constexpr std::string_view fixed[] = {"id", "version", "second_factor", "created_at", "updated_at"};
    Id<User> id;
    std::int64_t version = 0;
    Personal<Text<1, 200>> name;
    Personal<EmailText> email;
    Id<Role> role_id;
    UserState state = UserState::active;
    Availability availability = Availability::available;
    std::optional<Personal<Text<0, 200>>> title;
    std::optional<Personal<Text<0, 100>>> phone;
    std::vector<ImportKey> import_keys;
    bool second_factor = false;  // signing in asks for more than the password
    Time created_at, updated_at;
};
DESCRIBE(User, id, version, name, email, role_id, state, availability, title, phone, import_keys, second_factor,
         created_at, updated_at);

// Nobody shares an e-mail address, however it is typed; lists go by the name.
template <>
struct DerivedColumns<User> {
    static constexpr std::string_view names = ",email_key,name_key";
    static void add(User const& user, std::vector<db::Value>& values);
};

// Of what hangs on customers in an area (notes, relations …) a role may show less than of the customers themselves: only what
// hangs on these.
struct AreaVisibility {
    Text<1, 40> area;
    Visibility visibility = Visibility::own;
    bool operator==(AreaVisibility const&) const = default;
};
DESCRIBE(AreaVisibility, area, visibility);

// What its people may do, and whose customers they see. The ready-made ones (owner, manager, staff, read_only) may what
// the areas of the modules say, until somebody edits them; the owner's stays as it is.
struct Role {
    static constexpr std::string_view table = "roles", noun = "role";
    static constexpr std::string_view fixed[] = {"id", "version", "key", "edited", "created_at", "updated_at"};
    Id<Role> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    std::string key;                       // owner, manager, staff, read_only, or made from the name
    std::vector<std::string> permissions;  // "customers.view" …, sorted
    bool edited = false;                   // these are its own, not the ready-made ones
    Visibility visibility = Visibility::all;
    std::vector<AreaVisibility>
        area_visibility;                  // where it is less, each area once; wider than visibility has no effect
    bool second_factor_required = false;  // its people can do nothing before they have one
    Time created_at, updated_at;
};
DESCRIBE(Role, id, version, name, key, permissions, edited, visibility, area_visibility, second_factor_required,
         created_at, updated_at);

// Staff who see one another's customers, where their role says so.
struct Team {
    static constexpr std::string_view table = "teams", noun = "team";
    static constexpr std::string_view fixed[] = {"id", "version", "created_at", "updated_at"};
    Id<Team> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    std::vector<Id<User>> user_ids;
    Time created_at, updated_at;
};
DESCRIBE(Team, id, version, name, user_ids, created_at, updated_at);

struct Session {
    static constexpr std::string_view table = "sessions", noun = "session";
    static constexpr std::string_view fixed[] = {"id", "created_at", "last_seen_at", "address", "agent", "current"};
    static constexpr std::string_view computed[] = {"current"};
    Id<Session> id;
    Time created_at, last_seen_at;
    Personal<Text<0, 64>> address;
    Personal<Text<0, 400>> agent;
    bool current = false;
};
DESCRIBE(Session, id, created_at, last_seen_at, address, agent, current);

struct Key {
    static constexpr std::string_view table = "keys", noun = "key";
    static constexpr std::string_view fixed[] = {"id",  "version",    "hint",      "last_used_at",
                                                 "key", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"key"};
    static constexpr std::string_view left_out_when_null[] = {"key"};
    Id<Key> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    std::optional<Id<User>> user_id;  // left out: whoever makes it
    std::vector<std::string> scopes;  // empty: all that the user may
    std::string hint;                 // "pk_…" and the last four characters
    std::optional<Time> last_used_at, expires_at;
    std::optional<std::string> key;  // the whole key, in the answer to POST alone
    Time created_at, updated_at;
};
DESCRIBE(Key, id, version, name, user_id, scopes, hint, last_used_at, expires_at, key, created_at, updated_at);

// An area of rights, declared by a module: its name and which acts there are.
struct Area {
    std::string_view name;   // "customers"
    std::string_view label;  // "Customers"
    std::vector<std::string_view> acts{"view", "create", "edit", "delete"};
    // The least role that may change things here: "staff", "manager" or "owner".
    std::string_view changed_by = "staff";
    // The least role that may look.
    std::string_view seen_by = "read_only";
    // Its records hang on customers, so a role may show those of fewer customers than it shows.
    bool hangs_on_customers = false;
};
// What a ready-made role may do; nothing for another key.
std::vector<std::string> role_permissions(std::string_view role_key, std::vector<Area> const& areas);
// What a role may do, edited or not; of its own rights those that there are.
std::vector<std::string> permissions_of(Role const& role, std::vector<Area> const& areas);
int role_level(std::string_view role_key);  // owner 3, manager 2, staff 1, read_only 0

// Names of rights, sorted. Every call has its own principal: copies share the names.
class Permissions {
  public:
    Permissions() = default;
    Permissions(std::vector<std::string> names)
        : names_(std::make_shared<std::vector<std::string> const>(std::move(names))) {}

    bool has(std::string_view name) const;
    std::vector<std::string> const& names() const;
    bool operator==(Permissions const& other) const { return names() == other.names(); }

  private:
    std::shared_ptr<std::vector<std::string> const> names_;
};

// Who a request acts as.
struct Principal {
    Actor actor;
    std::string name;
    Id<User> user_id;
    Id<Role> role_id;
    std::string role_key;
    Visibility visibility = Visibility::none;
    std::vector<AreaVisibility> area_visibility;  // of the role
    bool house = false;                           // nobody: the house itself at work, which sees everything
    Id<Session> session_id;
    Id<Key> key_id;
    std::optional<Time> until;           // when the key expires
    Time proven_at;                      // when they last showed in this session that it is really them
    bool second_factor_missing = false;  // their role asks for one that they do not have yet
    Permissions permissions;
    bool may(std::string_view permission) const;
    // Whose customers they see what hangs on in this area of.
    Visibility visibility_in(std::string_view area) const;
};
Visibility visibility_in(std::string_view area, Visibility visibility, std::vector<AreaVisibility> const& narrower);

// Whoever works in nobody's name: readers, chores, the command line where it asks for no one's rights.
Principal the_house();

// Random 256 bits for a cookie, key or link: "<kind>_<business>…" in Crockford's base 32. Only its hash is stored.
std::string make_token(std::string_view kind, std::int64_t business);
std::optional<std::int64_t> business_of_token(std::string_view token);
std::string token_hash(std::string_view token);  // sha256_hex, the last ones remembered
std::string sha256_hex(std::string_view bytes);

// Argon2id, 19 MiB, t=2, p=1 (RFC 9106; OWASP). At most two at once; a further one waits.
std::string hash_password(std::string_view password);
bool password_fits(std::string_view hash, std::string_view password);
// For acts that a session left open must not be enough for: whoever is signed in showed within the last five minutes that
// it is really them, else 403 step_up_needed. API keys act within their scopes alone.
inline constexpr std::int64_t proof_ms = 5LL * 60 * 1000;
void ask_for_proof(Principal const& who, Time now);

inline constexpr std::int64_t session_idle_ms = 12LL * 3600 * 1000;
inline constexpr std::int64_t session_absolute_ms = 30LL * 24 * 3600 * 1000;

// The principal behind a token, or nothing. `now` decides about expiry.
std::optional<Principal> principal_of_session(db::Tx& tx, std::string_view token, Time now,
                                              std::vector<Area> const& areas);
// A key opens from the moment that it is made, also for somebody who has not accepted their invitation yet: whoever made
// it answers for it.
std::optional<Principal> principal_of_key(db::Tx& tx, std::string_view token, Time now, std::vector<Area> const& areas);
// The same principal as it is by now, or nothing when it may not come in any more.
std::optional<Principal> principal_again(db::Tx& tx, Principal const& who, Time now, std::vector<Area> const& areas);
// The one who acted as this before, with today's rights; nothing when disabled, revoked or expired since.
std::optional<Principal> principal_again(db::Tx& tx, Actor const& actor, Id<User> user, Time now,
                                         std::vector<Area> const& areas);
Principal principal_of_user(db::Tx& tx, Id<User> id, std::vector<Area> const& areas);  // throws not_found
// The owner who has been there longest, before those who have not chosen a password yet: whom the command line acts as.
Principal owner_principal(db::Tx& tx, std::vector<Area> const& areas);

// All teams; they are few.
std::vector<Team> teams(db::Tx& tx);

std::span<db::Migration const> access_migrations();

}  // namespace patron
