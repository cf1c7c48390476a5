#include "module/audit.hpp"

#include "access/access.hpp"
#include "db/append_only.hpp"
#include "describe/json.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr std::int64_t same_look_ms = 60'000;
constexpr std::size_t most_looks = 10'000, most_faults = 20;

constexpr std::string_view columns =
    "seq,hash,id,at,actor_kind,actor,route,kind,subject,customer_id,request,address,outcome,fields,digests";

AuditRow row_of(db::Cursor const& row) {
    AuditRow one{.id = row.integer(2), .at = row.integer(3)};
    one.actor_kind = row.text(4);
    one.actor = row.text(5);
    one.route = row.text(6);
    one.kind = row.text(7);
    one.subject = row.text(8);
    if (!row.is_null(9)) one.customer_id = row.integer(9);
    one.request = row.text(10);
    one.address = row.text(11);
    one.outcome = static_cast<int>(row.integer(12));
    one.fields = row.text(13);
    one.digests = row.text(14);
    return one;
}

void write(db::Tx& tx, std::int64_t seq, std::string const& hash, AuditRow const& row) {
    db::Value const values[] = {seq,
                                hash,
                                row.id,
                                row.at,
                                row.actor_kind,
                                row.actor,
                                row.route,
                                row.kind,
                                row.subject,
                                row.customer_id ? db::Value{*row.customer_id} : db::Value{},
                                row.request,
                                row.address,
                                std::int64_t{row.outcome},
                                row.fields,
                                row.digests};
    tx.post(
        "INSERT INTO audit (seq,hash,id,at,actor_kind,actor,route,kind,subject,customer_id,request,address,outcome,"
        "fields,digests) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)",
        values);
    if (row.salt.empty()) return;
    db::Value const salt[] = {row.id, row.customer_id ? db::Value{*row.customer_id} : db::Value{}, row.subject,
                              row.salt};
    tx.post("INSERT INTO audit_salts (id,customer_id,subject,salt) VALUES ($1,$2,$3,$4)", salt);
}

}  // namespace

std::string audit_digest(std::string_view salt, std::string_view json) {
    return sha256_hex((std::string(salt) += '\n') += json);
}

std::string audit_hash(std::string const& before, std::int64_t seq, AuditRow const& row) {
    std::string text = before + "\n[";
    write_json(text, seq);
    auto const add = [&](auto const& value) {
        text += ',';
        write_json(text, value);
    };
    add(row.id);
    add(row.at);
    add(row.actor_kind);
    add(row.actor);
    add(row.route);
    add(row.kind);
    add(row.subject);
    if (row.customer_id) add(*row.customer_id);
    else text += ",null";
    add(row.request);
    add(row.address);
    add(std::int64_t{row.outcome});
    add(row.fields);
    if (row.digests != "[]") add(row.digests);
    text += ']';
    return sha256_hex(text);
}

void AuditLog::work_kept() {
    std::move(of_this_work_.begin(), of_this_work_.end(), std::back_inserter(waiting_));
    of_this_work_.clear();
}

void AuditLog::undone() {
    waiting_.clear();
    of_this_work_.clear();
}

// The head's row is taken late and held until the commit, so that the chain is one whichever server writes.
void AuditLog::before_commit(db::Tx& tx) {
    work_kept();
    if (waiting_.empty()) return;
    AuditHead head;
    {
        db::Value const count[] = {static_cast<std::int64_t>(waiting_.size())};
        auto row = tx.query("UPDATE audit_head SET seq=seq+$1 WHERE one=1 RETURNING seq,hash", count);
        row.next();
        head = {row.integer(0) - static_cast<std::int64_t>(waiting_.size()), std::string(row.text(1))};
        while (row.next()) {}
    }
    for (auto const& row : waiting_) {
        head.hash = audit_hash(head.hash, ++head.seq, row);
        write(tx, head.seq, head.hash, row);
    }
    db::Value const values[] = {head.hash};
    tx.post("UPDATE audit_head SET hash=$1 WHERE one=1", values);
}

