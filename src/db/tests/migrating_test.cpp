// DDL said once, and migrations that run once.
#include "db/statements.hpp"
#include "db/tests/both_engines.hpp"

#include <array>

namespace patron::db {
namespace {

using Migrating = BothEngines;
FOR_BOTH_ENGINES(Migrating);

constexpr std::array first_notes{Migration{1, "notes", R"(
    -- what people write; by hand
    CREATE TABLE notes (id {id}, body {text} NOT NULL DEFAULT '{a;b}''{int}', pinned {int} NOT NULL) {table};
    CREATE INDEX notes_pinned ON notes (pinned) /* ; */;
)"}};
constexpr std::array later_notes{first_notes[0], Migration{2, "rank", "ALTER TABLE notes ADD COLUMN rank {int}"}};
constexpr std::array tasks{Migration{1, "tasks", "CREATE TABLE tasks (id {id}) {table}"}};

TEST_P(Migrating, applies_what_is_missing_and_nothing_twice) {
    std::array const first{MigrationSet{"notes", first_notes}};
    EXPECT_EQ(migrate(*database, first), 1);
    EXPECT_EQ(migrate(*database, first), 0);
    write("INSERT INTO notes (id, pinned) VALUES (1, 0)");
    EXPECT_EQ(number("SELECT count(*) FROM notes WHERE body = '{a;b}''{int}'"), 1);
    std::array const later{MigrationSet{"notes", later_notes}, MigrationSet{"tasks", tasks}};
    EXPECT_EQ(migrate(*database, later), 2);
    EXPECT_EQ(number("SELECT count(*) FROM migrations WHERE applied_at > 1700000000000"), 3);
    write("INSERT INTO notes (id, pinned, rank) VALUES (2, 0, 1)");
}

TEST_P(Migrating, refuses_a_newer_database) {
    std::array const newer{MigrationSet{"notes", later_notes}, MigrationSet{"tasks", tasks}};
    std::array const older{MigrationSet{"notes", first_notes}, MigrationSet{"tasks", tasks}};
    migrate(*database, newer);
    try {
        migrate(*database, older);
        FAIL() << "an older version opened a newer database";
    } catch (Error const& error) {
        EXPECT_NE(std::string(error.what()).find("newer version"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("notes 2 (rank)"), std::string::npos);
    }
    EXPECT_EQ(number("SELECT count(*) FROM migrations"), 3);
}

TEST_P(Migrating, a_broken_migration_leaves_nothing) {
    constexpr std::array broken{Migration{1, "broken", "CREATE TABLE x (id {id}) {table}; CREATE NONSENSE"}};
    std::array const sets{MigrationSet{"tasks", tasks}, MigrationSet{"broken", broken}};
    EXPECT_THROW(migrate(*database, sets), Error);
    EXPECT_EQ(fault_of([&] { number("SELECT count(*) FROM tasks"); }), Fault::other);
    std::array const sound{MigrationSet{"tasks", tasks}};
    EXPECT_EQ(migrate(*database, sound), 1);
}

TEST(Statements, are_cut_outside_of_quotes_and_comments) {
    auto const parts = split_statements("a 'x;''y' ; -- c;d\n b \"q;\" /* ; */;; \n -- last; \n");
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0], "a 'x;''y' ");
    EXPECT_EQ(parts[1], " -- c;d\n b \"q;\" /* ; */");
}

TEST(Ddl, has_words_for_both_engines) {
    auto const text = "CREATE TABLE t (id {id}, a {int}, b {real}, c {text} DEFAULT '{}', d {bytes}) {table}";
    EXPECT_EQ(ddl(Engine::sqlite, text),
              "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b REAL, c TEXT DEFAULT '{}', d BLOB) STRICT");
    EXPECT_EQ(ddl(Engine::postgres, text),
              "CREATE TABLE t (id bigint PRIMARY KEY, a bigint, b double precision, c text COLLATE \"C\" DEFAULT '{}', "
              "d bytea) ");
    EXPECT_THROW(ddl(Engine::sqlite, "CREATE TABLE t (a {number})"), std::invalid_argument);
}

}  // namespace
}  // namespace patron::db
