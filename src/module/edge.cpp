#include "module/visit.hpp"

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
    {2, "the audit log's chain", R"(
ALTER TABLE audit ADD COLUMN seq {int} NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN hash {text} NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_by_seq ON audit (seq) WHERE seq>0;
CREATE INDEX audit_by_actor ON audit (actor, at);
CREATE TABLE audit_head (one {id}, seq {int} NOT NULL, hash {text} NOT NULL) {table};
INSERT INTO audit_head (one,seq,hash) VALUES (1,0,''))"},
    {3, "the audit log stays as written, and how long", R"(
ALTER TABLE business ADD COLUMN audit_years {int};
CREATE TABLE audit_base (one {id}, seq {int} NOT NULL, hash {text} NOT NULL) {table};
INSERT INTO audit_base (one,seq,hash) VALUES (1,0,'');
{no_update audit};
{no_delete audit})"},
    {4, "salted hashes of values in the audit log", R"(
ALTER TABLE audit ADD COLUMN digests {text} NOT NULL DEFAULT '[]';
CREATE TABLE audit_salts (id {id}, customer_id {int}, subject {text} NOT NULL, salt {text} NOT NULL) {table};
CREATE INDEX audit_salts_by_customer ON audit_salts (customer_id);
CREATE INDEX audit_salts_by_subject ON audit_salts (subject))"},
};

std::vector<std::string_view> split_path(std::string_view path) {
    std::vector<std::string_view> parts;
    parts.reserve(8);
    for (std::size_t at = 1; at <= path.size();) {
        auto const slash = std::min(path.find('/', at), path.size());
        parts.push_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    return parts;
}

// Do the parts have the form of the pattern? Answers how many stand there word by word, or -1.
int fit(std::vector<std::string> const& pattern, std::vector<std::string_view> const& parts) {
    if (pattern.size() != parts.size()) return -1;
    int plain = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (pattern[i].starts_with('{')) {
            if (parts[i].empty()) return -1;
        } else if (pattern[i] == parts[i]) ++plain;
        else return -1;
    }
    return plain;
}
}  // namespace

std::span<db::Migration const> edge_migrations() { return migrations; }

Edge::Edge(std::vector<Route> routes, std::vector<Area> const& areas, Directory& directory)
    : routes_(std::move(routes)), areas_(areas), directory_(directory) {
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto& route = routes_[i];
        if (!route.absolute) route.path = std::string(api) + route.path;
        auto const parts = split_path(route.path);
        by_first_segment_[std::string(parts.size() > 2 ? parts[2] : parts.back())].push_back(i);
        patterns_.emplace_back(parts.begin(), parts.end());
    }
}

Edge::Match Edge::match(http::Request const& request) const {
    Match match;
    auto const parts = split_path(request.path);
    auto const found = by_first_segment_.find(std::string(parts.size() > 2 ? parts[2]
                                                          : parts.empty()  ? std::string_view()
                                                                           : parts.back()));
    if (found == by_first_segment_.end()) return match;
    auto const method = request.method == http::Method::head ? http::Method::get : request.method;
    int best = -1;
    std::size_t chosen = 0;
    for (auto const index : found->second) {
        if (routes_[index].method != method) continue;
        if (auto const plain = fit(patterns_[index], parts);
            plain > best) {  // "/customers/lookalikes" before "/customers/{id}"
            best = plain;
            chosen = index;
        }
    }
    if (best < 0) {
        match.allow = allowed(found->second, parts);
        return match;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!patterns_[chosen][i].starts_with('{')) continue;
        auto decoded = http::percent_decode(parts[i]);
        if (!decoded) return {};  // a broken escape, or no UTF-8: no such address
        match.path.push_back(std::move(*decoded));
    }
    match.route = &routes_[chosen];
    return match;
}

// The methods that this path knows, as the header Allow says them.
std::string Edge::allowed(std::vector<std::size_t> const& routes, std::vector<std::string_view> const& parts) const {
    std::string allow;
    for (auto const index : routes) {
        auto const& route = routes_[index];
        if (fit(patterns_[index], parts) < 0 || allow.find(http::name(route.method)) != std::string::npos) continue;
        if (!allow.empty()) allow += ", ";
        allow += http::name(route.method);
        if (route.method == http::Method::get) allow += ", HEAD";
    }
    return allow;
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

// What is no route: a page of the workspace, another method, or nothing.
http::Response Edge::without_route(http::Request const& request, std::string const& allow) {
    if (allow.empty() && (!request.path.starts_with("/api/") || request.path == "/api/docs")) {
        auto page = directory_.page(request, random_nonce());
        return page ? std::move(*page) : problem_response(not_found());
    }
    if (allow.empty()) return problem_response(not_found());
    auto response = problem_response(Problem(405, "method_not_allowed", "This address knows " + allow + "."));
    response.set("Allow", allow);
    return response;
}

void Edge::dispatch(std::shared_ptr<http::Request const> const& request, http::Reply reply) {
    auto found = match(*request);
    if (!found.route) return reply(without_route(*request, found.allow));
    auto const visit = std::make_shared<Visit>(request, std::move(reply), *found.route);
    auto& call = visit->call;
    call.businesses = &directory_;
    call.path = std::move(found.path);
    call.now = now_by_clock();
    call.route = std::string(http::name(found.route->method)) + ' ' + found.route->path;
    try {
        find_token(*visit);
        hold_back(*visit);
    } catch (...) { return fail(*visit, std::current_exception()); }
    auto const enter = [this, visit] {
        try {
            look_up(*visit);
            stand_in(*visit);
            let_in(*visit);
        } catch (...) { return fail(*visit, std::current_exception()); }
        go_on(visit);
    };
    // Whoever asks may have to be looked up: PostgreSQL is waited for elsewhere than on an I/O thread.
    bool const looks = visit->business &&
                       ((!call.who.user_id && (visit->token || request->local)) || request->header("patron-view-as"));
    if (looks && visit->business->database().engine() == db::Engine::postgres) on_a_worker(visit, false, enter);
    else enter();
}

void Edge::on_a_worker(Visitor const& visit, bool narrow, std::function<void()> task) {
    auto const start = [this](std::function<void()> what) { return directory_.run(std::move(what)); };
    if (!(narrow ? lane_.run(std::move(task), start) : start(std::move(task))))
        fail(*visit, std::make_exception_ptr(db::Overloaded("workers")));
}

}  // namespace patron
