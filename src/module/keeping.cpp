#include "module/keeping.hpp"

#include "module/edge.hpp"
#include "module/held_back.hpp"

#include <sodium.h>

#include <fstream>

namespace patron {
namespace {

std::string principal_text(Principal const& who) {
    return who.actor.id ? who.actor.id.text() : who.name.empty() ? "nobody" : "system";
}

// 128 bits.
std::string random_hex() {
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    char text[sizeof bytes * 2 + 1];
    return sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
}

// What the path names, for rows that have no event: "cus_…", or nothing.
std::string named_by_path(Call const& call) { return call.subject ? call.path.front() : std::string(); }

// Names of the changed fields, and hashes of their values: the values themselves stay where they are.
void tell_changes(Event const& event, AuditRow& row) {
    JsonArray names, digests;
    auto const digest = [&](Json const& value) {
        return value.is_null() ? Json() : Json(audit_digest(row.salt, json_text(value)));
    };
    auto const take = [&](Json const& changes) {
        if (!changes.is_array() || changes.get_array().empty()) return;
        if (row.salt.empty()) row.salt = random_hex();
        for (auto const& change : changes.get_array()) {
            names.push_back(change.at("field"));
            digests.push_back(JsonArray{digest(change.at("from")), digest(change.at("to"))});
        }
    };
    if (event.changes.size() > 2) take(parse_own_json(event.changes));
    if (!event.personal.empty()) take(parse_own_json(event.personal).at("changes"));
    if (names.empty()) return;
    row.fields = json_text(names);
    row.digests = json_text(digests);
}

AuditRow audit_row(Call const& call, Business& business, int outcome, Event const* event = nullptr) {
    AuditRow row{.id = business.ids().next(call.now.ms), .at = call.now.ms};
    row.actor_kind = enum_text(call.who.actor.kind);
    row.actor = principal_text(call.who);
    row.route = call.route;
    row.kind = event ? event->kind : std::string();
    row.subject = event ? event->subject.text() : named_by_path(call);
    if (event && event->customer_id) row.customer_id = event->customer_id.value;
    // Whom a refused request named.
    if (!event && row.subject.starts_with("cus_")) row.customer_id = call.subject;
    row.request = call.request_id;
    row.address = call.request ? call.request->peer : std::string("local");
    row.outcome = outcome;
    if (event) tell_changes(*event, row);
    return row;
}

// What nobody did stands on the spine alone.
bool is_audited(Unit& unit, Event const& event) {
    auto const* kind = unit.business.spine().kind(event.kind);
    return !unit.who.house || !kind || kind->audited;
}

// Puts what the unit said on the spine and in the audit log. Last in the unit's work, for the spine does not forget again
// when that fails. A request that said nothing is audited all the same.
std::vector<std::function<void()>> tell(Unit& unit, int outcome) {
    auto events = unit.take_events();
    auto& audit = unit.business.audit();
    for (auto const& event : events)
        if (is_audited(unit, event)) audit.add(audit_row(unit.call, unit.business, outcome, &event));
    if (events.empty() && unit.call.progress) audit.add(audit_row(unit.call, unit.business, outcome));
    // The answer shows the record as it is now.
    if (auto looks = sensitive_looks(unit); !looks.empty()) {
        for (auto const& look : looks) audit.add(look);
        unit.after_commit.push_back([&audit, looks = std::move(looks)] { audit.told(looks); });
    }
    for (auto& event : events) unit.business.spine().add(std::move(event));
    return std::move(unit.after_commit);
}

// The answer as it is kept for a repeated request: what is shown once is not stored.
std::string without_secrets(http::Response const& response, Once const& once) {
    if (once.secrets.empty()) return response.body;
    auto body = parse_own_json(response.body);
    if (body.is_object())
        for (auto const secret : once.secrets) body.get_object().erase(secret);
    return json_text(body);
}

std::vector<db::Value> answer_values(Once const& once, http::Response const& response, Time now) {
    JsonObject headers;
    for (auto const& header : response.headers)
        if (header.name != "Set-Cookie") headers[header.name] = header.value;
    return {once.principal,
            once.key,
            once.fingerprint,
            std::int64_t{response.status},
            to_json(headers),
            without_secrets(response, once),
            now.ms};
}

void keep_answer(db::Tx& tx, Call const& call, http::Response const& response) {
    // On several servers the same key may be at work elsewhere: the later one runs again and finds the answer.
    if (tx.execute("INSERT INTO idempotency (principal,key,fingerprint,status,headers,body,created_at) VALUES "
                   "($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING",
                   answer_values(*call.once, response, call.now)) == 0)
        throw db::Error(db::Fault::serialization, "the same Idempotency-Key was used elsewhere at this moment");
}

bool same_answer(http::Response const& one, http::Response const& other) {
    return one.status == other.status && one.body == other.body;
}

// SHA-256 (FIPS 180-4) of what is given piece by piece.
class Digest {
  public:
    Digest() { crypto_hash_sha256_init(&state_); }
    void add(std::string_view bytes) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    }
    void add_file(std::filesystem::path const& file) {
        std::ifstream stream(file, std::ios::binary);
        std::string piece(1 << 16, '\0');
        while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())), stream.gcount() > 0)
            add(std::string_view(piece).substr(0, static_cast<std::size_t>(stream.gcount())));
        if (!stream.eof()) throw std::runtime_error("an uploaded file cannot be read");
    }
    std::string hex() {
        unsigned char hash[crypto_hash_sha256_BYTES];
        crypto_hash_sha256_final(&state_, hash);
        char text[sizeof hash * 2 + 1];
        return sodium_bin2hex(text, sizeof text, hash, sizeof hash);
    }

  private:
    crypto_hash_sha256_state state_;
};

}  // namespace

