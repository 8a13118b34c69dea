#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "arrow/cells.hpp"
#include "arrow/slices.hpp"
#include "arrow/table.hpp"
#include "arrow/traffic.hpp"

namespace cordon::arrow {
namespace {

Table some() {
  return std::move(
             Builder()
                 .numbers("n", "i", std::vector<std::int32_t>{7, -1, 3}, [](std::size_t i) { return i != 1; })
                 .texts("t", {"a", "", "ceramic"})
                 .flags("f", {true, false, true})
                 .text_lists("l", {{"x", "y"}, {}, {"z"}}))
      .finish();
}

model::PositionColumns traffic(std::size_t rows) {
  model::PositionColumns out;
  std::mt19937 random(3);
  for (std::size_t i = 0; i < rows; ++i) {
    model::Position row;
    row.time = 1'707'091'200'000 + static_cast<std::int64_t>(random() % 86'400'000);
    row.mmsi = 412'000'000 + static_cast<std::uint32_t>(random() % 50);
    if (i % 7 != 0)
      row.at = base::from_degrees(static_cast<double>(random() % 180) - 90,
                                  static_cast<double>(random() % 360) - 180);
    if (i % 5 != 0) row.sog_dkn = static_cast<std::uint16_t>(random() % 1023);
    if (i % 3 != 0) row.cog_ddeg = static_cast<std::uint16_t>(random() % 3600);
    if (i % 2 != 0) row.heading_deg = static_cast<std::uint16_t>(random() % 360);
    row.nav_status = static_cast<std::uint8_t>(random() % 16);
    row.type = static_cast<std::uint8_t>(random() % 28);
    row.receiver = static_cast<std::uint8_t>(random() % 3);
    row.where = model::Where::of(static_cast<std::uint16_t>(random()), i + 1);
    out.push_back(row);
  }
  return out;
}

bool same(const model::PositionColumns& a, const model::PositionColumns& b) {
  return a.time == b.time && a.mmsi == b.mmsi && a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7 &&
         a.sog_dkn == b.sog_dkn && a.cog_ddeg == b.cog_ddeg && a.heading_deg == b.heading_deg &&
         a.nav_status == b.nav_status && a.type == b.type && a.receiver == b.receiver && a.where == b.where;
}

model::PositionColumns back(const Table& table) {
  model::PositionColumns out;
  for (const Batch& batch : table.batches)
    EXPECT_TRUE(append_positions(out, table.schema, batch, out.size()));
  return out;
}

TEST(Exchange, AStreamGoesOutAndComesBackWhereItLies) {
  const Table before = some();
  ArrowArrayStream stream{};
  write_stream(before, &stream);
  const auto after = read_stream(&stream);
  ASSERT_TRUE(after);
  EXPECT_EQ(stream.release, nullptr);
  ASSERT_EQ(after->rows(), 3);
  const auto& column = after->batches[0].columns;
  for (std::size_t i = 0; i < column.size(); ++i)
    EXPECT_EQ(column[i].buffers[1].get(), before.batches[0].columns[i].buffers[1].get());
  std::string scratch;
  const auto numbers = Cells::of(after->schema[0], column[0]), texts = Cells::of(after->schema[1], column[1]);
  EXPECT_EQ(numbers->integer(0), 7);
  EXPECT_FALSE(numbers->integer(1));
  EXPECT_EQ(numbers->text(2, scratch), "3");
  EXPECT_EQ(texts->text(2, scratch), "ceramic");
  EXPECT_FALSE(Cells::of(after->schema[3], column[3]));
}

TEST(Exchange, ChildrenMayOutliveTheirParentAndAnUnreadStreamMayEnd) {
  ArrowArray array{};
  write_batch(some().batches[0], &array);
  ArrowArray child = *array.children[1];  // moved out, as the specification allows
  array.children[1]->release = nullptr;
  array.release(&array);
  EXPECT_EQ(child.length, 3);
  EXPECT_EQ(std::string(static_cast<const char*>(child.buffers[2]), 8), "aceramic");
  child.release(&child);
  ArrowArrayStream stream{};
  write_stream(some(), &stream);
  stream.release(&stream);
}

TEST(Exchange, ASchemaWithoutEndOrSenseIsRefused) {
  ArrowSchema schema{};
  ArrowSchema* children[] = {&schema};  // its own child
  schema.format = "+s";
  schema.n_children = 1;
  schema.children = children;
  schema.release = [](ArrowSchema* one) { one->release = nullptr; };
  ArrowArray array{};
  array.release = [](ArrowArray* one) { one->release = nullptr; };
  EXPECT_FALSE(read_batch(&schema, &array));
  EXPECT_EQ(array.release, nullptr);
}

TEST(Positions, BothFormsSayTheSame) {
  const auto rows = traffic(2000);
  EXPECT_TRUE(same(back(positions_table(model::PositionColumns(rows), Form::wire)), rows));
  EXPECT_TRUE(same(back(positions_table(model::PositionColumns(rows), Form::degrees)), rows));
}

TEST(Positions, WhatOthersWriteIsRead) {
  const Table table = std::move(Builder()
                                    .texts("BaseDateTime", {"2024-02-05T00:00:01", "2024-02-05 00:00:02"})
                                    .texts("MMSI", {"445123000", "x"})
                                    .texts("LAT", {"38.5", "91"})
                                    .texts("LON", {"180", "181"})
                                    .texts("SOG", {"12.3", ""})
                                    .texts("COG", {"360.0", "12.34"}))
                          .finish();
  const auto rows = back(table);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.time[1] - rows.time[0], 1000);
  EXPECT_EQ(rows.mmsi[0], 445123000u);
  EXPECT_EQ(rows.lon_e7[0], -1'800'000'000);
  EXPECT_FALSE(rows.row(1).at.valid());
  EXPECT_EQ(rows.sog_dkn, (std::vector<std::uint16_t>{123, model::kSogNone}));
  EXPECT_EQ(rows.cog_ddeg, (std::vector<std::uint16_t>{model::kCogNone, 123}));
  EXPECT_EQ(rows.where[1], model::Where::of(0, 2).packed);
}

TEST(Positions, WhatCannotBeReadIsTold) {
  model::PositionColumns out;
  const auto fails = [&](Table table) {
    return append_positions(out, table.schema, table.batches[0], 0).error().message;
  };
  EXPECT_NE(fails(std::move(Builder().texts("mmsi", {"1"})).finish()).find("'time'"), std::string::npos);
  EXPECT_NE(
      fails(std::move(Builder().texts("time", {"2024-01-01"}).texts("mmsi", {"1"})).finish()).find("'lat'"),
      std::string::npos);
  EXPECT_NE(fails(std::move(Builder().numbers("time", "l", std::vector<std::int64_t>{5}).texts("mmsi", {"1"}))
                      .finish())
                .find("found a number"),
            std::string::npos);
}

TEST(Slices, HoldEveryRowOnceInOneOrder) {
  const auto rows = traffic(3000);
  const auto cut = cut_positions(positions_table(model::PositionColumns(rows), Form::degrees), base::kHour);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->rows(), 3000);
  const auto slice = Cells::of(cut->schema.back(), cut->batches[0].columns.back());
  for (std::int64_t i = 0; i < 3000; ++i)
    EXPECT_EQ(slice->integer(i), rows.time[static_cast<std::size_t>(i)] / base::kHour);
  const auto sorted = back(*sorted_positions(*cut));
  EXPECT_TRUE(std::is_sorted(sorted.time.begin(), sorted.time.end()));
  // However they lay before.
  model::PositionColumns turned;
  for (std::size_t i = rows.size(); i-- > 0;) turned.push_back(rows.row(i));
  EXPECT_TRUE(same(back(*sorted_positions(positions_table(std::move(turned), Form::wire))), sorted));
}

TEST(Slices, RowsWithoutATimeAreLeftOut) {
  model::PositionColumns rows = traffic(10);
  rows.time[3] = base::kNoTime;
  rows.time[4] = -1;
  EXPECT_EQ(cut_positions(positions_table(std::move(rows), Form::wire), base::kHour)->rows(), 8);
}

}  // namespace
}  // namespace cordon::arrow
