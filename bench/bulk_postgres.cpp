#include "bulk.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <map>
#include <stdexcept>

namespace patron::bench {
namespace {

constexpr std::size_t sent_together = 4 << 20;  // bytes of one table's rows

void add_text(std::string& row, std::string_view text) {
    for (char const c : text) {
        if (c == '\\') row += "\\\\";
        else if (c == '\n') row += "\\n";
        else if (c == '\r') row += "\\r";
        else if (c == '\t') row += "\\t";
        else row += c;
    }
}

template <class Number>
void add_number(std::string& row, Number number) {
    char digits[40];
    row.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void add_bytes(std::string& row, std::string_view bytes) {
    static constexpr char hex[] = "0123456789abcdef";
    row += "\\\\x";
    for (char const c : bytes) (row += hex[static_cast<unsigned char>(c) >> 4]) += hex[c & 15];
}

void add_value(std::string& row, db::Value const& value) {
    if (auto const* integer = std::get_if<std::int64_t>(&value)) add_number(row, *integer);
    else if (auto const* text = std::get_if<std::string>(&value)) add_text(row, *text);
    else if (auto const* blob = std::get_if<db::Blob>(&value)) add_bytes(row, blob->bytes);
    else if (auto const* real = std::get_if<double>(&value)) add_number(row, *real);
    else row += "\\N";
}

class PostgresBulk final : public Bulk {
  public:
    explicit PostgresBulk(db::Location const& location) : connection_(PQconnectdb(location.url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) fail("connecting");
        for (auto const& setting :
             {std::string("SET client_min_messages=error"), std::string("SET synchronous_commit=off"),
              std::string("SET maintenance_work_mem='512MB'"), "SET search_path=" + location.schema,
              "SET ROLE " + location.role})
            run(setting);
        run("BEGIN");
        take_indexes_away();
    }
    ~PostgresBulk() override { PQfinish(connection_); }

    db::Engine engine() const override { return db::Engine::postgres; }

    void post(std::string_view sql, db::Params params) override {
        auto& waiting = waiting_of(sql);
        char mark = 0;
        for (auto const& value : params) {
            if (mark) waiting.rows += mark;
            mark = '\t';
            add_value(waiting.rows, value);
        }
        waiting.rows += '\n';
        if (waiting.rows.size() >= sent_together) send(waiting);
    }

    void finish() override {
        for (auto& [sql, waiting] : tables_) send(waiting);
        for (auto const& index : indexes_) run(index);
        run("COMMIT");
        // What autovacuum would do in time: the planner must know the tables before anybody measures.
        run("VACUUM (ANALYZE)");
        run("RESET ROLE");
    }

  private:
    struct Waiting {
        std::string copy, rows;
    };

    [[noreturn]] void fail(std::string_view doing) {
        throw std::runtime_error(std::string(PQerrorMessage(connection_)) + " (" + std::string(doing) + ")");
    }

    void run(std::string const& sql) {
        auto* result = PQexec(connection_, sql.c_str());
        auto const status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(sql);
    }

    Waiting& waiting_of(std::string_view sql) {
        if (auto const found = tables_.find(sql); found != tables_.end()) return found->second;
        auto const insert = read_insert(sql);
        begin_anew(insert.table);
        return tables_[std::string(sql)] = {"COPY " + insert.table + " (" + insert.columns + ") FROM STDIN (FREEZE)",
                                            {}};
    }

    // What is copied into a table that was emptied in the same transaction needs no log and no freezing later.
    void begin_anew(std::string const& table) {
        run("CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM " + table);
        run("TRUNCATE " + table);
        run("INSERT INTO " + table + " SELECT * FROM kept");
        run("DROP TABLE kept");
    }

    void send(Waiting& waiting) {
        if (waiting.rows.empty()) return;
        auto* result = PQexec(connection_, waiting.copy.c_str());
        auto const status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COPY_IN) fail(waiting.copy);
        if (PQputCopyData(connection_, waiting.rows.data(), static_cast<int>(waiting.rows.size())) != 1 ||
            PQputCopyEnd(connection_, nullptr) != 1)
            fail(waiting.copy);
        bool good = true;
        while (auto* answer = PQgetResult(connection_)) {
            good = good && PQresultStatus(answer) == PGRES_COMMAND_OK;
            PQclear(answer);
        }
        if (!good) fail(waiting.copy);
        waiting.rows.clear();
    }

    // Those that stand for no constraint.
    void take_indexes_away() {
        auto* rows = PQexec(connection_,
                            "SELECT c.relname,pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON "
                            "c.oid=i.indexrelid JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname="
                            "current_schema() AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE "
                            "k.conindid=i.indexrelid)");
        if (PQresultStatus(rows) != PGRES_TUPLES_OK) fail("reading the indexes");
        std::vector<std::string> names;
        for (int row = 0; row < PQntuples(rows); ++row) {
            names.emplace_back(PQgetvalue(rows, row, 0));
            indexes_.emplace_back(PQgetvalue(rows, row, 1));
        }
        PQclear(rows);
        for (auto const& name : names) run("DROP INDEX " + name);
    }

    PGconn* connection_;
    std::map<std::string, Waiting, std::less<>> tables_;
    std::vector<std::string> indexes_;
};

}  // namespace

std::unique_ptr<Bulk> open_postgres_bulk(db::Location const& location) {
    return std::make_unique<PostgresBulk>(location);
}

}  // namespace patron::bench
