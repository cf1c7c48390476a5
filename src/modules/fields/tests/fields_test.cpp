#include "modules/fields/rules.hpp"

#include <gtest/gtest.h>

namespace patron::fields {
namespace {

Field field(std::string key, FieldType type) {
    Field field{.key = key, .label = key, .type = type};
    if (type == FieldType::choice || type == FieldType::choices)
        field.options = {{"Red", "Red one"}, {"blue", "Blue one"}};
    return field;
}

std::vector<Field> const every = {field("text", FieldType::text),           field("long_text", FieldType::long_text),
                                  field("number", FieldType::number),       field("money", FieldType::money),
                                  field("date", FieldType::date),           field("date_time", FieldType::date_time),
                                  field("checkbox", FieldType::checkbox),   field("choice", FieldType::choice),
                                  field("choices", FieldType::choices),     field("url", FieldType::url),
                                  field("email", FieldType::email),         field("phone", FieldType::phone),
                                  field("id_number", FieldType::id_number), field("file", FieldType::file),
                                  field("customer", FieldType::customer),   field("user", FieldType::user)};

Field const& named(std::string_view key) {
    for (auto const& one : every)
        if (one.key == key) return one;
    throw std::logic_error("no such field");
}

// What is kept of {key: value}, or the code of the first mistake.
std::string kept(std::string const& key, std::string_view value, JsonObject const& before = {}) {
    JsonObject custom{{key, parse_own_json(value)}};
    Mistakes mistakes;
    check(every, custom, before, "DE", "/custom", mistakes, [](AnyId const& id) { return id.value == 1; });
    if (mistakes.empty()) return custom.contains(key) ? json_text(custom[key]) : "";
    EXPECT_TRUE(mistakes.front().pointer.starts_with("/custom/" + key)) << mistakes.front().pointer;
    return mistakes.front().code;
}

struct Row {
    std::string key, value, kept;
};

TEST(FieldValues, AreKeptInOneForm) {
    Row const rows[] = {
        {"text", R"("  hello ")", R"("hello")"},
        {"text", R"("Cafe\u0301")", "\"Caf\u00e9\""},
        {"text", "null", ""},
        {"text", R"("  ")", ""},
        {"number", "2.5", "2.5"},
        {"money", R"({"amount":1250,"currency":"EUR"})", R"({"amount":1250,"currency":"EUR"})"},
        {"date", R"("2026-11-21")", R"("2026-11-21")"},
        {"date_time", R"("2026-11-21T10:30:00+01:00")", R"("2026-11-21T09:30:00.000Z")"},
        {"checkbox", "false", "false"},
        {"choice", R"("Red")", R"("Red")"},
        {"choices", R"(["Red","blue"])", R"(["Red","blue"])"},
        {"choices", "[]", "[]"},
        {"url", R"("https://example.com/a?b=c")", R"("https://example.com/a?b=c")"},
        {"url", R"("HTTP://bücher.example/ä")", R"("HTTP://bücher.example/ä")"},
        {"email", R"("ann@example.com")", R"("ann@example.com")"},
        {"phone", R"("0711 2842222")", R"("+497112842222")"},
        {"phone", R"("ext. 12")", R"("ext. 12")"},
        {"id_number", R"("A-12/34")", R"("A-12/34")"},
        {"customer", R"("cus_0000000000001")", R"("cus_0000000000001")"},
    };
    for (auto const& row : rows) EXPECT_EQ(kept(row.key, row.value), row.kept) << row.key << " " << row.value;
}

TEST(FieldValues, ThatDoNotFitAreMistakes) {
    Row const rows[] = {
        {"text", "5", "not_a_text"},
        {"text", R"("4111 1111 1111 1111")", "card_number"},
        {"long_text", R"("pay to DE89 3704 0044 0532 0130 00")", "bank_account"},
        {"number", R"("5")", "not_a_number"},
        {"number", "9007199254740993", "out_of_range"},
        {"money", "12", "not_money"},
        {"date", R"("2025-02-29")", "not_a_date"},
        {"date_time", R"("2026-11-21")", "not_a_time"},
        {"checkbox", "1", "not_a_boolean"},
        {"choice", R"("red")", "not_a_choice"},
        {"choices", R"(["Red","Red"])", "duplicate"},
        {"choices", R"("Red")", "not_a_list"},
        {"url", R"~("javascript:alert(1)")~", "not_a_url"},
        {"url", R"("https://user:secret@example.com")", "not_a_url"},
        {"url", R"("https:///path")", "not_a_url"},
        {"url", R"("ftp://example.com")", "not_a_url"},
        {"email", R"("nope")", "not_an_email"},
        {"phone", R"("none")", "not_a_phone"},
        {"user", R"("cus_0000000000001")", "not_an_id"},
        {"user", R"("usr_0000000000002")", "unknown_reference"},
        {"nothing_such", "1", "unknown_member"},
    };
    for (auto const& row : rows) EXPECT_EQ(kept(row.key, row.value), row.kept) << row.key << " " << row.value;
}

TEST(FieldValues, AsTheyWereAreNotCheckedAgain) {
    EXPECT_EQ(kept("choice", R"("gone")", {{"choice", "gone"}}), R"("gone")");
    EXPECT_EQ(kept("deleted", "7", {{"deleted", 7}}), "7") << "its field is gone, its value stays until it is cleared";
    EXPECT_EQ(kept("deleted", "8", {{"deleted", 7}}), "unknown_member");
    EXPECT_EQ(kept("deleted", "null", {{"deleted", 7}}), "");
}

TEST(FieldValues, AreAskedForWhereTheFieldShows) {
    auto must = field("must", FieldType::choices);
    must.required = true;
    must.folder_ids = {{5}};
    auto const missing = [&](JsonObject const& custom, std::optional<Id<Folder>> folder) {
        Mistakes mistakes;
        require({must}, custom, folder, "/custom", mistakes);
        return mistakes.size();
    };
    EXPECT_EQ(missing({}, Id<Folder>{5}), 1U);
    EXPECT_EQ(missing({{"must", JsonArray()}}, Id<Folder>{5}), 1U);
    EXPECT_EQ(missing({{"must", JsonArray{"Red"}}}, Id<Folder>{5}), 0U);
    EXPECT_EQ(missing({}, Id<Folder>{6}), 0U);
    EXPECT_EQ(missing({}, {}), 0U);
}

TEST(FieldValues, AreAskedForAsEachFolderWants) {
    auto one = field("one", FieldType::text);
    one.required = true;
    one.by_folder = {{{5}, 1, {}}, {{6}, {}, false}, {{7}, {}, true}};
    EXPECT_TRUE(required_in(one, {}));
    EXPECT_TRUE(required_in(one, Id<Folder>{5}));
    EXPECT_FALSE(required_in(one, Id<Folder>{6}));
    one.required = false;
    EXPECT_FALSE(required_in(one, Id<Folder>{5}));
    EXPECT_TRUE(required_in(one, Id<Folder>{7}));
    one.folder_ids = {{5}};
    EXPECT_FALSE(required_in(one, Id<Folder>{7})) << "it does not show there";
}

TEST(FieldFilters, MeetTheValuesTheyMean) {
    struct Case {
        std::string key, value, typed;
    };
    Case const cases[] = {{"text", R"("Björn Hansen")", "bjorn  HANSEN"},
                          {"number", "2.5", "2.5"},
                          {"money", R"({"amount":1250,"currency":"EUR"})", "1250"},
                          {"date", R"("2026-11-21")", "2026-11-21"},
                          {"date_time", R"("2026-11-21T00:00:00.000Z")", "2026-11-21"},
                          {"checkbox", "true", "true"},
                          {"choice", R"("Red")", "Red"},
                          {"choices", R"(["Red"])", "Red"},
                          {"phone", R"("+497112842222")", " 49 711 2842222"},
                          {"customer", R"("cus_0000000000001")", "cus_0000000000001"}};
    for (auto const& one : cases) {
        auto const& field = named(one.key);
        auto const values = filterable(field, parse_own_json(one.value));
        ASSERT_EQ(values.size(), 1U) << one.key;
        auto const operand = filter_operand(field, one.typed);
        if (compares_by_number(field)) EXPECT_EQ(values[0].number, operand.number) << one.key;
        else EXPECT_EQ(values[0].text, operand.text) << one.key;
    }
    for (auto const& [key, typed] : {std::pair("number", "many"),
                                     {"number", ""},
                                     {"number", "nan"},
                                     {"date", "soon"},
                                     {"checkbox", "maybe"},
                                     {"choice", "triangle"}})
        EXPECT_THROW(filter_operand(named(key), typed), Problem) << key;
}

TEST(FieldKeys, AreMadeOfLabels) {
    EXPECT_EQ(rules::key_of("Loyalty no."), "loyalty_no");
    EXPECT_EQ(rules::key_of("Größe (cm)"), "grosse_cm");
    EXPECT_EQ(rules::key_of("2nd phone"), "n_2nd_phone");
    EXPECT_EQ(rules::key_of("日本"), "");
    EXPECT_TRUE(rules::is_key(rules::key_of(std::string(100, 'x'))));
    for (auto const* wrong : {"", "Shoe", "shoe size", "1shoe", "a.b", "__proto__"})
        EXPECT_FALSE(rules::is_key(wrong)) << wrong;
}

TEST(FieldDefinitions, SayWhatIsWrong) {
    auto const pointers = [](Field const& field) {
        Mistakes mistakes;
        rules::check(field, mistakes);
        std::string all;
        for (auto const& one : mistakes) (all += one.pointer) += ' ';
        return all;
    };
    EXPECT_EQ(pointers(field("fine", FieldType::choice)), "");
    EXPECT_EQ(pointers(field("display_name", FieldType::text)), "/key ");
    auto odd = field("odd", FieldType::choice);
    odd.options.clear();
    EXPECT_EQ(pointers(odd), "/options ");
    odd.options = {{"a", "A"}, {"a", "B"}};
    EXPECT_EQ(pointers(odd), "/options/1/value ");
    odd.type = FieldType::text;
    odd.follow_up = true;
    odd.options.resize(1);
    EXPECT_EQ(pointers(odd), "/options /follow_up ");
}

TEST(FieldValues, AreToldInWords) {
    EXPECT_EQ(value_text(named("money"), parse_own_json(R"({"amount":-5,"currency":"EUR"})")), "-0.05 EUR");
    EXPECT_EQ(value_text(named("money"), parse_own_json(R"({"amount":1250,"currency":"JPY"})")), "1250 JPY");
    EXPECT_EQ(value_text(named("choices"), parse_own_json(R"(["Red","blue"])")), "Red one, Blue one");
    EXPECT_EQ(value_text(named("checkbox"), true), "yes");
    EXPECT_EQ(value_text(named("number"), 2.5), "2.5");
}

}  // namespace
}  // namespace patron::fields
