// Signing in by OpenID Connect: the provider that an owner sets up, what it says of itself, and whom its accounts belong to.
#pragma once
#include "access/id_token.hpp"
#include "modules/staff/parts.hpp"
#include "outbound/outbound.hpp"

namespace patron::staff {
struct OpenIdProvider;
struct Identity;
}  // namespace patron::staff
ID_PREFIX(patron::staff::OpenIdProvider, "oip");
ID_PREFIX(patron::staff::Identity, "idn");

namespace patron::staff {

// Where staff may sign in instead of by password. Its secret is kept sealed, apart from this, and shown to nobody.
struct OpenIdProvider {
    static constexpr std::string_view table = "openid_providers", noun = "provider";
    static constexpr std::string_view fixed[] = {"id", "version", "secret_set_at", "created_at", "updated_at"};
    Id<OpenIdProvider> id;
    std::int64_t version = 0;
    Text<1, 60> name;  // on the button
    Text<1, 500> issuer;
    Text<1, 300> client_id;
    bool enabled = true;
    Time secret_set_at, created_at, updated_at;
};
DESCRIBE(OpenIdProvider, id, version, name, issuer, client_id, enabled, secret_set_at, created_at, updated_at);

// An account at a provider that signs a member of staff in.
struct Identity {
    static constexpr std::string_view table = "identities", noun = "identity";
    static constexpr std::string_view fixed[] = {"id", "issuer", "created_at", "last_used_at", "name"};
    static constexpr std::string_view computed[] = {"name"};
    Id<Identity> id;
    std::string issuer;
    Time created_at, last_used_at;
    std::string name;  // of the provider, as long as it is set up
};
DESCRIBE(Identity, id, issuer, created_at, last_used_at, name);

// What calls to providers go through, and where people reach us when that was set: "https://crm.example.com", or "".
void set_outbound(std::shared_ptr<outbound::Caller> caller, std::string public_url);
outbound::Caller const& outbound_caller();
// Where the provider sends people back to.
std::string openid_return_address(Call const& call);

// ---- the provider, as it is set up
namespace store {
std::optional<OpenIdProvider> provider_of(db::Tx&);         // the one there is
std::string client_secret_of(db::Tx&, Id<OpenIdProvider>);  // in clear; throws Problem 503 without the key
}  // namespace store

// ---- the provider, as it answers
// What it says of itself (OpenID Connect Discovery 1.0 §3), as far as we need it.
struct Provider {
    std::string issuer, authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint;
    bool names_itself = false;    // in every answer (RFC 9207)
    bool secret_in_body = false;  // it takes the secret nowhere else
};
// What is wrong with it, in a sentence for whoever sets it up or signs in.
struct Unusable : std::runtime_error {
    explicit Unusable(std::string const& sentence, bool busy = false) : std::runtime_error(sentence), busy(busy) {}
    bool busy;
};
// Pure: throws Unusable.
Provider read_provider(std::string_view document, std::string const& issuer);

// All that is asked of a provider for one step of signing in has to be answered within so long, whatever each call may
// take by itself (outbound::Caller::deadline).
using Moment = std::chrono::steady_clock::time_point;
inline constexpr std::chrono::seconds whole_deadline{15};
inline Moment deadline_from_now() { return std::chrono::steady_clock::now() + whole_deadline; }

// What this server remembers of providers, for one business. Calls block, at most until the end. All throw Unusable.
class Providers {
  public:
    explicit Providers(Business&) {}
    Provider discover(std::string const& issuer, Moment end);
    // Its keys; asked for again when they are old, or, at most once a minute, when `anew`.
    std::vector<openid::Key> keys(Provider const& provider, bool anew, Moment end);
    void forget();

  private:
    struct Known {
        Provider provider;
        std::chrono::steady_clock::time_point provider_at, keys_at;
        std::optional<std::vector<openid::Key>> keys;
    };
    std::mutex mutex_;
    std::map<std::string, Known> known_;  // by issuer; one, but for the moment after a change
};

struct Exchange {
    OpenIdProvider settings;
    std::string secret, code, verifier, return_address, nonce;
    Time now;
    Moment end;
};
// Gives the code away for an ID token, and reads it (Core §3.1.3). Throws Unusable, or openid::Refused for a token that is
// not taken. An address that the token does not name is asked for at the provider (§5.3).
openid::IdToken person_behind(Providers&, Provider const&, Exchange const&);
// Does it take the client's id and secret? Nothing when it does, or when that cannot be told.
std::optional<std::string> wrong_client(Provider const&, Exchange const&);

// ---- whose accounts there are
namespace store {
std::optional<Id<User>> user_of_identity(db::Tx&, std::string const& issuer, std::string const& subject);
}  // namespace store
// From now on this account signs the user in, who hears of it by mail.
void link_identity(Unit&, Id<User>, std::string const& issuer, std::string const& subject);
void use_identity(Unit&, std::string const& issuer, std::string const& subject);

void add_openid_providers(Module&);
void add_openid_entering(Module&);
void add_identities(Module&);

}  // namespace patron::staff
