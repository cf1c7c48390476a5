// The first half of the edge: who asks, how often, by what right, and what for.
#include "module/origins.hpp"
#include "module/rereading.hpp"
#include "module/visit.hpp"

#include <algorithm>

namespace patron {
namespace {

// application/json, or a type with the suffix; a charset, when one is named, must be UTF-8 (RFC 8259 §8.1).
bool is_json(std::string_view type) {
    std::string lower(type);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    auto const end = std::min(lower.find(';'), lower.size());
    auto name = lower.substr(0, end);
    while (name.ends_with(' ')) name.pop_back();
    auto const charset = lower.find("charset=", end);
    if (charset != std::string::npos) {
        auto const value = lower.substr(charset + 8);
        if (!value.starts_with("utf-8") && !value.starts_with("\"utf-8\"")) return false;
    }
    return name == "application/json" || (name.starts_with("application/") && name.ends_with("+json"));
}

Problem not_signed_in() {
    return {401, "not_signed_in", "Sign in, or send an API key as 'Authorization: Bearer pk_…'."};
}

// When it was last used is noted to the minute, without waiting.
void note_use(db::Database& database, std::string const& hash, bool key, Time now) {
    database.write(
        [now, hash, key](db::Tx& tx) {
            db::Value const values[] = {now.ms, hash};
            if (key) tx.post("UPDATE keys SET last_used_at=$1 WHERE token=$2", values);
            else tx.post("UPDATE sessions SET last_seen_at=$1 WHERE token=$2", values);
        },
        [](std::exception_ptr) {});
}

}  // namespace

// The business that the token names, and whoever it is remembered to speak for.
void Edge::find_token(Visit& visit) {
    auto const& request = *visit.request;
    auto& call = visit.call;
    if (request.local) {
        visit.turn_to(directory_.business(request.header("patron-business").value_or("")));
        if (!visit.business)
            throw Problem(404, "no_such_business", "There is no business of that name on this installation.");
    } else {
        if (visit.route.permission.name == local_only.name) throw not_found();
        visit.token = own_cookie(request, session_cookie);
        visit.by_cookie = visit.token.has_value();
        if (auto const authorization = request.header("authorization")) {
            if (!authorization->starts_with("Bearer ")) throw not_signed_in();
            visit.token = std::string(authorization->substr(7));
            visit.by_cookie = false;
        }
        auto const number = visit.token ? business_of_token(*visit.token) : std::nullopt;
        if (number) visit.turn_to(directory_.business(*number));
    }
    if (!visit.business || !visit.token) return;
    if (auto who = visit.business->remembered(token_hash(*visit.token), call.now)) call.who = std::move(*who);
}

// Whoever is not known yet counts as their address, so that guessing tokens is held back before it costs anything.
void Edge::hold_back(Visit const& visit) {
    if (visit.request->local || visit.route.absolute || !rates_.are_limited()) return;
    auto const& who = visit.call.who;
    auto const whose = who.actor.id ? std::to_string(visit.business->number()) + who.actor.id.text()
                                    : address_group(visit.request->peer);
    auto const seconds = rates_.take(whose, std::chrono::steady_clock::now());
    if (seconds == 0) return;
    Problem problem(429, "too_many_requests",
                    "These are more requests than this server allows; send them more slowly.");
    problem.retry_after = seconds;
    throw problem;
}

void Edge::look_up_local(Visit& visit) {
    auto& call = visit.call;
    if (visit.route.permission.name == local_only.name) {
        call.who = the_house();
    } else read_patiently(visit.business->database(), [&](db::Tx& tx) { call.who = owner_principal(tx, areas_); });
}

// Who asks, where that was not remembered. Throws 401 where somebody has to.
void Edge::look_up(Visit& visit) {
    auto& call = visit.call;
    if (visit.request->local) return look_up_local(visit);
    if (visit.token && visit.business && !call.who.user_id) {
        bool const key = !visit.by_cookie;
        auto const hash = token_hash(*visit.token);
        std::optional<Principal> who;
        read_patiently(visit.business->database(), [&](db::Tx& tx) {
            who = key ? principal_of_key(tx, *visit.token, call.now, areas_)
                      : principal_of_session(tx, *visit.token, call.now, areas_);
        });
        if (who) {
            visit.business->remember(hash, *who, call.now, call.access_epoch);
            note_use(visit.business->database(), hash, key, call.now);
            call.who = std::move(*who);
        }
    }
    if (visit.route.changes()) check_origin(*visit.request, visit.by_cookie, directory_.public_url());
    if (call.who.user_id) return;
    if (!visit.route.no_sign_in_needed()) throw not_signed_in();
    visit.turn_to(directory_.business(""));
}

// May they, and can what they ask be understood?
void Edge::let_in(Visit& visit) {
    auto& call = visit.call;
    auto const& route = visit.route;
    if (!call.path.empty())
        if (auto const cut = call.path.front().find('_'); cut != std::string::npos)
            call.subject = read_id(call.path.front().substr(0, cut), call.path.front()).value_or(0);
    auto const permission = route.permission.name;
    if (!permission.starts_with('-') && !call.who.may(permission))
        throw Problem(403, "not_allowed", "Your role does not allow this (" + std::string(permission) + ").");
    if (call.who.second_factor_missing && !route.before_second_factor && !route.no_sign_in_needed())
        throw Problem(403, "second_factor_required",
                      "Your role asks for a second factor: set one up under Settings, My account.");
    if (route.needs_proof) ask_for_proof(call.who, call.now);
    read_query(call, route);
    read_body(call, route);
    if (route.changes() && route.keyed) take_key(visit);
}

// No two requests are at work under one key at the same time.
void Edge::take_key(Visit& visit) {
    auto const key = visit.request->header("idempotency-key");
    if (!key) return;
    if (key->empty() || key->size() > 255)
        throw invalid("", "idempotency_key_length", "The Idempotency-Key must have 1 to 255 characters.");
    auto running = visit.call.who.actor.id.text() + '\n' + std::string(*key);
    if (!visit.business->enter(running)) {
        visit.refusal_is_audited = false;
        Problem busy(409, "idempotency_key_in_use", "A request with this Idempotency-Key is still running.");
        busy.retry_after = 1;
        throw busy;
    }
    visit.running = std::move(running);
}

void Edge::read_query(Call& call, Route const& route) const {
    if (call.request->query.empty()) return;
    auto pairs = http::parse_query(call.request->query);
    if (!pairs) throw Problem(400, "bad_query", "The query has a broken escape or is not UTF-8.");
    Mistakes mistakes;
    for (auto const& [name, value] : *pairs) {
        bool known = false;
        for (auto const& param : route.params) {
            std::string_view rest = name;
            if (param.name.ends_with(".*")) {
                auto const stem = param.name.substr(0, param.name.size() - 1);
                if (!rest.starts_with(stem) || rest.size() == stem.size()) continue;
                rest = rest.substr(std::min(rest.find('['), rest.size()));
            } else {
                if (!rest.starts_with(param.name)) continue;
                rest.remove_prefix(param.name.size());
            }
            known = rest.empty() ||
                    (param.ranged && (rest == "[gte]" || rest == "[gt]" || rest == "[lte]" || rest == "[lt]"));
            if (known && !param.repeated && call.param(name))
                mistakes.push_back(
                    {"?" + name, "given_twice", "The parameter " + name + " stands twice; give it once."});
            if (known) break;
        }
        if (!known) mistakes.push_back({"?" + name, "unknown_parameter", "There is no parameter " + name + " here."});
        else if (has_forbidden_control(value))
            mistakes.push_back(
                {"?" + name, "control_character", "The parameter " + name + " holds a control character."});
        else call.query.emplace_back(name, name == "q" ? tidy(value) : value);
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

void Edge::read_body(Call& call, Route const& route) const {
    auto const& request = *call.request;
    if (route.raw_body) return;
    if (!route.body_schema) {
        if (!request.body.empty() && is_json(request.header("content-type").value_or(""))) parse_json(request.body);
        return;
    }
    if (!is_json(request.header("content-type").value_or("")))
        throw Problem(415, "not_json", "Send the body as Content-Type: application/json.");
    call.body = parse_json(request.body);
}

}  // namespace patron
