// The audit log: who changed what or was refused, and who looked at whom; ids and names of fields. Of values it holds
// salted hashes alone, and the salts stand apart and can be erased: then they tell nothing any more.
// Its rows are chained: each holds the SHA-256 of the one before and of itself, so that nothing is taken out, put in,
// moved or altered unnoticed.
#pragma once
#include "spine/spine.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace patron {

struct AuditRow {
    std::int64_t id = 0, at = 0;  // milliseconds
    std::string actor_kind, actor;
    std::string route;    // "PATCH /customers/{id}"
    std::string kind;     // of the event, or of the look: "customer.opened"; empty when nothing came of it
    std::string subject;  // "cus_…"
    std::optional<std::int64_t> customer_id;
    std::string request, address;
    int outcome = 0;            // the status of the answer
    std::string fields = "[]";  // names of the changed fields, a JSON list
    // For each of them [before, after] as hashes of the values, null for none; "[]" where no value was changed.
    std::string digests = "[]";
    std::string salt;  // of those; hex
};

// SHA-256 of the salt, a line break and the value's JSON text, in hex.
std::string audit_digest(std::string_view salt, std::string_view json);

// The hash of a row behind the one whose hash is `before` (hex; empty for the first): SHA-256 of `before`, a line break
// and the JSON list [seq, id, at, actor_kind, actor, route, kind, subject, customer_id, request, address, outcome, fields],
// with digests at its end where there are some.
std::string audit_hash(std::string const& before, std::int64_t seq, AuditRow const& row);

// What one server writes of it: rows join the transaction of the work that they tell of, and are chained last in it.
class AuditLog {
  public:
    // In a piece of work on the writer thread.
    void add(AuditRow row) { of_this_work_.push_back(std::move(row)); }
    void work_kept();
    void work_undone() { of_this_work_.clear(); }
    void before_commit(db::Tx& tx);
    void committed() { waiting_.clear(); }
    void undone();

    // Somebody looked. The same look within a minute is told once; looks are written together within a second.
    void looked(AuditRow row);
    // Was the same look told within the last minute? Asked before a row is made, as most looks were.
    bool told_lately(std::string_view actor, std::string_view kind, std::string_view subject, std::int64_t at);
    // What was looked at since; whoever takes it writes it.
    std::vector<AuditRow> take_looks();
    // Of looks that an answer waits for: those that were not told within the last minute. They count as told once written.
    std::vector<AuditRow> not_told(std::vector<AuditRow> looks);
    void told(std::vector<AuditRow> const& looks);

  private:
    std::int64_t& last_told(AuditRow const& look);

    std::vector<AuditRow> of_this_work_, waiting_;  // of the writer thread
    std::mutex mutex_;
    std::vector<AuditRow> looks_;
    std::unordered_map<std::string, std::int64_t> seen_;  // actor, kind, subject and fields of a look → when
};

// Where the chain ends: to be kept elsewhere, so that not even its end is cut off unnoticed.
struct AuditHead {
    std::int64_t seq = 0;
    std::string hash;
};
AuditHead audit_head(db::Tx& tx);
// The last of the rows that were let go after their time; 0 when none was.
AuditHead audit_base(db::Tx& tx);

// Lets the oldest rows go that are from before a time (milliseconds), at most so many, and keeps where the chain begins
// now. Answers how many went.
std::int64_t forget_audit(db::Tx& tx, std::int64_t before, std::int64_t at_most);

// Erasing: what the hashes of values were salted with goes, for all that was about a customer or about one record.
void forget_audit_salts(db::Tx& tx, Id<Customer> customer);
void forget_audit_salts(db::Tx& tx, AnyId const& subject);

// What the log knows of a value: was it this?
enum class Witness {
    before,
    after,
    both,
    neither,
    erased,
    unknown
};  // unknown: no such row, or no change of that field
BOOST_DESCRIBE_ENUM(Witness, before, after, both, neither, erased, unknown)
Witness witness_value(db::Tx& tx, std::int64_t seq, std::string_view field, std::string_view json);

// Reads the whole chain. One sentence a fault, at most twenty. `kept` is a row's number and hash that were kept elsewhere,
// such as the log's: it must be there as it was, unless its time is over.
std::vector<std::string> verify_audit(db::Tx& tx, std::optional<AuditHead> const& kept = {});

}  // namespace patron
