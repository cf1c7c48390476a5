// Any bytes where an OpenID provider speaks – ID tokens, claims, sets of keys, its description: refused or read, and what
// was read holds together. Nobody gets in whom the provider did not sign for.
#include "access/id_token.hpp"
#include "modules/staff/openid.hpp"

#include <cjose/cjose.h>

#include <cstdlib>

// What only calls to a provider need; nothing is called here.
namespace patron::staff {
outbound::Caller const& outbound_caller() { std::abort(); }
}  // namespace patron::staff

namespace {

using namespace patron;

constexpr std::string_view issuer = "https://id.example.com";
openid::Expected const expected{std::string(issuer), "patron", "nonce-1", {1'790'000'000'000}};

void require_that(bool holds) {
    if (!holds) std::abort();
}

struct Provider {
    cjose_err fault{};
    cjose_jwk_t* jwk = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &fault);
    cjose_header_t* header = cjose_header_new(&fault);
    std::vector<openid::Key> keys;
    Provider() {
        require_that(jwk && header && cjose_header_set(header, CJOSE_HDR_ALG, CJOSE_HDR_ALG_ES256, &fault));
        char* const text = cjose_jwk_to_json(jwk, false, &fault);
        keys = openid::read_keys("{\"keys\":[" + std::string(text) + "]}");
        std::free(text);
        require_that(keys.size() == 1);
    }
    std::string sign(std::string const& claims) {
        auto* const jws =
            cjose_jws_sign(jwk, header, reinterpret_cast<std::uint8_t const*>(claims.data()), claims.size(), &fault);
        char const* token = nullptr;
        require_that(jws && cjose_jws_export(jws, &token, &fault));
        std::string const copy(token);
        cjose_jws_release(jws);
        return copy;
    }
};

void check_person(openid::IdToken const& person) {
    require_that(!person.subject.empty() && person.subject.size() <= 255);
}

void read_tokens(Provider& provider, std::string const& bytes) {
    try {
        openid::read_id_token(bytes, provider.keys, expected);
        require_that(false);  // whoever cannot sign is nobody
    } catch (openid::Refused const&) {}
    try {
        check_person(openid::read_claims(bytes));
    } catch (openid::Refused const&) {}
    if (bytes.empty()) return;
    try {
        check_person(openid::read_id_token(provider.sign(bytes), provider.keys, expected));
        require_that(bytes.find("nonce-1") != std::string::npos || bytes.find("\\u") != std::string::npos);
    } catch (openid::Refused const&) {}
}

void read_keys(std::string const& bytes) {
    try {
        for (auto const& key : openid::read_keys(bytes)) {
            require_that(key.type == "RSA" || key.type == "EC");
            auto const again = openid::read_keys("{\"keys\":[" + key.jwk + "]}");
            require_that(again.size() == 1 && again.front().type == key.type && again.front().jwk == key.jwk);
        }
    } catch (openid::Refused const&) {}
}

void read_description(std::string const& bytes) {
    try {
        auto const said = staff::read_provider(bytes, std::string(issuer));
        require_that(said.issuer == issuer);
        for (auto const& address : {said.authorization_endpoint, said.token_endpoint, said.jwks_uri})
            require_that(address.starts_with("http") && address.find_first_of(" \r\n\t#") == std::string::npos);
    } catch (staff::Unusable const&) {}
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Provider provider;
    std::string const bytes(reinterpret_cast<char const*>(data), size);
    read_tokens(provider, bytes);
    read_keys(bytes);
    read_description(bytes);
    return 0;
}
