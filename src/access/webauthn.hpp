// Passkeys: what an authenticator says, checked as Web Authentication Level 2 §7 asks. Nothing here reads a clock or a
// database; challenges come and go elsewhere.
#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace patron::webauthn {

// Whom the ceremony is for: the origin of our pages ("https://crm.example.com") and the host in it.
struct Site {
    std::string origin, host;
};
Site site_of(std::string_view address);

// What is wrong with what was shown; not for people.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// COSE algorithms (RFC 9053): the only ones taken.
inline constexpr std::int64_t es256 = -7, eddsa = -8, rs256 = -257;

struct NewCredential {
    std::string id;          // as the authenticator names it
    std::string public_key;  // COSE_Key, CBOR
    std::int64_t algorithm = 0;
    std::uint32_t sign_count = 0;
    bool backed_up = false;
};

// The end of navigator.credentials.create(). Throws Refused. The challenge is the text that was sent as bytes.
NewCredential read_registration(std::string const& client_data, std::string const& attestation, Site const& site,
                                std::string_view challenge);

struct KnownCredential {
    std::string public_key;
    std::uint32_t sign_count = 0;
};
struct Assertion {
    std::uint32_t sign_count = 0;
    bool went_back = false;  // the counter did: there may be a copy of the authenticator (§6.1.1)
    bool backed_up = false;
};

// The end of navigator.credentials.get(). Throws Refused. The user must have been verified: it stands for both factors.
Assertion read_assertion(std::string const& client_data, std::string const& authenticator_data,
                         std::string const& signature, KnownCredential const& known, Site const& site,
                         std::string_view challenge);

// The challenge that client data answer, unchecked: to find which one it was.
std::optional<std::string> challenge_in(std::string const& client_data);

}  // namespace patron::webauthn
