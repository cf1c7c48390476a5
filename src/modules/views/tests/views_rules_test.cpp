#include "modules/views/rules.hpp"

#include <gtest/gtest.h>

namespace patron::views::rules {
namespace {

TEST(Views, AreSeenAndChanged) {
    struct {
        std::string_view role;
        bool own, shared, sees, changes;
    } const cases[] = {
        {"staff", true, false, true, true},      {"staff", true, true, true, true},
        {"staff", false, false, false, false},   {"staff", false, true, true, false},
        {"manager", false, false, false, false}, {"manager", false, true, true, true},
        {"owner", false, true, true, true},      {"read_only", false, true, true, false},
    };
    for (auto const& one : cases) {
        View const view{.shared = one.shared, .owner_id = {one.own ? 1 : 2}};
        Principal const who{.user_id = {1}, .role_key = std::string(one.role)};
        EXPECT_EQ(may_see(view, who), one.sees) << one.role << one.own << one.shared;
        EXPECT_EQ(may_see(view, who) && may_change(view, who), one.changes) << one.role << one.own << one.shared;
    }
}

TEST(Sorts, NameAField) {
    EXPECT_EQ(sorted_by("-custom.size"), "custom.size");
    EXPECT_EQ(sorted_by("created_at"), "created_at");
}

}  // namespace
}  // namespace patron::views::rules
