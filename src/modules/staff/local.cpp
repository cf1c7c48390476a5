// What the command line asks over the socket in the data folder: whoever may read that folder is trusted.
#include "modules/staff/parts.hpp"

#include "module/edge.hpp"

namespace patron::staff {
namespace {

struct Founding {
    Text<1, 200> business_name;
    CurrencyCode currency;
    CountryCode country;
    ZoneName time_zone;
    LanguageTag locale;
    Text<1, 200> owner_name;
    EmailText owner_email;
    std::optional<Text<1, longest_password>> password;
};
DESCRIBE(Founding, business_name, currency, country, time_zone, locale, owner_name, owner_email, password);

struct LocalKey {
    Text<1, 100> name;
    std::optional<EmailText> user_email;
    std::vector<std::string> scopes;
};
DESCRIBE(LocalKey, name, user_email, scopes);

struct LocalUser {
    Text<1, 200> name;
    EmailText email;
    Text<1, 20> role;
    std::optional<Text<1, longest_password>> password;
};
DESCRIBE(LocalUser, name, email, role, password);

struct Listed {
    std::string name, email, role;
    UserState state = UserState::active;
};
DESCRIBE(Listed, name, email, role, state);

struct Named {
    EmailText email;
};
DESCRIBE(Named, email);

struct Added {
    User user;
    std::optional<std::string> url;
};
DESCRIBE(Added, user, url);

// The hash of the password in the body.
std::string hash_in(Call const& call, std::vector<std::string> known) {
    auto const password = password_in(call.body, "password");
    check_strength(password, std::move(known));
    return hash_password(password);
}

Added added(Unit& unit, User const& user) {
    Added answer{user, std::nullopt};
    if (user.state == UserState::invited) answer.url = make_password_link(unit, user).url;
    return answer;
}

http::Response found_business(Call const& call, Body<Founding> const& body) {
    auto const& wish = body.value;
    call.business->database().read([](db::Tx& tx) {
        if (!needs_setup(tx)) throw conflict("already_set_up", "This business has been set up already.");
    });
    NewBusiness const what{
        wish.business_name,
        call.business->slug(),
        wish.currency,
        wish.country,
        wish.time_zone,
        wish.locale,
        wish.owner_name,
        wish.owner_email,
        wish.password ? hash_in(call, {wish.owner_email, wish.owner_name, wish.business_name}) : std::string()};
    return run_unit(*call.business, call,
                    [&](Unit& unit) { return json_response(201, to_json(added(unit, found(unit, what)))); });
}

http::Response add_user(Call const& call, Body<LocalUser> const& body) {
    auto const& wish = body.value;
    auto const hash =
        wish.password ? hash_in(call, {wish.email, wish.name, call.business->settings()->name}) : std::string();
    return run_unit(*call.business, call, [&](Unit& unit) {
        User draft;
        draft.name = Text<1, 200>(wish.name);
        draft.email = wish.email;
        draft.role_id = role_of_key(unit, wish.role).id;
        return json_response(201, to_json(added(unit, create_user(unit, draft, hash))));
    });
}

Key add_key(Unit& unit, Body<LocalKey> const& body) {
    auto const& wish = body.value;
    auto const user = wish.user_email ? user_by_email(unit, *wish.user_email)
                                      : unit.find(owner_principal(unit.tx, unit.business.areas()).user_id);
    Key draft;
    draft.name = wish.name;
    draft.scopes = wish.scopes;
    return make_key(unit, draft, user);
}

Page<Listed> list(Reading& reading) {
    Page<Listed> page;
    auto rows = reading.tx.query(
        "SELECT u.name,u.email,r.key,u.state FROM users u JOIN roles r ON r.id=u.role_id ORDER BY u.name_key,u.id");
    while (rows.next()) {
        Listed one{std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), {}};
        read_column(rows, 3, one.state);
        page.data.push_back(std::move(one));
    }
    page.total = static_cast<std::int64_t>(page.data.size());
    return page;
}

User disable(Unit& unit, Body<Named> const& body) {
    auto const before = user_by_email(unit, body.value.email);
    auto after = before;
    after.state = UserState::disabled;
    change_user(unit, before, after);
    return after;
}

Link reset(Unit& unit, Body<Named> const& body) {
    return make_password_link(unit, user_by_email(unit, body.value.email));
}

}  // namespace

void add_local(Module& module) {
    auto founding =
        hashing(working<found_business, Added>("/local/found", local_only, "found_business", "Found the business"));
    founding.secrets = {"url"};
    module.routes.push_back(std::move(founding));
    auto key = post<add_key>("/local/keys", local_only, "add_local_key", "Make an API key");
    key.secrets = {"key"};
    module.routes.push_back(std::move(key));
    auto user =
        hashing(working<add_user, Added>("/local/users", local_only, "add_local_user", "Add a member of staff"));
    user.secrets = {"url"};
    module.routes.push_back(std::move(user));
    module.routes.push_back(get<list>("/local/users", local_only, "list_local_users", "The staff, by name"));
    module.routes.push_back(
        post<disable>("/local/users/disable", local_only, "disable_local_user", "Disable a member of staff", 200));
    auto link = post<reset>("/local/users/reset", local_only, "reset_local_user", "A link to a new password");
    link.secrets = {"url"};
    module.routes.push_back(std::move(link));
}

}  // namespace patron::staff
