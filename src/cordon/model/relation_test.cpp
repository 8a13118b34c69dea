#include "cordon/model/relation.hpp"

#include <gtest/gtest.h>

namespace cordon::model {
namespace {

TEST(Relation, WordsReadBack) {
  for (int i = 0; i <= static_cast<int>(RelationKind::link); ++i) {
    const auto kind = static_cast<RelationKind>(i);
    EXPECT_EQ(parse_relation_kind(to_string(kind)), kind);
  }
  for (int i = 0; i <= static_cast<int>(Status::final); ++i) {
    const auto status = static_cast<Status>(i);
    EXPECT_EQ(parse_status(to_string(status)), status);
  }
  EXPECT_EQ(to_string(RelationKind::same_as), "same_as");
  EXPECT_EQ(to_string(Status::set_aside), "set_aside");
  EXPECT_FALSE(parse_relation_kind("owner"));
  EXPECT_FALSE(parse_status(""));
  EXPECT_TRUE(is_vessel_role(RelationKind::flags));
  EXPECT_FALSE(is_vessel_role(RelationKind::ownership));
}

TEST(Relation, HoldsFromItsStartUpToItsEnd) {
  Relation tie;
  EXPECT_TRUE(holds_on(tie, {2018, 3, 30}));
  tie.start = {2018, 3, 30};
  tie.end = {2019, 0, 0};
  EXPECT_FALSE(holds_on(tie, {2018, 3, 29}));
  EXPECT_TRUE(holds_on(tie, {2018, 3, 30}));
  EXPECT_TRUE(holds_on(tie, {2018, 12, 31}));
  EXPECT_FALSE(holds_on(tie, {2019, 1, 1}));
  tie.start = {2018, 0, 0};
  EXPECT_TRUE(holds_on(tie, {2018, 1, 1}));
  EXPECT_FALSE(holds_on(tie, {2017, 12, 31}));
}

}  // namespace
}  // namespace cordon::model
