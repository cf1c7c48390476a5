// Keeping: how a unit of work is written, told on the spine and in the audit log, and answered once under an
// Idempotency-Key – in one transaction, one way for all routes and jobs.
#pragma once
#include "module/unit.hpp"

namespace patron {

struct Route;

// One unit of work in the business's write transaction. Where the call carries an Idempotency-Key, the answer is kept
// with the work, and what was done before is not done again: then the first answer comes back. Waits until it is durable;
// throws what the work threw. The work may run more than once. Never called on the writer thread.
http::Response run_unit(Business& business, Call const& call, std::function<http::Response(Unit&)> const& work);
// For work that answers nobody.
template <class Work>
requires std::is_void_v<std::invoke_result_t<Work const&, Unit&>>
void run_unit(Business& business, Call const& call, Work const& work) {
    run_unit(business, call, [&work](Unit& unit) {
        work(unit);
        return http::Response(200);
    });
}
// Several units, each with a call (a moment, an actor) of its own, in one transaction: all or none.
struct UnitWork {
    Call call;
    std::function<void(Unit&)> work;
};
void run_units(Business& business, std::vector<UnitWork> const& works);

// The same for whoever is in the transaction already: the edge. What is to happen once it is durable stands in `after`.
struct KeptUnit {
    http::Response response;
    bool replayed = false;
    std::vector<std::function<void()>> after;
};
KeptUnit keep_unit(db::Tx& tx, Call const& call, std::function<http::Response(Unit&)> const& work);
// It is durable now: what was to happen then happens, and the call knows how far it came.
void now_durable(Call const& call, KeptUnit const& kept);

// What a request asks for under its Idempotency-Key: the bytes of a body on disk count as those in memory do.
Once once_of(Call const& call, Route const& route, std::string_view key);
// The first answer under the key, or nothing. Throws Problem when something else was asked for under it.
std::optional<http::Response> answered_before(db::Tx& tx, Once const& once);
// After work outside of units, or whose answer came out only behind its unit: the audit log tells of it, and the answer
// stands under its key. Waits until that is durable.
void settle(Business& business, Call const& call, Route const& route, http::Response const& response);

// Somebody looked at what the path names, or at the subject, or searched: that stands in the audit log within a second.
void note_look(Business& business, Call const& call, std::string_view kind, AnyId const& subject = {});

// Whose sensitive fields go out with an answer: rows of the audit log, but for what was told within the last minute.
std::vector<AuditRow> sensitive_looks(Reading const& reading);

// A change was refused: that stands in the audit log too. Does not wait.
void note_refusal(Business& business, Call const& call, int status);

}  // namespace patron
