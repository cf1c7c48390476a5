#include "house/house.hpp"

#include "db/commits.hpp"
#include "house/audit_line.hpp"
#include "module/listing.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace patron {
namespace {

Route plain(std::string path, std::string operation, std::string summary,
            std::function<http::Response(Call const&)> work, Permission permission = anyone) {
    Route route{http::Method::get, std::move(path), permission};
    route.place = Place::working;
    route.absolute = true;
    route.operation = std::move(operation);
    route.summary = std::move(summary);
    route.work = std::move(work);
    return route;
}

http::Response text_response(std::string type, std::string body) {
    http::Response response;
    response.set("Content-Type", std::move(type));
    response.body = std::move(body);
    return response;
}

long resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    long size = 0, resident = 0;
    statm >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

struct BusinessDraft {
    Text<1, 40> slug;
};
DESCRIBE(BusinessDraft, slug);

struct AuditReport {
    std::int64_t begins_behind = 0;  // the last row that was let go after its time
    std::int64_t last = 0;           // the row that it ends with
    std::string hash;                // of that row: to be kept elsewhere
    std::string public_key;          // Ed25519, base64: whose signatures the server's log carries
    std::vector<std::string> faults;
    std::optional<Witness> value;  // of the one that was asked about
};
DESCRIBE(AuditReport, begins_behind, last, hash, public_key, faults, value);

AuditReport audit_report(Call const& call, SealKey& key) {
    AuditReport report{.public_key = key.public_key()};
    std::optional<AuditHead> kept;
    std::string fault;
    if (auto const seq = call.param("seq"))
        kept =
            AuditHead{std::get<std::int64_t>(filter_value<std::int64_t>(*seq, "seq")), call.param("hash").value_or("")};
    else if (auto const line = call.param("line"))
        kept = read_audit_line(*line, call.business->slug(), report.public_key, fault);
    call.business->database().read([&](db::Tx& tx) {
        auto const head = audit_head(tx);
        report.begins_behind = audit_base(tx).seq;
        report.last = head.seq;
        report.hash = head.hash;
        report.faults = verify_audit(tx, kept);
        if (auto const row = call.param("row"))
            report.value = witness_value(tx, std::get<std::int64_t>(filter_value<std::int64_t>(*row, "row")),
                                         call.param("field").value_or(""), call.param("value").value_or("null"));
    });
    if (!fault.empty()) report.faults.push_back(fault);
    return report;
}

bool is_slug(std::string_view text) {
    if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

std::string House::metrics() {
    std::string text;
    auto const add = [&](char const* name, char const* type, char const* about, std::uint64_t value) {
        text += std::string("# HELP ") + name + ' ' + about + "\n# TYPE " + name + ' ' + type + '\n' + name + ' ' +
                std::to_string(value) + '\n';
    };
    if (counts_) {
        auto const counts = counts_();
        add("patron_connections", "gauge", "Connections open now.", counts.connections_now);
        add("patron_requests_total", "counter", "Requests answered.", counts.requests);
        add("patron_refused_total", "counter", "Requests refused before they reached a route.", counts.refused);
        add("patron_sent_bytes_total", "counter", "Bytes sent.", counts.bytes_out);
    }
    std::uint64_t streams = 0, open = 0;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [number, business] : open_) {
            streams += business->live().size();
            ++open;
        }
    }
    add("patron_held_back_total", "counter", "Requests over the rate limit.", edge_->held_back());
    add("patron_csp_reports_total", "counter", "Reports of scripts and styles kept out.", csp_reports_);
    add("patron_commits_total", "counter", "Groups of changes made durable, each by one commit.", db::commits());
    add("patron_live_streams", "gauge", "Streams of live updates open now.", streams);
    add("patron_businesses_open", "gauge", "Businesses loaded.", open);
    add("process_resident_memory_bytes", "gauge", "Resident memory.", static_cast<std::uint64_t>(resident_bytes()));
    return text;
}

void House::add_own_routes(std::vector<Route>& routes) {
    routes.push_back(plain("/healthz", "health", "The process is up",
                           [](Call const&) { return json_response(200, "{\"status\":\"up\"}"); }));
    routes.push_back(plain("/readyz", "readiness", "It can serve", [this](Call const&) {
        return ready() ? json_response(200, "{\"status\":\"ready\"}")
                       : json_response(503, "{\"status\":\"not_ready\"}");
    }));
    routes.push_back(plain("/metrics", "metrics", "Figures for Prometheus",
                           [this](Call const&) { return text_response("text/plain; version=0.0.4", metrics()); }));
    routes.push_back(plain("/api/openapi.json", "openapi", "This description",
                           [this](Call const&) { return json_response(200, api_document_); }));
    Route reports{http::Method::post, "/csp-reports", anyone};
    reports.place = Place::working;
    reports.operation = "report_csp";
    reports.summary = "Browsers report scripts and styles that the page's policy kept out";
    reports.success = 204;
    reports.keyed = reports.audited = false;
    reports.work = [this](Call const&) {
        ++csp_reports_;
        return empty_response(204);
    };
    routes.push_back(std::move(reports));

    Route list = plain(
        "/api/v1/local/businesses", "list_local_businesses", "The businesses of this installation",
        [this](Call const&) {
            std::string data;
            for (auto const& one : businesses())
                data += (data.empty() ? "{\"slug\":" : ",{\"slug\":") + to_json(one.slug) +
                        ",\"name\":" + to_json(one.name) + ",\"number\":" + to_json(one.number) + '}';
            return json_response(200, "{\"data\":[" + data + "]}");
        },
        local_only);
    routes.push_back(std::move(list));
    Route add = plain(
        "/api/v1/local/businesses", "add_local_business", "A further business",
        [this](Call const& call) {
            auto const draft = from_json<BusinessDraft>(call.body);
            if (!is_slug(draft.slug))
                throw invalid("/slug", "not_a_slug", "The slug must begin with a letter and have only a–z, 0–9 and -.");
            return json_response(201, "{\"slug\":" + to_json(add_business(draft.slug)->slug()) + "}");
        },
        local_only);
    add.method = http::Method::post;
    add.body_schema = [](Schemas& schemas) { return body_schema<BusinessDraft>(schemas, false); };
    add.success = 201;
    routes.push_back(std::move(add));
    Route gone = plain(
        "/api/v1/local/businesses/{slug}", "remove_local_business", "Take a business away for good",
        [this](Call const& call) {
            remove_business(call.path.front());
            return empty_response(204);
        },
        local_only);
    gone.method = http::Method::del;
    gone.success = 204;
    routes.push_back(std::move(gone));
    routes.push_back(plain(
        "/api/v1/local/check", "check", "What is wrong with the data",
        [this](Call const& call) { return json_response(200, "{\"faults\":" + to_json(check(*call.business)) + "}"); },
        local_only));
    Route audit = plain(
        "/api/v1/local/audit", "verify_audit", "Whether the audit log's chain is whole, and where it begins and ends",
        [this](Call const& call) { return json_response(200, to_json(audit_report(call, *settings_.seal_key))); },
        local_only);
    audit.params = {{"seq", "a row's number that was kept elsewhere"},
                    {"hash", "and its hash"},
                    {"line", "or a line of the server's log"},
                    {"row", "a row's number: was the value of its `field` this `value` (JSON)?"},
                    {"field", "its name, as the row has it"},
                    {"value", "JSON"}};
    routes.push_back(std::move(audit));
}

std::string describe_api() {
    auto const modules = make_modules({});
    auto const areas = areas_of(modules);
    return openapi_document(routes_of(modules), areas, PATRON_VERSION);
}

}  // namespace patron