KeptUnit keep_unit(db::Tx& tx, Call const& call, std::function<http::Response(Unit&)> const& work) {
    if (call.once)
        if (auto first = answered_before(tx, *call.once)) return {std::move(*first), true, {}};
    Unit unit(tx, call);
    KeptUnit kept;
    try {
        kept.response = work(unit);
    } catch (Problem const& refusal) {
        if (refusal.status == 412 && call.progress) call.progress->looks = sensitive_looks(unit);
        throw;
    }
    if (call.once) keep_answer(tx, call, kept.response);
    kept.after = tell(unit, kept.response.status);
    return kept;
}

void now_durable(Call const& call, KeptUnit const& kept) {
    if (call.progress) {
        call.progress->audited = true;
        call.progress->replayed = kept.replayed;
        if (call.once) call.progress->kept = kept.response;
    }
    for (auto const& step : kept.after) step();
}

http::Response run_unit(Business& business, Call const& call, std::function<http::Response(Unit&)> const& work) {
    Call within = call;
    within.business = &business;
    KeptUnit kept;
    business.database().write_and_wait([&](db::Tx& tx) { kept = keep_unit(tx, within, work); });
    now_durable(within, kept);
    return std::move(kept.response);
}

void run_units(Business& business, std::vector<UnitWork> const& works) {
    std::vector<std::function<void()>> after;
    business.database().write_and_wait([&](db::Tx& tx) {
        after.clear();
        for (auto const& one : works) {
            Call within = one.call;
            within.business = &business;
            Unit unit(tx, within);
            one.work(unit);
            for (auto& step : tell(unit, 201)) after.push_back(std::move(step));
        }
    });
    for (auto const& step : after) step();
}

Once once_of(Call const& call, Route const& route, std::string_view key) {
    auto const& request = *call.request;
    Digest digest;
    // With the key before it, the hash tells nobody a password that stands in the body.
    for (std::string_view const part :
         {key, std::string_view("\n"), std::string_view(request.method_name), std::string_view(" "),
          std::string_view(request.target), std::string_view("\n"), std::string_view(request.body)})
        digest.add(part);
    if (!request.body_file.empty()) digest.add_file(request.body_file);
    return {principal_text(call.who), token_hash(key), digest.hex(), route.secrets};
}

std::optional<http::Response> answered_before(db::Tx& tx, Once const& once) {
    db::Value const values[] = {once.principal, once.key};
    auto row =
        tx.query("SELECT fingerprint,status,headers,body FROM idempotency WHERE principal=$1 AND key=$2", values);
    if (!row.next()) return {};
    if (row.text(0) != once.fingerprint)
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

void settle(Business& business, Call const& call, Route const& route, http::Response const& response) {
    auto& progress = *call.progress;
    bool const audit = route.audited && !progress.audited;
    bool const keep = call.once && !(progress.kept && same_answer(*progress.kept, response));
    if (progress.replayed || (!audit && !keep)) return;
    business.database().write_and_wait([&](db::Tx& tx) {
        if (audit) business.audit().add(audit_row(call, business, response.status));
        if (keep)
            tx.execute(
                "INSERT INTO idempotency (principal,key,fingerprint,status,headers,body,created_at) VALUES "
                "($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (principal,key) DO UPDATE SET "
                "status=EXCLUDED.status,headers=EXCLUDED.headers,body=EXCLUDED.body",
                answer_values(*call.once, response, call.now));
    });
    progress.audited = true;
}

void note_look(Business& business, Call const& call, std::string_view kind, AnyId const& subject) {
    if (business.audit().told_lately(principal_text(call.who), kind, subject ? subject.text() : named_by_path(call),
                                     call.now.ms))
        return;
    auto row = audit_row(call, business, 200);
    row.kind = kind;
    if (subject) row.subject = subject.text();
    business.audit().looked(std::move(row));
}

std::vector<AuditRow> sensitive_looks(Reading const& reading) {
    std::vector<AuditRow> looks;
    for (auto const& [customer, keys] : reading.sensitive_shown()) {
        auto row = audit_row(reading.call, reading.business, 200);
        row.kind = "customer.sensitive_shown";
        row.subject = customer.text();
        row.customer_id = customer.value;
        JsonArray names;
        for (auto const& key : keys) names.emplace_back("custom." + key);
        row.fields = json_text(names);
        looks.push_back(std::move(row));
    }
    return looks.empty() ? looks : reading.business.audit().not_told(std::move(looks));
}

void note_held_back(Business& business, Call const& call, AnyId const& subject) {
    auto row = audit_row(call, business, 429);
    row.kind = "session.held_back";
    row.subject = subject ? subject.text() : std::string();
    business.part<HeldBack>().count(std::move(row), address_group(call.request->peer));
}

void note_refusal(Business& business, Call const& call, int status) {
    auto const lost = [id = call.request_id](std::string_view why) {
        log_failure(id, "a refusal could not be written to the audit log: " + std::string(why));
    };
    try {
        business.database().write(
            [&log = business.audit(), row = audit_row(call, business, status)](db::Tx&) { log.add(row); },
            [lost](std::exception_ptr failure) {
                if (failure) lost("the database refused it");
            });
    } catch (std::exception const& error) { lost(error.what()); }
}

}  // namespace patron
