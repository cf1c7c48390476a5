// Signing in by the provider (OpenID Connect Core 1.0 §3.1, with PKCE, RFC 7636): a browser is sent there, and comes back
// with a code. What was begun belongs to that browser: a cookie holds a random token, from which all else follows – the
// state, the nonce, the verifier – and of which only the hash is kept.
#include "modules/staff/guessing.hpp"
#include "modules/staff/openid.hpp"
#include "modules/staff/rules.hpp"
#include "modules/staff/second_factor.hpp"

#include "module/edge.hpp"
#include "module/origins.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr std::int64_t begun_ms = 10 * minute_ms;
constexpr std::int64_t most_begun = 10'000;

struct OpenIdWish {
    std::optional<Text<1, 100>> business;
};
DESCRIBE(OpenIdWish, business);

struct OpenIdQuestion {
    std::string url;  // where the browser goes
    Time expires_at;
};
DESCRIBE(OpenIdQuestion, url, expires_at);

// What the browser came back with.
struct OpenIdAnswer {
    Text<1, 200> state;
    std::optional<Text<1, 4000>> code;
    std::optional<Text<1, 500>> iss;
    std::optional<Text<1, 200>> error;
};
DESCRIBE(OpenIdAnswer, state, code, iss, error);

// What the page to sign in at offers besides the password.
struct SignInWays {
    std::optional<std::string> openid;  // the name on the button
};
DESCRIBE(SignInWays, openid);

constexpr std::string_view way_cookie = "patron-openid";

// Out of the token, each 256 bits that tell nothing of it or of one another.
std::string state_of(std::string const& token) { return sha256_hex("state " + token); }
std::string nonce_of(std::string const& token) { return sha256_hex("nonce " + token); }
std::string verifier_of(std::string const& token) { return sha256_hex("verifier " + token); }

// Why stands in the log, and is told to whoever checks the provider; who is not signed in need not know where we call.
Problem unavailable(Call const& call, OpenIdProvider const& provider, Unusable const& why) {
    if (!why.busy) log_failure(call.request_id, why.what());
    Problem problem(503, "provider_unavailable",
                    "Signing in with " + std::string(provider.name) +
                        " does not work right now. Try again, or sign in otherwise; an owner can check it under "
                        "Settings, Sign-in.");
    problem.retry_after = why.busy ? 2 : 10;
    return problem;
}

Problem is_void() {
    return {401, "openid_void", "That took too long, was done already, or was begun elsewhere; begin again here."};
}

Problem refused(OpenIdProvider const& provider, std::string const& why) {
    return {401, "openid_refused",
            "The answer of " + std::string(provider.name) + " was not accepted: " + why + ". Begin again."};
}

Problem nobody(OpenIdProvider const& provider) {
    return {403, "not_of_the_staff",
            "Nobody of the staff signs in with this account of " + std::string(provider.name) +
                ". Whoever manages the staff can invite you with its e-mail address."};
}

std::optional<OpenIdProvider> offered(Business& business) {
    std::optional<OpenIdProvider> provider;
    business.database().read([&](db::Tx& tx) { provider = store::provider_of(tx); });
    if (provider && !provider->enabled) provider.reset();
    return provider;
}

std::shared_ptr<Business> named(Call const& call, std::optional<std::string> const& slug) {
    return call.businesses->business(slug.value_or(""));
}

SignInWays ways(Call const& call) {
    auto const business = named(call, call.param("business"));
    auto const provider = business ? offered(*business) : std::nullopt;
    return {provider ? std::optional<std::string>(provider->name) : std::nullopt};
}

// The address that asks the provider (Core §3.1.2.1, RFC 7636 §4.3).
std::string question_of(Provider const& provider, OpenIdProvider const& settings, std::string const& token,
                        std::string const& return_address) {
    auto url = provider.authorization_endpoint;
    char sign = url.find('?') == std::string::npos ? '?' : '&';
    for (auto const& [name, value] : {std::pair<std::string, std::string>{"response_type", "code"},
                                      {"client_id", settings.client_id},
                                      {"redirect_uri", return_address},
                                      {"scope", "openid email"},
                                      {"state", state_of(token)},
                                      {"nonce", nonce_of(token)},
                                      {"code_challenge", openid::code_challenge(verifier_of(token))},
                                      {"code_challenge_method", "S256"}}) {
        url += sign + name + '=' + http::percent_encode(value);
        sign = '&';
    }
    return url;
}

// Old ones go; were there ever too many, those that have waited longest do.
void keep_begun(Unit& unit, OpenIdProvider const& provider, std::string const& token, Id<User> user) {
    db::Value const old[] = {unit.now.ms, most_begun - 1};
    unit.tx.execute(
        "DELETE FROM openid_begun WHERE expires_at<=$1 OR expires_at<=(SELECT expires_at FROM openid_begun ORDER BY "
        "expires_at DESC LIMIT 1 OFFSET $2)",
        old);
    db::Value const values[] = {token_hash(token), provider.id.value, provider.version, column_value(user),
                                unit.now.ms + begun_ms};
    unit.tx.execute(
        "INSERT INTO openid_begun (token,provider_id,provider_version,user_id,expires_at) VALUES ($1,$2,$3,$4,$5)",
        values);
}

