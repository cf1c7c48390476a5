// Talking with an OpenID provider: what it says of itself, its keys, a code for a token.
#include "modules/staff/openid.hpp"

namespace patron::staff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::minutes remembered{10}, between_tries{1};

JsonObject object_of(outbound::Answer const& answer, std::string const& what) {
    if (answer.status != 200) throw Unusable(what + " answered with the status " + std::to_string(answer.status) + ".");
    if (auto object = read_object(answer.body)) return std::move(*object);
    throw Unusable(what + " answered something that is no JSON object.");
}

outbound::Answer ask(outbound::Request const& request, std::string const& what) {
    try {
        return outbound_caller().call(request);
    } catch (outbound::Failed const& failed) {
        throw Unusable(what + ' ' + failed.what() + '.', failed.fault == outbound::Fault::busy);
    }
}

// Whether a list that may be left out names the word.
bool lists(JsonObject const& object, std::string_view member, std::string_view word, bool when_left_out) {
    auto const* const found = object.if_contains(member);
    if (!found || !found->is_array()) return when_left_out;
    for (auto const& one : found->get_array())
        if (one.is_string() && std::string_view(one.get_string()) == word) return true;
    return false;
}

// Over TLS, unless the provider itself is not.
std::string address_at(JsonObject const& object, std::string_view member, std::string_view what) {
    auto const address = text_at(object, member);
    auto const target = outbound::read_target(address);
    if (!target || (!target->tls && !text_at(object, "issuer").starts_with("http://")))
        throw Unusable("The provider's description names no " + std::string(what) + " (" + std::string(member) + ").");
    return address;
}

constexpr char const* description = "The provider's description";

}  // namespace

Provider read_provider(std::string_view document, std::string const& issuer) {
    auto const said = object_of({200, std::string(document)}, description);
    Provider provider{.issuer = text_at(said, "issuer")};
    // Discovery §4.3: it must be exactly the one that was asked.
    if (provider.issuer != issuer)
        throw Unusable(
            "The provider's description is of another issuer; type it exactly as the provider names itself.");
    provider.authorization_endpoint = address_at(said, "authorization_endpoint", "page to sign in at");
    provider.token_endpoint = address_at(said, "token_endpoint", "place that gives tokens");
    provider.jwks_uri = address_at(said, "jwks_uri", "place where its keys are");
    if (said.contains("userinfo_endpoint"))
        provider.userinfo_endpoint = address_at(said, "userinfo_endpoint", "place that knows people's addresses");
    if (!lists(said, "response_types_supported", "code", true))
        throw Unusable("The provider does not offer the authorization code flow.");
    if (!lists(said, "code_challenge_methods_supported", "S256", true))
        throw Unusable("The provider does not offer PKCE with S256.");
    bool signs = false;
    for (auto const algorithm : openid::algorithms)
        signs = signs || lists(said, "id_token_signing_alg_values_supported", algorithm, true);
    if (!signs) throw Unusable("The provider signs its tokens in none of the ways RS256, PS256 and ES256.");
    auto const* const names = said.if_contains("authorization_response_iss_parameter_supported");
    provider.names_itself = names && names->is_bool() && names->get_bool();
    constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
    provider.secret_in_body =
        !lists(said, methods, "client_secret_basic", true) && lists(said, methods, "client_secret_post", false);
    return provider;
}

Provider Providers::discover(std::string const& issuer, Moment end) {
    auto const now = Clock::now();
    {
        std::lock_guard const lock(mutex_);
        auto const found = known_.find(issuer);
        if (found != known_.end() && now - found->second.provider_at < remembered) return found->second.provider;
    }
    auto base = issuer;
    if (base.ends_with('/')) base.pop_back();
    auto const answer = ask({.url = base + "/.well-known/openid-configuration", .end = end}, description);
    if (answer.status != 200)
        throw Unusable("The provider's description was answered with the status " + std::to_string(answer.status) +
                       "; is the issuer right?");
    auto const provider = read_provider(answer.body, issuer);
    std::lock_guard const lock(mutex_);
    if (known_.size() > 4 && !known_.contains(issuer)) known_.clear();
    auto& known = known_[issuer];
    if (known.provider.jwks_uri != provider.jwks_uri) known.keys.reset();
    known.provider = provider;
    known.provider_at = now;
    return provider;
}

