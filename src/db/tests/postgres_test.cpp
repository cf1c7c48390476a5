// What only PostgreSQL has: connections that break, other servers, a role for each business.
#include "db/tests/both_engines.hpp"

#include <atomic>
#include <thread>

namespace patron::db {
namespace {

struct Postgres : testing::Test {
    FreshDatabase fresh{Engine::postgres};
    std::unique_ptr<Database> database = fresh.open();

    Postgres() {
        write("CREATE TABLE t (id bigint PRIMARY KEY, n bigint)");
        write("INSERT INTO t VALUES (1, 0), (2, 0)");
    }
    void write(std::string const& sql) {
        database->write_and_wait([&](Tx& tx) { tx.execute(sql); });
    }
    std::int64_t number(std::string const& sql) {
        std::int64_t answer = -1;
        database->read([&](Tx& tx) {
            auto rows = tx.query(sql);
            if (rows.next()) answer = rows.integer(0);
        });
        return answer;
    }
    void break_connections() const {
        FreshDatabase::run_on_postgres(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'patron " +
            fresh.location().schema + "%'");
    }
};

TEST_F(Postgres, broken_connections_are_made_anew_unnoticed) {
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(number("SELECT n FROM t WHERE id = 1"), round);
        break_connections();
        write("UPDATE t SET n = n + 1 WHERE id = 1");
        break_connections();
    }
    EXPECT_EQ(number("SELECT n FROM t WHERE id = 1"), 3);
}

TEST_F(Postgres, a_connection_that_breaks_within_a_work_runs_it_again) {
    std::atomic<int> runs = 0;
    database->write_and_wait([&](Tx& tx) {
        tx.execute("UPDATE t SET n = n + 1 WHERE id = 1");
        if (++runs == 1) break_connections();
        tx.execute("UPDATE t SET n = n + 1 WHERE id = 2");
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(number("SELECT sum(n) FROM t"), 2);
}

TEST_F(Postgres, a_connection_that_breaks_within_the_commit_is_asked_about) {
    write("CREATE SEQUENCE commits");
    write(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$");
    write(
        "CREATE CONSTRAINT TRIGGER dies AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION die()");
    write("UPDATE t SET n = n + 1 WHERE id = 1");
    EXPECT_EQ(number("SELECT n FROM t WHERE id = 1"), 1);
    EXPECT_EQ(number("SELECT last_value FROM commits"), 2);
}

TEST_F(Postgres, a_read_that_had_answers_says_that_its_connection_broke) {
    try {
        database->read([&](Tx& tx) {
            tx.query("SELECT n FROM t");
            break_connections();
            tx.query("SELECT n FROM t");
        });
        FAIL() << "two moments were read as one";
    } catch (Error const& error) { EXPECT_EQ(error.fault, Fault::unavailable); }
    EXPECT_EQ(number("SELECT n FROM t WHERE id = 1"), 0);
}

TEST_F(Postgres, two_servers_that_lock_each_other_both_succeed) {
    auto const other = fresh.open();
    std::promise<void> first_has_one, second_has_two;
    auto const one_taken = first_has_one.get_future().share();
    auto const two_taken = second_has_two.get_future().share();
    std::atomic<int> runs = 0;
    auto const work = [&](std::string mine, std::string theirs, std::promise<void>& taken,
                          std::shared_future<void> wait) {
        return [&runs, &taken, mine, theirs, wait, first = true](Tx& tx) mutable {
            ++runs;
            tx.execute("UPDATE t SET n = n + 1 WHERE id = " + mine);
            if (std::exchange(first, false)) taken.set_value();
            wait.wait();
            tx.execute("UPDATE t SET n = n + 1 WHERE id = " + theirs);
        };
    };
    std::thread second([&] { other->write_and_wait(work("2", "1", second_has_two, one_taken)); });
    database->write_and_wait(work("1", "2", first_has_one, two_taken));
    second.join();
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(number("SELECT sum(n) FROM t"), 4);
}

TEST_F(Postgres, servers_hear_each_other_and_learn_of_a_gap) {
    auto const other = fresh.open();
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> heard;
    other->on_notify([&](std::string_view payload) {
        std::lock_guard lock(mutex);
        heard.emplace_back(payload);
        changed.notify_one();
    });
    auto const hears = [&](std::string const& payload) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(5),
                                [&] { return !heard.empty() && heard.back() == payload; });
    };
    database->notify("7");
    EXPECT_TRUE(hears("7"));
    break_connections();
    EXPECT_TRUE(hears(""));
    database->notify("8");
    EXPECT_TRUE(hears("8"));
    other->close();
}

TEST_F(Postgres, changed_columns_do_not_disturb_kept_statements) {
    auto const sql = "SELECT * FROM t WHERE id = 1";
    EXPECT_EQ(number(sql), 1);
    write("ALTER TABLE t ADD COLUMN more bigint");
    EXPECT_EQ(number(sql), 1);
}

TEST_F(Postgres, kills_five_times_a_second_are_not_seen_by_writers) {
    std::atomic<bool> ended = false;
    std::thread killer([&] {
        while (!ended) {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            break_connections();
        }
    });
    std::vector<std::thread> writers;
    std::atomic<int> kept = 0;
    for (int i = 0; i < 8; ++i) {
        writers.emplace_back([&] {
            for (auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
                 std::chrono::steady_clock::now() < until;) {
                write("UPDATE t SET n = n + 1 WHERE id = 1");
                ++kept;
            }
        });
    }
    for (auto& thread : writers) thread.join();
    ended = true;
    killer.join();
    EXPECT_EQ(number("SELECT n FROM t WHERE id = 1"), kept);
}

TEST_F(Postgres, a_lazy_server_is_made_to_keep_its_commits) {
    FreshDatabase lazy(Engine::postgres);
    auto location = lazy.location();
    location.url += "?options=-c%20synchronous_commit%3Doff";
    auto const opened = Database::open(location);
    opened->write_and_wait([](Tx& tx) {
        auto rows = tx.query("SHOW synchronous_commit");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.text(0), "on");
    });
}

TEST_F(Postgres, an_absent_server_is_said) {
    Location location;
    location.engine = Engine::postgres;
    location.url = "postgres://nobody@127.0.0.1:1/none";
    location.schema = "x";
    EXPECT_EQ(fault_of([&] { Database::open(location); }), Fault::unavailable);
}

TEST(PostgresWall, names_of_schemas_are_only_names) {
    FreshDatabase fresh(Engine::postgres);
    auto location = fresh.location();
    location.schema += "\"; DROP \\ 'x' ü";
    {
        auto const database = Database::open(location);
        database->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id bigint PRIMARY KEY)"); });
        database->read([](Tx& tx) { tx.query("SELECT id FROM t"); });
        database->on_notify([](std::string_view) {});
        EXPECT_TRUE(database->check().empty());
    }
    auto quoted = location.schema;
    quoted.insert(quoted.find('"'), "\"");
    FreshDatabase::run_on_postgres("DROP SCHEMA \"" + quoted + "\" CASCADE");
}

