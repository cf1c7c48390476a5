#include "db/engines/postgres_connection.hpp"

#include "db/engines/postgres_values.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace patron::db::postgres {
namespace {

constexpr auto reconnect_for = std::chrono::seconds(5);

std::string_view state_of(PGresult const* result) {
    auto const* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state ? state : "";
}

// Appendix A of PostgreSQL's manual.
Fault fault_of(std::string_view state) {
    if (state == "23505") return Fault::unique;
    if (state == "23503" || state == "23001") return Fault::foreign_key;
    if (state == "40001" || state == "40P01" || state == "55P03") return Fault::serialization;
    if (state == "53100") return Fault::disk_full;
    if (state == "25006") return Fault::read_only;
    if (state == "XX001" || state == "XX002") return Fault::damaged;
    if (state == "08P01") return Fault::other;  // a wrong count of parameters
    if (state.starts_with("08") || state.starts_with("57P") || state == "53300" || state == "58030") {
        return Fault::unavailable;
    }
    return Fault::other;
}

// A prepared statement the server no longer has, or whose columns changed under it: a new connection knows none.
bool stale(PGresult const* result) {
    auto const state = state_of(result);
    if (state == "26000") return true;
    std::string_view const said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return state == "0A000" && said.find("cached plan") != std::string_view::npos;
}

bool is_failure(PGresult const* result) { return PQresultStatus(result) == PGRES_FATAL_ERROR; }

std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

}  // namespace

Connection::Connection(std::string url, std::string schema)
    : url_(std::move(url)), application_("patron " + std::move(schema)) {
    try {
        connect();
    } catch (...) {
        PQfinish(handle_);
        throw;
    }
}

