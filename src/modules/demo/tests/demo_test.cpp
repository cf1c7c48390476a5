#include "modules/demo/plan.hpp"

#include "base/fold.hpp"

#include <gtest/gtest.h>

#include <set>

namespace patron::demo {
namespace {

std::string written(Plan const& plan) {
    std::string text;
    for (auto const& customer : plan.customers) text += to_json(customer);
    for (auto const& visit : plan.visits) {
        text +=
            std::to_string(visit.minute) + ' ' + std::to_string(visit.colleague) + ' ' + std::to_string(visit.customer);
        for (auto const& deed : visit.deeds) text += deed.text + deed.value + std::to_string(deed.number);
    }
    return text;
}

TEST(Demo, IsTheSameEveryTime) { EXPECT_EQ(written(make_plan()), written(make_plan())); }

TEST(Demo, HasPhonesAndEmailsThatAreUnderstood) {
    std::set<std::string> addresses;
    for (auto const& customer : make_plan().customers) {
        EXPECT_TRUE(customer.company_name || customer.given_name);
        for (auto const& phone : customer.phones)
            EXPECT_TRUE(read_phone(phone.number, *phone.country)) << phone.number << ' ' << *phone.country;
        for (auto const& email : customer.emails) {
            EXPECT_TRUE(normal_email(email.address)) << email.address;
            EXPECT_TRUE(addresses.insert(email.address).second) << email.address;
        }
        for (auto const& address : customer.addresses) EXPECT_TRUE(is_country(*address.country));
    }
}

TEST(Demo, TellsTwoYearsOfManyCustomers) {
    auto const plan = make_plan();
    std::size_t notes = 0, binned = 0;
    for (auto const& visit : plan.visits)
        for (auto const& deed : visit.deeds) {
            notes += deed.step == Step::note;
            binned += deed.step == Step::bin;
        }
    EXPECT_GE(plan.customers.size(), 320u);
    EXPECT_GE(notes, 300u);
    EXPECT_GE(binned, 3u);
    EXPECT_LT(plan.visits.front().minute, -600 * minutes_of_day);
    EXPECT_LT(plan.visits.back().minute, 0);
    EXPECT_GT(plan.visits.back().minute, -minutes_of_day);
}

TEST(Demo, GoesForwardInTimeFromEachCustomersCreation) {
    auto const plan = make_plan();
    std::set<int> there;
    int minute = plan.visits.front().minute;
    for (auto const& visit : plan.visits) {
        EXPECT_GE(visit.minute, minute);
        minute = visit.minute;
        bool const comes = visit.deeds.front().step == Step::create;
        EXPECT_EQ(there.insert(visit.customer).second, comes) << visit.customer;
    }
}

TEST(Demo, FillsEverySlotOfItsNotes) {
    for (auto const& visit : make_plan().visits)
        for (auto const& deed : visit.deeds) {
            if (deed.step != Step::note) continue;
            auto text = deed.text;
            if (auto const at = text.find("{colleague}"); at != std::string::npos) text.erase(at, 11);
            EXPECT_EQ(text.find('{'), std::string::npos) << deed.text;
            EXPECT_TRUE(find_secrets(text).empty()) << deed.text;
        }
}

TEST(Demo, CountsFromTheLastNineOClock) {
    EXPECT_EQ(to_text(reference(*read_time("2026-11-21T09:00:00Z"))), "2026-11-21T09:00:00.000Z");
    EXPECT_EQ(to_text(reference(*read_time("2026-11-21T08:59:59Z"))), "2026-11-20T09:00:00.000Z");
    EXPECT_EQ(to_text(reference(*read_time("2026-11-21T23:30:00Z"))), "2026-11-21T09:00:00.000Z");
}

}  // namespace
}  // namespace patron::demo
