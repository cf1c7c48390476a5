#include "bulk.hpp"

#include <sqlite3.h>

#include <map>
#include <stdexcept>

namespace patron::bench {
namespace {

class SqliteBulk final : public Bulk {
  public:
    explicit SqliteBulk(std::filesystem::path const& file) {
        check(sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
        for (auto const* setting :
             {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF",
              "PRAGMA cache_size=-786432", "PRAGMA cell_size_check=OFF"})
            run(setting);
        run("BEGIN EXCLUSIVE");
        take_indexes_away();
    }
    ~SqliteBulk() override {
        for (auto const& [sql, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close_v2(handle_);
    }

    db::Engine engine() const override { return db::Engine::sqlite; }

    void post(std::string_view sql, db::Params params) override {
        auto* statement = prepared(sql);
        for (std::size_t i = 0; i < params.size(); ++i) bind(statement, static_cast<int>(i) + 1, params[i]);
        if (sqlite3_step(statement) != SQLITE_DONE) fail(sql);
        sqlite3_reset(statement);
    }

    void finish() override {
        for (auto const& index : indexes_) run(index);
        for (auto const& table : full_texts()) run("INSERT INTO " + table + "(" + table + ") VALUES ('rebuild')");
        run("COMMIT");
        run("PRAGMA locking_mode=NORMAL");
        run("PRAGMA journal_mode=WAL");
        // What the database's own settings leave to the kernel must be on disk before anybody measures.
        run("PRAGMA synchronous=FULL");
        run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

  private:
    [[noreturn]] void fail(std::string_view doing) {
        throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + " (" + std::string(doing) + ")");
    }
    void check(int code) {
        if (code != SQLITE_OK) fail("opening");
    }
    void run(std::string const& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
    }

    sqlite3_stmt* prepared(std::string_view sql) {
        if (auto const found = statements_.find(sql); found != statements_.end()) return found->second;
        read_insert(sql);  // as strict as the other engine
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                               nullptr) != SQLITE_OK)
            fail(sql);
        return statements_[std::string(sql)] = statement;
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

    std::vector<std::string> full_texts() {
        std::vector<std::string> names;
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(handle_, "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'", -1,
                           &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW)
            names.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 0)));
        sqlite3_finalize(statement);
        return names;
    }

    void take_indexes_away() {
        std::vector<std::string> names;
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(handle_, "SELECT name,sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL", -1,
                           &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            names.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 0)));
            indexes_.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 1)));
        }
        sqlite3_finalize(statement);
        for (auto const& name : names) run("DROP INDEX " + name);
    }

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
    std::vector<std::string> indexes_;
};

}  // namespace

std::unique_ptr<Bulk> open_sqlite_bulk(db::Location const& location) {
    return std::make_unique<SqliteBulk>(location.file);
}

}  // namespace patron::bench
