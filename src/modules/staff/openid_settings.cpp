// The provider that staff may sign in at: set up by an owner, for whoever chooses it chooses who signs in as whom.
#include "modules/staff/openid.hpp"
#include "modules/staff/rules.hpp"
#include "modules/staff/second_factor.hpp"

#include "module/keeping.hpp"
#include "module/listing.hpp"

namespace patron::staff {
namespace {

constexpr Kind provider_created{"openid_provider.created", 1, "{actor} set up a provider to sign in at", ""};
constexpr Kind provider_updated{"openid_provider.updated", 1, "{actor} changed {changes} of the provider to sign in at",
                                ""};
constexpr Kind provider_deleted{"openid_provider.deleted", 1, "{actor} removed the provider to sign in at", ""};

// What is typed. The secret goes in and never comes out.
struct OpenIdSetup {
    Text<1, 60> name;
    Text<1, 500> issuer;
    Text<1, 300> client_id;
    std::optional<Text<1, 500>> client_secret;
    bool enabled = true;
};
DESCRIBE(OpenIdSetup, name, issuer, client_id, client_secret, enabled);

struct OpenIdCheck {
    bool usable = false;
    std::vector<std::string> faults;  // in sentences
};
DESCRIBE(OpenIdCheck, usable, faults);

std::shared_ptr<outbound::Caller> the_caller;
std::string the_public_url;

std::string about(Id<OpenIdProvider> id) { return "secret of " + id.text(); }

// Whoever says where people sign in can be anybody, so it takes all that an owner may.
void need_owner(Reading& reading) {
    if (!outranks(reading.who, role_of_key(reading, "owner"), reading.business.areas())) throw above_your_rights();
}

void check_issuer(std::string const& issuer) {
    try {
        outbound_caller().check(issuer);
    } catch (outbound::Failed const& failed) {
        throw invalid("/issuer", "not_an_issuer", "The issuer " + std::string(failed.what()) + '.');
    }
    if (issuer.find('?') != std::string::npos)
        throw invalid("/issuer", "not_an_issuer", "The issuer has nothing behind a question mark.");
}

void keep_secret(Unit& unit, Id<OpenIdProvider> id, std::string const& secret) {
    db::Value const values[] = {id.value, seal_key().seal(secret, about(id))};
    unit.tx.execute(
        "INSERT INTO openid_secrets (provider_id,secret) VALUES ($1,$2) ON CONFLICT (provider_id) DO UPDATE SET "
        "secret=excluded.secret",
        values);
}

Page<OpenIdProvider> list_providers(Reading& reading) {
    return list_records<OpenIdProvider>(reading, {}, {{"created_at", "created_at", Order::Type::integer}});
}

OpenIdProvider get_provider(Reading& reading, Id<OpenIdProvider> id) { return reading.find(id); }

OpenIdProvider create_provider(Unit& unit, Body<OpenIdSetup> const& body) {
    need_owner(unit);
    auto const& draft = body.value;
    if (!draft.client_secret) throw invalid("/client_secret", "required", "The client secret is needed.");
    check_issuer(draft.issuer);
    if (store::provider_of(unit.tx)) throw conflict("too_many", "There is a provider already; change that one.");
    OpenIdProvider provider;
    provider.name = draft.name;
    provider.issuer = draft.issuer;
    provider.client_id = draft.client_id;
    provider.enabled = draft.enabled;
    provider.secret_set_at = unit.now;
    unit.keep(provider, {.kind = &provider_created});
    keep_secret(unit, provider.id, *draft.client_secret);
    return provider;
}

OpenIdProvider change_provider(Unit& unit, Id<OpenIdProvider> id, Patch<OpenIdSetup> const& patch) {
    need_owner(unit);
    auto const before = unit.find(id);
    OpenIdSetup draft{before.name, before.issuer, before.client_id, {}, before.enabled};
    patch.apply_to(draft);
    auto after = before;
    after.name = draft.name;
    after.issuer = draft.issuer;
    after.client_id = draft.client_id;
    after.enabled = draft.enabled;
    if (after.issuer != before.issuer) {
        check_issuer(after.issuer);
        // The secret was told to us for the one before, and nobody else is told it.
        if (!draft.client_secret)
            throw invalid("/client_secret", "required", "The client secret is needed with another issuer.");
    }
    if (draft.client_secret) {
        after.secret_set_at = unit.now;
        keep_secret(unit, id, *draft.client_secret);
    }
    unit.change(before, after, {.kind = &provider_updated});
    return after;
}

void delete_provider(Unit& unit, Id<OpenIdProvider> id) {
    need_owner(unit);
    auto const provider = unit.find(id);
    unit.drop(provider, {.kind = &provider_deleted});
    db::Value const values[] = {id.value};
    unit.tx.execute("DELETE FROM openid_secrets WHERE provider_id=$1", values);
    unit.tx.execute("DELETE FROM openid_begun WHERE provider_id=$1", values);
}

// Asks the provider what it says of itself, for its keys, and whether it takes our secret: with a code that is none.
OpenIdCheck check_provider(Call const& call, Id<OpenIdProvider> id) {
    Exchange with{.code = "none",
                  .verifier = sha256_hex("none"),
                  .return_address = openid_return_address(call),
                  .end = deadline_from_now()};
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        need_owner(reading);
        with.settings = reading.find(id);
        with.secret = store::client_secret_of(tx, id);
    });
    OpenIdCheck check;
    auto& providers = call.business->part<Providers>();
    providers.forget();
    try {
        auto const provider = providers.discover(with.settings.issuer, with.end);
        if (providers.keys(provider, true, with.end).empty())
            check.faults.emplace_back("The provider publishes no key that tokens could be signed with.");
        if (auto fault = wrong_client(provider, with)) check.faults.push_back(std::move(*fault));
    } catch (Unusable const& unusable) {
        if (unusable.busy) {
            Problem busy(503, "busy", "Too many calls to other servers are under way; try again.");
            busy.retry_after = 2;
            throw busy;
        }
        check.faults.emplace_back(unusable.what());
    }
    check.usable = check.faults.empty();
    return check;
}

}  // namespace

