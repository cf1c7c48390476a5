#include "modules/relations/rules.hpp"

#include <gtest/gtest.h>

namespace patron::relations::rules {
namespace {

TEST(RelationLabels, SayWhatTheOtherIs) {
    EXPECT_EQ(label(RelationKind::employer_of, true), "Employee");
    EXPECT_EQ(label(RelationKind::employer_of, false), "Employer");
    EXPECT_EQ(label(RelationKind::branch_of, true), "Head office");
    EXPECT_EQ(label(RelationKind::branch_of, false), "Branch");
    EXPECT_EQ(label(RelationKind::parent_of, true), "Child");
    EXPECT_EQ(label(RelationKind::parent_of, false), "Parent");
    EXPECT_EQ(label(RelationKind::referred, false), "Referred by");
    EXPECT_EQ(label(RelationKind::family, true), label(RelationKind::family, false));
}

}  // namespace
}  // namespace patron::relations::rules
