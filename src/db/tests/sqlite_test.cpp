// What only SQLite has: a file, its log, and its settings.
#include "db/engines/sqlite_connection.hpp"
#include "db/tests/fresh_database.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace patron::db {
namespace {

struct Sqlite : testing::Test {
    FreshDatabase fresh{Engine::sqlite};
    std::filesystem::path const file = fresh.location().file;
    std::filesystem::path const log = file.string() + "-wal";

    Fault fault_at_open() {
        try {
            fresh.open();
        } catch (Error const& error) {
            return error.fault;
        }
        ADD_FAILURE() << "it opened";
        return Fault::other;
    }
};

TEST_F(Sqlite, the_file_and_its_log_belong_to_the_owner_alone) {
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT"); });
    using std::filesystem::perms;
    for (auto const& path : {file, log}) {
        EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write) << path;
    }
}

TEST_F(Sqlite, closing_folds_the_log_away) {
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT"); });
    database->read([](Tx& tx) { tx.query("SELECT id FROM t"); });
    EXPECT_TRUE(std::filesystem::exists(log));
    database->close();
    EXPECT_FALSE(std::filesystem::exists(log));
}

TEST_F(Sqlite, the_log_does_not_grow_without_end) {
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT"); });
    std::vector<Value> const row{Blob{std::string(1 << 20, 'x')}};
    for (int i = 0; i < 30; ++i) {
        database->write_and_wait([&](Tx& tx) { tx.execute("INSERT INTO t (b) VALUES ($1)", row); });
    }
    EXPECT_LT(std::filesystem::file_size(log), 8u << 20);
    EXPECT_TRUE(database->check().empty());
}

TEST_F(Sqlite, what_is_no_database_is_refused_and_left_alone) {
    std::string const text(8192, 'x');
    std::ofstream(file) << text;
    EXPECT_EQ(fault_at_open(), Fault::damaged);
    EXPECT_EQ(std::filesystem::file_size(file), text.size());
}

TEST_F(Sqlite, a_log_without_its_database_is_refused) {
    std::ofstream(log) << "the last changes";
    EXPECT_EQ(fault_at_open(), Fault::damaged);
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(Sqlite, a_folder_that_is_missing_is_said) {
    Location location;
    location.file = fresh.folder() / "none" / "patron.db";
    EXPECT_THROW(Database::open(location), Error);
}

TEST_F(Sqlite, a_parameter_is_a_number) {
    auto const database = fresh.open();
    EXPECT_THROW(database->read([](Tx& tx) { tx.query("SELECT :name"); }), Error);
    EXPECT_THROW(database->read([](Tx& tx) { tx.query("  "); }), Error);
}

TEST_F(Sqlite, a_reader_cannot_write_even_outside_of_a_transaction) {
    auto const database = fresh.open();
    sqlite::Connection reader(file, sqlite::Connection::Role::reader);
    EXPECT_THROW(reader.run("CREATE TABLE t (id INTEGER PRIMARY KEY)"), Error);
}

}  // namespace
}  // namespace patron::db
