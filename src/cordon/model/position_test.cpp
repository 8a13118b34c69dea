#include "cordon/model/position.hpp"

#include <gtest/gtest.h>

namespace cordon::model {
namespace {

TEST(Position, WhereKeepsFeedAndLine) {
  const Where where = Where::of(65535, (std::uint64_t{1} << 48) - 1);
  EXPECT_EQ(where.feed(), 65535);
  EXPECT_EQ(where.line(), (std::uint64_t{1} << 48) - 1);
  EXPECT_LT(Where::of(1, 99), Where::of(2, 1));
}

TEST(Position, ColumnsGiveBackTheRow) {
  PositionColumns columns;
  columns.reserve(2);
  columns.push_back({});
  columns.push_back({1, 445000001, {387000000, 1254000000}, 102, 3599, 359, 5, 18, 2, Where::of(3, 7)});
  ASSERT_EQ(columns.size(), 2U);
  const Position empty = columns.row(0), row = columns.row(1);
  EXPECT_EQ(empty.time, base::kNoTime);
  EXPECT_FALSE(empty.at.valid());
  EXPECT_EQ(empty.sog_dkn, kSogNone);
  EXPECT_EQ(row.time, 1);
  EXPECT_EQ(row.mmsi, 445000001U);
  EXPECT_EQ(row.at, (base::LatLon{387000000, 1254000000}));
  EXPECT_EQ(row.sog_dkn, 102);
  EXPECT_EQ(row.cog_ddeg, 3599);
  EXPECT_EQ(row.heading_deg, 359);
  EXPECT_EQ(row.nav_status, 5);
  EXPECT_EQ(row.type, 18);
  EXPECT_EQ(row.receiver, 2);
  EXPECT_EQ(row.where, Where::of(3, 7));
  columns.clear();
  EXPECT_EQ(columns.size(), 0U);
}

TEST(Position, BothPartsOfABatchComeInFeedOrder) {
  FeedBatch batch;
  for (const std::uint64_t line : {2, 4, 5}) {
    Position position;
    position.where = Where::of(0, line);
    batch.positions.push_back(position);
  }
  for (const std::uint64_t line : {1, 4, 9}) {
    VesselStatic vessel;
    vessel.where = Where::of(0, line);
    batch.statics.push_back(vessel);
  }
  std::string order;
  for_each_in_order(
      batch, [&](const Position& p) { order += "p" + std::to_string(p.where.line()); },
      [&](const VesselStatic& s) { order += "s" + std::to_string(s.where.line()); });
  EXPECT_EQ(order, "s1p2s4p4p5s9");
  EXPECT_FALSE(batch.empty());
  batch.clear();
  EXPECT_TRUE(batch.empty());
}

}  // namespace
}  // namespace cordon::model
