// Signing in by e-mail address and password. Whether there is such an account is not to be seen: not by the answer, nor by
// the work it takes.
#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
#include "modules/staff/second_factor.hpp"

#include "base/fold.hpp"
#include "module/edge.hpp"

namespace patron::staff {
namespace {

struct SignIn {
    Text<1, 320> email;  // whatever was typed: a wrong one is answered like an unknown one
    Text<1, longest_password> password;
    std::optional<Text<1, 100>> business;
};
DESCRIBE(SignIn, email, password, business);

struct PasswordChange {
    Text<1, longest_password> current, password;
};
DESCRIBE(PasswordChange, current, password);

constexpr Kind session_refused{"session.refused", 1, "Somebody could not sign in", ""};
constexpr Kind password_changed{"password.changed", 1, "{actor} changed the password", ""};

struct Account {
    Id<User> id;
    std::string hash;  // empty: nobody can sign in to it
};

Account account_of(Business& business, std::string const& email_key) {
    Account account;
    business.database().read([&](db::Tx& tx) {
        db::Value const values[] = {email_key};
        auto row = tx.query(
            "SELECT u.id,p.hash FROM users u LEFT JOIN passwords p ON p.user_id=u.id WHERE u.email_key=$1 AND "
            "u.state='active'",
            values);
        if (!row.next()) return;
        account.id = {row.integer(0)};
        if (!row.is_null(1)) account.hash = row.text(1);
    });
    return account;
}

// A known device of the user has tries of its own. All others share those of the account, the place and everybody.
Guess guess_at(Business& business, Call const& call, std::string const& account, Id<User> user) {
    Guess guess(business, call);
    guess.about(user);
    if (auto device = known_device(business, call, user)) guess.count(std::move(*device), of_a_device);
    else {
        guess.count(account_tries(account), of_an_account);
        guess.count(place_tries(call), of_a_place);
        guess.count("everybody", of_everybody);
    }
    return guess;
}

http::Response sign_in(Call const& call, Body<SignIn> const& body) {
    auto const slug = body.value.business ? std::string(*body.value.business) : std::string();
    auto const named = call.businesses->business(slug);
    auto const business = named ? named : call.businesses->business("");
    auto const email_key = normal_email(body.value.email).value_or("");
    auto const account = named ? account_of(*named, email_key) : Account{};
    auto guess = guess_at(*business, call, named ? email_key : slug + '\n' + email_key, account.id);
    guess.take_or_refuse();
    if (!password_fits_or_nobody(account.hash, password_in(call.body, "password"))) {
        note_failed_sign_in(*business, call, account.id);
        throw Problem(401, "sign_in_failed", "The e-mail address or the password is wrong.");
    }
    return go_on_signing_in(*business, call, account.id, [&](Unit& unit) { guess.give_back(unit.tx); });
}

http::Response change_password(Call const& call, Body<PasswordChange> const&) {
    if (!call.who.session_id)
        throw Problem(403, "not_by_key", "A password is changed by whoever is signed in with it.");
    auto const user = check_own_password(call, password_in(call.body, "current"), "/current");
    auto const password = password_in(call.body, "password");
    check_strength(password, {user.email, user.name, call.business->settings()->name});
    auto const fresh = hash_password(password);
    return run_unit(*call.business, call, [&](Unit& unit) {
        set_password(unit, user.id, fresh);
        end_sessions(unit, user.id, call.who.session_id);
        unit.say({.kind = &password_changed, .subject = user.id});
        write_letter(unit, LetterKind::password_changed, user.id);
        return renewed(unit, http::Response(204));
    });
}

}  // namespace

void note_failed_sign_in(Business& business, Call const& call, Id<User> id) {
    run_unit(business, call, [&](Unit& unit) {
        unit.say({.kind = &session_refused, .subject = id ? AnyId(id) : AnyId(settings_of(unit).id)});
        return http::Response(401);
    });
}

void refused_at_the_door(Business& business, Call const& call, Id<User> id) {
    Guess guess(business, call);
    guess.about(id);
    guess.count(place_tries(call), of_a_place);
    guess.take_or_refuse();
    note_failed_sign_in(business, call, id);
}

User check_own_password(Call const& call, std::string const& password, std::string const& pointer) {
    User user;
    std::string hash;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        user = reading.find(call.who.user_id);
        hash = password_hash_of(reading, user.id);
    });
    Guess guess(*call.business, call);
    guess.count(proof_tries(user.id), of_an_account);
    guess.take_or_refuse();
    if (!password_fits_or_nobody(hash, password)) throw invalid(pointer, "wrong_password", "The password is wrong.");
    call.business->database().write_and_wait([&](db::Tx& tx) { guess.give_back(tx); });
    return user;
}

void add_signing_in(Module& module) {
    for (auto const* kind : {&session_refused, &password_changed}) module.kinds.push_back(kind);
    module.routes.push_back(hashing(signing_in<sign_in>("/session", "sign_in", "Sign in; sets the session cookie")));
    module.routes.push_back(own_sign_in(hashing(working<change_password>(
        "/session/password", signed_in, "change_password", "Choose another password; other sessions end", 204))));
}

}  // namespace patron::staff
