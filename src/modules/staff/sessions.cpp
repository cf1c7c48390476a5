#include "modules/staff/parts.hpp"
#include "modules/staff/rules.hpp"

#include "base/fold.hpp"
#include "module/edge.hpp"
#include "module/listing.hpp"

#include <algorithm>

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

constexpr Kind session_started{"session.started", 1, "{actor} signed in", ""};
constexpr Kind session_ended{"session.ended", 1, "{actor} signed out", ""};
constexpr Kind session_refused{"session.refused", 1, "Somebody could not sign in", ""};
constexpr Kind password_changed{"password.changed", 1, "{actor} changed the password", ""};

constexpr std::int64_t counted_ms = 15 * 60 * 1000;
Throttle tries_at_an_account(10, counted_ms), tries_from_a_place(50, counted_ms);

// What the passwords of people who do not exist are checked against, so that it takes as long: a hash like all others, of
// random bytes that nobody kept.
constexpr std::string_view nobodys_hash =
    "$argon2id$v=19$m=19456,t=2,p=1$n4BsTXPfk6XfoVRwZ3xrvA$HkVAplOwkdrte8RZyN3NoVL5Kr7mGBWT/zveYci7+tU";

std::string cookie_text(bool secure, std::string const& token, std::int64_t max_age_ms) {
    return std::string(session_cookie_name(secure)) + '=' + token +
           "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_ms / 1000) +
           (secure ? "; Secure" : "");
}

// What the browser calls itself, as far as it is text.
std::string agent_of(http::Request const& request) {
    auto const typed = request.header("user-agent");
    if (!typed || !is_utf8(*typed) || has_forbidden_control(*typed)) return {};
    std::size_t end = std::min<std::size_t>(typed->size(), 400);
    while (end > 0 && end < typed->size() && (static_cast<unsigned char>((*typed)[end]) & 0xC0) == 0x80) --end;
    return std::string(typed->substr(0, end));
}

SessionView view_of(Reading& reading, Principal const& who) {
    SessionView view;
    view.user = reading.find(who.user_id);
    view.role = role_of(reading, view.user);
    view.business = settings_of(reading);
    view.permissions = who.permissions;
    view.kind = who.key_id ? SessionKind::key : SessionKind::user;
    return view;
}

SessionView get_session(Reading& reading) { return view_of(reading, reading.who); }

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

// Is it the account's password? Wrong ones are counted; it is the same work whether there is such an account or not.
bool password_is_right(Call const& call, std::string const& password, std::string const& account_name,
                       std::string const& hash) {
    auto const place = address_group(call.request->peer);
    auto const at_account = account_name + '\n' + place;
    if (auto const seconds =
            std::max(tries_at_an_account.wait(at_account, call.now), tries_from_a_place.wait(place, call.now))) {
        Problem problem(429, "too_many_tries", "There were too many wrong passwords; wait a while and try again.");
        problem.retry_after = seconds;
        throw problem;
    }
    bool const fits = password_fits(hash.empty() ? nobodys_hash : hash, password) && !hash.empty();
    if (fits) tries_at_an_account.forget(at_account);
    else {
        tries_at_an_account.failed(at_account, call.now);
        tries_from_a_place.failed(place, call.now);
    }
    return fits;
}

void note_refusal(Business& business, Call const& call, Id<User> id) {
    run_unit(business, call, [&](Unit& unit) {
        unit.say({.kind = &session_refused, .subject = id ? AnyId(id) : AnyId(settings_of(unit).id)});
        return http::Response(401);
    });
}

http::Response sign_in(Call const& call, Body<SignIn> const& body) {
    auto const slug = body.value.business ? std::string(*body.value.business) : std::string();
    auto const business = call.businesses->business(slug);
    auto const email_key = normal_email(body.value.email).value_or("");
    auto const account = business ? account_of(*business, email_key) : Account{};
    if (!password_is_right(call, password_in(call.body, "password"), token_hash(slug + '\n' + email_key),
                           account.hash)) {
        if (business) note_refusal(*business, call, account.id);
        throw Problem(401, "sign_in_failed", "The e-mail address or the password is wrong.");
    }
    return start_session(*business, call, account.id);
}

void forget_session(Unit& unit, Id<Session> id) {
    unit.after_commit.push_back([&business = unit.business, id] {
        business.access_changed();
        business.live().close_if([id](Principal const& who) { return who.session_id == id; });
    });
}

void drop_session(Unit& unit, Id<Session> id) {
    db::Value const values[] = {id.value};
    unit.tx.execute("DELETE FROM sessions WHERE id=$1", values);
    unit.say({.kind = &session_ended, .subject = id});
    forget_session(unit, id);
}

http::Response sign_out(Unit& unit) {
    if (!unit.who.session_id)
        throw conflict("no_session", "There is no session to end; an API key ends when it is revoked.");
    drop_session(unit, unit.who.session_id);
    http::Response response(204);
    response.set("Clear-Site-Data", "\"cookies\", \"storage\"");
    response.set("Set-Cookie", cookie_text(unit.call.request->secure, "", 0));
    return response;
}

// One's own devices are everyone's; those of others are for who may act in their place.
void check_may_see(Reading& reading, Id<User> id) {
    if (id == reading.who.user_id) return;
    auto const user = reading.find(id);
    if (!reading.who.may("users.edit") || !outranks(reading.who, role_of(reading, user), reading.business.areas()))
        throw not_found();
}

