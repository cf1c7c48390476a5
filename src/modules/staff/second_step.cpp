// The second step of signing in: whoever knows the password shows the second factor, within five minutes.
#include "modules/staff/guessing.hpp"
#include "modules/staff/passkeys.hpp"
#include "modules/staff/second_factor.hpp"

#include "module/edge.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr std::string_view purpose = "second_step";
constexpr std::int64_t step_ms = 5 * minute_ms;

struct SecondStep {
    Text<1, 200> token;
    std::optional<Text<1, 20>> code;
    std::optional<Text<1, 60>> recovery_code;
    std::optional<PasskeyAnswer> passkey;
};
DESCRIBE(SecondStep, token, code, recovery_code, passkey);

// What stands in the problem second_factor_needed.
struct Asked {
    static constexpr std::string_view left_out_when_null[] = {"passkey"};
    std::string token;
    std::vector<std::string> kinds;  // "code", "passkey", "recovery_code"
    std::optional<PasskeyQuestion> passkey;
    Time expires_at;
};
DESCRIBE(Asked, token, kinds, passkey, expires_at);

Problem step_is_void() {
    return {401, "second_step_void", "That took too long, or it was done already; sign in again."};
}

Problem wrong_code() { return {401, "wrong_code", "This code is wrong, or it was used already."}; }

std::vector<std::string> kinds_of(db::Tx& tx, Id<User> user) {
    std::vector<std::string> kinds;
    if (!store::codes_of(tx, user).seed.empty()) kinds.emplace_back("code");
    if (store::passkeys_of(tx, user)) kinds.emplace_back("passkey");
    if (store::recovery_codes_left(tx, user)) kinds.emplace_back("recovery_code");
    return kinds;
}

http::Response take_second_step(Call const& call, Body<SecondStep> const& body) {
    auto const& given = body.value;
    if (given.code.has_value() + given.recovery_code.has_value() + given.passkey.has_value() != 1)
        throw invalid("/code", "one_of_them", "Send one of code, recovery_code and passkey.");
    auto const [known, business, within] = door_of(call, given.token);
    std::optional<User> user;
    business->database().read([&](db::Tx& tx) {
        Reading reading(tx, within);
        auto const id = find_link(reading, given.token, purpose);
        if (id) user = reading.stored(*id);
    });
    if (!user || user->state != UserState::active) {
        refused_at_the_door(*business, within, user ? user->id : Id<User>());
        throw step_is_void();
    }
    Guess guess(*business, within);
    guess.about(user->id);
    guess.count(code_tries(user->id), of_codes);
    guess.count("all " + code_tries(user->id), of_codes_in_a_row);
    guess.take_or_refuse();
    try {
        std::optional<SeenPasskey> seen;
        if (given.passkey) seen = read_passkey(*business, within, *given.passkey);
        if (seen && seen->user_id != user->id) throw wrong_code();
        return start_session(*business, call, user->id, [&](Unit& unit) {
            if (!use_link(unit, given.token)) throw step_is_void();
            if (seen) count_on(unit, *seen);
            else check_second_factor(unit, *user, {given.code, given.recovery_code});
            guess.give_back(unit.tx);
        });
    } catch (Problem const& problem) {
        if (problem.status == 401) note_failed_sign_in(*business, within, user->id);
        throw;
    }
}

}  // namespace

void check_second_factor(Unit& unit, User const& user, Shown const& shown) {
    bool const right = shown.code
                           ? code_is_right(unit, user.id, *shown.code)
                           : shown.recovery_code && store::use_recovery_code(unit.tx, user.id, *shown.recovery_code);
    if (!right) throw wrong_code();
}

http::Response go_on_signing_in(Business& business, Call const& call, Id<User> id,
                                std::function<void(Unit&)> const& also) {
    Call within = call;
    within.business = &business;
    within.who = {};
    Asked asked;
    business.database().read([&](db::Tx& tx) { asked.kinds = kinds_of(tx, id); });
    if (asked.kinds.empty()) return start_session(business, call, id, also);
    std::optional<webauthn::Site> site;
    if (std::find(asked.kinds.begin(), asked.kinds.end(), "passkey") != asked.kinds.end()) {
        try {
            site = site_of(call);
        } catch (Problem const&) { std::erase(asked.kinds, "passkey"); }
    }
    run_unit(business, within, [&](Unit& unit) {
        if (also) also(unit);
        asked.expires_at = {unit.now.ms + step_ms};
        asked.token = add_link(unit, purpose, id, asked.expires_at);
        if (site) asked.passkey = ask_passkey(unit, id, *site);
        return http::Response(401);
    });
    Problem problem(401, "second_factor_needed", "So far it is right; now show your second factor.");
    problem.members = "\"second_factor\":" + to_json(asked);
    throw problem;
}

void add_second_step(Module& module) {
    module.routes.push_back(signing_in<take_second_step>(
        "/session/second_step", "take_second_step", "Show the second factor and sign in; sets the session cookie"));
}

}  // namespace patron::staff
