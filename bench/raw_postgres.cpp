#include "raw.hpp"

#include <libpq-fe.h>

#include <cstdlib>
#include <map>
#include <stdexcept>

namespace patron::bench {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

// Values as the texts that libpq takes.
struct Texts {
    explicit Texts(Row const& row) {
        for (auto const& value : row) {
            if (auto const* integer = std::get_if<std::int64_t>(&value)) kept.push_back(std::to_string(*integer));
            else if (auto const* text = std::get_if<std::string>(&value)) kept.push_back(*text);
            else kept.emplace_back();
        }
        for (std::size_t i = 0; i < row.size(); ++i)
            pointers.push_back(std::holds_alternative<std::monostate>(row[i]) ? nullptr : kept[i].c_str());
    }
    std::vector<std::string> kept;
    std::vector<char const*> pointers;
};

class RawPostgres final : public Raw {
  public:
    explicit RawPostgres(db::Location const& location) : connection_(PQconnectdb(location.url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) fail("connecting");
        run("SET search_path=" + location.schema);
        run("SET ROLE " + location.role);
        run("SET synchronous_commit=on");
    }
    ~RawPostgres() override { PQfinish(connection_); }

    void make_deletable(std::string const& table) override { run("GRANT DELETE ON " + table + " TO CURRENT_USER"); }
    std::vector<std::int64_t> read(std::string const& sql, std::vector<std::int64_t> const& parameters) override {
        auto const result = answer(sql, parameters);
        std::vector<std::int64_t> first;
        for (int row = 0; row < PQntuples(result.get()); ++row)
            first.push_back(std::strtoll(PQgetvalue(result.get(), row, 0), nullptr, 10));
        return first;
    }

    // All as text: numbers go back the same way.
    std::vector<Row> rows(std::string const& sql, std::vector<std::int64_t> const& parameters) override {
        auto const result = answer(sql, parameters);
        std::vector<Row> all;
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            auto& one = all.emplace_back();
            for (int column = 0; column < PQnfields(result.get()); ++column)
                one.push_back(PQgetisnull(result.get(), row, column)
                                  ? db::Value{}
                                  : db::Value{std::string(PQgetvalue(result.get(), row, column))});
        }
        return all;
    }

    void prepare(std::string const& sql) override { prepared(sql); }
    void begin() override {
        prepared("COMMIT");
        prepared("BEGIN");
        PQenterPipelineMode(connection_);
        send("BEGIN", {});
    }
    void post(std::string const& sql, Row const& values) override { send(sql, values); }
    void commit() override {
        send("COMMIT", {});
        PQpipelineSync(connection_);
        for (bool synced = false; !synced;) {
            Result const result(PQgetResult(connection_), PQclear);
            if (!result) continue;  // between the answers of two statements
            auto const status = PQresultStatus(result.get());
            if (status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED) fail("writing");
            synced = status == PGRES_PIPELINE_SYNC;
        }
        PQexitPipelineMode(connection_);
    }

  private:
    [[noreturn]] void fail(std::string const& doing) {
        throw std::runtime_error(std::string(PQerrorMessage(connection_)) + " (" + doing + ")");
    }
    void run(std::string const& sql) {
        Result const result(PQexec(connection_, sql.c_str()), PQclear);
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(sql);
    }
    std::string const& prepared(std::string const& sql) {
        auto& name = names_[sql];
        if (name.empty()) {
            name = "s" + std::to_string(names_.size());
            Result const result(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr), PQclear);
            if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(sql);
        }
        return name;
    }
    void send(std::string const& sql, Row const& values) {
        Texts const texts(values);
        if (!PQsendQueryPrepared(connection_, prepared(sql).c_str(), static_cast<int>(values.size()),
                                 texts.pointers.data(), nullptr, nullptr, 0))
            fail(sql);
    }
    Result answer(std::string const& sql, std::vector<std::int64_t> const& parameters) {
        Texts const texts(Row(parameters.begin(), parameters.end()));
        Result result(PQexecPrepared(connection_, prepared(sql).c_str(), static_cast<int>(parameters.size()),
                                     texts.pointers.data(), nullptr, nullptr, 0),
                      PQclear);
        auto const status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(sql);
        return result;
    }

    PGconn* connection_;
    std::map<std::string, std::string> names_;
};

}  // namespace

std::unique_ptr<Raw> open_raw_postgres(db::Location const& location) { return std::make_unique<RawPostgres>(location); }

}  // namespace patron::bench