void set_outbound(std::shared_ptr<outbound::Caller> caller, std::string public_url) {
    the_caller = caller ? std::move(caller) : std::make_shared<outbound::Caller>();
    the_public_url = std::move(public_url);
}

outbound::Caller const& outbound_caller() { return *the_caller; }

std::string openid_return_address(Call const& call) {
    constexpr std::string_view page = "/sign-in/openid";
    if (!the_public_url.empty()) return the_public_url + std::string(page);
    // A browser's own page asks from where it stands; that was checked before anything else.
    auto const host = call.request->header("host").value_or("");
    return (call.request->secure ? "https://" : "http://") + std::string(host) + std::string(page);
}

std::optional<OpenIdProvider> store::provider_of(db::Tx& tx) {
    static std::string const sql = "SELECT " + column_list<OpenIdProvider>() + " FROM openid_providers ORDER BY id";
    auto row = tx.query(sql);
    if (!row.next()) return {};
    return read_row<OpenIdProvider>(row);
}

std::string store::client_secret_of(db::Tx& tx, Id<OpenIdProvider> id) {
    db::Value const values[] = {id.value};
    std::string sealed;
    {
        auto row = tx.query("SELECT secret FROM openid_secrets WHERE provider_id=$1", values);
        if (row.next()) sealed = row.text(0);
    }
    auto const secret = seal_key().open(sealed, about(id));
    if (!secret)
        throw Problem(503, "secrets_key_missing",
                      "This server does not have the key that secrets are sealed with (--secrets-key-file).");
    return *secret;
}

void add_openid_providers(Module& module) {
    Permission const edit("business.edit");
    for (auto const* kind : {&provider_created, &provider_updated, &provider_deleted}) module.kinds.push_back(kind);
    module.routes.push_back(get<list_providers>("/openid_providers", edit, "list_openid_providers",
                                                "Where staff may sign in instead of by password", list_params({})));
    module.routes.push_back(get<get_provider>("/openid_providers/{id}", edit, "get_openid_provider", "One provider"));
    module.routes.push_back(with_proof(
        post<create_provider>("/openid_providers", edit, "create_openid_provider", "Set up the provider; for owners")));
    module.routes.push_back(with_proof(patch<change_provider>("/openid_providers/{id}", edit, "change_openid_provider",
                                                              "Change the provider; for owners")));
    module.routes.push_back(with_proof(remove<delete_provider>("/openid_providers/{id}", edit, "delete_openid_provider",
                                                               "Remove the provider; for owners")));
    module.routes.push_back(
        working<check_provider, OpenIdCheck>("/openid_providers/{id}/check", edit, "check_openid_provider",
                                             "Ask the provider what is wrong with it; for owners", 200));
}

}  // namespace patron::staff