http::Response begin_at(Business& business, Call const& call, Id<User> user) {
    Guess questions(business, call);
    questions.count("questions " + place_tries(call), of_questions);
    questions.take_or_refuse();
    auto const settings = offered(business);
    if (!settings) throw not_found();
    auto const token = make_token("po", business.number());
    OpenIdQuestion question;
    try {
        auto const provider = business.part<Providers>().discover(settings->issuer, deadline_from_now());
        question.url = question_of(provider, *settings, token, openid_return_address(call));
    } catch (Unusable const& unusable) { throw unavailable(call, *settings, unusable); }
    return run_unit(business, call, [&](Unit& unit) {
        keep_begun(unit, *settings, token, user);
        question.expires_at = {unit.now.ms + begun_ms};
        auto response = json_response(201, to_json(question));
        response.set("Set-Cookie", set_own_cookie(*call.request, way_cookie, token, begun_ms));
        return response;
    });
}

http::Response begin(Call const& call, Body<OpenIdWish> const& body) {
    auto const business =
        named(call, body.value.business ? std::optional<std::string>(*body.value.business) : std::nullopt);
    if (!business) throw not_found();
    Call within = call;
    within.business = business.get();
    within.who = {};
    return begin_at(*business, within, {});
}

// For whoever is signed in: the account that they come back with is theirs, whatever its address.
http::Response begin_linking(Call const& call) {
    need_session(call.who);
    return begin_at(*call.business, call, call.who.user_id);
}

struct Begun {
    OpenIdProvider provider;
    std::string secret;
    Id<User> user;  // who links; nobody: somebody signs in
};

// Used up by whoever comes back first, rightly or not.
Begun use_begun(Business& business, Call const& call, std::string const& token) {
    std::optional<Begun> begun;
    business.database().write_and_wait([&](db::Tx& tx) {
        begun.reset();
        db::Value const values[] = {token_hash(token), call.now.ms};
        Begun found;
        std::int64_t id = 0, version = 0;
        {
            auto row = tx.query(
                "SELECT provider_id,provider_version,user_id FROM openid_begun WHERE token=$1 AND expires_at>$2",
                values);
            if (!row.next()) return;
            id = row.integer(0);
            version = row.integer(1);
            found.user = {row.is_null(2) ? 0 : row.integer(2)};
        }
        db::Value const used[] = {token_hash(token)};
        if (tx.execute("DELETE FROM openid_begun WHERE token=$1", used) != 1) return;
        auto const provider = store::provider_of(tx);
        // Whoever changed the provider meanwhile changed whom we would ask.
        if (!provider || !provider->enabled || provider->id.value != id || provider->version != version) return;
        found.provider = *provider;
        begun = std::move(found);
    });
    if (!begun) throw is_void();
    business.database().read([&](db::Tx& tx) { begun->secret = store::client_secret_of(tx, begun->provider.id); });
    return *begun;
}

// The provider's refusals (RFC 6749 §4.1.2.1, Core §3.1.2.6) in words; its own are not passed on.
Problem refusal_of(OpenIdProvider const& provider, std::string const& error) {
    std::string const name = provider.name;
    if (error == "access_denied")
        return {403, "openid_denied", "Signing in was cancelled at " + name + ", or you may not use Patron there."};
    if (error == "temporarily_unavailable" || error == "server_error") {
        Problem problem(503, "provider_unavailable", name + " cannot sign anybody in right now; try again later.");
        problem.retry_after = 10;
        return problem;
    }
    if (error == "login_required" || error == "interaction_required" || error == "consent_required" ||
        error == "account_selection_required")
        return {403, "openid_denied", name + " wants to ask you something first; begin again."};
    return {403, "openid_denied",
            name + " refused to sign anybody in for Patron; how Patron is set up there may be wrong."};
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Who the account belongs to. It is linked to whoever has its address, the first time.
struct Owner {
    User user;
    bool linked = false;
};
Owner owner_of(Business& business, Call const& call, Begun const& begun, openid::IdToken const& person) {
    std::optional<Owner> owner;
    business.database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        auto id = store::user_of_identity(tx, begun.provider.issuer, person.subject);
        bool const linked = id.has_value();
        if (begun.user && linked && *id != begun.user)
            throw Problem(403, "account_taken", "This account signs a colleague in already.");
        if (!id && begun.user) id = begun.user;
        bool const by_address = !id && !person.email.empty() && person.email_verified;
        if (by_address) id = by_email(reading, person.email);
        auto user = id ? reading.stored(*id) : std::nullopt;
        // Signs that only look alike, or become alike in lower case, may be two people's at the provider.
        if (by_address && user && !is_ascii(person.email) && user->email != person.email) user.reset();
        if (user && user->state != UserState::disabled) owner = Owner{*user, linked};
    });
    if (owner) return *owner;
    if (!person.email_verified && !begun.user)
        throw Problem(403, "email_not_verified",
                      std::string(begun.provider.name) +
                          " does not say that the e-mail address of this account is yours. Sign in otherwise and link "
                          "the account under Settings, My account.");
    throw nobody(begun.provider);
}

