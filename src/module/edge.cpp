#include "module/edge.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr std::string_view api = "/api/v1";

constexpr db::Migration migrations[] = {
    {1, "the business, idempotent answers, the audit log", R"(
CREATE TABLE business (id {id}, version {int} NOT NULL, name {text} NOT NULL, slug {text} NOT NULL, currency {text} NOT NULL,
  country {text} NOT NULL, time_zone {text} NOT NULL, locale {text} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE TABLE idempotency (principal {text} NOT NULL, key {text} NOT NULL, fingerprint {text} NOT NULL, status {int} NOT NULL,
  headers {text} NOT NULL, body {text} NOT NULL, created_at {int} NOT NULL, PRIMARY KEY (principal, key)) {table};
CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE TABLE audit (id {id}, at {int} NOT NULL, actor_kind {text} NOT NULL, actor {text} NOT NULL, route {text} NOT NULL, kind {text} NOT NULL,
  subject {text} NOT NULL, customer_id {int}, request {text} NOT NULL, address {text} NOT NULL, outcome {int} NOT NULL, fields {text} NOT NULL) {table};
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_customer ON audit (customer_id, at))"},
};

bool changes(http::Method method) {
    return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    for (std::size_t at = 1; at <= path.size();) {
        auto const slash = std::min(path.find('/', at), path.size());
        parts.emplace_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    return parts;
}

std::optional<std::string> cookie(http::Request const& request, std::string_view name) {
    for (auto const& header : request.headers) {
        if (header.name.size() != 6 ||
            !std::equal(header.name.begin(), header.name.end(), "cookie", [](char a, char b) { return (a | 32) == b; }))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(';'), rest.size());
            auto one = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (one.starts_with(' ')) one.remove_prefix(1);
            if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
                return std::string(one.substr(name.size() + 1));
        }
    }
    return {};
}

// The origin that a page of ours has, as its own requests see it.
bool own_origin(http::Request const& request, std::string_view origin, std::string const& public_url) {
    if (!public_url.empty() && origin == public_url) return true;
    auto const host = request.header("host");
    return host && origin == (request.secure ? "https://" : "http://") + std::string(*host);
}

// Cross-site request forgery: fetch metadata where the browser sends it, else the origin. A request with a cookie must
// show one of them; one without a cookie comes from a program, unless it shows otherwise.
void check_origin(http::Request const& request, bool by_cookie, std::string const& public_url) {
    auto const forged = [] { return Problem(403, "cross_site", "Changes are taken only from Patron's own pages."); };
    auto const site = request.header("sec-fetch-site");
    auto const origin = request.header("origin");
    if (site && *site != "same-origin" && !(*site == "none" && !by_cookie)) throw forged();
    if (origin && !own_origin(request, *origin, public_url)) throw forged();
    if (by_cookie && !site && !origin) throw forged();
}

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

std::string principal_text(Principal const& who) { return who.actor.id ? who.actor.id.text() : std::string("system"); }

void write_audit(db::Tx& tx, Call const& call, std::string_view kind, std::string const& subject, Id<Customer> customer,
                 int outcome, std::string const& fields) {
    db::Value const values[] = {call.business->ids().next(call.now.ms),
                                call.now.ms,
                                std::string(enum_text(call.who.actor.kind)),
                                principal_text(call.who),
                                call.route,
                                std::string(kind),
                                subject,
                                column_value(customer),
                                call.request_id,
                                call.request ? call.request->peer : std::string("local"),
                                std::int64_t{outcome},
                                fields};
    tx.post(
        "INSERT INTO audit (id,at,actor_kind,actor,route,kind,subject,customer_id,request,address,outcome,fields) "
        "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
        values);
}

// Names of the changed fields; their values stay where they are.
std::string field_names(Event const& event) {
    JsonArray names;
    auto const take = [&](Json const& changes) {
        if (changes.is_array())
            for (auto const& change : changes.get_array()) names.push_back(change.at("field"));
    };
    if (event.changes.size() > 2) take(parse_own_json(event.changes));
    if (!event.personal.empty()) take(parse_own_json(event.personal).at("changes"));
    return json_text(names);
}

// Puts what the unit said on the spine and in the audit log; answers what is to happen once it is durable. Last in the
// unit's work, for the spine does not forget again when that fails.
std::vector<std::function<void()>> tell(Unit& unit, int outcome) {
    auto events = unit.take_events();
    for (auto const& event : events)
        write_audit(unit.tx, unit.call, event.kind, event.subject.text(), event.customer_id, outcome,
                    field_names(event));
    if (events.empty()) write_audit(unit.tx, unit.call, "", "", {}, outcome, "[]");
    for (auto& event : events) unit.business.spine().add(std::move(event));
    return std::move(unit.after_commit);
}

