// ID tokens: what an OpenID provider says of who signed in there, checked as OpenID Connect Core 1.0 §3.1.3.7 asks. Nothing
// here reads a clock, a database or the network.
#pragma once
#include "base/time.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace patron::openid {

// What is wrong, as the end of a sentence: "it has expired". Nothing of what was shown stands in it.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// It is signed by a key that is not among those known; the provider may have a new one.
struct UnknownKey : Refused {
    using Refused::Refused;
};

// A public key of the provider (RFC 7517) that tokens may be signed with: RSA of 2048 to 4096 bits, or P-256.
struct Key {
    std::string id;         // "" when it has none
    std::string algorithm;  // that it is meant for alone, or ""
    std::string type;       // "RSA" or "EC"
    std::string jwk;        // its public members
};
// Those of a key set that we take; others are passed over. Throws Refused for what is none.
std::vector<Key> read_keys(std::string_view jwks);

// The only ones that are taken (RFC 7518 §3.1).
inline constexpr std::string_view algorithms[] = {"RS256", "PS256", "ES256"};
inline constexpr std::int64_t leeway_s = 60;  // clocks differ

struct Expected {
    std::string issuer, client_id, nonce;
    Time now;
};
struct IdToken {
    std::string subject;
    std::string email;  // "" when it names none
    bool email_verified = false;
};
IdToken read_id_token(std::string_view token, std::vector<Key> const& keys, Expected const& expected);

// The same members of a claims document: email and email_verified (§5.1) and sub.
IdToken read_claims(std::string_view json);

// What is told of a verifier before it is shown (RFC 7636 §4.2, S256).
std::string code_challenge(std::string_view verifier);

}  // namespace patron::openid
