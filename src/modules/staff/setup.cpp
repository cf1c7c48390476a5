#include "modules/staff/parts.hpp"

#include "module/edge.hpp"

namespace patron::staff {
namespace {

constexpr Kind business_founded{"business.founded", 1, "{actor} founded the business", ""};

constexpr std::string_view purpose = "setup";
constexpr std::int64_t setup_link_ms = 24LL * 3600 * 1000;

struct SetupState {
    bool needed = false;
};
DESCRIBE(SetupState, needed);

struct SetUp {
    Text<1, 200> token;
    Text<1, 200> business_name;
    CurrencyCode currency;
    CountryCode country;
    ZoneName time_zone;
    LanguageTag locale;
    Text<1, 200> owner_name;
    EmailText owner_email;
    Text<1, longest_password> password;
};
DESCRIBE(SetUp, token, business_name, currency, country, time_zone, locale, owner_name, owner_email, password);

Problem already_set_up() {
    return conflict("already_set_up", "This business has been set up already; sign in instead.");
}

SetupState get_setup(Reading& reading) { return {needs_setup(reading.tx)}; }

void check_link(Reading& reading, std::string const& token) {
    if (!needs_setup(reading.tx)) throw already_set_up();
    if (!find_link(reading, token, purpose))
        throw Problem(403, "link_void",
                      "This link has expired or is not the newest one; Patron prints a new one when it starts.",
                      {{"/token", "link_void", "The token does not hold any more."}});
}

http::Response set_up(Call const& call, Body<SetUp> const& body) {
    auto const& wish = body.value;
    auto const [known, business, within] = door_of(call, wish.token);
    business->database().read([&](db::Tx& tx) {
        Reading reading(tx, within);
        check_link(reading, wish.token);
    });
    auto const password = password_in(call.body, "password");
    check_strength(password, {wish.owner_email, wish.owner_name, wish.business_name});
    NewBusiness const what{wish.business_name, business->slug(), wish.currency,
                           wish.country,       wish.time_zone,   wish.locale,
                           wish.owner_name,    wish.owner_email, hash_password(password)};
    Id<User> owner;
    run_unit(*business, within, [&](Unit& unit) {
        check_link(unit, wish.token);
        use_link(unit, wish.token);
        owner = found(unit, what).id;
        return http::Response(201);
    });
    return start_session(*business, call, owner);
}

Id<Role> write_roles(Unit& unit) {
    Id<Role> owner;
    for (auto const& [key, name] : {std::pair<char const*, char const*>{"owner", "Owner"},
                                    {"manager", "Manager"},
                                    {"staff", "Staff"},
                                    {"read_only", "Read only"}}) {
        Role role;
        role.id = {unit.business.ids().next(unit.now.ms)};
        role.version = 1;
        role.name = name;
        role.key = key;
        role.created_at = role.updated_at = unit.now;
        unit.tx.post(insert_sql<Role>(), row_values(role));
        if (!owner) owner = role.id;
    }
    return owner;
}

}  // namespace

bool needs_setup(db::Tx& tx) { return !tx.query("SELECT 1 FROM business").next(); }

User found(Unit& unit, NewBusiness const& what) {
    if (!needs_setup(unit.tx)) throw already_set_up();
    BusinessSettings settings;
    settings.name = what.business_name;
    settings.slug = what.slug;
    settings.currency = what.currency;
    settings.country = what.country;
    settings.time_zone = what.time_zone;
    settings.locale = what.locale;
    unit.keep(settings, {.kind = &business_founded});
    User owner;
    owner.role_id = write_roles(unit);
    owner.name = Text<1, 200>(what.owner_name);
    owner.email = EmailText(what.owner_email);
    owner = create_user(unit, owner, what.password_hash);
    for (auto const& module : unit.business.modules())
        if (module.furnish) module.furnish(unit);
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
    return owner;
}

std::string setup_link_token(Business& business) {
    std::string token;
    Call call;
    call.business = &business;
    call.now = business.clock();
    call.who = the_house();
    business.database().write_and_wait([&](db::Tx& tx) {
        Unit unit(tx, call);
        token = make_link(unit, purpose, {}, {call.now.ms + setup_link_ms});
    });
    return token;
}

void add_setup(Module& module) {
    module.kinds.push_back(&business_founded);
    module.routes.push_back(
        get<get_setup>("/setup", anyone, "get_setup", "Is the installation still without an owner?"));
    module.routes.push_back(hashing(signing_in<set_up>(
        "/setup", "set_up", "Found the business and its owner by the one-time link; signs the owner in")));
}

}  // namespace patron::staff
