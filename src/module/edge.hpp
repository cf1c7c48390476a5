// The edge: turns a request into a call of a route and whatever comes of it into a response. Sign-in, rights, bodies,
// idempotency, problems and headers are settled here, once for all routes.
#pragma once
#include "module/lane.hpp"
#include "module/module.hpp"

#include <unordered_map>

namespace patron {

// What the edge needs from the house.
class Directory : public Businesses {
  public:
    virtual std::string public_url() const = 0;        // "" when none was set
    virtual bool run(std::function<void()> task) = 0;  // on a worker; false when there are too many
    // Pages and assets: whatever is no API. Null when there is none at that path.
    virtual std::optional<http::Response> page(http::Request const& request, std::string const& nonce) = 0;
    virtual void refused(Business& business, Call const& call,
                         int status) = 0;  // a change was denied: for the audit log
};

class Edge : public http::Handler {
  public:
    Edge(std::vector<Route> routes, std::vector<Area> const& areas, Directory& directory);

    http::BodyPlan plan(http::Request const& head) override;
    void handle(std::shared_ptr<http::Request const> request, http::Reply reply) override;
    http::Response refuse(int status, std::string_view code, std::string_view detail) override;

    std::vector<Route> const& routes() const { return routes_; }

  private:
    struct Match {
        Route const* route = nullptr;
        std::vector<std::string> path;
        std::string allow;
    };
    Match match(http::Request const& request) const;
    std::vector<Route> routes_;
    std::vector<Area> const& areas_;
    Directory& directory_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_segment_;
    NarrowLane lane_;

    void dispatch(std::shared_ptr<http::Request const> const& request, http::Reply reply);
    void identify(Call& call, Route const& route, std::shared_ptr<Business>& business);
    void read_query(Call& call, Route const& route) const;
    void read_body(Call& call, Route const& route) const;
    http::Response run_write(db::Tx& tx, Call const& call, Route const& route,
                             std::vector<std::function<void()>>& after) const;
};

// One unit of work in the business's write transaction, told on the spine and in the audit log as that of a writing route
// is: for routes that work outside a transaction first. Waits until it is durable; throws what the work threw. The work
// may run more than once. Never called on the writer thread.
http::Response run_unit(Business& business, Call const& call, std::function<http::Response(Unit&)> const& work);
// Several units, each with a call (a moment, an actor) of its own, in one transaction: all or none.
struct UnitWork {
    Call call;
    std::function<void(Unit&)> work;
};
void run_units(Business& business, std::vector<UnitWork> const& works);

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
