#include "modules/imports/drafts.hpp"
#include "modules/imports/merging.hpp"

#include <gtest/gtest.h>

namespace patron::imports {
namespace {

struct OneRow {
    Plan plan;
    std::vector<std::string> cells;
    OneRow(std::initializer_list<std::pair<std::string, std::string>> columns) {
        plan.country = "DE";
        plan.currency = "EUR";
        plan.today = *read_date("2026-11-21");
        for (auto const& [target, cell] : columns) {
            plan.columns.push_back(target);
            plan.targets.push_back(read_target(target, ImportKind::customers));
            plan.orders.push_back(DateOrder::day_first);
            cells.push_back(cell);
        }
    }
    Draft draft() const { return make_draft(plan, cells); }
};

TEST(Drafts, PutACustomerTogether) {
    auto const draft = OneRow{
        {"name", "HANSEN, BJØRN"},
        {"email", "Bjørn <bjorn@example.no>"},
        {"phone", "+47 22 44 22 22"},
        {"phone.fax", "22 44 22 23"},
        {"address.line1", "Ullevålsveien 14"},
        {"address.country", "Norway"},
        {"customer_since", "1.2.2020"},
        {"newsletter", "ja"},
        {"tag", "VIP, Oslo"},
        {"key", "4"}}.draft();
    EXPECT_TRUE(draft.mistakes.empty());
    auto const& customer = draft.customer;
    EXPECT_EQ(*customer.given_name, "Bjørn");
    EXPECT_EQ(*customer.family_name, "Hansen");
    EXPECT_EQ(customer.emails.at(0).address, "bjorn@example.no");
    EXPECT_EQ(*customer.phones.at(1).label, "fax");
    EXPECT_EQ(*customer.addresses.at(0).country, "NO");
    EXPECT_EQ(to_text(*customer.customer_since), "2020-02-01");
    EXPECT_TRUE(customer.newsletter);
    EXPECT_EQ(draft.tags, (std::vector<std::string>{"VIP", "Oslo"}));
    EXPECT_EQ(draft.key, "4");
}

TEST(Drafts, NameTheColumnOfAMistake) {
    auto const draft =
        OneRow{{"name", "A B"}, {"email", "not-an-address"}, {"customer_since", "soon"}, {"phone", "ask at the desk"}}
            .draft();
    ASSERT_EQ(draft.mistakes.size(), 2u);
    EXPECT_EQ(draft.mistakes[0].column, "email");
    EXPECT_EQ(draft.mistakes[0].code, "not_an_email");
    EXPECT_EQ(draft.mistakes[1].code, "not_a_date");
    EXPECT_EQ(draft.customer.phones.at(0).number, "ask at the desk");
}

TEST(Drafts, RefuseCardNumbersButNotInPhones) {
    auto const draft =
        OneRow{{"name", "A B"}, {"note", "pays with 4111 1111 1111 1111"}, {"phone", "4111111111111111"}}.draft();
    ASSERT_EQ(draft.mistakes.size(), 1u);
    EXPECT_EQ(draft.mistakes[0].code, "card_number");
    EXPECT_EQ(draft.mistakes[0].column, "note");
}

TEST(Drafts, TellAddressesApart) {
    auto const home = OneRow{{"address.home.city", "Ulm"}}.draft();
    EXPECT_EQ(home.customer.addresses.at(0).kind, AddressKind::billing);
    auto const both = OneRow{{"address.home.city", "Ulm"}, {"address.work.city", "Bonn"}}.draft();
    EXPECT_EQ(*both.customer.addresses.at(0).city, "Bonn");
    EXPECT_EQ(both.customer.addresses.at(1).kind, AddressKind::shipping);
}

TEST(Workers, AreFoundByKeyMailAndName) {
    std::vector<User> users(2);
    users[0].id = {1};
    users[0].name = Text<1, 200>("Jane Peacock");
    users[0].email = EmailText("jane@example.com");
    users[0].import_keys = {{"import", "3"}};
    users[1].id = {2};
    users[1].name = Text<1, 200>("Steve Johnson");
    users[1].email = EmailText("steve@example.com");
    EXPECT_EQ(find_worker(users, "3"), Id<User>{1});
    EXPECT_EQ(find_worker(users, "STEVE@example.com"), Id<User>{2});
    EXPECT_EQ(find_worker(users, "jane peacock"), Id<User>{1});
    EXPECT_FALSE(find_worker(users, "9"));
}

struct Merging : testing::Test {
    OneRow row{{"company_name", "New"}, {"email", "a@example.com"}, {"address.city", "Ulm"}};
    Customer there;
    Merging() {
        there.company_name = Text<0, 200>("Old");
        there.emails = {{EmailText("A@example.com"), {}, true}};
    }
    Customer after(ImportPolicy policy) {
        auto const draft = row.draft();
        return merged(there, draft.customer, draft, policy, "DE");
    }
};

TEST_F(Merging, FillTouchesOnlyWhatIsEmpty) {
    auto const customer = after(ImportPolicy::fill);
    EXPECT_EQ(*customer.company_name, "Old");
    EXPECT_EQ(customer.emails.size(), 1u);
    EXPECT_EQ(*customer.addresses.at(0).city, "Ulm");
}

TEST_F(Merging, OverwriteTakesWhatTheRowSays) {
    auto const customer = after(ImportPolicy::overwrite);
    EXPECT_EQ(*customer.company_name, "New");
    EXPECT_EQ(customer.emails.size(), 1u);
}

TEST_F(Merging, ASecondTimeChangesNothing) {
    for (auto const policy : {ImportPolicy::fill, ImportPolicy::overwrite}) {
        there = after(policy);
        EXPECT_EQ(to_json(after(policy)), to_json(there));
    }
}

TEST_F(Merging, AnotherAddressOfTheKindStays) {
    there = after(ImportPolicy::fill);
    row = OneRow{{"address.city", "Bonn"}};
    EXPECT_EQ(*after(ImportPolicy::fill).addresses.at(0).city, "Ulm");
    EXPECT_EQ(*after(ImportPolicy::overwrite).addresses.at(0).city, "Bonn");
}

}  // namespace
}  // namespace patron::imports
