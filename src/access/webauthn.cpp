#include "access/webauthn.hpp"

#include "access/sealing.hpp"
#include "access/webauthn_key.hpp"
#include "describe/json.hpp"

namespace patron::webauthn {
namespace {

void need(bool right, char const* what) {
    if (!right) throw Refused(what);
}

JsonObject read_client_data(std::string const& text) {
    if (auto data = read_object(text)) return std::move(*data);
    throw Refused("the client data are no JSON object");
}

// §5.8.1: what the browser says of the page.
void check_client_data(std::string const& text, std::string_view type, Site const& site, std::string_view challenge) {
    auto const data = read_client_data(text);
    need(text_at(data, "type") == type, "another ceremony");
    need(!challenge.empty() && text_at(data, "challenge") == to_base64(challenge), "another challenge");
    need(!site.origin.empty() && text_at(data, "origin") == site.origin, "another origin");
    auto const* crossed = data.if_contains("crossOrigin");
    need(!crossed || (crossed->is_bool() && !crossed->get_bool()), "from within another page");
}

// §6.1: what the authenticator says.
struct AuthenticatorData {
    bool backed_up = false;
    std::uint32_t sign_count = 0;
    std::string credential_id, public_key;  // at a registration
};

constexpr unsigned user_present = 0x01, user_verified = 0x04, backup_eligible = 0x08, backup_state = 0x10,
                   attested = 0x40, extensions = 0x80;

std::uint32_t number(std::string_view bytes) {
    std::uint32_t value = 0;
    for (char const c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

AuthenticatorData read_authenticator_data(std::string_view bytes, Site const& site, bool registering) {
    constexpr std::size_t head = 37, guid = 16;
    need(bytes.size() >= head, "authenticator data too short");
    need(bytes.substr(0, 32) == sha256(site.host), "for another host");
    auto const flags = static_cast<unsigned char>(bytes[32]);
    need(flags & user_present, "nobody was there");
    need(flags & user_verified, "nobody showed who they are");
    need((flags & backup_eligible) || !(flags & backup_state), "a copy of what cannot be copied");
    need(((flags & attested) != 0) == registering, "credential data where none belong, or none where they do");
    AuthenticatorData data{.backed_up = (flags & backup_state) != 0, .sign_count = number(bytes.substr(33, 4))};
    auto rest = bytes.substr(head);
    if (registering) {
        need(rest.size() >= guid + 2, "credential data too short");
        std::size_t const length = number(rest.substr(guid, 2));
        rest.remove_prefix(guid + 2);
        need(length > 0 && length <= 1023 && rest.size() > length, "a credential id of an impossible length");
        data.credential_id = rest.substr(0, length);
        rest.remove_prefix(length);
        auto const size = cbor_size(rest);
        need(size > 0, "no public key");
        data.public_key = rest.substr(0, size);
        rest.remove_prefix(size);
    }
    if (flags & extensions) {
        auto const size = cbor_size(rest);
        need(size > 0, "no extensions where there should be");
        rest.remove_prefix(size);
    }
    need(rest.empty(), "something behind the end");
    return data;
}

}  // namespace

Site site_of(std::string_view address) {
    auto const from = address.find("://");
    auto const host = from == std::string_view::npos ? address : address.substr(from + 3);
    return {std::string(address), std::string(host.substr(0, host.find_first_of(":/")))};
}

NewCredential read_registration(std::string const& client_data, std::string const& attestation, Site const& site,
                                std::string_view challenge) {
    check_client_data(client_data, "webauthn.create", site, challenge);
    auto const authenticator = authenticator_data_in(attestation);
    need(authenticator.has_value(), "no attestation object");
    auto const data = read_authenticator_data(*authenticator, site, true);
    NewCredential fresh{data.credential_id, data.public_key, 0, data.sign_count, data.backed_up};
    fresh.algorithm = PublicKey(data.public_key).algorithm();
    return fresh;
}

Assertion read_assertion(std::string const& client_data, std::string const& authenticator_data,
                         std::string const& signature, KnownCredential const& known, Site const& site,
                         std::string_view challenge) {
    check_client_data(client_data, "webauthn.get", site, challenge);
    auto const data = read_authenticator_data(authenticator_data, site, false);
    need(PublicKey(known.public_key).fits(authenticator_data + sha256(client_data), signature), "another signature");
    // §6.1.1: both zero means that it does not count.
    bool const counts = data.sign_count != 0 || known.sign_count != 0;
    return {data.sign_count, counts && data.sign_count <= known.sign_count, data.backed_up};
}

std::optional<std::string> challenge_in(std::string const& client_data) {
    auto const data = read_object(client_data);
    auto const text = data ? text_at(*data, "challenge") : std::string();
    return text.empty() ? std::nullopt : from_base64(text);
}

}  // namespace patron::webauthn