Page<Session> list_sessions(Reading& reading) {
    Question question;
    auto user_id = reading.who.user_id;
    if (auto const asked = reading.call.param("user_id"))
        user_id = {std::get<std::int64_t>(filter_value<Id<User>>(*asked, "user_id"))};
    check_may_see(reading, user_id);
    question.where("user_id=" + question.bind(user_id.value));
    question.where("last_seen_at>=" + question.bind(reading.now.ms - session_idle_ms));
    question.where("created_at>=" + question.bind(reading.now.ms - session_absolute_ms));
    auto page = list_records<Session>(reading, {},
                                      {{"last_seen_at", "last_seen_at", Order::Type::integer, true},
                                       {"created_at", "created_at", Order::Type::integer}},
                                      std::move(question));
    for (auto& session : page.data) session.current = session.id == reading.who.session_id;
    return page;
}

void end_session(Unit& unit, Id<Session> id) {
    db::Value const values[] = {id.value};
    Id<User> user_id;
    {
        auto row = unit.tx.query("SELECT user_id FROM sessions WHERE id=$1", values);
        if (!row.next()) throw not_found();
        user_id = {row.integer(0)};
    }
    check_may_see(unit, user_id);
    drop_session(unit, id);
}

http::Response change_password(Call const& call, Body<PasswordChange> const&) {
    if (!call.who.session_id)
        throw Problem(403, "not_by_key", "A password is changed by whoever is signed in with it.");
    User user;
    std::string hash;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        user = reading.find(call.who.user_id);
        hash = password_hash_of(reading, user.id);
    });
    if (!password_is_right(call, password_in(call.body, "current"), user.id.text(), hash))
        throw invalid("/current", "wrong_password", "The current password is wrong.");
    auto const password = password_in(call.body, "password");
    check_strength(password, user.email, user.name);
    auto const fresh = hash_password(password);
    return run_unit(*call.business, call, [&](Unit& unit) {
        set_password(unit, user.id, fresh);
        end_sessions(unit, user.id, call.who.session_id);
        unit.say({.kind = &password_changed, .subject = user.id});
        return http::Response(204);
    });
}

void insert_session(Unit& unit, Session const& session, std::string const& token) {
    // What expired of this user goes at the same time.
    db::Value const old[] = {unit.who.user_id.value, unit.now.ms - session_idle_ms, unit.now.ms - session_absolute_ms};
    unit.tx.post("DELETE FROM sessions WHERE user_id=$1 AND (last_seen_at<$2 OR created_at<$3)", old);
    db::Value const values[] = {session.id.value,
                                session.created_at.ms,
                                session.last_seen_at.ms,
                                column_value(session.address),
                                column_value(session.agent),
                                token_hash(token),
                                unit.who.user_id.value};
    unit.tx.post(
        "INSERT INTO sessions (id,created_at,last_seen_at,address,agent,token,user_id) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        values);
}

}  // namespace

http::Response start_session(Business& business, Call const& call, Id<User> id) {
    Call signed_in_call = call;
    signed_in_call.business = &business;
    business.database().read([&](db::Tx& tx) { signed_in_call.who = principal_of_user(tx, id, business.areas()); });
    return run_unit(business, signed_in_call, [&](Unit& unit) {
        auto view = view_of(unit, unit.who);
        if (view.user.state != UserState::active)
            throw Problem(401, "sign_in_failed", "The e-mail address or the password is wrong.");
        Session const session{
            {business.ids().next(unit.now.ms)},    unit.now, unit.now, Text<0, 64>(call.request->peer),
            Text<0, 400>(agent_of(*call.request)), true};
        auto const token = make_token("ps", business.number());
        insert_session(unit, session, token);
        unit.say({.kind = &session_started, .subject = session.id});
        auto response = json_response(201, to_json(view));
        response.set("Set-Cookie", cookie_text(call.request->secure, token, session_absolute_ms));
        return response;
    });
}

void end_sessions(Unit& unit, Id<User> id, Id<Session> kept) {
    db::Value const values[] = {id.value, kept.value};
    unit.tx.post("DELETE FROM sessions WHERE user_id=$1 AND id<>$2", values);
    unit.after_commit.push_back([&business = unit.business, id, kept] {
        business.access_changed();
        business.live().close_if(
            [id, kept](Principal const& who) { return who.user_id == id && who.session_id && who.session_id != kept; });
    });
}

void add_sessions(Module& module) {
    for (auto const* kind : {&session_started, &session_ended, &session_refused, &password_changed})
        module.kinds.push_back(kind);
    module.routes.push_back(signing_in<sign_in>("/session", "sign_in", "Sign in; sets the session cookie"));
    module.routes.push_back(
        get<get_session>("/session", signed_in, "get_session", "Who is signed in and what they may do"));
    auto leave = remove<sign_out>("/session", signed_in, "sign_out", "Sign out");
    leave.success = 204;
    module.routes.push_back(std::move(leave));
    module.routes.push_back(get<list_sessions>("/sessions", signed_in, "list_sessions",
                                               "The devices that are signed in",
                                               list_params({{"user_id", "of this user; one's own when left out"}})));
    module.routes.push_back(remove<end_session>("/sessions/{id}", signed_in, "end_session", "Sign a device out"));
    module.routes.push_back(hashing<change_password>("/session/password", signed_in, "change_password",
                                                     "Choose another password; other sessions end", 204));
}

}  // namespace patron::staff
