// What is kept comes back as it was, and compares alike, on both engines.
#include "db/tests/both_engines.hpp"

#include <limits>

namespace patron::db {
namespace {

using Values = BothEngines;
FOR_BOTH_ENGINES(Values);

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

TEST_P(Values, come_back_as_they_were) {
    make_table("id {id}, i {int}, r {real}, t {text}, b {bytes}");
    Blob const bytes{std::string("\0\xff\x01'\\\0", 6)};
    std::string const text = "naïve 𝄞 😀 \\ ' \"";
    write("INSERT INTO t VALUES ($1, $2, $3, $4, $5)", {std::int64_t{1}, largest, 0.1, text, bytes});
    write("INSERT INTO t VALUES ($1, $2, $3, $4, $5)", {std::int64_t{2}, smallest, -1e300, std::string(), Blob{}});
    write("INSERT INTO t VALUES ($1, $2, $3, $4, $5)", {std::int64_t{3}, Value{}, Value{}, Value{}, Value{}});
    auto const look = [&](Tx& tx) {
        auto rows = tx.query("SELECT i, r, t, b FROM t ORDER BY id");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), largest);
        EXPECT_EQ(rows.real(1), 0.1);
        EXPECT_EQ(rows.text(2), text);
        EXPECT_EQ(rows.text(3), bytes.bytes);
        EXPECT_EQ(rows.text(0), std::to_string(largest));
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), smallest);
        EXPECT_EQ(rows.real(1), -1e300);
        EXPECT_FALSE(rows.is_null(2));
        EXPECT_FALSE(rows.is_null(3));
        EXPECT_EQ(rows.text(2), "");
        EXPECT_EQ(rows.text(3), "");
        ASSERT_TRUE(rows.next());
        for (int column = 0; column < 4; ++column) EXPECT_TRUE(rows.is_null(column));
        EXPECT_EQ(rows.integer(0), 0);
        EXPECT_EQ(rows.text(2), "");
        EXPECT_FALSE(rows.next());
        EXPECT_FALSE(rows.next());
    };
    database->read(look);
    database->write_and_wait(look);
}

TEST_P(Values, a_text_with_nul_is_refused) {
    make_table("id {id}, t {text}");
    EXPECT_EQ(fault_of([&] { write("INSERT INTO t VALUES (1, $1)", {std::string("a\0b", 3)}); }), Fault::other);
    EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
}

TEST_P(Values, not_a_number_is_refused) {
    make_table("id {id}, r {real}");
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(fault_of([&] { write("INSERT INTO t VALUES (1, $1)", {nan}); }), Fault::other);
}

TEST_P(Values, parameters_go_by_number_and_may_be_used_twice) {
    make_table("id {id}, a {int}, b {int}");
    write("INSERT INTO t (b, a, id) VALUES ($2, $1, $3)", {std::int64_t{10}, std::int64_t{20}, std::int64_t{1}});
    EXPECT_EQ(number("SELECT a FROM t"), 10);
    auto const twice = "SELECT count(*) FROM t WHERE b = $2 AND a < $2 AND a = $1";
    EXPECT_EQ(number(twice, {std::int64_t{10}, std::int64_t{20}}), 1);
    EXPECT_EQ(fault_of([&] { number("SELECT a FROM t WHERE id = $2", {std::int64_t{1}}); }), Fault::other);
}

TEST_P(Values, the_same_statement_takes_null_and_values_in_any_order) {
    make_table("id {id}, i {int}, t {text}, r {real}");
    auto const sql = "INSERT INTO t VALUES ($1, $2, $3, $4)";
    write(sql, {std::int64_t{1}, Value{}, Value{}, Value{}});
    write(sql, {std::int64_t{2}, std::int64_t{5}, Value{}, 1.5});
    write(sql, {std::int64_t{3}, Value{}, std::string("x"), Value{}});
    write(sql, {std::int64_t{4}, std::int64_t{6}, std::string("y"), std::int64_t{2}});  // an integer for a real
    EXPECT_EQ(number("SELECT count(*) FROM t WHERE i IS NULL"), 2);
    EXPECT_EQ(number("SELECT id FROM t WHERE r = $1", {2.0}), 4);
    EXPECT_EQ(number("SELECT id FROM t WHERE i = COALESCE($1, 5)", {Value{}}), 2);
}

