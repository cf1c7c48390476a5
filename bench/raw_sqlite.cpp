#include "raw.hpp"

#include <sqlite3.h>

#include <map>
#include <stdexcept>

namespace patron::bench {
namespace {

// What a compiler must not leave out.
volatile std::size_t fetched;

class RawSqlite final : public Raw {
  public:
    explicit RawSqlite(db::Location const& location) {
        sqlite3_open_v2(location.file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        for (auto const* setting : {"PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                    "PRAGMA foreign_keys=ON", "PRAGMA cell_size_check=ON", "PRAGMA secure_delete=ON",
                                    "PRAGMA temp_store=MEMORY"})
            if (sqlite3_exec(handle_, setting, nullptr, nullptr, nullptr) != SQLITE_OK) fail(setting);
    }
    ~RawSqlite() override {
        for (auto const& [sql, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close_v2(handle_);
    }

    std::vector<std::int64_t> read(std::string const& sql, std::vector<std::int64_t> const& parameters) override {
        auto* statement = bound(sql, parameters);
        auto const columns = sqlite3_column_count(statement);
        std::vector<std::int64_t> first;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            first.push_back(sqlite3_column_int64(statement, 0));
            for (int column = 1; column < columns; ++column) {
                if (sqlite3_column_type(statement, column) == SQLITE_INTEGER)
                    fetched = static_cast<std::size_t>(sqlite3_column_int64(statement, column));
                else if (sqlite3_column_text(statement, column))
                    fetched = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            }
        }
        if (sqlite3_reset(statement) != SQLITE_OK) fail(sql);
        return first;
    }

    std::vector<Row> rows(std::string const& sql, std::vector<std::int64_t> const& parameters) override {
        auto* statement = bound(sql, parameters);
        std::vector<Row> all;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            auto& row = all.emplace_back();
            for (int column = 0; column < sqlite3_column_count(statement); ++column)
                row.push_back(value(statement, column));
        }
        sqlite3_reset(statement);
        return all;
    }

    void prepare(std::string const& sql) override { prepared(sql); }
    void begin() override { run("BEGIN IMMEDIATE"); }
    void commit() override { run("COMMIT"); }
    void make_deletable(std::string const& table) override { run("DROP TRIGGER " + table + "_no_delete"); }
    void post(std::string const& sql, Row const& values) override {
        auto* statement = prepared(sql);
        for (std::size_t i = 0; i < values.size(); ++i) bind(statement, static_cast<int>(i) + 1, values[i]);
        if (sqlite3_step(statement) != SQLITE_DONE) fail(sql);
        sqlite3_reset(statement);
    }

  private:
    [[noreturn]] void fail(std::string const& doing) {
        throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + " (" + doing + ")");
    }
    void run(std::string const& sql) {
        auto* statement = prepared(sql);
        if (sqlite3_step(statement) != SQLITE_DONE) fail(sql);
        sqlite3_reset(statement);
    }
    sqlite3_stmt* prepared(std::string const& sql) {
        auto& statement = statements_[sql];
        if (!statement && sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr))
            fail(sql);
        return statement;
    }
    sqlite3_stmt* bound(std::string const& sql, std::vector<std::int64_t> const& parameters) {
        auto* statement = prepared(sql);
        for (std::size_t i = 0; i < parameters.size(); ++i)
            sqlite3_bind_int64(statement, static_cast<int>(i) + 1, parameters[i]);
        return statement;
    }
    static void bind(sqlite3_stmt* statement, int index, db::Value const& value) {
        if (auto const* integer = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(statement, index, *integer);
        else if (auto const* text = std::get_if<std::string>(&value))
            sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        else if (auto const* blob = std::get_if<db::Blob>(&value))
            sqlite3_bind_blob64(statement, index, blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
        else if (auto const* real = std::get_if<double>(&value)) sqlite3_bind_double(statement, index, *real);
        else sqlite3_bind_null(statement, index);
    }
    static db::Value value(sqlite3_stmt* statement, int column) {
        auto const bytes = [&] {
            auto const* data = static_cast<char const*>(sqlite3_column_blob(statement, column));
            return std::string(data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
        };
        switch (sqlite3_column_type(statement, column)) {
            case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
            case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
            case SQLITE_TEXT: return bytes();
            case SQLITE_BLOB: return db::Blob{bytes()};
            default: return {};
        }
    }

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace

std::unique_ptr<Raw> open_raw_sqlite(db::Location const& location) { return std::make_unique<RawSqlite>(location); }

}  // namespace patron::bench
