#include "db/append_only.hpp"

#include "db/tests/both_engines.hpp"

#include <gtest/gtest.h>

namespace patron::db {
namespace {

class AppendOnly : public BothEngines {
  protected:
    void SetUp() override {
        if (GetParam() == Engine::postgres) {  // of whom a right can be taken
            fresh.use_role();
            database = fresh.open();
        }
        constexpr std::string_view text =
            "CREATE TABLE ledger (id {id}, said {text} NOT NULL) {table}; {no_update ledger}; {no_delete ledger}";
        static constexpr Migration migrations[] = {{1, "a ledger", text}};
        MigrationSet const sets[] = {{"ledger", migrations}};
        migrate(*database, sets);
        write("INSERT INTO ledger (id,said) VALUES (1,'so it was')");
    }
    std::int64_t rows() { return number("SELECT count(*) FROM ledger WHERE said='so it was'"); }
};

TEST_P(AppendOnly, StaysAsItWasWritten) {
    write("INSERT INTO ledger (id,said) VALUES (2,'so it was')");
    EXPECT_THROW(write("UPDATE ledger SET said='otherwise' WHERE id=1"), Error);
    EXPECT_THROW(write("DELETE FROM ledger WHERE id=1"), Error);
    EXPECT_EQ(rows(), 2);
}

TEST_P(AppendOnly, LosesRowsOnlyWhileItMay) {
    write("INSERT INTO ledger (id,said) VALUES (2,'so it was')");
    database->write_and_wait(
        [](Tx& tx) { while_deletable(tx, "ledger", [&] { tx.execute("DELETE FROM ledger WHERE id=1"); }); });
    EXPECT_EQ(rows(), 1);
    EXPECT_THROW(write("DELETE FROM ledger WHERE id=2"), Error);
    EXPECT_THROW(database->write_and_wait(
                     [](Tx& tx) { while_deletable(tx, "ledger", [] { throw Error(Fault::other, "no"); }); }),
                 Error);
    EXPECT_THROW(write("DELETE FROM ledger WHERE id=2"), Error) << "closed again, though the work failed";
}

FOR_BOTH_ENGINES(AppendOnly);

}  // namespace
}  // namespace patron::db