openid::IdToken ask_provider(Business& business, Call const& call, Begun const& begun, std::string const& token,
                             OpenIdAnswer const& answer) {
    auto& providers = business.part<Providers>();
    auto const end = deadline_from_now();
    try {
        auto const provider = providers.discover(begun.provider.issuer, end);
        // RFC 9207 §2.4: the answer is of whom we asked.
        if (answer.iss ? *answer.iss != provider.issuer : provider.names_itself)
            throw refused(begun.provider, "it comes from another provider");
        if (answer.error) throw refusal_of(begun.provider, *answer.error);
        if (!answer.code) throw refused(begun.provider, "it has no code");
        return person_behind(providers, provider,
                             {.settings = begun.provider,
                              .secret = begun.secret,
                              .code = *answer.code,
                              .verifier = verifier_of(token),
                              .return_address = openid_return_address(call),
                              .nonce = nonce_of(token),
                              .now = call.now,
                              .end = end});
    } catch (Unusable const& unusable) {
        throw unavailable(call, begun.provider, unusable);
    } catch (openid::Refused const& why) { throw refused(begun.provider, why.what()); }
}

// The account is theirs from now on, if it was not before, and whoever was invited has come.
void let_in(Business& business, Call const& call, Begun const& begun, Owner const& owner, std::string const& subject) {
    if (owner.linked && owner.user.state == UserState::active) return;
    Call by_them = call;
    by_them.who.actor = {ActorKind::user, owner.user.id};
    run_unit(business, by_them, [&](Unit& unit) {
        auto const user = unit.stored(owner.user.id);
        if (!user || user->state == UserState::disabled) throw nobody(begun.provider);
        if (user->state == UserState::invited) join(unit, *user);
        if (!owner.linked) link_identity(unit, user->id, begun.provider.issuer, subject);
        return http::Response(204);
    });
}

http::Response come_back(Call const& call, Body<OpenIdAnswer> const& body) {
    auto const token = own_cookie(*call.request, way_cookie).value_or("");
    auto const [known, business, within] = door_of(call, token);
    Guess guess(*business, within);
    guess.count(place_tries(call), of_a_place);
    guess.take_or_refuse();
    std::optional<Begun> begun;
    std::optional<openid::IdToken> person;
    std::optional<Owner> owner;
    try {
        if (!known) throw is_void();
        begun = use_begun(*business, within, token);
        // Compared as hashes, so that the time it takes tells nothing.
        if (sha256_hex(body.value.state) != sha256_hex(state_of(token))) throw is_void();
        if (begun->user && (call.business != business.get() || call.who.user_id != begun->user || !call.who.session_id))
            throw is_void();
        person = ask_provider(*business, within, *begun, token, body.value);
        owner = owner_of(*business, within, *begun, *person);
        let_in(*business, within, *begun, *owner, person->subject);
    } catch (Problem const& problem) {
        // What the provider could not do is nobody's wrong try.
        if (problem.status < 500) note_failed_sign_in(*business, within, {});
        else business->database().write_and_wait([&](db::Tx& tx) { guess.give_back(tx); });
        throw;
    }
    auto response = go_on_signing_in(*business, call, owner->user.id, [&](Unit& unit) {
        guess.give_back(unit.tx);
        use_identity(unit, begun->provider.issuer, person->subject);
    });
    response.headers.push_back({"Set-Cookie", set_own_cookie(*call.request, way_cookie, "", 0)});
    return response;
}

}  // namespace

void add_openid_entering(Module& module) {
    auto offer = detail::make_route<ways>(http::Method::get, "/session/ways", anyone, "sign_in_ways",
                                          "What signing in offers besides the password",
                                          {{"business", "of which business; the first when left out"}});
    offer.place = Place::working;
    offer.answer_schema = [](Schemas& schemas) { return schema<SignInWays>(schemas); };
    offer.work = [](Call const& call) { return json_response(200, to_json(ways(call))); };
    module.routes.push_back(std::move(offer));
    module.routes.push_back(
        unkeyed(working<begin, OpenIdQuestion>("/session/openid", anyone, "begin_openid",
                                               "Begin to sign in at the provider; sets a cookie for the way back")));
    module.routes.push_back(signing_in<come_back>("/session/openid/answer", "answer_openid",
                                                  "Sign in with what the provider sent back; sets the session cookie"));
    module.routes.push_back(unkeyed(own_sign_in(with_proof(working<begin_linking, OpenIdQuestion>(
        "/session/identities", signed_in, "begin_identity", "Begin to link an account of the provider to me")))));
}

}  // namespace patron::staff
