#include "access/id_token.hpp"

#include "access/sealing.hpp"
#include "describe/json.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <memory>

namespace patron::openid {
namespace {

constexpr std::size_t most_keys = 50, longest_token = 32'768;

struct Release {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    void operator()(cjose_jws_t* signed_text) const { cjose_jws_release(signed_text); }
};

JsonObject object_in(std::string_view text, char const* what) {
    if (auto object = read_object(text)) return std::move(*object);
    throw Refused(what);
}

// A number of seconds; fractions are allowed (RFC 7519 §2).
std::optional<double> seconds_at(JsonObject const& object, std::string_view member) {
    auto const* const found = object.if_contains(member);
    if (!found) return {};
    if (found->is_int64()) return static_cast<double>(found->get_int64());
    if (found->is_uint64()) return static_cast<double>(found->get_uint64());
    if (found->is_double()) return found->get_double();
    throw Refused("one of its times is no number");
}

std::size_t bytes_of(std::string const& number) {
    auto const bytes = from_base64(number);
    if (!bytes) return 0;
    auto const first = bytes->find_first_not_of('\0');
    return first == std::string::npos ? 0 : bytes->size() - first;
}

std::optional<Key> usable_key(JsonObject const& jwk) {
    Key key{text_at(jwk, "kid"), text_at(jwk, "alg"), text_at(jwk, "kty"), {}};
    if (auto const use = text_at(jwk, "use"); !use.empty() && use != "sig") return {};
    JsonObject shown{{"kty", key.type}};
    std::vector<std::string> members;
    if (key.type == "RSA") {
        auto const size = bytes_of(text_at(jwk, "n")), exponent = bytes_of(text_at(jwk, "e"));
        if (size < 256 || size > 512 || exponent < 1 || exponent > 4) return {};
        members = {"n", "e"};
    } else if (key.type == "EC" && text_at(jwk, "crv") == "P-256") members = {"crv", "x", "y"};
    else return {};
    for (auto const& member : members) shown[member] = text_at(jwk, member);
    key.jwk = json_text(shown);
    return key;
}

bool fits(Key const& key, std::string_view algorithm) {
    return key.type == (algorithm == "ES256" ? "EC" : "RSA") && (key.algorithm.empty() || key.algorithm == algorithm);
}

Key const& key_for(std::vector<Key> const& keys, std::string_view algorithm, std::string const& id) {
    std::vector<Key const*> found;
    for (auto const& key : keys)
        if (fits(key, algorithm) && (id.empty() || key.id == id)) found.push_back(&key);
    if (found.empty()) throw UnknownKey("it is signed with a key that the provider does not publish");
    if (found.size() > 1) throw Refused("it does not say which key it is signed with");
    return *found.front();
}

struct Head {
    std::string algorithm, key_id;
};

Head read_head(std::string_view token) {
    auto const dot = token.find('.');
    auto const bytes = from_base64(token.substr(0, std::min(dot, token.size())));
    if (dot == std::string_view::npos || !bytes) throw Refused("it is no signed token");
    auto const head = object_in(*bytes, "it is no signed token");
    Head read{text_at(head, "alg"), text_at(head, "kid")};
    if (std::find(std::begin(algorithms), std::end(algorithms), read.algorithm) == std::end(algorithms))
        throw Refused("it is not signed in a way that is taken (RS256, PS256 or ES256)");
    // RFC 7515 §4.1.11: what has to be understood and is not.
    if (head.contains("crit")) throw Refused("it asks for what is not understood here");
    return read;
}

// What was signed, once the signature fits.
std::string signed_text(std::string_view token, Key const& key) {
    cjose_err error{};
    std::unique_ptr<cjose_jwk_t, Release> const jwk(cjose_jwk_import(key.jwk.data(), key.jwk.size(), &error));
    if (!jwk) throw Refused("the provider's key cannot be used");
    std::unique_ptr<cjose_jws_t, Release> const jws(cjose_jws_import(token.data(), token.size(), &error));
    if (!jws) throw Refused("it is no signed token");
    if (!cjose_jws_verify(jws.get(), jwk.get(), &error)) throw Refused("its signature is wrong");
    std::uint8_t* text = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &text, &size, &error)) throw Refused("it is no signed token");
    return {reinterpret_cast<char const*>(text), size};
}

// Core §3.1.3.7, 3 to 5: it is for us, and when for others as well, it was given to us.
void check_audience(JsonObject const& claims, std::string const& client_id) {
    auto const* const audience = claims.if_contains("aud");
    bool ours = audience && audience->is_string() && audience->get_string() == client_id;
    bool several = false;
    if (audience && audience->is_array()) {
        several = audience->get_array().size() > 1;
        for (auto const& one : audience->get_array()) ours = ours || (one.is_string() && one.get_string() == client_id);
    }
    bool const given = claims.contains("azp") ? text_at(claims, "azp") == client_id : !several;
    if (!ours || !given) throw Refused("it is for another program");
}

void check_times(JsonObject const& claims, Time now) {
    auto const seconds = static_cast<double>(now.ms) / 1000;
    auto const expires = seconds_at(claims, "exp"), issued = seconds_at(claims, "iat");
    auto const from = seconds_at(claims, "nbf");
    if (!expires || !issued) throw Refused("it does not say how long it holds");
    if (!(seconds < *expires + leeway_s)) throw Refused("it has expired");
    if (!(*issued <= seconds + leeway_s) || (from && !(*from <= seconds + leeway_s)))
        throw Refused("it comes from the future; the clocks differ");
}

bool is_subject(std::string const& text) {  // §2: at most 255 characters of ASCII
    return !text.empty() && text.size() <= 255 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

IdToken person_in(JsonObject const& claims) {
    IdToken person{text_at(claims, "sub"), text_at(claims, "email"), false};
    if (!is_subject(person.subject)) throw Refused("it does not say who signed in");
    auto const* const verified = claims.if_contains("email_verified");
    person.email_verified = verified && verified->is_bool() && verified->get_bool();
    return person;
}

}  // namespace

std::vector<Key> read_keys(std::string_view jwks) {
    auto const set = object_in(jwks, "it is no set of keys");
    auto const* const listed = set.if_contains("keys");
    if (!listed || !listed->is_array()) throw Refused("it is no set of keys");
    std::vector<Key> keys;
    for (auto const& one : listed->get_array()) {
        if (keys.size() == most_keys) break;
        auto key = one.is_object() ? usable_key(one.get_object()) : std::nullopt;
        if (key) keys.push_back(std::move(*key));
    }
    return keys;
}

IdToken read_id_token(std::string_view token, std::vector<Key> const& keys, Expected const& expected) {
    if (token.size() > longest_token) throw Refused("it is too long");
    auto const head = read_head(token);
    auto const claims =
        object_in(signed_text(token, key_for(keys, head.algorithm, head.key_id)), "what it says cannot be read");
    if (text_at(claims, "iss") != expected.issuer) throw Refused("it was made by somebody else");
    check_audience(claims, expected.client_id);
    check_times(claims, expected.now);
    if (expected.nonce.empty() || text_at(claims, "nonce") != expected.nonce)
        throw Refused("it answers another question");
    return person_in(claims);
}

std::string code_challenge(std::string_view verifier) { return to_base64(sha256(verifier)); }

IdToken read_claims(std::string_view json) { return person_in(object_in(json, "what it says cannot be read")); }

}  // namespace patron::openid
