#include "cordon/detect/read_feeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <optional>
#include <random>
#include <string>

#include "cordon/base/time.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::at;
using testkit::Traffic;

constexpr base::TimeMs kStep = 8 * base::kMinute;

// Twenty days of thirty ships, one of which meets another and falls silent: more rows than the sequencer
// looks at before it chooses an order.
const Traffic& fleet() {
  static const Traffic traffic = [] {
    Traffic made;
    for (std::uint32_t ship = 0; ship < 30; ++ship) {
      const std::uint32_t mmsi = 412000000 + ship;
      for (int day = 0; day < 20; ++day) {
        const base::TimeMs begin = at("2024-02-01T00:00:00Z") + day * base::kDay;
        const auto there = base::from_degrees(30 + ship * 0.2, 125),
                   back = base::from_degrees(30 + ship * 0.2, 126);
        const auto from = day % 2 ? back : there, to = day % 2 ? there : back;
        if (ship == 3 && day == 7) {
          made.sail(mmsi, begin, begin + 6 * base::kHour, from, base::interpolate(from, to, 0.25), kStep);
          made.sail(mmsi, begin + 20 * base::kHour, begin + base::kDay - kStep,
                    base::interpolate(from, to, 0.8), to, kStep);
        } else {
          made.sail(mmsi, begin, begin + base::kDay - kStep, from, to, kStep);
        }
      }
    }
    for (const std::uint32_t mmsi : {412000100U, 412000101U})
      made.stay(mmsi, at("2024-02-05T02:00:00Z"), at("2024-02-05T08:00:00Z"),
                base::from_degrees(29.5, 125.5));
    return made;
  }();
  return traffic;
}

std::string as_text(std::vector<model::Event> events) {
  std::stable_sort(events.begin(), events.end(), event_before);
  std::string out;
  for (const auto& event : events) {
    out +=
        std::string(to_string(event.type)) + ' ' + base::to_iso(event.start) + ' ' + base::to_iso(event.end);
    for (const auto mmsi : event.mmsi) out += ' ' + std::to_string(mmsi);
    out += ' ' + std::to_string(event.score) + '\n';
  }
  return out;
}

class ReadFeeds : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::vector<model::Position>& rows) {
    const auto path = std::filesystem::path(::testing::TempDir()) / ("read_feeds_" + name);
    std::ofstream out(path);
    out << "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,"
           "Draft,Cargo,TransceiverClass\n";
    for (const auto& row : rows)
      out << row.mmsi << ',' << base::to_iso(row.time).substr(0, 19) << ',' << row.at.lat() << ','
          << row.at.lon() << ',' << row.sog_dkn / 10.0 << ',' << row.cog_ddeg / 10.0 << ",511,,,,,0,,,,,A\n";
    files_.push_back(path);
    return path;
  }
  void TearDown() override {
    for (const auto& file : files_) std::filesystem::remove(file);
  }
  struct Found {
    FeedsRead read;
    std::string events;
    base::Tally unused;
    int starts = 0;
  };
  static Found detect(const std::vector<std::filesystem::path>& feeds, const SortLimits& limits = {}) {
    Found out;
    std::vector<model::Event> events;
    std::optional<Detector> detector;
    FeedUser user;
    user.start = [&](Order order) {
      ++out.starts;
      events.clear();
      Parameters parameters = default_parameters();
      parameters.order = order;
      parameters.report_minimum_score = 0;
      detector.emplace(parameters, std::span<const model::RegisteredVessel>{},
                       std::span<const ListedVessel>{},
                       [&](const model::Event& event) { events.push_back(event); });
    };
    user.push = [&](const model::FeedBatch& batch) { detector->push(batch); };
    user.late = [&] { return detector->late(); };
    auto read = read_feeds(feeds, Order::automatic, user, limits);
    EXPECT_TRUE(read) << read.error().message;
    out.read = std::move(*read);
    detector->finish();
    out.unused = detector->stats().unused;
    out.events = as_text(std::move(events));
    return out;
  }
  static std::vector<model::Position> rows() {
    const auto batch = fleet().batch();
    std::vector<model::Position> out;
    for (std::size_t i = 0; i < batch.positions.size(); ++i) out.push_back(batch.positions.row(i));
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    return out;
  }
  std::vector<std::filesystem::path> files_;
};

TEST_F(ReadFeeds, WhatIsInOrderIsReadOnce) {
  const auto found = detect({write("sorted.csv", rows())});
  EXPECT_EQ(found.starts, 1);
  EXPECT_FALSE(found.read.sorted);
  EXPECT_NE(found.events.find("gap"), std::string::npos);
  EXPECT_NE(found.events.find("encounter"), std::string::npos);
  EXPECT_TRUE(found.unused.empty()) << found.unused.summary();
}

TEST_F(ReadFeeds, SortedByVesselShuffledOrInSeveralFilesTheEventsAreTheSame) {
  auto all = rows();
  ASSERT_GT(all.size(), 100'001U);
  const auto sorted = detect({write("sorted.csv", all)});
  const SortLimits few{.rows = 17'000};  // three days at a time

  std::vector<std::filesystem::path> halves;
  for (const unsigned half : {1U, 0U}) {  // every second report from another provider, the later file first
    std::vector<model::Position> part;
    for (std::size_t i = half; i < all.size(); i += 2) part.push_back(all[i]);
    halves.push_back(write("half" + std::to_string(half) + ".csv", part));
  }
  auto by_vessel = all;
  std::stable_sort(by_vessel.begin(), by_vessel.end(),
                   [](const auto& a, const auto& b) { return a.mmsi < b.mmsi; });
  auto shuffled = all;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(3));
  for (const auto& feeds : {std::vector{write("by_vessel.csv", by_vessel)},
                            std::vector{write("shuffled.csv", shuffled)}, halves}) {
    const auto found = detect(feeds, few);
    EXPECT_EQ(found.starts, 2) << feeds[0];
    EXPECT_TRUE(found.read.sorted);
    EXPECT_EQ(found.events, sorted.events) << feeds[0];
    EXPECT_TRUE(found.unused.empty()) << found.unused.summary();
    EXPECT_EQ(found.read.reports.size(), feeds.size());
  }
}

TEST_F(ReadFeeds, DaysOfAnotherTimeZoneSortedByVesselAreReadOnce) {
  auto all = rows();
  const auto sorted = detect({write("sorted.csv", all)});
  const auto day = [](const model::Position& row) { return (row.time + 9 * base::kHour) / base::kDay; };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    return std::pair(day(a), a.mmsi) < std::pair(day(b), b.mmsi);
  });
  const auto found = detect({write("korean_days.csv", all)});
  EXPECT_EQ(found.starts, 1);
  EXPECT_EQ(found.events, sorted.events);
  EXPECT_TRUE(found.unused.empty()) << found.unused.summary();
}

TEST_F(ReadFeeds, AFewRowsOfABrokenClockAreCountedNotSorted) {
  auto all = rows();
  std::shuffle(all.begin(), all.end(), std::mt19937(5));
  const auto clean = detect({write("clean.csv", all)});
  for (int i = 0; i < 3; ++i) {
    auto stray = all[static_cast<std::size_t>(i) * 1000];
    stray.time += (i - 1) * 400 * base::kDay + 500 * base::kDay;
    all.insert(all.begin() + 500 * i, stray);
  }
  const auto found = detect({write("stray.csv", all)});
  EXPECT_TRUE(found.read.sorted);
  EXPECT_EQ(found.read.stray.total(), 3U);
  EXPECT_EQ(found.events, clean.events);
}

}  // namespace
}  // namespace cordon::detect
