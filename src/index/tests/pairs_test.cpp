// Two letters within many texts: known pair by pair, and the same as going over the texts finds.
#include "index/values.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace patron::index {
namespace {

constexpr std::int64_t address = 7;

class PairsOfTexts : public testing::Test {
  protected:
    Values values;
    std::map<Row, std::vector<std::string>> texts;

    void set(Row row, std::vector<std::string> now) {
        std::vector<std::uint32_t> before, after;
        for (auto const& text : texts[row]) before.push_back(values.number_of(address, text));
        for (auto const& text : now) after.push_back(values.number_of(address, text));
        for (auto const number : before) values[number].rows.remove(row);
        for (auto const number : after) values[number].rows.add(row);
        values.change_pairs(row, before, after);
        values.set_values(row, after);
        texts[row] = std::move(now);
    }

    void expect_right(std::string const& when) {
        for (std::string const part : {"us", "er", "@h", "9@", "zz", "m.", "\xc3\xa9", "e.", "a", "ser1"}) {
            Bits found(texts.rbegin()->first + 1);
            values.containing(address, part, found);
            std::vector<Row> wanted, got;
            for (auto const& [row, all] : texts)
                if (std::any_of(all.begin(), all.end(), [&](auto const& text) { return text.find(part) != text.npos; }))
                    wanted.push_back(row);
            found.each([&](Row row) { got.push_back(row); });
            EXPECT_EQ(got, wanted) << part << ' ' << when;
        }
    }
};

TEST_F(PairsOfTexts, AreWhatGoingOverThemFinds) {
    constexpr Row most = Values::many_texts + 300;
    for (Row row = 0; row < most; ++row) {
        set(row, {"user" + std::to_string(row) + "@h" + std::to_string(row % 97) + ".example"});
        if (row == 40'000) expect_right("before there are many");
    }
    expect_right("with many");
    EXPECT_TRUE(values.make_some_pairs());
    expect_right("with some pairs");
    set(5, {"user5@elsewhere.example"});
    set(most - 1, {"userz@elsewhere.example"});
    set(most - 2, {});
    for (int times = 0; values.make_some_pairs(); ++times) ASSERT_LT(times, 20);
    expect_right("with all pairs");
    set(17, {"user17@h17.example", "zzz@caf\xc3\xa9.example"});
    set(18, {});
    set(19, {"zz"});
    expect_right("after changes");
    set(17, {"zzz@caf\xc3\xa9.example"});  // what one text shared with the other stays
    set(19, {"user19@h19.example"});
    expect_right("after they went");
    for (Row row = 0; row < 50; ++row) set(most + row, {"new" + std::to_string(row) + "@h.example"});
    expect_right("with more rows");
    EXPECT_FALSE(values.make_some_pairs());
}

}  // namespace
}  // namespace patron::index
