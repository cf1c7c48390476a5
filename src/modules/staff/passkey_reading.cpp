// Asking for a passkey and reading the answer.
#include "modules/staff/letters.hpp"
#include "modules/staff/guessing.hpp"
#include "modules/staff/passkeys.hpp"

#include "access/sealing.hpp"
#include "module/edge.hpp"

namespace patron::staff {
namespace {

constexpr Kind passkey_suspected{"passkey.suspected", 1, "A passkey of a colleague counted as if there were a copy",
                                 ""};

constexpr std::string_view purpose = "passkey";
constexpr std::int64_t question_ms = 5 * minute_ms;

std::function<std::string()> our_address;

Problem passkey_refused() { return {401, "passkey_refused", "This passkey was not accepted; try again."}; }

std::string bytes(std::string_view text) {
    auto decoded = from_base64(text);
    if (!decoded || decoded->empty()) throw passkey_refused();
    return std::move(*decoded);
}

struct Stored {
    Id<Passkey> id;
    Id<User> user_id;
    webauthn::KnownCredential known;
};

std::optional<Stored> stored_passkey(db::Tx& tx, std::string const& credential) {
    db::Value const values[] = {credential};
    auto row = tx.query("SELECT id,user_id,public_key,sign_count FROM passkeys WHERE credential=$1", values);
    if (!row.next()) return {};
    return Stored{{row.integer(0)},
                  {row.integer(1)},
                  {from_base64(row.text(2)).value_or(""), static_cast<std::uint32_t>(row.integer(3))}};
}

// Whom the question was for; it is used up.
Id<User> use_question(Business& business, Call const& call, std::string const& challenge) {
    std::optional<Id<User>> user;
    business.database().write_and_wait([&](db::Tx& tx) {
        Unit unit(tx, call);
        user = find_link(unit, challenge, purpose);
        if (user && !use_link(unit, challenge)) user.reset();
    });
    if (!user) throw passkey_refused();
    return *user;
}

void suspect(Business& business, Call const& call, Stored const& passkey) {
    run_unit(business, call, [&](Unit& unit) {
        db::Value const values[] = {passkey.id.value};
        unit.tx.execute("UPDATE passkeys SET suspected=1 WHERE id=$1", values);
        unit.say({.kind = &passkey_suspected, .subject = passkey.id});
        write_letter(unit, LetterKind::passkey_suspected, passkey.user_id);
        return http::Response(401);
    });
}

}  // namespace

void set_address(std::function<std::string()> address) { our_address = std::move(address); }

webauthn::Site site_of(Call const& call) {
    auto site = webauthn::site_of(our_address ? our_address() : std::string());
    bool const bare = site.host.empty() || site.host.front() == '[' ||
                      site.host.find_first_not_of("0123456789.") == std::string::npos;
    if (!bare) return site;
    // Before it has a name of its own: the machine one sits at.
    auto const host = call.request->header("host").value_or("");
    if (host == "localhost" || host.starts_with("localhost:"))
        return webauthn::site_of((call.request->secure ? "https://" : "http://") + std::string(host));
    throw conflict("no_host_name", "Passkeys belong to a host name: start Patron with --public-url and open it there.");
}

PasskeyQuestion ask_passkey(Unit& unit, Id<User> user, webauthn::Site const& site) {
    PasskeyQuestion question{{}, site.host, {}};
    question.challenge = to_base64(add_link(unit, purpose, user, {unit.now.ms + question_ms}));
    if (user) question.known = store::credentials_of(unit.tx, user);
    return question;
}

SeenPasskey read_passkey(Business& business, Call const& call, PasskeyAnswer const& answer) {
    Call within = call;
    within.business = &business;
    auto const client_data = bytes(answer.client_data);
    auto const challenge = webauthn::challenge_in(client_data);
    if (!challenge) throw passkey_refused();
    auto const asked = use_question(business, within, *challenge);
    std::optional<Stored> passkey;
    business.database().read([&](db::Tx& tx) { passkey = stored_passkey(tx, answer.id); });
    if (!passkey || (asked && asked != passkey->user_id)) throw passkey_refused();
    if (answer.user_handle && *answer.user_handle != to_base64(passkey->user_id.text())) throw passkey_refused();
    webauthn::Assertion said;
    try {
        said = webauthn::read_assertion(client_data, bytes(answer.authenticator_data), bytes(answer.signature),
                                        passkey->known, site_of(call), *challenge);
    } catch (webauthn::Refused const&) { throw passkey_refused(); }
    if (said.went_back) {
        suspect(business, within, *passkey);
        throw passkey_refused();
    }
    return {passkey->id, passkey->user_id, said};
}

void count_on(Unit& unit, SeenPasskey const& seen) {
    db::Value const values[] = {seen.id.value, std::int64_t{seen.said.sign_count},
                                std::int64_t{seen.said.backed_up ? 1 : 0}, unit.now.ms};
    // Another server may have seen a later one: the counter never goes back, and a passkey that is gone is gone.
    if (unit.tx.execute("UPDATE passkeys SET sign_count=$2,backed_up=$3,last_used_at=$4 WHERE id=$1 AND sign_count<=$2",
                        values) == 0)
        throw passkey_refused();
}

std::int64_t store::passkeys_of(db::Tx& tx, Id<User> user) {
    db::Value const values[] = {user.value};
    auto row = tx.query("SELECT count(*) FROM passkeys WHERE user_id=$1", values);
    return row.next() ? row.integer(0) : 0;
}

std::vector<std::string> store::credentials_of(db::Tx& tx, Id<User> user) {
    std::vector<std::string> ids;
    db::Value const values[] = {user.value};
    auto rows = tx.query("SELECT credential FROM passkeys WHERE user_id=$1 ORDER BY id", values);
    while (rows.next()) ids.emplace_back(rows.text(0));
    return ids;
}

void add_passkey_sign_in(Module& module) { module.kinds.push_back(&passkey_suspected); }

}  // namespace patron::staff