// The second wall: even a statement that names another business's schema is refused, by the server itself.
TEST(PostgresWall, a_business_cannot_reach_another) {
    FreshDatabase ours(Engine::postgres), theirs(Engine::postgres);
    ours.use_role();
    theirs.use_role();
    auto const us = ours.open();
    auto const them = theirs.open();
    auto const make = [](Tx& tx) {
        tx.execute("CREATE TABLE t (id bigint PRIMARY KEY)");
        tx.execute("INSERT INTO t VALUES (1)");
    };
    us->write_and_wait(make);
    them->write_and_wait(make);
    auto const schema = theirs.location().schema;
    for (std::string const& sql :
         {"SELECT id FROM " + schema + ".t", "INSERT INTO " + schema + ".t VALUES (2)",
          "CREATE TABLE " + schema + ".x (id bigint)", "DROP SCHEMA " + schema + " CASCADE",
          std::string("CREATE TABLE public.x (id bigint)"), std::string("CREATE SCHEMA mine")}) {
        EXPECT_THROW(us->write_and_wait([&](Tx& tx) { tx.execute(sql); }), Error) << sql;
        EXPECT_THROW(us->read([&](Tx& tx) { tx.execute(sql); }), Error) << sql;
    }
    them->read([](Tx& tx) {
        auto rows = tx.query("SELECT count(*) FROM t");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), 1);
    });
}

TEST(PostgresWall, a_role_given_later_takes_over_what_is_there) {
    FreshDatabase fresh(Engine::postgres);
    fresh.open()->write_and_wait([](Tx& tx) { tx.execute("CREATE TABLE t (id bigint PRIMARY KEY)"); });
    fresh.use_role();
    auto const database = fresh.open();
    database->write_and_wait([](Tx& tx) {
        tx.execute("ALTER TABLE t ADD COLUMN n bigint");
        tx.execute("CREATE TABLE u (id bigint PRIMARY KEY)");
    });
}

}  // namespace
}  // namespace patron::db
