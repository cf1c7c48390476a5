#include "db/full_text.hpp"

#include "db/tests/both_engines.hpp"

#include <gtest/gtest.h>

namespace patron::db {
namespace {

class FullText : public BothEngines {
  protected:
    void SetUp() override {
        constexpr std::string_view text = "CREATE TABLE pages (id {id}, words {text}) {table}; {full_text pages}";
        static constexpr Migration migrations[] = {{1, "pages", text}};
        MigrationSet const sets[] = {{"pages", migrations}};
        migrate(*database, sets);
    }
    void add(std::int64_t id, std::vector<std::string> words) {
        auto const text = full_text_words(std::move(words));
        database->write_and_wait([&](Tx& tx) {
            Value const values[] = {id, text};
            tx.execute("INSERT INTO pages (id,words) VALUES ($1,$2)", values);
            add_full_text(tx, "pages", id);
        });
    }
    void change(std::int64_t id, std::string_view sql) {
        database->write_and_wait([&](Tx& tx) {
            drop_full_text(tx, "pages", "id", id);
            Value const values[] = {id};
            tx.execute(sql, values);
            add_full_text(tx, "pages", id);
        });
    }
    std::vector<std::int64_t> found(std::vector<std::string> const& words) {
        std::vector<std::int64_t> ids;
        database->read([&](Tx& tx) {
            Value const values[] = {full_text_question(tx.engine(), words)};
            auto rows = tx.query(
                "SELECT found FROM " + full_text_rows(tx.engine(), "pages", "$1") + " ORDER BY found DESC", values);
            while (rows.next()) ids.push_back(rows.integer(0));
        });
        return ids;
    }
    using Ids = std::vector<std::int64_t>;
};

TEST_P(FullText, FindsAllOfTheWordsTheLastAsABeginning) {
    add(1, {"bring", "the", "contract", "tomorrow"});
    add(2, {"contract", "signed"});
    add(3, {"contractor"});
    EXPECT_EQ(found({"contract"}), (Ids{3, 2, 1}));
    EXPECT_EQ(found({"contract", "tom"}), (Ids{1}));
    EXPECT_EQ(found({"tom", "contract"}), (Ids{})) << "only the last word may be a beginning";
    EXPECT_EQ(found({"zzz"}), (Ids{}));
}

TEST_P(FullText, FollowsItsTable) {
    add(1, {"old"});
    add(2, {"old"});
    write("INSERT INTO pages (id,words) VALUES (3,NULL)");
    EXPECT_EQ(found({"old"}), (Ids{2, 1}));
    change(1, "UPDATE pages SET words='new' WHERE id=$1");
    change(3, "UPDATE pages SET words='late' WHERE id=$1");
    EXPECT_EQ(found({"old"}), (Ids{2}));
    EXPECT_EQ(found({"new"}), (Ids{1}));
    EXPECT_EQ(found({"late"}), (Ids{3}));
    change(1, "DELETE FROM pages WHERE id=$1");
    change(2, "UPDATE pages SET words=NULL WHERE id=$1");
    EXPECT_EQ(found({"new"}), (Ids{}));
    EXPECT_EQ(found({"old"}), (Ids{}));
}

TEST_P(FullText, TakesTheWordsOfEveryScriptAsTheyCome) {
    add(1, {"привет", "日本", "मुंबई", "1234"});
    EXPECT_EQ(found({"привет"}), (Ids{1}));
    EXPECT_EQ(found({"日"}), (Ids{1}));
    EXPECT_EQ(found({"मुं"}), (Ids{1}));
    EXPECT_EQ(found({"12"}), (Ids{1}));
    auto const long_word = std::string(119, 'a') + "é" + std::string(5000, 'b');
    add(2, {long_word});
    EXPECT_EQ(found({long_word}), (Ids{2}));
}

TEST_P(FullText, WordsAreKeptOnceInOrder) { EXPECT_EQ(full_text_words({"b", "a", "b"}), "a b"); }

TEST_P(FullText, ForgetsWhatWasDeleted) {
    for (int i = 1; i <= 300; ++i) add(i, {"secret" + std::to_string(i), "kept"});
    for (int i = 1; i <= 299; ++i) change(i, "DELETE FROM pages WHERE id=$1");
    bool more = true;
    for (int steps = 0; more; ++steps) {
        ASSERT_LT(steps, 1000);
        database->write_and_wait([&](Tx& tx) { more = forget_full_text(tx, "pages", steps == 0); });
    }
    EXPECT_EQ(found({"kept"}), (Ids{300}));
    if (GetParam() == Engine::postgres) return;
    EXPECT_EQ(number("SELECT count(*) FROM pages_words_data WHERE instr(block,CAST('ecret17' AS BLOB))>0"), 0);
}

FOR_BOTH_ENGINES(FullText);

}  // namespace
}  // namespace patron::db