namespace {

std::string key_of_look(std::string_view actor, std::string_view kind, std::string_view subject,
                        std::string_view fields) {
    std::string key;
    key.reserve(actor.size() + kind.size() + subject.size() + fields.size() + 3);
    for (auto const part : {actor, kind, subject}) (key += part) += ' ';
    return key += fields;
}

bool is_same_look(std::int64_t last, std::int64_t at) { return last != 0 && at - last < same_look_ms; }

}  // namespace

std::int64_t& AuditLog::last_told(AuditRow const& look) {
    if (seen_.size() >= most_looks)
        std::erase_if(seen_, [&](auto const& one) { return look.at - one.second >= same_look_ms; });
    if (seen_.size() >= most_looks) seen_.clear();
    return seen_[key_of_look(look.actor, look.kind, look.subject, look.fields)];
}

bool AuditLog::told_lately(std::string_view actor, std::string_view kind, std::string_view subject, std::int64_t at) {
    auto const key = key_of_look(actor, kind, subject, "[]");
    std::lock_guard const lock(mutex_);
    auto const found = seen_.find(key);
    return found != seen_.end() && is_same_look(found->second, at);
}

void AuditLog::looked(AuditRow row) {
    std::lock_guard const lock(mutex_);
    auto& last = last_told(row);
    if (is_same_look(last, row.at)) return;
    last = row.at;
    looks_.push_back(std::move(row));
}

std::vector<AuditRow> AuditLog::not_told(std::vector<AuditRow> looks) {
    std::lock_guard const lock(mutex_);
    std::erase_if(looks, [this](AuditRow const& look) { return is_same_look(last_told(look), look.at); });
    return looks;
}

void AuditLog::told(std::vector<AuditRow> const& looks) {
    std::lock_guard const lock(mutex_);
    for (auto const& look : looks) last_told(look) = look.at;
}

std::vector<AuditRow> AuditLog::take_looks() {
    std::lock_guard const lock(mutex_);
    return std::exchange(looks_, {});
}

AuditHead audit_head(db::Tx& tx) {
    auto row = tx.query("SELECT seq,hash FROM audit_head WHERE one=1");
    if (!row.next()) return {};
    return {row.integer(0), std::string(row.text(1))};
}

AuditHead audit_base(db::Tx& tx) {
    auto row = tx.query("SELECT seq,hash FROM audit_base WHERE one=1");
    if (!row.next()) return {};
    return {row.integer(0), std::string(row.text(1))};
}

namespace {

// The last row of the chain's beginning that is from before the time.
AuditHead last_before(db::Tx& tx, AuditHead last, std::int64_t before, std::int64_t at_most) {
    db::Value const values[] = {last.seq, at_most};
    auto rows = tx.query("SELECT seq,hash,at FROM audit WHERE seq>$1 ORDER BY seq LIMIT $2", values);
    while (rows.next() && rows.integer(2) < before) last = {rows.integer(0), std::string(rows.text(1))};
    return last;
}

}  // namespace

std::int64_t forget_audit(db::Tx& tx, std::int64_t before, std::int64_t at_most) {
    auto const base = audit_base(tx), last = last_before(tx, base, before, at_most);
    db::Value const unchained[] = {before, at_most};
    constexpr std::string_view older = "SELECT id FROM audit WHERE seq<=0 AND at<$1 ORDER BY id LIMIT $2";
    bool const some = last.seq != base.seq || tx.query(older, unchained).next();
    if (!some) return 0;
    std::int64_t gone = 0;
    db::while_deletable(tx, "audit", [&] {
        db::Value const up_to[] = {last.seq};
        tx.execute("DELETE FROM audit_salts WHERE id IN (SELECT id FROM audit WHERE seq>0 AND seq<=$1)", up_to);
        gone = tx.execute("DELETE FROM audit WHERE seq>0 AND seq<=$1", up_to);
        gone += tx.execute(
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE seq<=0 AND at<$1 ORDER BY id LIMIT $2)",
            unchained);
    });
    db::Value const moved[] = {last.seq, last.hash};
    tx.execute("UPDATE audit_base SET seq=$1,hash=$2 WHERE one=1", moved);
    return gone;
}

