// Any bytes where an authenticator or a browser speaks (CBOR, COSE, authenticator data, client data): refused or read, and
// what was read holds together. Nobody gets in without the private key.
#include "access/sealing.hpp"
#include "access/webauthn.hpp"
#include "access/webauthn_key.hpp"

#include <cstdlib>

namespace {

using namespace patron;

constexpr std::string_view challenge = "pl_0001";
webauthn::Site const site{"http://localhost:8080", "localhost"};

void require_that(bool holds) {
    if (!holds) std::abort();
}

std::string client_data(std::string_view type) {
    return R"({"type":"webauthn.)" + std::string(type) + R"(","challenge":")" + to_base64(challenge) +
           R"(","origin":")" + site.origin + R"(","crossOrigin":false})";
}

void register_with(std::string const& attestation) {
    try {
        auto const fresh = webauthn::read_registration(client_data("create"), attestation, site, challenge);
        require_that(!fresh.id.empty() && fresh.id.size() <= 1023);
        require_that(webauthn::cbor_size(fresh.public_key) == fresh.public_key.size());
        require_that(webauthn::PublicKey(fresh.public_key).algorithm() == fresh.algorithm);
        // What is kept of it opens nothing to whoever cannot sign.
        webauthn::KnownCredential const known{fresh.public_key, fresh.sign_count};
        try {
            webauthn::read_assertion(client_data("get"), attestation, attestation, known, site, challenge);
            require_that(false);
        } catch (webauthn::Refused const&) {}
    } catch (webauthn::Refused const&) {}
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const bytes(reinterpret_cast<char const*>(data), size);
    require_that(webauthn::cbor_size(bytes) <= size);
    if (auto const found = webauthn::challenge_in(bytes)) require_that(from_base64(to_base64(*found)) == found);
    register_with(bytes);
    try {
        webauthn::PublicKey(bytes).fits("message", bytes);
    } catch (webauthn::Refused const&) {}
    return 0;
}