// The answer as it is kept for a repeated request: what is shown once is not stored.
std::string without_secrets(http::Response const& response, Route const& route) {
    if (route.secrets.empty()) return response.body;
    auto body = parse_own_json(response.body);
    if (body.is_object())
        for (auto const secret : route.secrets) body.get_object().erase(secret);
    return json_text(body);
}

Problem not_signed_in() {
    return {401, "not_signed_in", "Sign in, or send an API key as 'Authorization: Bearer pk_…'."};
}

}  // namespace

std::span<db::Migration const> edge_migrations() { return migrations; }

Edge::Edge(std::vector<Route> routes, std::vector<Area> const& areas, Directory& directory)
    : routes_(std::move(routes)), areas_(areas), directory_(directory) {
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto& route = routes_[i];
        if (!route.absolute) route.path = std::string(api) + route.path;
        auto const parts = split_path(route.path);
        by_first_segment_[parts.size() > 2 ? parts[2] : parts.back()].push_back(i);
    }
}

Edge::Match Edge::match(http::Request const& request) const {
    Match match;
    auto const parts = split_path(request.path);
    auto const found = by_first_segment_.find(parts.size() > 2 ? parts[2]
                                              : parts.empty()  ? std::string()
                                                               : parts.back());
    if (found == by_first_segment_.end()) return match;
    auto const method = request.method == http::Method::head ? http::Method::get : request.method;
    int best = -1;
    for (auto const index : found->second) {
        auto const& route = routes_[index];
        auto const pattern = split_path(route.path);
        if (pattern.size() != parts.size()) continue;
        std::vector<std::string> values;
        int plain = 0;
        bool fits = true;
        for (std::size_t i = 0; fits && i < parts.size(); ++i) {
            if (pattern[i].starts_with('{')) {
                auto value = http::percent_decode(parts[i]);
                fits = value && !value->empty();
                if (fits) values.push_back(std::move(*value));
            } else if (pattern[i] == parts[i]) ++plain;
            else fits = false;
        }
        if (!fits) continue;
        if (match.allow.find(http::name(route.method)) == std::string::npos) {
            if (!match.allow.empty()) match.allow += ", ";
            match.allow += http::name(route.method);
            if (route.method == http::Method::get) match.allow += ", HEAD";
        }
        if (route.method == method && plain > best) {  // "/customers/lookalikes" before "/customers/{id}"
            best = plain;
            match.route = &route;
            match.path = std::move(values);
        }
    }
    return match;
}

http::BodyPlan Edge::plan(http::Request const& head) {
    auto const found = match(head);
    if (found.route && found.route->raw_body) return {found.route->raw_limit, true};
    return {};
}

http::Response Edge::refuse(int status, std::string_view code, std::string_view detail) {
    auto response = problem_response(Problem(status, std::string(code), std::string(detail)));
    add_security_headers(response, {}, "");
    return response;
}

void Edge::handle(std::shared_ptr<http::Request const> request, http::Reply reply) {
    auto const finish = [request, reply = std::move(reply)](http::Response response) {
        if (request->method == http::Method::head) response.chunks = nullptr;
        add_security_headers(response, *request, "");
        reply(std::move(response));
    };
    try {
        dispatch(request, finish);
    } catch (...) { finish(problem_response(std::current_exception(), "")); }
}

