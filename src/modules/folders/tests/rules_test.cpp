#include "modules/folders/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace patron::folders::rules {
namespace {

// 1 ─ 2 ─ 3, and 4 beside them.
Tree const tree{{1, 0}, {2, 1}, {3, 2}, {4, 0}};

std::string code_of(Tree const& tree, std::int64_t folder, std::int64_t parent) {
    Mistakes mistakes;
    check_parent(tree, folder, parent, mistakes);
    return mistakes.empty() ? "" : mistakes.front().code;
}

TEST(FolderTree, IsWalkedUpAndDown) {
    EXPECT_EQ(upwards(tree, 3), (std::vector<std::int64_t>{3, 2, 1}));
    EXPECT_EQ(downwards(tree, 1), (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(downwards(tree, 9), (std::vector<std::int64_t>{9}));
}

TEST(FolderTree, HasNoCircles) {
    EXPECT_EQ(code_of(tree, 1, 1), "circle");
    EXPECT_EQ(code_of(tree, 1, 3), "circle");
    EXPECT_EQ(code_of(tree, 3, 1), "");
    EXPECT_EQ(code_of(tree, 1, 4), "");
    EXPECT_EQ(code_of(tree, 1, 0), "");
}

TEST(FolderTree, IsNoDeeperThanEight) {
    Tree deep;
    for (std::int64_t level = 1; level <= 8; ++level) deep[level] = level - 1;
    deep[20] = 0;
    deep[21] = 20;
    EXPECT_EQ(code_of(deep, 0, 7), "");
    EXPECT_EQ(code_of(deep, 0, 8), "too_deep");
    EXPECT_EQ(code_of(deep, 20, 6), "");
    EXPECT_EQ(code_of(deep, 20, 7), "too_deep") << "the folder brings one of its own along";
}

TEST(FolderTree, IsLeftEvenWhenDamaged) {
    Tree const damaged{{1, 2}, {2, 1}};
    EXPECT_LE(upwards(damaged, 1).size(), 3U);
    EXPECT_FALSE(downwards(damaged, 1).empty());
}

}  // namespace
}  // namespace patron::folders::rules
