// Who sees whom: by role, as a worker, by team, by folder.
#include "access/sight.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

constexpr std::int64_t me = 1, mate = 2, stranger = 3, role = 10, team = 20, other_team = 21;
constexpr std::int64_t shop = 100, shop_vip = 101, clinic = 102;

std::map<std::int64_t, std::int64_t> const tree{{shop, 0}, {shop_vip, shop}, {clinic, 0}};

Sight sight(Visibility visibility, std::vector<FolderRule> const& rules = {}) {
    Viewer viewer{
        .visibility = visibility, .user = me, .role = role, .teams = {team, other_team}, .teammates = {me, mate}};
    return sight_of(viewer, tree, rules);
}

bool sees(Sight const& sight, std::int64_t folder, std::vector<std::int64_t> workers = {}) {
    return sight.sees(folder, workers);
}
bool works(Sight const& sight, std::int64_t folder, std::vector<std::int64_t> workers = {}) {
    return sight.works(folder, workers);
}

TEST(Sight, IsByRoleWhereNoFolderSaysOtherwise) {
    struct Case {
        Visibility visibility;
        bool nobodys, mine, mates, strangers;
    };
    for (auto const& one :
         {Case{Visibility::all, true, true, true, true}, Case{Visibility::team, false, true, true, false},
          Case{Visibility::own, false, true, false, false}, Case{Visibility::none, false, false, false, false}}) {
        auto const seen = sight(one.visibility);
        EXPECT_EQ(sees(seen, shop), one.nobodys);
        EXPECT_EQ(sees(seen, shop, {stranger, me}), one.mine);
        EXPECT_EQ(sees(seen, shop, {mate}), one.mates);
        EXPECT_EQ(sees(seen, shop, {stranger}), one.strangers);
        EXPECT_EQ(seen.sees({}, {}), one.nobodys) << "in no folder";
    }
}

TEST(Sight, OfAnOwnerIsWholeWhateverTheRules) {
    Viewer const viewer{.owner = true, .user = me, .role = role};
    auto const seen = sight_of(viewer, tree, {{shop, RuleFor::user, me, FolderLevel::none}});
    EXPECT_TRUE(seen.sees_everybody());
    EXPECT_TRUE(seen.works_with_everybody());
}

TEST(Folders, AreClosedAndOpenedForTheirSubfoldersToo) {
    auto const closed = sight(Visibility::all, {{shop, RuleFor::role, role, FolderLevel::none}});
    EXPECT_FALSE(sees(closed, shop, {me})) << "not even one's own";
    EXPECT_FALSE(sees(closed, shop_vip));
    EXPECT_TRUE(sees(closed, clinic));
    EXPECT_FALSE(closed.sees_everybody());
    auto const opened = sight(Visibility::none, {{shop, RuleFor::team, team, FolderLevel::work}});
    EXPECT_TRUE(works(opened, shop_vip));
    EXPECT_FALSE(sees(opened, clinic, {me}));
}

TEST(Folders, TakeTheNearestRule) {
    auto const seen = sight(Visibility::own, {{shop, RuleFor::user, me, FolderLevel::none},
                                              {shop_vip, RuleFor::role, role, FolderLevel::work}});
    EXPECT_FALSE(sees(seen, shop, {me}));
    EXPECT_TRUE(works(seen, shop_vip)) << "the nearer folder counts, though its rule is only for the role";
}

TEST(Folders, TakeTheRuleForThePersonThenTheTeamThenTheRole) {
    std::vector<FolderRule> rules{{shop, RuleFor::role, role, FolderLevel::manage},
                                  {shop, RuleFor::team, team, FolderLevel::work},
                                  {shop, RuleFor::team, other_team, FolderLevel::none}};
    EXPECT_EQ(sight(Visibility::all, rules).folder(shop), FolderLevel::none) << "of several teams the least";
    rules.push_back({shop, RuleFor::user, me, FolderLevel::see});
    EXPECT_EQ(sight(Visibility::all, rules).folder(shop), FolderLevel::see);
    EXPECT_EQ(sight(Visibility::all, {{shop, RuleFor::user, stranger, FolderLevel::none}}).folder(shop),
              FolderLevel::work)
        << "a rule for somebody else is none";
}

TEST(Folders, ToLookAtAreWorkedInOnlyByThoseWhoLookAfterTheCustomer) {
    auto const seen = sight(Visibility::all, {{shop, RuleFor::role, role, FolderLevel::see}});
    EXPECT_TRUE(sees(seen, shop));
    EXPECT_FALSE(works(seen, shop));
    EXPECT_FALSE(works(seen, shop, {mate}));
    EXPECT_TRUE(works(seen, shop, {me}));
    EXPECT_TRUE(seen.sees_everybody());
    EXPECT_FALSE(seen.works_with_everybody());
}

}  // namespace
}  // namespace patron
