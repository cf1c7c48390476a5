// Groups of writes: what fails is undone alone, what succeeds is durable together, hooks stand around.
#include "db/tests/both_engines.hpp"

#include <atomic>
#include <thread>

namespace patron::db {
namespace {

class Writing : public BothEngines {
  protected:
    Writing() { make_table("id {id}, n {int}"); }

    static Work insert(std::int64_t id) {
        return [id](Tx& tx) { tx.execute("INSERT INTO t VALUES ($1, 0)", std::vector<Value>{id}); };
    }
    std::int64_t count() { return number("SELECT count(*) FROM t"); }
};
FOR_BOTH_ENGINES(Writing);

TEST_P(Writing, a_work_that_throws_is_undone_alone) {
    std::future<void> first, second, third;
    {
        auto const held = hold_writer();
        first = queue(insert(1));
        second = queue([](Tx& tx) {
            tx.execute("INSERT INTO t VALUES (2, 0)");
            tx.post("INSERT INTO t VALUES (3, 0)");
            throw std::runtime_error("changed my mind");
        });
        third = queue(insert(4));
    }
    EXPECT_NO_THROW(first.get());
    EXPECT_THROW(second.get(), std::runtime_error);
    EXPECT_NO_THROW(third.get());
    EXPECT_EQ(number("SELECT sum(id) FROM t"), 5);
}

TEST_P(Writing, a_failed_statement_is_undone_alone) {
    std::future<void> first, second, third;
    {
        auto const held = hold_writer();
        first = queue(insert(1));
        second = queue(insert(1));
        third = queue(insert(2));
    }
    first.get();
    EXPECT_EQ(fault_of([&] { second.get(); }), Fault::unique);
    third.get();
    EXPECT_EQ(count(), 2);
}

TEST_P(Writing, a_swallowed_failure_still_fails_the_work) {
    auto const work = [](Tx& tx) {
        tx.execute("INSERT INTO t VALUES (1, 0)");
        EXPECT_THROW(tx.execute("INSERT INTO t VALUES (1, 0)"), Error);
        EXPECT_EQ(fault_of([&] { tx.query("SELECT id FROM t"); }), Fault::unique);
    };
    EXPECT_EQ(fault_of([&] { database->write_and_wait(work); }), Fault::unique);
    EXPECT_EQ(count(), 0);
}

TEST_P(Writing, what_waits_becomes_one_group) {
    std::atomic<int> commits = 0;
    std::vector<std::future<void>> done;
    auto const begin = std::chrono::steady_clock::now();
    {
        auto const held = hold_writer();
        database->set_hooks({.before_commit = {}, .committed = [&] { ++commits; }, .undone = {}});
        for (int i = 0; i < 100; ++i) done.push_back(queue(insert(i)));
    }
    for (auto& one : done) one.get();
    auto const took = std::chrono::steady_clock::now() - begin;
    EXPECT_LE(commits, 2 + took / std::chrono::milliseconds(50));  // a group ends early only when its time runs out
    EXPECT_EQ(count(), 100);
}

TEST_P(Writing, hooks_stand_around_the_group_in_order) {
    std::vector<std::string> story;
    database->set_hooks({.before_commit =
                             [&](Tx& tx) {
                                 story.push_back("before");
                                 tx.post("INSERT INTO t VALUES (99, 0)");
                             },
                         .committed = [&] { story.push_back("committed"); },
                         .undone = [&] { story.push_back("undone"); }});
    std::promise<void> done;
    database->write([&](Tx&) { story.push_back("work"); },
                    [&](std::exception_ptr) {
                        story.push_back("done");
                        done.set_value();
                    });
    done.get_future().get();
    EXPECT_EQ(story, (std::vector<std::string>{"work", "before", "committed", "done"}));
    EXPECT_EQ(count(), 1);
    story.clear();
    EXPECT_THROW(database->write_and_wait([](Tx&) { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(story, (std::vector<std::string>{"undone"}));
}

TEST_P(Writing, a_hook_that_throws_undoes_the_whole_group) {
    std::vector<std::future<void>> done;
    {
        auto const held = hold_writer();
        done.push_back(queue(insert(1)));
        done.push_back(queue(insert(2)));
        database->set_hooks({.before_commit =
                                 [](Tx& tx) {
                                     auto rows = tx.query("SELECT count(*) FROM t");
                                     if (rows.next() && rows.integer(0) > 0) throw std::domain_error("no room");
                                 },
                             .committed = {},
                             .undone = {}});
    }
    for (auto& one : done) EXPECT_THROW(one.get(), std::domain_error);
    EXPECT_EQ(count(), 0);
}

TEST_P(Writing, done_comes_after_the_change_can_be_seen) {
    std::promise<std::int64_t> seen;
    database->write(insert(1), [&](std::exception_ptr) { seen.set_value(count()); });
    EXPECT_EQ(seen.get_future().get(), 1);
}

TEST_P(Writing, posted_statements_keep_their_order) {
    database->write_and_wait([](Tx& tx) {
        for (std::int64_t i = 0; i < 1000; ++i) tx.post("INSERT INTO t VALUES ($1, $1)", std::vector<Value>{i});
        tx.post("UPDATE t SET n = 2 * n");
        auto rows = tx.query("SELECT sum(n) FROM t");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), 999000);
        tx.post("DELETE FROM t WHERE id >= 10");
    });
    EXPECT_EQ(count(), 10);
}

TEST_P(Writing, a_posted_failure_comes_out_at_the_next_statement) {
    database->write_and_wait(insert(1));
    auto const work = [](Tx& tx) {
        tx.post("INSERT INTO t VALUES (2, 0)");
        EXPECT_NO_THROW(tx.post("INSERT INTO t VALUES (1, 0)"));
        tx.query("SELECT id FROM t");
        FAIL() << "the query went through";
    };
    EXPECT_EQ(fault_of([&] { database->write_and_wait(work); }), Fault::unique);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, a_posted_failure_comes_out_at_the_end_of_its_own_work) {
    database->write_and_wait(insert(1));
    std::future<void> first, second;
    {
        auto const held = hold_writer();
        first = queue([](Tx& tx) { tx.post("INSERT INTO t VALUES (1, 0)"); });
        second = queue(insert(2));
    }
    EXPECT_EQ(fault_of([&] { first.get(); }), Fault::unique);
    second.get();
    EXPECT_EQ(count(), 2);
}

TEST_P(Writing, a_lost_race_is_run_again) {
    std::atomic<int> runs = 0;
    std::atomic<int> undone = 0;
    database->set_hooks({.before_commit = {}, .committed = {}, .undone = [&] { ++undone; }});
    database->write_and_wait([&](Tx& tx) {
        tx.execute("INSERT INTO t VALUES (1, 0)");
        if (++runs < 3) throw Error(Fault::serialization, "lost");
    });
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(undone, 2);
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, a_race_lost_every_time_is_given_up) {
    std::atomic<int> runs = 0;
    auto const work = [&](Tx&) {
        ++runs;
        throw Error(Fault::serialization, "lost");
    };
    EXPECT_EQ(fault_of([&] { database->write_and_wait(work); }), Fault::serialization);
    EXPECT_EQ(runs, 6);
}

TEST_P(Writing, a_full_queue_refuses) {
    auto held = hold_writer();
    for (int i = 0; i < 4095; ++i) database->write([](Tx&) {}, {});
    auto const last = queue([](Tx&) {});
    EXPECT_THROW(database->write([](Tx&) {}, {}), Overloaded);
    held.reset();
    last.wait();
    database->write_and_wait(insert(1));
}

TEST_P(Writing, the_writer_never_waits_for_itself) {
    EXPECT_THROW(database->write_and_wait([&](Tx&) { database->write_and_wait([](Tx&) {}); }), std::logic_error);
}

TEST_P(Writing, closing_finishes_what_is_queued) {
    {
        auto const held = hold_writer();
        for (int i = 0; i < 300; ++i) database->write(insert(i), {});
    }
    database->close();
    EXPECT_EQ(fault_of([&] { database->write([](Tx&) {}, {}); }), Fault::unavailable);
    EXPECT_EQ(fault_of([&] { database->read([](Tx&) {}); }), Fault::unavailable);
    database = fresh.open();
    EXPECT_EQ(count(), 300);
}

// Each writer moves one unit between two rows; a reader that sees a half of it finds a wrong sum.
TEST_P(Writing, many_write_and_readers_see_whole_moments) {
    write("INSERT INTO t VALUES (1, 1000), (2, 1000)");
    std::atomic<bool> ended = false;
    std::atomic<int> reads = 0;
    auto const watch = [&] {
        do {
            ASSERT_EQ(number("SELECT sum(n) FROM t"), 2000);
            ++reads;
        } while (!ended);
    };
    auto const move = [&] {
        for (int i = 0; i < 100; ++i) {
            database->write_and_wait([](Tx& tx) {
                tx.execute("UPDATE t SET n = n - 1 WHERE id = 1");
                tx.post("UPDATE t SET n = n + 1 WHERE id = 2");
            });
        }
    };
    std::vector<std::thread> readers, writers;
    for (int i = 0; i < 4; ++i) readers.emplace_back(watch);
    for (int i = 0; i < 8; ++i) writers.emplace_back(move);
    for (auto& thread : writers) thread.join();
    ended = true;
    for (auto& thread : readers) thread.join();
    EXPECT_EQ(number("SELECT n FROM t WHERE id = 2"), 1800);
    EXPECT_GE(reads, 4);
}

TEST_P(Writing, more_readers_than_connections_take_turns) {
    std::vector<std::thread> readers;
    std::atomic<int> right = 0;
    for (int i = 0; i < 16; ++i) {
        readers.emplace_back([&] {
            for (int j = 0; j < 20; ++j) right += count() == 0;
        });
    }
    for (auto& thread : readers) thread.join();
    EXPECT_EQ(right, 320);
}

TEST_P(Writing, a_notice_is_heard) {
    std::promise<std::string> heard;
    std::atomic<bool> once = false;
    database->on_notify([&](std::string_view payload) {
        if (payload == "42 'ö'" && !once.exchange(true)) heard.set_value(std::string(payload));
    });
    auto told = heard.get_future();
    for (int i = 0; i < 100 && told.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready; ++i) {
        database->notify("42 'ö'");  // PostgreSQL: until its listening connection stands
    }
    ASSERT_EQ(told.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    EXPECT_THROW(database->notify(std::string(4001, 'x')), std::length_error);
    database->close();  // nothing is heard after this, `heard` may go
}

}  // namespace
}  // namespace patron::db
