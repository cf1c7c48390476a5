// The edge: turns a request into a call of a route and whatever comes of it into a response. Sign-in, rights, bodies,
// idempotency, problems and headers are settled here, once for all routes.
#pragma once
#include "module/keeping.hpp"
#include "module/lane.hpp"
#include "module/module.hpp"
#include "module/rates.hpp"

#include <unordered_map>

namespace patron {

// What the edge needs from the house.
class Directory : public Businesses {
  public:
    virtual std::string public_url() const = 0;        // "" when none was set
    virtual bool run(std::function<void()> task) = 0;  // on a worker; false when there are too many
    // Pages and assets: whatever is no API. Null when there is none at that path.
    virtual std::optional<http::Response> page(http::Request const& request, std::string const& nonce) = 0;
};

class Edge : public http::Handler {
  public:
    Edge(std::vector<Route> routes, std::vector<Area> const& areas, Directory& directory);

    http::BodyPlan plan(http::Request const& head) override;
    void handle(std::shared_ptr<http::Request const> request, http::Reply reply) override;
    http::Response refuse(int status, std::string_view code, std::string_view detail) override;

    std::vector<Route> const& routes() const { return routes_; }
    // How many requests a second one user, key or address may send in the long run; 0: as many as they like.
    void limit(int a_second) { rates_.limit(a_second); }
    std::uint64_t held_back() const { return rates_.held_back(); }

  private:
    struct Match {
        Route const* route = nullptr;
        std::vector<std::string> path;
        std::string allow;
    };
    // One request on its way to its answer.
    struct Visit;
    using Visitor = std::shared_ptr<Visit>;

    Match match(http::Request const& request) const;
    std::string allowed(std::vector<std::size_t> const& routes, std::vector<std::string_view> const& parts) const;
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> patterns_;  // of each route, its path in parts
    std::vector<Area> const& areas_;
    Directory& directory_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_segment_;
    NarrowLane lane_;
    Rates rates_;

    void dispatch(std::shared_ptr<http::Request const> const& request, http::Reply reply);
    http::Response without_route(http::Request const& request, std::string const& allow);
    void on_a_worker(Visitor const& visit, bool narrow, std::function<void()> task);
    void find_token(Visit& visit);
    void hold_back(Visit const& visit);
    void look_up(Visit& visit);
    void look_up_local(Visit& visit);
    void stand_in(Visit& visit);
    void let_in(Visit& visit);
    void read_query(Call& call, Route const& route) const;
    void read_body(Call& call, Route const& route) const;
    void take_key(Visit& visit);
    void go_on(Visitor const& visit);
    void read(Visitor const& visit);
    void answer_on_record(Visitor const& visit, http::Response response, std::vector<AuditRow> looks);
    void work(Visitor const& visitor);
    void refuse(Visitor const& visit, std::exception_ptr failure);
    std::optional<http::Response> first_answer(Visit& visit);
    void write(Visitor const& visit);
    void answer(Visit& visit, http::Response response);
    void fail(Visit& visit, std::exception_ptr failure);
};

http::Response problem_response(Problem const& problem);
http::Response problem_response(std::exception_ptr failure, std::string const& request_id);
// The headers that every answer carries (CSP, HSTS, nosniff …).
// Failures that are ours go to the log: what happened and in which request, nothing of its content.
void log_failure(std::string const& request_id, std::string_view what);
void set_failure_log(std::function<void(std::string const& request_id, std::string_view what)> log);
void add_security_headers(http::Response& response, http::Request const& request, std::string const& nonce);
std::string random_nonce();

std::span<db::Migration const> edge_migrations();  // idempotency, audit

// The OpenAPI 3.1 document of the routes.
std::string openapi_document(std::vector<Route> const& routes, std::vector<Area> const& areas,
                             std::string_view version);

}  // namespace patron
