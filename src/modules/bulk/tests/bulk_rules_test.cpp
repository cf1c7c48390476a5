#include "modules/bulk/rules.hpp"

#include <gtest/gtest.h>

namespace patron::bulk::rules {
namespace {

BulkAction action(std::string_view json) { return from_json<BulkAction>(parse_json(json)); }

std::string refused(std::string_view json) {
    try {
        verb_of(action(json));
    } catch (Problem const& problem) { return problem.errors.at(0).pointer + " " + problem.errors.at(0).code; }
    return "";
}

Customer somebody() {
    Customer customer;
    customer.tag_ids = {{1}, {2}};
    customer.folder_id = Id<Folder>{7};
    customer.status_id = Id<Status>{8};
    customer.workers = {{.user_id = {5}, .responsible = true}};
    customer.custom = JsonObject{{"size", 43}, {"hue", "red"}};
    return customer;
}

Customer applied(std::string_view json, Customer customer = somebody()) {
    auto const what = action(json);
    apply(what, verb_of(what), customer);
    return customer;
}

std::string const tag_three = Id<Tag>{3}.text(), tag_one = Id<Tag>{1}.text(), user_six = Id<User>{6}.text(),
                  folder_nine = Id<Folder>{9}.text();

TEST(Actions, DoOneThing) {
    EXPECT_EQ(refused("{}"), "/action no_action");
    EXPECT_EQ(refused(R"({"delete": false})"), "/action no_action");
    EXPECT_EQ(refused(R"({"delete": true, "restore": true})"), "/action several_actions");
    EXPECT_EQ(refused(R"({"delete": true, "status_id": ")" + Id<Status>{1}.text() + "\"}"),
              "/action/status_id only_with_move_to");
    EXPECT_EQ(verb_of(action(R"({"export": {"format": "csv"}})")), Verb::file);
    EXPECT_EQ(permission_of(Verb::file), "customers.export");
    EXPECT_EQ(permission_of(Verb::restore), "customers.delete");
    EXPECT_EQ(permission_of(Verb::tag), "customers.edit");
}

TEST(Actions, ChangeACustomer) {
    EXPECT_EQ(applied(R"({"add_tags": [")" + tag_three + R"(", ")" + tag_one + "\"]}").tag_ids,
              (std::vector<Id<Tag>>{{1}, {2}, {3}}));
    EXPECT_EQ(applied(R"({"remove_tags": [")" + tag_one + "\"]}").tag_ids, (std::vector<Id<Tag>>{{2}}));
    auto const moved = applied(R"({"move_to": ")" + folder_nine + "\"}");
    EXPECT_EQ(moved.folder_id, Id<Folder>{9});
    EXPECT_EQ(moved.status_id, Id<Status>{8}) << "what becomes of it, the customers' own rules say";
    auto const assigned = applied(R"({"assign": {"user_id": ")" + user_six + R"(", "responsible": true}})").workers;
    ASSERT_EQ(assigned.size(), 2u);
    EXPECT_FALSE(assigned[0].responsible);
    EXPECT_TRUE(assigned[1].responsible);
    EXPECT_EQ(to_json(applied(R"({"set_field": {"field": "custom.size", "value": null}})").custom), R"({"hue":"red"})");
    EXPECT_EQ(applied(R"({"set_field": {"field": "source", "value": "fair"}})").source, (Text<0, 100>("fair")));
}

TEST(Undo, GivesBackWhatNobodyChangedSince) {
    auto const before = somebody();
    auto const after = applied(R"({"set_field": {"field": "custom.size", "value": 44}})");
    auto const changes = touched(before, after);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].field, "custom.size");
    auto now = after;
    now.custom["hue"] = "blue";
    EXPECT_TRUE(customers::take_back(now, changes).empty());
    EXPECT_EQ(to_json(now.custom), R"({"size":43,"hue":"blue"})");
    now.custom["size"] = 45;
    EXPECT_EQ(customers::take_back(now, changes), std::vector<std::string>{"custom.size"});
    EXPECT_EQ(now.custom.at("size"), 45);
}

TEST(Undo, MovesFolderAndStatusTogether) {
    auto const before = somebody();
    auto const after = applied(R"({"move_to": ")" + folder_nine + "\"}");
    auto const changes = touched(before, after);
    EXPECT_EQ(changes.size(), 2u) << "the status is remembered, though it stayed";
    auto now = after;
    EXPECT_TRUE(customers::take_back(now, changes).empty());
    EXPECT_EQ(now.folder_id, before.folder_id);
    now = after;
    now.status_id = Id<Status>{10};
    EXPECT_EQ(customers::take_back(now, changes), std::vector<std::string>{"status_id"});
    EXPECT_EQ(now.folder_id, after.folder_id);
    EXPECT_EQ(now.status_id, Id<Status>{10});
}

}  // namespace
}  // namespace patron::bulk::rules
