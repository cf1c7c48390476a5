// A proof that whoever is signed in is still there: for acts that a session left open must not be enough for.
#include "modules/staff/guessing.hpp"
#include "modules/staff/passkeys.hpp"
#include "modules/staff/second_factor.hpp"

#include "module/edge.hpp"

namespace patron::staff {
namespace {

constexpr Kind proof_given{"session.proven", 1, "{actor} showed again that it is them", ""};

struct Proof {
    std::optional<Text<1, longest_password>> password;
    std::optional<Text<1, 20>> code;
    std::optional<Text<1, 60>> recovery_code;
    std::optional<PasskeyAnswer> passkey;
};
DESCRIBE(Proof, password, code, recovery_code, passkey);

struct ProofView {
    Time proven_until;
};
DESCRIBE(ProofView, proven_until);

// Whoever is signed in stays so: a passkey that does not fit is a mistake in the body.
SeenPasskey own_passkey_seen(Call const& call, PasskeyAnswer const& answer) {
    auto const refused = [] {
        return invalid("/passkey", "passkey_refused", "This passkey was not accepted; try again.");
    };
    try {
        auto seen = read_passkey(*call.business, call, answer);
        if (seen.user_id != call.who.user_id) throw refused();
        return seen;
    } catch (Problem const& problem) {
        if (problem.code == "passkey_refused" && problem.status == 401) throw refused();
        throw;
    }
}

// Whoever knows the password of somebody with a second factor is not them yet.
void check_password_is_enough(Call const& call) {
    User user;
    call.business->database().read([&](db::Tx& tx) { user = Reading(tx, call).find(call.who.user_id); });
    if (user.second_factor)
        throw invalid("/password", "second_factor_needed",
                      "You sign in with a second factor: show that, for the password alone is not enough.");
}

// A code from the phone or a recovery code; it is used up.
void check_code(Unit& unit, Proof const& given) {
    auto const user = unit.who.user_id;
    if (given.code ? code_is_right(unit, user, *given.code)
                   : store::use_recovery_code(unit.tx, user, *given.recovery_code))
        return;
    throw invalid(given.code ? "/code" : "/recovery_code", "wrong_code", "This code is wrong, or it was used already.");
}

http::Response prove(Call const& call, Body<Proof> const& body) {
    if (!call.who.session_id) throw conflict("no_session", "An API key needs no proof: it acts within its scopes.");
    auto const& given = body.value;
    if (given.password.has_value() + given.code.has_value() + given.recovery_code.has_value() +
            given.passkey.has_value() !=
        1)
        throw invalid("/password", "one_of_them", "Send one of password, code, recovery_code and passkey.");
    std::optional<Guess> guess;
    std::optional<SeenPasskey> seen;
    if (given.password) {
        check_password_is_enough(call);
        check_own_password(call, password_in(call.body, "password"), "/password");
    } else if (given.passkey) seen = own_passkey_seen(call, *given.passkey);
    else {
        guess.emplace(*call.business, call);
        guess->count(code_tries(call.who.user_id), of_codes);
        guess->count("all " + code_tries(call.who.user_id), of_codes_in_a_row);
        guess->take_or_refuse();
    }
    return run_unit(*call.business, call, [&](Unit& unit) {
        if (guess) {
            check_code(unit, given);
            guess->give_back(unit.tx);
        }
        if (seen) count_on(unit, *seen);
        db::Value const values[] = {unit.who.session_id.value, unit.now.ms};
        unit.tx.execute("UPDATE sessions SET proven_at=$2 WHERE id=$1", values);
        unit.say({.kind = &proof_given, .subject = unit.who.session_id});
        unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
        return renewed(unit, json_response(200, to_json(ProofView{{unit.now.ms + proof_ms}})));
    });
}

}  // namespace

void add_proofs(Module& module) {
    module.kinds.push_back(&proof_given);
    module.routes.push_back(own_sign_in(
        hashing(working<prove, ProofView>("/session/proof", signed_in, "prove",
                                          "Show that it is you, before acts that need it; holds five minutes", 200))));
}

}  // namespace patron::staff
