// A database of its own for one test, gone when the test ends: a file in a temporary folder, or a schema of the
// PostgreSQL server that PATRON_TEST_POSTGRES names. Without that variable a PostgreSQL test fails; it never skips.
#pragma once
#include "db/db.hpp"

#include <cstdlib>
#include <filesystem>
#include <libpq-fe.h>
#include <random>
#include <stdexcept>
#include <string>

namespace patron::db {

inline std::string engine_name(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgres"; }

class FreshDatabase {
  public:
    explicit FreshDatabase(Engine engine) {
        std::random_device random;
        auto const name = "test_" + std::to_string(random()) + "_" + std::to_string(random());
        location_.engine = engine;
        if (engine == Engine::sqlite) {
            folder_ = std::filesystem::temp_directory_path() / ("patron_" + name);
            std::filesystem::create_directory(folder_);
            location_.file = folder_ / "patron.db";
        } else {
            location_.url = postgres_url();
            location_.schema = name;
        }
    }
    FreshDatabase(FreshDatabase const&) = delete;
    FreshDatabase& operator=(FreshDatabase const&) = delete;
    ~FreshDatabase() {
        if (!folder_.empty()) {
            std::error_code left_behind;  // a temporary folder may stay; a test has nothing to say about it
            std::filesystem::remove_all(folder_, left_behind);
        } else {
            drop_schema();
        }
    }

    Location const& location() const { return location_; }
    std::filesystem::path const& folder() const { return folder_; }

    // The business's own role, made at open and dropped at the end.
    void use_role() { location_.role = location_.schema; }

    std::unique_ptr<Database> open() const { return Database::open(location_); }

    static std::string postgres_url() {
        auto const* url = std::getenv("PATRON_TEST_POSTGRES");
        if (url && *url) return url;
        throw std::runtime_error(
            "PATRON_TEST_POSTGRES is not set: it names the PostgreSQL server for tests, "
            "for example postgres://patron@127.0.0.1:5432/patron_test");
    }

    // One statement on a connection of its own, outside the floor under test.
    static void run_on_postgres(std::string const& sql) {
        auto* connection = PQconnectdb(postgres_url().c_str());
        PQsetNoticeProcessor(
            connection, [](void*, char const*) {}, nullptr);
        auto* result = PQexec(connection, sql.c_str());
        auto const status = PQresultStatus(result);
        std::string const said = PQerrorMessage(connection);
        PQclear(result);
        PQfinish(connection);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(sql + ": " + said);
    }

  private:
    void drop_schema() const {
        try {
            run_on_postgres("DROP SCHEMA IF EXISTS \"" + location_.schema + "\" CASCADE");
            if (!location_.role.empty()) run_on_postgres("DROP ROLE IF EXISTS \"" + location_.role + "\"");
        } catch (std::exception const& error) {
            std::fprintf(stderr, "A test schema stays behind: %s\n", error.what());
        }
    }

    Location location_;
    std::filesystem::path folder_;
};

}  // namespace patron::db
