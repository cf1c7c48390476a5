// What only SQLite has: a file, its log, and its settings.
#include "db/engines/sqlite_connection.hpp"
#include "db/tests/both_engines.hpp"

#include <atomic>
#include <csignal>
#include <fstream>
#include <sys/resource.h>

namespace patron::db {
namespace {

struct Sqlite : testing::Test {
    FreshDatabase fresh{Engine::sqlite};
    std::filesystem::path const file = fresh.location().file;
    std::filesystem::path const log = file.string() + "-wal";

    Fault fault_at_open() {
        return fault_of([this] { fresh.open(); });
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

// A SQLite that passes over one setting in silence, as a build of it with that part left out would.
class Deaf {
  public:
    explicit Deaf(std::string pragma) {
        passed_over() = std::move(pragma);
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&deafen));
    }
    ~Deaf() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&deafen)); }

  private:
    static std::string& passed_over() {
        static std::string pragma;
        return pragma;
    }
    static int deafen(sqlite3* handle, char const**, sqlite3_api_routines const*) {
        return sqlite3_set_authorizer(
            handle,
            [](void*, int action, char const* name, char const*, char const*, char const*) {
                return action == SQLITE_PRAGMA && name && passed_over() == name ? SQLITE_IGNORE : SQLITE_OK;
            },
            nullptr);
    }
};

TEST_F(Sqlite, does_not_open_where_a_setting_is_not_accepted) {
    for (auto const* pragma : {"journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only"}) {
        {
            Deaf const deaf(pragma);
            EXPECT_EQ(fault_at_open(), Fault::other) << pragma;
        }
        fresh.open()->close();
    }
}

TEST_F(Sqlite, readers_do_not_open_a_file_that_has_no_log) {
    fresh.open()->close();
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(handle, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
    EXPECT_EQ(fault_of([this] { sqlite::Connection(file, sqlite::Connection::Role::reader); }), Fault::other);
}

// The kernel refuses to let a file grow: each write beyond is an I/O error.
class NoGrowth {
  public:
    explicit NoGrowth(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const now{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~NoGrowth() { setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

TEST_F(Sqlite, an_io_error_is_no_success_and_the_next_write_works) {
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT"); });
    std::vector<Value> const row{Blob{std::string(1 << 20, 'x')}};
    std::atomic<int> runs = 0;
    auto const insert = [&](Tx& tx) {
        ++runs;
        tx.execute("INSERT INTO t (b) VALUES ($1)", row);
    };
    for (int round = 0; round < 3; ++round) {
        NoGrowth const limit(512 << 10);
        EXPECT_EQ(fault_of([&] { database->write_and_wait(insert); }), Fault::unavailable);
    }
    EXPECT_EQ(runs, 3);  // a commit that failed is not tried again
    database->write_and_wait(insert);
    database->read([](Tx& tx) {
        auto rows = tx.query("SELECT count(*) FROM t");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), 1);
    });
    EXPECT_TRUE(database->check().empty());
}

TEST_F(Sqlite, a_full_disk_is_said_and_passes) {
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB) STRICT"); });
    auto const grow_to = [&](std::string const& pages) {
        database->write_and_wait([&](Tx& tx) { tx.query("PRAGMA max_page_count = " + pages); });
    };
    auto const insert = [](Tx& tx) { tx.execute("INSERT INTO t (b) VALUES (zeroblob(100000))"); };
    grow_to("10");
    EXPECT_EQ(fault_of([&] { database->write_and_wait(insert); }), Fault::disk_full);
    grow_to("100000");
    database->write_and_wait(insert);
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