void Connection::reconnect() {
    auto const until = std::chrono::steady_clock::now() + reconnect_for;
    for (auto pause = std::chrono::milliseconds(20);; pause = std::min(2 * pause, std::chrono::milliseconds(500))) {
        try {
            return connect();
        } catch (Error const& error) {
            auto const too_late = std::chrono::steady_clock::now() + pause >= until;
            if (too_late || error.fault != Fault::unavailable) throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

// What the URL says wins over these.
void Connection::connect() {
    PQfinish(handle_);
    broken_ = true;
    expected_.clear();
    statements_.clear();
    char const* const names[] = {"connect_timeout",
                                 "tcp_user_timeout",
                                 "keepalives_idle",
                                 "keepalives_interval",
                                 "keepalives_count",
                                 "fallback_application_name",
                                 "dbname",
                                 "client_encoding",
                                 nullptr};
    char const* const values[] = {"5", "15000", "10", "5", "3", application_.c_str(), url_.c_str(), "UTF8", nullptr};
    handle_ = PQconnectdbParams(names, values, 1);
    if (PQstatus(handle_) != CONNECTION_OK || PQenterPipelineMode(handle_) != 1) {
        throw Error(Fault::unavailable, "The database server does not answer: " + trimmed(PQerrorMessage(handle_)));
    }
    // What the server remarks must not be written to standard error.
    PQsetNoticeProcessor(
        handle_, [](void*, char const*) {}, nullptr);
    broken_ = false;
    prove_server();
}

void Connection::prove_server() {
    auto const is =
        ask("SELECT current_setting('server_version_num')::int >= 150000, "
            "current_setting('server_encoding') = 'UTF8', pg_is_in_recovery(), "
            "current_setting('synchronous_commit') = 'off', "
            "CASE WHEN pg_is_in_recovery() THEN '' "
            "ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END");
    auto const yes = [&](int column) { return PQgetvalue(is.get(), 0, column)[0] == 't'; };
    broken_ = true;
    if (!yes(0)) throw Error(Fault::other, "The PostgreSQL server is older than version 15.");
    if (!yes(1)) throw Error(Fault::other, "The PostgreSQL database is not kept in UTF-8.");
    if (yes(2)) throw Error(Fault::unavailable, "The PostgreSQL server is a standby, which cannot be written to.");
    broken_ = false;
    commits_softly_ = yes(3);
    timeline_ = PQgetvalue(is.get(), 0, 4);
}

void Connection::send(std::string_view sql, Params params, Result* keep) {
    if (broken_) lost("the connection is closed");
    auto const& statement = prepared(sql, params);
    Bound const bound(params);
    if (PQsendQueryPrepared(handle_, statement.name.c_str(), bound.count(), bound.values(), bound.lengths(),
                            bound.formats(), 0) != 1) {
        lost(PQerrorMessage(handle_));
    }
    expected_.push_back({Expected::Kind::statement, keep});
}

void Connection::command(std::string const& sql) {
    if (broken_) lost("the connection is closed");
    if (PQsendQueryParams(handle_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
        lost(PQerrorMessage(handle_));
    }
    expected_.push_back({Expected::Kind::statement});
}

Connection::Variant const& Connection::prepared(std::string_view sql, Params params) {
    auto& variants = variants_of(sql);
    auto const fits = [&](Variant const& variant) {
        if (variant.types.size() != params.size()) return false;
        for (std::size_t i = 0; i < params.size(); ++i) {
            auto const type = type_of(params[i]);
            if (type != unknown_type && type != variant.types[i]) return false;
        }
        return true;
    };
    auto const found = std::ranges::find_if(variants, fits);
    return found != variants.end() ? *found : prepare(sql, variants, params);
}

Connection::Variants& Connection::variants_of(std::string_view sql) {
    if (auto* kept = statements_.find(sql)) return *kept;
    statements_.shrink([this](Variants const& variants) {
        for (auto const& variant : variants) command("DEALLOCATE " + variant.name);
        return true;
    });
    return statements_.add(sql, {});
}

// The type of a null is what the same parameter had before, else what the server makes of it.
Connection::Variant const& Connection::prepare(std::string_view sql, Variants& variants, Params params) {
    Variant fresh{"p" + std::to_string(++names_given_), {}};
    for (std::size_t i = 0; i < params.size(); ++i) {
        auto type = type_of(params[i]);
        for (auto const& earlier : variants) {
            if (type == unknown_type && i < earlier.types.size()) type = earlier.types[i];
        }
        fresh.types.push_back(type);
    }
    std::string const text(sql);
    if (PQsendPrepare(handle_, fresh.name.c_str(), text.c_str(), static_cast<int>(fresh.types.size()),
                      fresh.types.data()) != 1) {
        lost(PQerrorMessage(handle_));
    }
    expected_.push_back({Expected::Kind::prepare, nullptr, text, fresh.name});
    return *variants.insert(variants.begin(), std::move(fresh));
}

void Connection::forget(Expected const& prepare) {
    auto* variants = statements_.find(prepare.sql);
    if (!variants) return;
    std::erase_if(*variants, [&](Variant const& variant) { return variant.name == prepare.name; });
    if (variants->empty()) statements_.drop(prepare.sql);
}

void Connection::sync() {
    if (broken_) lost("the connection is closed");
    if (PQpipelineSync(handle_) != 1) lost(PQerrorMessage(handle_));
    expected_.push_back({Expected::Kind::sync});
}

Result Connection::receive() {
    sync();
    Result failure, last;
    while (!expected_.empty()) {
        auto const expected = std::move(expected_.front());
        auto result = next_result();
        expected_.pop_front();
        if (expected.kind == Expected::Kind::sync) {
            // What was left behind before this belongs to an earlier transaction.
            if (!expected_.empty()) failure.reset();
        } else if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR ||
                   PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED) {
            note(failure, std::move(result), expected);
        } else if (expected.keep) {
            *expected.keep = std::move(result);
        } else {
            last = std::move(result);
        }
    }
    if (failure) fail(failure.get());
    return last;
}

void Connection::note(Result& failure, Result result, Expected const& expected) {
    if (expected.kind == Expected::Kind::prepare) forget(expected);
    if (!is_failure(result.get())) return;  // skipped because an earlier one failed
    if (fault_of(state_of(result.get())) == Fault::unavailable) fail(result.get());
    if (!failure) failure = std::move(result);
}

void Connection::drain() {
    if (expected_.empty()) return;
    try {
        receive();
    } catch (Error const&) {
        if (broken_) throw;
    }
}

void Connection::leave() {
    sync();
    PQflush(handle_);
}

// One result of one command; libpq ends each command with a null, but not a sync.
Result Connection::next_result() {
    Result result(PQgetResult(handle_));
    if (!result) lost(PQerrorMessage(handle_));
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return result;
    if (is_failure(result.get()) && PQstatus(handle_) == CONNECTION_BAD) lost(PQresultErrorMessage(result.get()));
    while (auto* more = PQgetResult(handle_)) {
        PQclear(more);
        if (PQstatus(handle_) == CONNECTION_BAD) lost(PQerrorMessage(handle_));
    }
    return result;
}

void Connection::lost(std::string const& said) {
    broken_ = true;
    throw Error(Fault::unavailable, "The connection to the database server broke: " + trimmed(said));
}

// The server's details are left out: they quote the row's values.
void Connection::fail(PGresult const* result) {
    auto const* said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    auto fault = fault_of(state_of(result));
    if (stale(result)) fault = Fault::serialization;
    if (fault == Fault::unavailable || stale(result)) broken_ = true;
    throw Error(fault,
                std::string(said ? said : PQresultErrorMessage(result)) + " (" + std::string(state_of(result)) + ")");
}

std::string Connection::quoted(std::string_view name) const {
    std::unique_ptr<char, decltype(&PQfreemem)> const text(PQescapeIdentifier(handle_, name.data(), name.size()),
                                                           &PQfreemem);
    if (!text) throw Error(Fault::other, "This is no name for a schema or role: " + std::string(name));
    return text.get();
}

}  // namespace patron::db::postgres