TEST_P(Values, rows_compare_as_tuples) {
    make_table("id {id}, a {int}, b {text}");
    write("INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'a'), (4, 0, 'z')");
    EXPECT_EQ(number("SELECT count(*) FROM t WHERE (a, b) > ($1, $2)", {std::int64_t{1}, std::string("x")}), 2);
}

TEST_P(Values, texts_compare_by_bytes_and_like_minds_case) {
    make_table("id {id}, t {text}");
    write("INSERT INTO t VALUES (1, 'b'), (2, 'B'), (3, 'ä'), (4, 'a_c')");
    EXPECT_EQ(number("SELECT id FROM t ORDER BY t LIMIT 1"), 2);
    EXPECT_EQ(number("SELECT id FROM t ORDER BY t DESC LIMIT 1"), 3);
    EXPECT_EQ(number("SELECT id FROM t WHERE t > $1 ORDER BY t LIMIT 1", {std::string("b")}), 3);
    EXPECT_EQ(number("SELECT count(*) FROM t WHERE t LIKE $1", {std::string("b%")}), 1);
    EXPECT_EQ(number("SELECT count(*) FROM t WHERE t LIKE $1 ESCAPE '\\'", {std::string("a\\_%")}), 1);
}

TEST_P(Values, a_condition_is_one_or_nothing) {
    EXPECT_EQ(number("SELECT $1 < $2", {std::int64_t{1}, std::int64_t{2}}), 1);
    EXPECT_EQ(number("SELECT $1 > $2", {std::int64_t{1}, std::int64_t{2}}), 0);
}

TEST_P(Values, two_cursors_of_one_statement_are_open_at_once) {
    make_table("id {id}");
    write("INSERT INTO t VALUES (1), (2), (3)");
    auto const look = [&](Tx& tx) {
        auto const sql = "SELECT id FROM t WHERE id > $1 ORDER BY id";
        auto outer = tx.query(sql, std::vector<Value>{std::int64_t{0}});
        std::vector<std::int64_t> seen;
        while (outer.next()) {
            auto inner = tx.query(sql, std::vector<Value>{outer.integer(0)});
            while (inner.next()) seen.push_back(outer.integer(0) * 10 + inner.integer(0));
        }
        EXPECT_EQ(seen, (std::vector<std::int64_t>{12, 13, 23}));
    };
    database->read(look);
    database->write_and_wait(look);
}

TEST_P(Values, rows_stand_still_while_their_table_changes) {
    make_table("id {id}");
    write("INSERT INTO t VALUES (1), (2), (3)");
    database->write_and_wait([](Tx& tx) {
        auto rows = tx.query("SELECT id FROM t");
        int seen = 0;
        while (rows.next()) {
            tx.execute("INSERT INTO t VALUES ($1)", std::vector<Value>{rows.integer(0) + 100});
            ++seen;
        }
        EXPECT_EQ(seen, 3);
    });
    EXPECT_EQ(number("SELECT count(*) FROM t"), 6);
}

TEST_P(Values, execute_counts_the_rows_it_changed) {
    make_table("id {id}, n {int}");
    database->write_and_wait([](Tx& tx) {
        EXPECT_EQ(tx.execute("INSERT INTO t VALUES (1, 1), (2, 1), (3, 1)"), 3);
        EXPECT_EQ(tx.execute("UPDATE t SET n = 1 WHERE id < 3"), 2);
        EXPECT_EQ(tx.execute("UPDATE t SET n = 1 WHERE id = 9"), 0);
        EXPECT_EQ(tx.execute("SELECT id FROM t"), 0);
        EXPECT_EQ(tx.execute("INSERT INTO t VALUES (1, 5) ON CONFLICT DO NOTHING"), 0);
        EXPECT_EQ(tx.execute("INSERT INTO t VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET n = excluded.n"), 1);
        EXPECT_EQ(tx.execute("DELETE FROM t"), 3);
        EXPECT_EQ(tx.execute("CREATE INDEX by_n ON t (n)"), 0);
    });
}

