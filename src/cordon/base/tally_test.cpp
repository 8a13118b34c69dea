#include "cordon/base/tally.hpp"

#include <gtest/gtest.h>

namespace cordon::base {
namespace {

TEST(Tally, CountsAndKeepsTheFirstExample) {
  Tally tally;
  EXPECT_TRUE(tally.empty());
  EXPECT_EQ(tally.summary(), "");
  tally.add("truncated");
  tally.add("checksum", "line 17: 2A, found 2B");
  tally.add("checksum", "line 18", 2);
  EXPECT_EQ(tally.total(), 4U);
  EXPECT_EQ(tally.summary(), "3 checksum (line 17: 2A, found 2B), 1 truncated");
}

TEST(Tally, MergeAddsUpAndKeepsOwnExamples) {
  Tally a, b;
  a.add("checksum", "line 1");
  b.add("checksum", "line 9", 5);
  b.add("empty", "line 10");
  a.merge(b);
  EXPECT_EQ(a.summary(), "6 checksum (line 1), 1 empty (line 10)");
}

}  // namespace
}  // namespace cordon::base
