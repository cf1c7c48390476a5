#include "modules/staff/guessing.hpp"
#include "modules/staff/rules.hpp"

#include "module/edge.hpp"
#include "module/listing.hpp"
#include "module/origins.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Kind session_started{"session.started", 1, "{actor} signed in", ""};
constexpr Kind session_ended{"session.ended", 1, "{actor} signed out", ""};

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
    view.permissions = who.permissions.names();
    view.second_factor_missing = !who.key_id && view.role.second_factor_required && !view.user.second_factor;
    if (who.session_id) view.proven_until = Time{who.proven_at.ms + proof_ms};
    view.kind = who.key_id ? SessionKind::key : SessionKind::user;
    return view;
}

SessionView get_session(Reading& reading) { return view_of(reading, reading.who); }

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
    // Cookies are left to themselves: the one that knows this device stays, and the session's own goes by name.
    response.set("Clear-Site-Data", "\"cache\", \"storage\"");
    response.set("Set-Cookie", set_own_cookie(*unit.call.request, session_cookie, "", 0));
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
                                unit.who.user_id.value,
                                session.created_at.ms};
    unit.tx.post(
        "INSERT INTO sessions (id,created_at,last_seen_at,address,agent,token,user_id,proven_at) VALUES "
        "($1,$2,$3,$4,$5,$6,$7,$8)",
        values);
}

}  // namespace

http::Response start_session(Business& business, Call const& call, Id<User> id,
                             std::function<void(Unit&)> const& also) {
    Call signed_in_call = call;
    signed_in_call.business = &business;
    business.database().read([&](db::Tx& tx) { signed_in_call.who = principal_of_user(tx, id, business.areas()); });
    return run_unit(business, signed_in_call, [&](Unit& unit) {
        auto view = view_of(unit, unit.who);
        if (view.user.state != UserState::active)
            throw Problem(401, "sign_in_failed", "The e-mail address or the password is wrong.");
        if (also) also(unit);
        Session const session{
            {business.ids().next(unit.now.ms)},    unit.now, unit.now, Text<0, 64>(call.request->peer),
            Text<0, 400>(agent_of(*call.request)), true};
        auto const token = make_token("ps", business.number());
        insert_session(unit, session, token);
        unit.say({.kind = &session_started, .subject = session.id});
        auto response = json_response(201, to_json(view));
        response.set("Set-Cookie", set_own_cookie(*call.request, session_cookie, token, session_absolute_ms));
        response.headers.push_back({"Set-Cookie", know_device(unit, id)});
        return response;
    });
}

http::Response renewed(Unit& unit, http::Response response) {
    auto const& request = *unit.call.request;
    auto const token = make_token("ps", unit.business.number());
    // Of two at once the first renews: the cookie of the other would be void before it arrives.
    db::Value const values[] = {unit.who.session_id.value, token_hash(token),
                                token_hash(own_cookie(request, session_cookie).value_or(""))};
    auto row = unit.tx.query("UPDATE sessions SET token=$2 WHERE id=$1 AND token=$3 RETURNING created_at", values);
    if (!row.next()) return response;
    auto const left = row.integer(0) + session_absolute_ms - unit.now.ms;
    response.headers.push_back({"Set-Cookie", set_own_cookie(request, session_cookie, token, left)});
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
    return response;
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
    for (auto const* kind : {&session_started, &session_ended}) module.kinds.push_back(kind);
    module.routes.push_back(
        own_sign_in(get<get_session>("/session", signed_in, "get_session", "Who is signed in and what they may do")));
    module.routes.push_back(own_sign_in(remove<sign_out>("/session", signed_in, "sign_out", "Sign out")));
    module.routes.push_back(get<list_sessions>("/sessions", signed_in, "list_sessions",
                                               "The devices that are signed in",
                                               list_params({{"user_id", "of this user; one's own when left out"}})));
    module.routes.push_back(remove<end_session>("/sessions/{id}", signed_in, "end_session", "Sign a device out"));
}

}  // namespace patron::staff
