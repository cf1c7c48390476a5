// The second half of the edge: a route does its work where it belongs, and whatever comes of it goes out.
#include "module/rereading.hpp"
#include "module/visit.hpp"

namespace patron {
namespace {

// The caller has this version already (RFC 9110 §13.1.2).
http::Response unless_known(http::Request const& request, http::Response response) {
    auto const wanted = request.header("if-none-match");
    if (!wanted || response.status != 200) return response;
    for (auto const& header : response.headers)
        if (header.name == "ETag" && (*wanted == header.value || *wanted == "*")) {
            http::Response known(304);
            known.set("ETag", header.value);
            return known;
        }
    return response;
}

// Who tried to change something and might not, or could not: 401 has nobody to tell of, 429 and the like are our own.
bool is_refusal(int status) { return status >= 403 && status < 500 && status != 429; }

// What can't be read is said in its turn, by the work itself.
void read_ahead(Route const& route, Call& call) {
    try {
        if (route.read_ahead) route.read_ahead(call);
    } catch (Problem const&) {}
}

}  // namespace

void Edge::go_on(Visitor const& visit) {
    auto const& business = visit->business;
    switch (visit->route.place) {
        case Place::reading:
            // SQLite answers from memory and disk at once; PostgreSQL is waited for elsewhere.
            if (!business || business->database().engine() == db::Engine::sqlite) return read(visit);
            return on_a_worker(visit, false, [this, visit] { read(visit); });
        case Place::working: return on_a_worker(visit, visit->route.narrow, [this, visit] { work(visit); });
        case Place::writing: return write(visit);
        case Place::answering: break;
    }
    try {
        visit->route.answer(std::shared_ptr<Call const>(visit, &visit->call),
                            [this, visit](http::Response response) { answer(*visit, std::move(response)); });
    } catch (...) { fail(*visit, std::current_exception()); }
}

void Edge::read(Visitor const& visit) {
    auto& business = *visit->business;
    http::Response response;
    std::vector<AuditRow> sensitive;
    try {
        read_patiently(business.database(), [&](db::Tx& tx) {
            Reading reading(tx, visit->call);
            response = visit->route.read(reading);
            sensitive = sensitive_looks(reading);
        });
        if (!visit->route.looks.empty() && visit->call.who.user_id && response.status == 200)
            note_look(business, visit->call, visit->route.looks);
        response = unless_known(*visit->request, std::move(response));
    } catch (...) { return fail(*visit, std::current_exception()); }
    if (sensitive.empty()) answer(*visit, std::move(response));
    else answer_on_record(visit, std::move(response), std::move(sensitive));
}

// Nobody gets a sensitive field before it is on record that they did.
void Edge::answer_on_record(Visitor const& visit, http::Response response, std::vector<AuditRow> looks) {
    auto const shown = std::make_shared<http::Response>(std::move(response));
    auto const rows = std::make_shared<std::vector<AuditRow> const>(std::move(looks));
    auto& log = visit->business->audit();
    try {
        visit->business->database().write(
            [&log, rows](db::Tx&) {
                for (auto const& row : *rows) log.add(row);
            },
            [this, visit, &log, rows, shown](std::exception_ptr failure) {
                if (failure) return fail(*visit, failure);
                log.told(*rows);
                answer(*visit, std::move(*shown));
            });
    } catch (...) { fail(*visit, std::current_exception()); }
}

void Edge::work(Visitor const& visitor) {
    auto& visit = *visitor;
    auto& call = visit.call;
    http::Response response;
    try {
        if (auto first = first_answer(visit)) response = std::move(*first);
        else {
            response = visit.route.work(call);
            if (call.progress) settle(*visit.business, call, visit.route, response);
            else response = unless_known(*visit.request, std::move(response));
        }
    } catch (...) { return refuse(visitor, std::current_exception()); }
    answer(visit, std::move(response));
}

// What was done under the key before is not even begun again.
std::optional<http::Response> Edge::first_answer(Visit& visit) {
    if (visit.running.empty()) return {};
    auto& call = visit.call;
    call.once = once_of(call, visit.route, *call.header("idempotency-key"));
    std::optional<http::Response> first;
    read_patiently(visit.business->database(), [&](db::Tx& tx) { first = answered_before(tx, *call.once); });
    if (first) call.progress->replayed = true;
    return first;
}

void Edge::write(Visitor const& visit) {
    auto& call = visit->call;
    auto const kept = std::make_shared<KeptUnit>();
    try {
        if (!visit->running.empty()) call.once = once_of(call, visit->route, *call.header("idempotency-key"));
        read_ahead(visit->route, call);
        visit->business->database().write(
            [visit, kept](db::Tx& tx) { *kept = keep_unit(tx, visit->call, visit->route.write); },
            [this, visit, kept](std::exception_ptr failure) {
                if (failure) return refuse(visit, failure);
                now_durable(visit->call, *kept);
                answer(*visit, std::move(kept->response));
            });
    } catch (...) { fail(*visit, std::current_exception()); }
}

// With what the refusal shows on record before.
void Edge::refuse(Visitor const& visit, std::exception_ptr failure) {
    auto looks = visit->call.progress ? std::exchange(visit->call.progress->looks, {}) : std::vector<AuditRow>();
    if (looks.empty()) return fail(*visit, failure);
    answer_on_record(visit, problem_response(failure, visit->call.request_id), std::move(looks));
}

// The one way out: the key is free again before whoever waits can ask anew, and a change that was refused stands in the
// audit log.
void Edge::answer(Visit& visit, http::Response response) {
    if (!visit.running.empty()) visit.business->leave(std::exchange(visit.running, {}));
    auto const& call = visit.call;
    bool const somebody = call.who.actor.id || response.status == 403;
    if (visit.business && visit.route.changes() && visit.route.audited && visit.refusal_is_audited && somebody &&
        is_refusal(response.status) && !call.progress->audited)
        note_refusal(*visit.business, call, response.status);
    visit.reply(std::move(response));
}

void Edge::fail(Visit& visit, std::exception_ptr failure) {
    answer(visit, problem_response(failure, visit.call.request_id));
}

}  // namespace patron
