#include "db/engines/postgres_tx.hpp"

#include "db/engines/buffered_rows.hpp"
#include "db/engines/postgres_values.hpp"

namespace patron::db::postgres {
namespace {

constexpr int most_posted = 256;  // so that neither side's buffers grow without end
constexpr auto statement_timeout = "30000";

Opening opening_of(std::string begin, std::string first, Connection const& connection, Location const& location) {
    Opening opening{std::move(begin), std::move(first), {}};
    auto const set = [&](std::string const& name, std::string value) {
        opening.values.emplace_back(std::move(value));
        opening.settings += ", set_config('" + name + "', $" + std::to_string(opening.values.size()) + ", true)";
    };
    set("search_path", connection.quoted(location.schema));
    set("statement_timeout", statement_timeout);
    if (connection.commits_softly()) set("synchronous_commit", "on");
    if (!location.role.empty()) set("role", location.role);  // last: it may not set everything
    return opening;
}

}  // namespace

// set_config(…, true) is SET LOCAL as a function, so that all settings travel as one statement.
Opening reading_opening(Connection const& connection, Location const& location) {
    return opening_of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "SELECT 0", connection, location);
}

// The number answers, after a connection broke within COMMIT, whether the commit took place.
Opening writing_opening(Connection const& connection, Location const& location) {
    return opening_of("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "SELECT pg_current_xact_id()", connection,
                      location);
}

template <class Step>
auto Transaction::guarded(Step&& step) {
    throw_failure();
    try {
        return step();
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

void Transaction::open() {
    if (begun_) return;
    begun_ = true;
    connection_.command(opening_.begin);
    // A reading transaction does not wait for its end, so nothing may be left to arrive in it.
    connection_.send(opening_.settings, opening_.values, writable_ ? &opened_ : nullptr);
}

Result Transaction::run(std::string_view sql, Params params) {
    if (!begun_ && !writable_) return run_first_read(sql, params);
    open();
    connection_.send(sql, params);
    posted_ = 0;
    return connection_.receive();
}

// A pooled connection may have died while nobody used it. Nothing was answered yet, so a new one takes its place.
Result Transaction::run_first_read(std::string_view sql, Params params) {
    for (bool again = false;; again = true) {
        try {
            if (connection_.broken()) connection_.reconnect();
            open();
            connection_.send(sql, params);
            return connection_.receive();
        } catch (Error const&) {
            if (again || !connection_.broken()) throw;
            begun_ = false;
        }
    }
}

Cursor Transaction::query(std::string_view sql, Params params) {
    return guarded([&] { return rows_of(run(sql, params)); });
}

std::int64_t Transaction::execute(std::string_view sql, Params params) {
    return guarded([&]() -> std::int64_t {
        auto const result = run(sql, params);
        if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
        return leading_integer(PQcmdTuples(result.get()));
    });
}

void Transaction::post(std::string_view sql, Params params) {
    throw_failure();
    try {
        open();
        connection_.send(sql, params);
        if (++posted_ < most_posted) return;
        posted_ = 0;
        connection_.receive();
    } catch (Error const&) {
        failure_ = std::current_exception();  // comes out at the next statement or at the end of the work
    }
}

void Transaction::finish() {
    guarded([&] {
        if (posted_ == 0) return;
        posted_ = 0;
        connection_.receive();
    });
}

void Transaction::end_reading() {
    if (!begun_ || connection_.broken()) return;
    connection_.command("COMMIT");
    connection_.leave();
}

void Transaction::command(std::string const& sql) {
    open();
    connection_.command(sql);
}

void Transaction::undo_to_savepoint() {
    connection_.drain();
    failure_ = nullptr;
    posted_ = 0;
    connection_.command("ROLLBACK TO SAVEPOINT work");
    connection_.command("RELEASE SAVEPOINT work");
}

std::string Transaction::number() const { return opened_ ? PQgetvalue(opened_.get(), 0, 0) : ""; }

}  // namespace patron::db::postgres