TEST_P(Values, returning_gives_rows_and_takes_effect_at_once) {
    make_table("id {id}, n {int}");
    database->write_and_wait([](Tx& tx) {
        auto rows = tx.query("INSERT INTO t VALUES (1, 7) RETURNING n");
        tx.query("INSERT INTO t VALUES (2, 8) RETURNING n");  // not looked at
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), 7);
    });
    EXPECT_EQ(number("SELECT count(*) FROM t"), 2);
}

TEST_P(Values, broken_rules_have_names) {
    make_table("id {id}, u {int} UNIQUE NOT NULL");
    make_table("id {id}, t_id {int} NOT NULL REFERENCES t (id), r_id {int} REFERENCES t (id) ON DELETE RESTRICT",
               "child");
    write("INSERT INTO t VALUES (1, 1), (2, 2)");
    EXPECT_EQ(fault_of([&] { write("INSERT INTO t VALUES (1, 3)"); }), Fault::unique);
    EXPECT_EQ(fault_of([&] { write("INSERT INTO t VALUES (3, 1)"); }), Fault::unique);
    EXPECT_EQ(fault_of([&] { write("INSERT INTO t VALUES (3, NULL)"); }), Fault::other);
    EXPECT_EQ(fault_of([&] { write("INSERT INTO child VALUES (1, 9, NULL)"); }), Fault::foreign_key);
    write("INSERT INTO child VALUES (1, 1, 2)");
    EXPECT_EQ(fault_of([&] { write("DELETE FROM t WHERE id = 1"); }), Fault::foreign_key);
    EXPECT_EQ(fault_of([&] { write("DELETE FROM t WHERE id = 2"); }), Fault::foreign_key);
    EXPECT_EQ(fault_of([&] { write("no statement at all"); }), Fault::other);
    EXPECT_EQ(fault_of([&] { write("SELECT \"no_such_column\""); }), Fault::other);
}

TEST_P(Values, reading_changes_nothing) {
    make_table("id {id}");
    EXPECT_EQ(fault_of([&] { database->read([](Tx& tx) { tx.execute("INSERT INTO t VALUES (1)"); }); }),
              Fault::read_only);
    EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
}

TEST_P(Values, a_read_sees_one_moment) {
    make_table("id {id}");
    database->read([&](Tx& tx) {
        EXPECT_FALSE(tx.writable());
        auto const count = [&] {
            auto rows = tx.query("SELECT count(*) FROM t");
            rows.next();
            return rows.integer(0);
        };
        EXPECT_EQ(count(), 0);
        write("INSERT INTO t VALUES (1)");
        EXPECT_EQ(count(), 0);
    });
    EXPECT_EQ(number("SELECT count(*) FROM t"), 1);
}

TEST_P(Values, more_statements_than_are_kept_all_work) {
    make_table("id {id}");
    for (int round = 0; round < 2; ++round) {
        database->read([](Tx& tx) {
            for (std::int64_t i = 0; i < 600; ++i) {
                auto rows = tx.query("SELECT " + std::to_string(i) + " + $1", std::vector<Value>{i});
                ASSERT_TRUE(rows.next());
                ASSERT_EQ(rows.integer(0), 2 * i);
            }
        });
    }
}

TEST_P(Values, a_sound_database_has_no_faults) {
    make_table("id {id}, t {text}");
    write("INSERT INTO t VALUES (1, 'x')");
    EXPECT_TRUE(database->check().empty());
}

}  // namespace
}  // namespace patron::db