void forget_audit_salts(db::Tx& tx, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    tx.post("DELETE FROM audit_salts WHERE customer_id=$1", values);
}

void forget_audit_salts(db::Tx& tx, AnyId const& subject) {
    db::Value const values[] = {subject.text()};
    tx.post("DELETE FROM audit_salts WHERE subject=$1", values);
}

Witness witness_value(db::Tx& tx, std::int64_t seq, std::string_view field, std::string_view json) {
    db::Value const values[] = {seq};
    auto row = tx.query(
        "SELECT a.fields,a.digests,s.salt FROM audit a LEFT JOIN audit_salts s ON s.id=a.id WHERE a.seq=$1", values);
    if (!row.next()) return Witness::unknown;
    auto const fields = parse_own_json(row.text(0)), digests = parse_own_json(row.text(1));
    auto const& names = fields.get_array();
    auto const place = std::find(names.begin(), names.end(), Json(field)) - names.begin();
    if (place == std::ssize(names) || place >= std::ssize(digests.get_array())) return Witness::unknown;
    if (row.is_null(2)) return Witness::erased;
    auto const& pair = digests.get_array()[static_cast<std::size_t>(place)].get_array();
    // A value that was not there has no hash.
    auto const said = json == "null" ? Json() : Json(audit_digest(row.text(2), json));
    bool const before = pair[0] == said, after = pair[1] == said;
    return before && after ? Witness::both : before ? Witness::before : after ? Witness::after : Witness::neither;
}

std::vector<std::string> verify_audit(db::Tx& tx, std::optional<AuditHead> const& kept) {
    std::vector<std::string> faults;
    auto const fault = [&](std::string text) {
        if (faults.size() < most_faults) faults.push_back("The audit log was tampered with: " + text);
    };
    auto const head = audit_head(tx), base = audit_base(tx);
    auto at = base;
    constexpr std::int64_t page = 5'000;
    for (bool more = true; more;) {
        static std::string const sql =
            "SELECT " + std::string(columns) + " FROM audit WHERE seq>$1 ORDER BY seq LIMIT $2";
        db::Value const values[] = {at.seq, page};
        auto rows = tx.query(sql, values);
        more = false;
        while (rows.next()) {
            more = true;
            auto const seq = rows.integer(0);
            if (seq != at.seq + 1)
                fault("between the rows " + std::to_string(at.seq) + " and " + std::to_string(seq) +
                      " some are missing.");
            auto const expected = audit_hash(at.hash, seq, row_of(rows));
            if (expected != rows.text(1)) fault("row " + std::to_string(seq) + " is not what was written.");
            at = {seq, std::string(rows.text(1))};
            if (kept && kept->seq == seq && kept->hash != at.hash)
                fault("row " + std::to_string(seq) + " is not the one whose hash was kept.");
        }
    }
    if (at.seq != head.seq || at.hash != head.hash)
        fault("it ends with row " + std::to_string(at.seq) + " instead of row " + std::to_string(head.seq) + ".");
    if (kept && kept->seq > at.seq) fault("row " + std::to_string(kept->seq) + ", whose hash was kept, is missing.");
    if (kept && kept->seq == base.seq && kept->hash != base.hash)
        fault("it begins behind another row " + std::to_string(base.seq) + " than the one whose hash was kept.");
    // Rows from before there was a chain are older than its first one, and go before it.
    db::Value const first[] = {base.seq + 1};
    auto strangers = tx.query(
        "SELECT count(*) FROM audit WHERE (seq<=0 AND id>(SELECT coalesce(min(id),0) FROM audit WHERE seq=$1) AND "
        "EXISTS (SELECT 1 FROM audit WHERE seq=$1)) OR (seq>0 AND seq<$1)",
        first);
    if (strangers.next() && strangers.integer(0) > 0)
        fault(std::to_string(strangers.integer(0)) + " rows were put in beside the chain.");
    return faults;
}

}  // namespace patron
