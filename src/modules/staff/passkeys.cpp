// One's own passkeys, and signing in by one alone.
#include "modules/staff/passkeys.hpp"

#include "access/sealing.hpp"
#include "module/edge.hpp"
#include "module/listing.hpp"
#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
#include "modules/staff/rules.hpp"
#include "modules/staff/second_factor.hpp"

namespace patron::staff {
namespace {

constexpr Kind passkey_added{"passkey.added", 1, "{actor} added a passkey", ""};
constexpr Kind passkey_renamed{"passkey.renamed", 1, "{actor} renamed a passkey", ""};
constexpr Kind passkey_removed{"passkey.removed", 1, "{actor} removed a passkey", ""};

constexpr std::string_view purpose = "new_passkey";
constexpr std::int64_t most_passkeys = 20;

// What a browser needs to make one (navigator.credentials.create()).
struct NewPasskeyQuestion {
    std::string challenge, host, business, user_handle, user_name, display_name;
    std::vector<std::int64_t> algorithms;
    std::vector<std::string> known;  // these exist already
};
DESCRIBE(NewPasskeyQuestion, challenge, host, business, user_handle, user_name, display_name, algorithms, known);

struct NewPasskey {
    Text<1, 100> name;
    Text<1, 4000> client_data;
    Text<1, 16000> attestation;
};
DESCRIBE(NewPasskey, name, client_data, attestation);

struct MadePasskey {
    static constexpr std::string_view left_out_when_null[] = {"recovery_codes"};
    Passkey passkey;
    std::optional<std::vector<std::string>> recovery_codes;  // when it is the first second factor: shown once
};
DESCRIBE(MadePasskey, passkey, recovery_codes);

struct PasskeyWish {
    std::optional<Text<1, 100>> business;
};
DESCRIBE(PasskeyWish, business);

struct PasskeySignIn {
    PasskeyAnswer passkey;
    std::optional<Text<1, 100>> business;
};
DESCRIBE(PasskeySignIn, passkey, business);

Problem not_taken() {
    return invalid("/attestation", "passkey_refused", "The device's answer was not accepted; try again.");
}

Page<Passkey> list_passkeys(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<Passkey>() + " FROM passkeys WHERE user_id=$1 ORDER BY id";
    db::Value const values[] = {reading.who.user_id.value};
    Page<Passkey> page;
    auto rows = reading.tx.query(sql, values);
    while (rows.next()) page.data.push_back(read_row<Passkey>(rows));
    page.total = std::ssize(page.data);
    return page;
}

Passkey own_passkey(Reading& reading, Id<Passkey> id) {
    for (auto const& one : list_passkeys(reading).data)
        if (one.id == id) return one;
    throw not_found();
}

NewPasskeyQuestion ask_new(Unit& unit) {
    need_session(unit.who);
    auto const site = site_of(unit.call);
    auto const user = unit.find(unit.who.user_id);
    NewPasskeyQuestion question;
    question.challenge = to_base64(make_link(unit, purpose, user.id, {unit.now.ms + 5 * minute_ms}));
    question.host = site.host;
    question.business = settings_of(unit).name;
    question.user_handle = to_base64(user.id.text());
    question.user_name = user.email;
    question.display_name = user.name;
    question.algorithms = {webauthn::eddsa, webauthn::es256, webauthn::rs256};
    question.known = store::credentials_of(unit.tx, user.id);
    return question;
}

webauthn::NewCredential read_new(Call const& call, NewPasskey const& given, std::string const& client_data,
                                 std::string const& challenge) {
    auto const attestation = from_base64(given.attestation);
    if (!attestation) throw not_taken();
    try {
        return webauthn::read_registration(client_data, *attestation, site_of(call), challenge);
    } catch (webauthn::Refused const&) { throw not_taken(); }
}

// The challenge that the answer is to; used up, and only by the one it was made for.
std::string use_challenge(Call const& call, std::string const& client_data) {
    auto const challenge = webauthn::challenge_in(client_data);
    bool held = false;
    if (challenge)
        call.business->database().write_and_wait([&](db::Tx& tx) {
            Unit unit(tx, call);
            auto const user = find_link(unit, *challenge, purpose);
            held = user && *user == call.who.user_id && use_link(unit, *challenge);
        });
    if (!held) throw not_taken();
    return *challenge;
}

MadePasskey keep_passkey(Unit& unit, NewPasskey const& given, webauthn::NewCredential const& fresh) {
    need_session(unit.who);
    auto const user = unit.find(unit.who.user_id);
    if (store::passkeys_of(unit.tx, user.id) >= most_passkeys)
        throw conflict("too_many",
                       "There are " + std::to_string(most_passkeys) + " passkeys already, which is the most.");
    auto const credential = to_base64(fresh.id);
    db::Value const which[] = {credential};
    if (unit.tx.query("SELECT 1 FROM passkeys WHERE credential=$1", which).next())
        throw conflict("passkey_known", "This passkey is known already.");
    MadePasskey made;
    made.passkey.id = {unit.business.ids().next(unit.now.ms)};
    made.passkey.version = 1;
    made.passkey.name = given.name;
    made.passkey.backed_up = fresh.backed_up;
    made.passkey.created_at = made.passkey.updated_at = unit.now;
    db::Value const values[] = {made.passkey.id.value,
                                std::int64_t{1},
                                static_cast<std::string const&>(given.name),
                                std::int64_t{fresh.backed_up ? 1 : 0},
                                std::int64_t{0},
                                unit.now.ms,
                                user.id.value,
                                credential,
                                to_base64(fresh.public_key),
                                std::int64_t{fresh.sign_count}};
    unit.tx.execute(
        "INSERT INTO passkeys (id,version,name,backed_up,suspected,created_at,updated_at,user_id,credential,public_key,"
        "sign_count) VALUES ($1,$2,$3,$4,$5,$6,$6,$7,$8,$9,$10)",
        values);
    if (!user.second_factor) made.recovery_codes = store::make_recovery_codes(unit.tx, user.id, unit.now);
    second_factor_changed(unit, user.id, passkey_added);
    write_letter(unit, LetterKind::passkey_added, user.id);
    return made;
}

http::Response add_passkey(Call const& call, Body<NewPasskey> const& body) {
    need_session(call.who);
    auto const client_data = from_base64(body.value.client_data);
    if (!client_data) throw not_taken();
    auto const fresh = read_new(call, body.value, *client_data, use_challenge(call, *client_data));
    return run_unit(*call.business, call, [&](Unit& unit) {
        return renewed(unit, json_response(201, to_json(keep_passkey(unit, body.value, fresh))));
    });
}

Passkey rename_passkey(Unit& unit, Id<Passkey> id, Patch<Passkey> const& patch) {
    auto const before = own_passkey(unit, id);
    auto after = before;
    patch.apply_to(after);
    unit.check_match(before);
    if (after.name == before.name) return after;
    after.version = before.version + 1;
    after.updated_at = unit.now;
    db::Value const values[] = {id.value, static_cast<std::string const&>(after.name), after.version, unit.now.ms};
    unit.tx.execute("UPDATE passkeys SET name=$2,version=$3,updated_at=$4 WHERE id=$1", values);
    unit.say({.kind = &passkey_renamed, .subject = id, .subject_version = after.version});
    return after;
}

http::Response remove_passkey(Unit& unit, Id<Passkey> id) {
    need_session(unit.who);
    auto const passkey = own_passkey(unit, id);
    auto const user = unit.find(unit.who.user_id);
    bool const last = store::codes_of(unit.tx, user.id).seed.empty() && store::passkeys_of(unit.tx, user.id) == 1;
    if (last && role_of(unit, user).second_factor_required)
        throw conflict("second_factor_required", "Your role asks for a second factor, and this is your last.");
    db::Value const values[] = {id.value};
    unit.tx.execute("DELETE FROM passkeys WHERE id=$1", values);
    if (last) store::drop_second_factor(unit.tx, user.id);
    second_factor_changed(unit, user.id, passkey_removed);
    write_letter(unit, LetterKind::passkey_removed, user.id);
    return renewed(unit, http::Response(204));
}

// For a proof one's own passkeys, before signing in whichever the device has.
http::Response ask(Call const& call, Body<PasskeyWish> const& body) {
    auto const named = body.value.business ? call.businesses->business(std::string(*body.value.business)) : nullptr;
    auto& business = call.who.user_id || !named ? *call.business : *named;
    auto const site = site_of(call);
    if (!call.who.user_id) {
        Guess questions(business, call);
        questions.count("questions " + place_tries(call), of_questions);
        questions.take_or_refuse();
    }
    return run_unit(business, call, [&](Unit& unit) {
        return json_response(201,
                             to_json(ask_passkey(unit, call.who.session_id ? call.who.user_id : Id<User>(), site)));
    });
}

Problem no_entry() { return {401, "passkey_refused", "This passkey was not accepted; try again."}; }

http::Response sign_in_by_passkey(Call const& call, Body<PasskeySignIn> const& body) {
    auto const business = call.businesses->business(body.value.business ? std::string(*body.value.business) : "");
    if (!business) throw no_entry();
    Call within = call;
    within.business = business.get();
    within.who = {};
    Guess guess(*business, within);
    guess.count(place_tries(call), of_a_place);
    guess.take_or_refuse();
    try {
        auto const seen = read_passkey(*business, within, body.value.passkey);
        std::optional<User> user;
        business->database().read([&](db::Tx& tx) { user = Reading(tx, within).stored(seen.user_id); });
        if (!user || user->state != UserState::active) throw no_entry();
        return start_session(*business, call, seen.user_id, [&](Unit& unit) {
            count_on(unit, seen);
            guess.give_back(unit.tx);
            unlock(unit, *user);
        });
    } catch (Problem const& problem) {
        if (problem.status == 401) note_failed_sign_in(*business, within, {});
        throw;
    }
}

}  // namespace

void add_passkeys(Module& module) {
    for (auto const* kind : {&passkey_added, &passkey_renamed, &passkey_removed}) module.kinds.push_back(kind);
    module.routes.push_back(
        own_sign_in(get<list_passkeys>("/session/passkeys", signed_in, "list_passkeys", "My passkeys")));
    module.routes.push_back(own_sign_in(with_proof(
        post<ask_new>("/session/passkeys/challenge", signed_in, "ask_new_passkey", "Begin to add a passkey"))));
    auto add = own_sign_in(working<add_passkey, MadePasskey>("/session/passkeys", signed_in, "add_passkey",
                                                             "Add a passkey; recovery codes are shown once"));
    add.secrets = {"recovery_codes"};
    module.routes.push_back(std::move(add));
    module.routes.push_back(own_sign_in(
        patch<rename_passkey>("/session/passkeys/{id}", signed_in, "rename_passkey", "Give a passkey another name")));
    module.routes.push_back(own_sign_in(with_proof(remove<remove_passkey>(
        "/session/passkeys/{id}", signed_in, "remove_passkey", "Sign in without it from now on"))));
    module.routes.push_back(unkeyed(working<ask, PasskeyQuestion>(
        "/session/passkey/challenge", anyone, "ask_passkey", "Begin to sign in, or to prove oneself, by a passkey")));
    module.routes.push_back(signing_in<sign_in_by_passkey>("/session/passkey", "sign_in_by_passkey",
                                                           "Sign in by a passkey alone; sets the session cookie"));
}

}  // namespace patron::staff