void Edge::identify(Call& call, Route const& route, std::shared_ptr<Business>& business) {
    auto const& request = *call.request;
    if (request.local) {
        business = directory_.business(request.header("patron-business").value_or(""));
        if (!business)
            throw Problem(404, "no_such_business", "There is no business of that name on this installation.");
        call.business = business.get();
        business->database().read([&](db::Tx& tx) {
            if (route.permission.name == local_only.name) {
                call.who.actor = {ActorKind::system, {}};
                call.who.name = "Patron";
            } else call.who = owner_principal(tx, areas_);
        });
        return;
    }
    if (route.permission.name == local_only.name) throw not_found();
    auto token = cookie(request, session_cookie_name(request.secure));
    bool const by_cookie = token.has_value();
    auto const authorization = request.header("authorization");
    if (authorization) {
        if (!authorization->starts_with("Bearer ")) throw not_signed_in();
        token = std::string(authorization->substr(7));
    }
    if (changes(request.method)) check_origin(request, by_cookie && !authorization, directory_.public_url());
    if (token) {
        auto const number = business_of_token(*token);
        if (number) business = directory_.business(*number);
        if (business) {
            call.business = business.get();
            auto const hash = token_hash(*token);
            auto who = business->remembered(hash, call.now);
            if (!who) {
                business->database().read([&](db::Tx& tx) {
                    who = authorization ? principal_of_key(tx, *token, call.now, areas_)
                                        : principal_of_session(tx, *token, call.now, areas_);
                    // When it was last used is noted to the minute, without waiting.
                    if (who) business->remember(hash, *who, call.now);
                });
                if (who)
                    business->database().write(
                        [now = call.now, hash, key = bool(authorization)](db::Tx& tx) {
                            db::Value const values[] = {now.ms, hash};
                            if (key) tx.post("UPDATE keys SET last_used_at=$1 WHERE token=$2", values);
                            else tx.post("UPDATE sessions SET last_seen_at=$1 WHERE token=$2", values);
                        },
                        [](std::exception_ptr) {});
            }
            if (who) call.who = std::move(*who);
        }
    }
    if (call.who.user_id) return;
    if (!route.no_sign_in_needed()) throw not_signed_in();
    business = directory_.business("");
    call.business = business.get();
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

http::Response Edge::run_write(db::Tx& tx, Call const& call, Route const& route,
                               std::vector<std::function<void()>>& after) const {
    auto const key = call.header("idempotency-key");
    auto const principal = principal_text(call.who);
    std::string fingerprint;
    if (key) {
        fingerprint = token_hash(call.request->method_name + ' ' + call.request->target + '\n' + call.request->body);
        db::Value const values[] = {principal, *key};
        auto row =
            tx.query("SELECT fingerprint,status,headers,body FROM idempotency WHERE principal=$1 AND key=$2", values);
        if (row.next()) {
            if (row.text(0) != fingerprint)
                throw Problem(422, "idempotency_key_reused",
                              "This Idempotency-Key was used for another request; take a new one.", {});
            http::Response response(static_cast<int>(row.integer(1)));
            auto const headers = parse_own_json(row.text(2));
            for (auto const& entry : headers.get_object())
                response.headers.push_back(
                    {std::string(entry.key()), std::string(std::string_view(entry.value().get_string()))});
            response.body = row.text(3);
            response.set("Idempotent-Replayed", "true");
            return response;
        }
    }
    Unit unit(tx, call);
    auto response = route.write(unit);
    if (key) {
        JsonObject headers;
        for (auto const& header : response.headers)
            if (header.name != "Set-Cookie") headers[header.name] = header.value;
        db::Value const values[] = {principal,        *key,
                                    fingerprint,      std::int64_t{response.status},
                                    to_json(headers), without_secrets(response, route),
                                    call.now.ms};
        // On several servers the same key may be at work elsewhere: the later one runs again and finds the answer.
        if (tx.execute("INSERT INTO idempotency (principal,key,fingerprint,status,headers,body,created_at) VALUES "
                       "($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING",
                       values) == 0)
            throw db::Error(db::Fault::serialization, "the same Idempotency-Key was used elsewhere at this moment");
    }
    after = tell(unit, response.status);
    return response;
}

http::Response run_unit(Business& business, Call const& call, std::function<http::Response(Unit&)> const& work) {
    Call within = call;
    within.business = &business;
    http::Response response;
    std::vector<std::function<void()>> after;
    business.database().write_and_wait([&](db::Tx& tx) {
        Unit unit(tx, within);
        response = work(unit);
        after = tell(unit, response.status);
    });
    for (auto const& step : after) step();
    return response;
}

void run_units(Business& business, std::vector<UnitWork> const& works) {
    business.database().write_and_wait([&](db::Tx& tx) {
        for (auto const& one : works) {
            Call within = one.call;
            within.business = &business;
            Unit unit(tx, within);
            one.work(unit);
            tell(unit, 201);
        }
    });
}

void Edge::dispatch(std::shared_ptr<http::Request const> const& request, http::Reply reply) {
    auto found = match(*request);
    if (!found.route) {
        if (found.allow.empty() && (!request->path.starts_with("/api/") || request->path == "/api/docs")) {
            auto page = directory_.page(*request, random_nonce());
            return reply(page ? std::move(*page) : problem_response(not_found()));
        }
        if (found.allow.empty()) throw not_found();
        auto response = problem_response(Problem(405, "method_not_allowed", "This address knows " + found.allow + "."));
        response.set("Allow", found.allow);
        return reply(std::move(response));
    }
    auto const& route = *found.route;
    auto call = std::make_shared<Call>();
    call->request = request.get();
    call->businesses = &directory_;
    call->path = std::move(found.path);
    call->now = now_by_clock();
    call->route = std::string(http::name(route.method)) + ' ' + route.path;
    std::shared_ptr<Business> business;
    auto const run = [this, request, call, &route, reply](std::shared_ptr<Business> business) {
        try {
            if (business) {
                call->now = business->clock();
                call->request_id = id_text("req", business->ids().next(call->now.ms));
            }
            auto const permission = route.permission.name;
            if (!permission.starts_with('-') && !call->who.may(permission)) {
                if (changes(request->method)) directory_.refused(*business, *call, 403);
                throw Problem(403, "not_allowed", "Your role does not allow this (" + std::string(permission) + ").");
            }
            read_query(*call, route);
            read_body(*call, route);
            if (!call->path.empty())
                if (auto const cut = call->path.front().find('_'); cut != std::string::npos)
                    call->subject = read_id(call->path.front().substr(0, cut), call->path.front()).value_or(0);
        } catch (...) { return reply(problem_response(std::current_exception(), call->request_id)); }
        auto const answer_now = [request, call, &route, business, reply] {
            http::Response response;
            try {
                if (route.place == Place::working) response = route.work(*call);
                else
                    business->database().read([&](db::Tx& tx) {
                        Reading reading(tx, *call);
                        response = route.read(reading);
                    });
                if (auto const wanted = request->header("if-none-match"); wanted && response.status == 200)
                    for (auto const& header : response.headers)
                        if (header.name == "ETag" && (*wanted == header.value || *wanted == "*")) {
                            auto const tag = header.value;
                            response = http::Response(304);
                            response.set("ETag", tag);
                            break;
                        }
            } catch (...) { response = problem_response(std::current_exception(), call->request_id); }
            reply(std::move(response));
        };
        switch (route.place) {
            case Place::reading:
                // SQLite answers from memory and disk at once; PostgreSQL is waited for elsewhere.
                if (!business || business->database().engine() == db::Engine::sqlite) return answer_now();
                [[fallthrough]];
            case Place::working:
                if (!(route.narrow
                          ? lane_.run(answer_now,
                                      [this](std::function<void()> task) { return directory_.run(std::move(task)); })
                          : directory_.run(answer_now)))
                    reply(problem_response(std::make_exception_ptr(db::Overloaded("workers")), call->request_id));
                return;
            case Place::answering: try { route.answer(std::const_pointer_cast<Call const>(call), reply);
                } catch (...) { reply(problem_response(std::current_exception(), call->request_id)); }
                return;
            case Place::writing: break;
        }
        auto const key = request->header("idempotency-key");
        std::string running;
        try {
            if (key && (key->empty() || key->size() > 255))
                throw invalid("", "idempotency_key_length", "The Idempotency-Key must have 1 to 255 characters.");
            if (key) {
                running = principal_text(call->who) + '\n' + std::string(*key);
                if (!business->enter(running)) {
                    Problem busy(409, "idempotency_key_in_use",
                                 "A request with this Idempotency-Key is still running.");
                    busy.retry_after = 1;
                    throw busy;
                }
            }
        } catch (...) { return reply(problem_response(std::current_exception(), call->request_id)); }
        auto response = std::make_shared<http::Response>();
        auto after = std::make_shared<std::vector<std::function<void()>>>();
        try {
            business->database().write(
                [this, request, call, business, &route, response, after](db::Tx& tx) {
                    *response = run_write(tx, *call, route, *after);
                },
                [request, call, business, response, after, running, reply](std::exception_ptr failure) {
                    if (!running.empty()) business->leave(running);
                    if (failure) *response = problem_response(failure, call->request_id);
                    else
                        for (auto const& step : *after) step();
                    reply(std::move(*response));
                });
        } catch (...) {
            if (!running.empty()) business->leave(running);
            reply(problem_response(std::current_exception(), call->request_id));
        }
    };
    // Whoever asks may have to be looked up, which waits on PostgreSQL.
    auto const whole = [this, call, request, &route, run, reply] {
        std::shared_ptr<Business> business;
        try {
            identify(*call, route, business);
        } catch (...) { return reply(problem_response(std::current_exception(), "")); }
        run(std::move(business));
    };
    whole();
}

}  // namespace patron
