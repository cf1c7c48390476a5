// Who may act on whom, what a key may be given.
#include "modules/staff/rules.hpp"

#include <gtest/gtest.h>

namespace patron::staff {
namespace {

std::vector<Area> const areas{
    {.name = "customers", .label = "Customers"},
    {.name = "users", .label = "Staff", .changed_by = "manager"},
    {.name = "business", .label = "Business", .acts = {"view", "edit"}, .changed_by = "owner"}};

Principal person(std::string role) {
    Principal who;
    who.role_key = role;
    who.permissions = role_permissions(role, areas);
    who.visibility = Visibility::all;
    return who;
}

Role ready_made(std::string key) { return {.key = std::move(key)}; }

struct Meeting {
    char const* who;
    char const* whom;
    bool reaches, outranks;
};

TEST(Ranks, GoDownwardsAndOwnersAreEqual) {
    for (auto const& [who, whom, reaching, outranking] : {Meeting{"owner", "owner", true, true},
                                                          {"owner", "manager", true, true},
                                                          {"owner", "read_only", true, true},
                                                          {"manager", "owner", false, false},
                                                          {"manager", "manager", true, false},
                                                          {"manager", "staff", true, true},
                                                          {"staff", "manager", false, false},
                                                          {"staff", "staff", true, false},
                                                          {"staff", "read_only", true, true},
                                                          {"read_only", "staff", false, false},
                                                          {"read_only", "read_only", true, false}}) {
        EXPECT_EQ(reaches(person(who), ready_made(whom), areas), reaching) << who << " → " << whom;
        EXPECT_EQ(outranks(person(who), ready_made(whom), areas), outranking) << who << " → " << whom;
    }
}

TEST(Ranks, AKeyReachesNoFurtherThanItsScopes) {
    auto key = person("owner");
    key.permissions = std::vector<std::string>{"users.create", "users.edit", "users.view"};
    EXPECT_FALSE(reaches(key, ready_made("manager"), areas));
    EXPECT_FALSE(outranks(key, ready_made("staff"), areas));
    EXPECT_FALSE(reaches(key, ready_made("read_only"), areas)) << "it may not even look at customers";
}

TEST(Ranks, NobodyHandsOutASightWiderThanTheirOwn) {
    auto manager = person("manager");
    manager.visibility = Visibility::team;
    auto staff = ready_made("staff");
    EXPECT_FALSE(reaches(manager, staff, areas)) << "staff would see everybody";
    staff.visibility = Visibility::own;
    EXPECT_TRUE(reaches(manager, staff, areas));
    EXPECT_TRUE(reaches(person("owner"), ready_made("staff"), areas));
}

TEST(Ranks, NobodyHandsOutMoreOfAnAreaThanTheySee) {
    auto manager = person("manager");
    manager.area_visibility = {{"customers", Visibility::team}};
    auto staff = ready_made("staff");
    EXPECT_FALSE(reaches(manager, staff, areas));
    staff.area_visibility = {{"customers", Visibility::own}};
    EXPECT_TRUE(reaches(manager, staff, areas));
    staff.area_visibility.clear();
    staff.visibility = Visibility::own;
    EXPECT_TRUE(reaches(manager, staff, areas)) << "of no area is more shown than of customers";
}

TEST(Ranks, ARoleOfOnesOwnIsWhatItMay) {
    Role const desk{.key = "front_desk", .permissions = {"customers.edit", "customers.view"}, .edited = true};
    EXPECT_TRUE(outranks(person("staff"), desk, areas));
    Role const more{.key = "office", .permissions = {"business.edit", "customers.view"}, .edited = true};
    EXPECT_FALSE(reaches(person("manager"), more, areas));
}

TEST(Scopes, AreKnownAndTheUsersOwn) {
    auto const staff = role_permissions("staff", areas);
    EXPECT_TRUE(wrong_scopes({}, staff, areas).empty());
    EXPECT_TRUE(wrong_scopes({"customers.view", "customers.edit"}, staff, areas).empty());
    auto const wrong = wrong_scopes({"customers.view", "kitchen.burn", "users.edit"}, staff, areas);
    ASSERT_EQ(wrong.size(), 2U);
    EXPECT_EQ(wrong[0].pointer, "/scopes/1");
    EXPECT_EQ(wrong[0].code, "unknown_scope");
    EXPECT_EQ(wrong[1].pointer, "/scopes/2");
    EXPECT_EQ(wrong[1].code, "beyond_the_user");
}

TEST(OnesOwnProfile, IsNotOnesRights) {
    for (auto const member : {"name", "title", "phone", "availability"})
        EXPECT_TRUE(is_profile_member(member)) << member;
    for (auto const member : {"email", "role_id", "state", "import_keys"})
        EXPECT_FALSE(is_profile_member(member)) << member;
}

}  // namespace
}  // namespace patron::staff