void Providers::forget() {
    std::lock_guard const lock(mutex_);
    known_.clear();
}

std::vector<openid::Key> Providers::keys(Provider const& provider, bool anew, Moment end) {
    auto const now = Clock::now();
    {
        std::lock_guard const lock(mutex_);
        auto const found = known_.find(provider.issuer);
        if (found != known_.end() && found->second.keys && found->second.provider.jwks_uri == provider.jwks_uri &&
            now - found->second.keys_at < (anew ? std::chrono::minutes(between_tries) : remembered))
            return *found->second.keys;
    }
    auto const answer = ask({.url = provider.jwks_uri, .end = end}, "The provider's set of keys");
    if (answer.status != 200)
        throw Unusable("The provider's set of keys was answered with the status " + std::to_string(answer.status) +
                       '.');
    std::vector<openid::Key> keys;
    try {
        keys = openid::read_keys(answer.body);
    } catch (openid::Refused const&) { throw Unusable("The provider's set of keys cannot be read."); }
    std::lock_guard const lock(mutex_);
    auto& known = known_[provider.issuer];
    known.keys = keys;
    known.keys_at = now;
    return keys;
}

namespace {

outbound::Request token_request(Provider const& provider, Exchange const& with) {
    outbound::Request request{.url = provider.token_endpoint, .end = with.end};
    request.form = "grant_type=authorization_code&code=" + http::percent_encode(with.code) +
                   "&redirect_uri=" + http::percent_encode(with.return_address) +
                   "&code_verifier=" + http::percent_encode(with.verifier);
    if (provider.secret_in_body) {
        request.form += "&client_id=" + http::percent_encode(with.settings.client_id) +
                        "&client_secret=" + http::percent_encode(with.secret);
    } else {
        request.user = http::percent_encode(with.settings.client_id);  // RFC 6749 §2.3.1
        request.password = http::percent_encode(with.secret);
    }
    return request;
}

constexpr char const* tokens = "The provider, asked for a token,";

// The name of a refusal (RFC 6749 §5.2), when it is one that has a name.
std::string refusal_in(outbound::Answer const& answer) {
    try {
        auto const json = parse_json(answer.body);
        if (json.is_object()) return text_at(json.get_object(), "error");
    } catch (Problem const&) {}
    return {};
}

}  // namespace

std::optional<std::string> wrong_client(Provider const& provider, Exchange const& with) {
    auto const answer = ask(token_request(provider, with), tokens);
    auto const refusal = refusal_in(answer);
    if (answer.status == 401 || refusal == "invalid_client" || refusal == "unauthorized_client")
        return "The provider does not take the client id with this secret.";
    return {};
}

openid::IdToken person_behind(Providers& providers, Provider const& provider, Exchange const& with) {
    auto const answer = ask(token_request(provider, with), tokens);
    if (auto const refusal = refusal_in(answer); answer.status == 400 && refusal == "invalid_grant")
        throw openid::Refused("the provider does not know it any more");
    if (answer.status == 401 || answer.status == 400)
        throw Unusable("The provider does not take us: the client id or its secret may be wrong.");
    auto const said = object_of(answer, tokens);
    openid::Expected const expected{with.settings.issuer, with.settings.client_id, with.nonce, with.now};
    auto const read = [&](bool anew) {
        return openid::read_id_token(text_at(said, "id_token"), providers.keys(provider, anew, with.end), expected);
    };
    openid::IdToken person;
    try {
        person = read(false);
    } catch (openid::UnknownKey const&) { person = read(true); }
    auto const access = text_at(said, "access_token");
    bool const plain =
        !access.empty() && access.size() < 8000 &&
        access.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/=") ==
            std::string::npos;  // RFC 6750 §2.1
    if (!person.email.empty() || provider.userinfo_endpoint.empty() || !plain) return person;
    auto const more = ask({.url = provider.userinfo_endpoint, .bearer = access, .end = with.end},
                          "The provider, asked for the e-mail address,");
    if (more.status != 200) return person;
    auto const claims = openid::read_claims(more.body);
    if (claims.subject != person.subject) throw openid::Refused("it speaks of two different people");  // §5.3.2
    return claims;
}

}  // namespace patron::staff
