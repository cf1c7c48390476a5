// Setting a second factor up and taking it away, for oneself and for colleagues who lost theirs.
#include "modules/staff/second_factor.hpp"

#include "access/one_time_code.hpp"
#include "module/keeping.hpp"
#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
#include "modules/staff/passkeys.hpp"
#include "modules/staff/rules.hpp"

namespace patron::staff {
namespace {

constexpr Kind added{"second_factor.added", 1, "{actor} added a second factor", ""};
constexpr Kind removed{"second_factor.removed", 1, "{actor} removed a second factor", ""};
constexpr Kind recovery_codes_made{"recovery_codes.made", 1, "{actor} made new recovery codes", ""};

constexpr std::int64_t pending_ms = 15 * minute_ms;

// What somebody has besides the password.
struct SecondFactorView {
    bool codes = false;
    std::int64_t passkeys = 0, recovery_codes_left = 0;
    bool required = false;  // the role asks for one
};
DESCRIBE(SecondFactorView, codes, passkeys, recovery_codes_left, required);

// What a phone needs to show codes.
struct Enrolment {
    std::string secret;           // base32, to be typed
    std::string url;              // otpauth://
    std::vector<std::string> qr;  // the same as a picture: rows of modules, 1 is dark
    Time expires_at;
};
DESCRIBE(Enrolment, secret, url, qr, expires_at);

struct Confirmation {
    Text<1, 20> code;
};
DESCRIBE(Confirmation, code);

struct RecoveryCodes {
    static constexpr std::string_view left_out_when_null[] = {"recovery_codes"};
    std::optional<std::vector<std::string>> recovery_codes;  // shown once
};
DESCRIBE(RecoveryCodes, recovery_codes);

std::shared_ptr<SealKey> the_key;

std::string about(Id<User> user) { return "codes of " + user.text(); }

SecondFactorView get_second_factor(Reading& reading) {
    auto const user = reading.find(reading.who.user_id);
    auto const codes = store::codes_of(reading.tx, user.id);
    return {!codes.seed.empty(), store::passkeys_of(reading.tx, user.id),
            store::recovery_codes_left(reading.tx, user.id), role_of(reading, user).second_factor_required};
}

Enrolment begin(Unit& unit) {
    need_session(unit.who);
    auto const user = unit.find(unit.who.user_id);
    auto codes = store::codes_of(unit.tx, user.id);
    auto const seed = make_seed();
    codes.pending = seal_key().seal(seed, about(user.id));
    codes.pending_at = unit.now;
    store::keep_codes(unit.tx, user.id, codes);
    Enrolment enrolment{to_base32(seed), code_uri(seed, settings_of(unit).name, user.email), {}, {}};
    enrolment.qr = qr_rows(enrolment.url);
    enrolment.expires_at = {unit.now.ms + pending_ms};
    return enrolment;
}

// On a worker, as tries are counted in a transaction of their own.
http::Response confirm(Call const& call, Body<Confirmation> const& body) {
    need_session(call.who);
    Guess guess(*call.business, call);
    guess.count("new " + code_tries(call.who.user_id), of_codes);
    guess.take_or_refuse();
    return run_unit(*call.business, call, [&](Unit& unit) {
        need_session(unit.who);
        auto const user = unit.find(unit.who.user_id);
        auto codes = store::codes_of(unit.tx, user.id);
        if (codes.pending.empty() || unit.now.ms - codes.pending_at.ms > pending_ms)
            throw conflict("nothing_pending", "Begin anew: what was to be confirmed is no longer kept.");
        auto const seed = seal_key().open(codes.pending, about(user.id));
        auto const step = seed ? step_of_code(*seed, body.value.code, unit.now, 0) : std::nullopt;
        if (!step)
            throw invalid("/code", "wrong_code",
                          "This is not the code that the phone should show now; is its clock right?");
        codes.seed = std::exchange(codes.pending, {});
        codes.last_step = *step;
        store::keep_codes(unit.tx, user.id, codes);
        end_sessions(unit, user.id, unit.who.session_id);
        second_factor_changed(unit, user.id, added);
        write_letter(unit, LetterKind::second_factor_added, user.id);
        guess.give_back(unit.tx);
        auto const codes_shown = RecoveryCodes{store::make_recovery_codes(unit.tx, user.id, unit.now)};
        return renewed(unit, json_response(200, to_json(codes_shown)));
    });
}

RecoveryCodes make_recovery_codes(Unit& unit) {
    need_session(unit.who);
    if (!unit.find(unit.who.user_id).second_factor)
        throw conflict("no_second_factor", "Recovery codes stand in for a second factor; set one up first.");
    unit.say({.kind = &recovery_codes_made, .subject = unit.who.user_id});
    return {store::make_recovery_codes(unit.tx, unit.who.user_id, unit.now)};
}

http::Response remove_own(Unit& unit) {
    need_session(unit.who);
    auto const user = unit.find(unit.who.user_id);
    auto codes = store::codes_of(unit.tx, user.id);
    if (codes.seed.empty()) throw not_found();
    bool const last = store::passkeys_of(unit.tx, user.id) == 0;
    if (last && role_of(unit, user).second_factor_required)
        throw conflict("second_factor_required", "Your role asks for a second factor, so it stays.");
    if (last) store::drop_second_factor(unit.tx, user.id);
    else store::keep_codes(unit.tx, user.id, {});
    end_sessions(unit, user.id, unit.who.session_id);
    second_factor_changed(unit, user.id, removed);
    write_letter(unit, LetterKind::second_factor_removed, user.id);
    return renewed(unit, http::Response(204));
}

void remove_of_user(Unit& unit, User const& user) {
    if (!user.second_factor) throw not_found();
    store::drop_second_factor(unit.tx, user.id);
    end_sessions(unit, user.id);
    db::Value const values[] = {code_tries(user.id), "all " + code_tries(user.id)};
    unit.tx.execute("DELETE FROM tries WHERE name=$1 OR name=$2", values);
    second_factor_changed(unit, user.id, removed);
    write_letter(unit, LetterKind::second_factor_removed, user.id);
}

// A colleague who lost the phone and the recovery codes.
void remove_of_colleague(Unit& unit, Id<User> id) {
    auto const user = unit.find(id);
    if (id == unit.who.user_id || !outranks(unit.who, role_of(unit, user), unit.business.areas()))
        throw above_your_rights();
    remove_of_user(unit, user);
}

struct Named {
    EmailText email;
};
DESCRIBE(Named, email);

void remove_locally(Unit& unit, Body<Named> const& body) {
    remove_of_user(unit, user_by_email(unit, body.value.email));
}

}  // namespace

SealKey& seal_key() {
    if (!the_key) throw std::logic_error("no key was set that second factors are sealed with");
    return *the_key;
}
void set_seal_key(std::shared_ptr<SealKey> key) { the_key = std::move(key); }

void second_factor_changed(Unit& unit, Id<User> id, Kind const& kind) {
    auto const before = unit.stored(id).value();
    auto after = before;
    after.second_factor = !store::codes_of(unit.tx, id).seed.empty() || store::passkeys_of(unit.tx, id) > 0;
    if (unit.store(before, after).empty()) unit.say({.kind = &kind, .subject = id});
    else unit.say({.kind = &kind, .subject = id, .subject_version = after.version});
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
}

bool code_is_right(Unit& unit, Id<User> user, std::string_view code) {
    auto const codes = store::codes_of(unit.tx, user);
    if (codes.seed.empty()) return false;
    auto const seed = seal_key().open(codes.seed, about(user));
    if (!seed)
        throw Problem(503, "secrets_key_missing",
                      "This server does not have the key that second factors are sealed with (--secrets-key-file).");
    auto const step = step_of_code(*seed, code, unit.now, codes.last_step);
    return step && store::use_step(unit.tx, user, *step);
}

void add_second_factor(Module& module) {
    for (auto const* kind : {&added, &removed, &recovery_codes_made}) module.kinds.push_back(kind);
    module.routes.push_back(own_sign_in(get<get_second_factor>("/session/second_factor", signed_in, "get_second_factor",
                                                               "What signing in asks me for besides the password")));
    auto start = own_sign_in(with_proof(post<begin>("/session/second_factor", signed_in, "begin_second_factor",
                                                    "Begin to set up codes from a phone: the secret to scan")));
    start.secrets = {"secret", "url", "qr"};
    module.routes.push_back(std::move(start));
    auto end = own_sign_in(working<confirm, RecoveryCodes>("/session/second_factor/confirmation", signed_in,
                                                           "confirm_second_factor",
                                                           "Confirm by a code; recovery codes are shown once", 200));
    end.secrets = {"recovery_codes"};
    module.routes.push_back(std::move(end));
    auto more = own_sign_in(
        with_proof(post<make_recovery_codes>("/session/second_factor/recovery_codes", signed_in, "make_recovery_codes",
                                             "Ten new recovery codes; earlier ones are void")));
    more.secrets = {"recovery_codes"};
    module.routes.push_back(std::move(more));
    module.routes.push_back(own_sign_in(with_proof(remove<remove_own>(
        "/session/second_factor", signed_in, "remove_second_factor", "Sign in without codes from now on"))));
    module.routes.push_back(with_proof(
        remove<remove_of_colleague>("/users/{id}/second_factor", Permission("users.edit"), "remove_second_factor_of",
                                    "Take away the second factor of a colleague who lost it; signs them out")));
    module.routes.push_back(post<remove_locally>("/local/users/second_factor", local_only, "remove_local_second_factor",
                                                 "Take away the second factor of a member of staff", 204));
}

}  // namespace patron::staff
