#include "cordon/detect/encounter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cordon/detect/encounter_reference.hpp"
#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::Traffic;
using enum model::EventType;

std::vector<std::pair<std::size_t, std::size_t>> found(std::span<const GridPoint> points, double distance_m) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  PairFinder finder(distance_m);
  finder.find(points, [&](std::size_t i, std::size_t j, double) { out.emplace_back(i, j); });
  std::sort(out.begin(), out.end());
  return out;
}

TEST(PairFinder, EqualsAllPairsEverywhere) {
  std::mt19937 random(7);
  // Middle of the sea, antimeridian, date line at high latitude, both poles.
  for (const auto& [lat, lon] :
       {std::pair{35.0, 125.0}, {0.0, 180.0}, {72.0, -180.0}, {89.99, 10.0}, {-89.995, -179.9}}) {
    std::vector<GridPoint> points(300);
    std::uniform_real_distribution<double> metres(0, 5000), bearing(0, 360);
    for (auto& point : points)
      point.at = base::destination(base::from_degrees(lat, lon), bearing(random), metres(random));
    EXPECT_EQ(found(points, 500), all_pairs(points, 500)) << lat << " " << lon;
  }
}

TEST(PairFinder, OnlyPointsWithoutNeighboursLeaveTheCrowd) {
  std::mt19937 random(11);
  for (const auto& [lat, lon] :
       {std::pair{35.0, 125.0}, {0.0, 180.0}, {72.0, -180.0}, {89.9, 10.0}, {-89.9, -179.9}}) {
    std::vector<GridPoint> points(400);
    std::uniform_real_distribution<double> metres(0, 30'000), bearing(0, 360);
    for (std::uint32_t i = 0; i < points.size(); ++i) {
      points[i].vessel = i;
      points[i].at = base::destination(base::from_degrees(lat, lon), bearing(random), metres(random));
    }
    std::vector<GridPoint> crowd = points;
    PairFinder(500).crowd(crowd);
    EXPECT_LT(crowd.size(), points.size()) << lat << " " << lon;
    const auto left = [&](VesselId id) {
      return std::any_of(crowd.begin(), crowd.end(), [&](const auto& point) { return point.vessel == id; });
    };
    for (const auto& [i, j] : all_pairs(points, 500)) {
      EXPECT_TRUE(left(points[i].vessel)) << lat << " " << lon;
      EXPECT_TRUE(left(points[j].vessel)) << lat << " " << lon;
    }
  }
}

TEST(PairFinder, AHarbourDoesNotCostTheSquareOfItsShips) {
  std::vector<GridPoint> points(5000);
  for (auto& point : points) point.at = base::from_degrees(31, 122);
  EXPECT_LE(found(points, 500).size(), points.size() * PairFinder::kMaxNeighbours);
}

const base::LatLon kSea = base::from_degrees(34.0, 124.2);  // Yellow Sea, 80 km from any coast

// Two ships come from apart, lie 60 m apart for `hours`, and part.
Traffic meeting(const base::LatLon& place, base::TimeMs begin, double length_h, std::uint8_t type_a = 80,
                std::uint8_t type_b = 80, double apart_m = 60) {
  const auto end = begin + static_cast<base::TimeMs>(length_h * base::kHour);
  const base::LatLon beside = moved(place, apart_m, 0);
  Traffic traffic;
  traffic.says(354000001, begin - 3 * base::kHour, 9074729, "EVER DAWN", type_a)
      .says(477000002, begin - 3 * base::kHour, 9241061, "GOLDEN RAY", type_b);
  traffic.sail(354000001, begin - 3 * base::kHour, begin, moved(place, -60e3, 0), place)
      .stay(354000001, begin, end, place);
  traffic.sail(477000002, begin - 3 * base::kHour, begin, moved(place, 0, 60e3), beside)
      .stay(477000002, begin, end, beside);
  traffic.sail(354000001, end, end + 3 * base::kHour, place, moved(place, -60e3, 0));
  traffic.sail(477000002, end, end + 3 * base::kHour, beside, moved(place, 0, 60e3));
  return traffic;
}

TEST(Encounter, TwoTankersAlongsideAtSea) {
  const auto begin = testkit::at("2024-03-01T08:00:00");
  const auto events = testkit::of(testkit::detect(meeting(kSea, begin, 4).batch()), encounter);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].mmsi, (std::vector<std::uint32_t>{354000001, 477000002}));
  EXPECT_EQ(events[0].imo, (std::vector<std::uint32_t>{9074729, 9241061}));
  EXPECT_NEAR(static_cast<double>(events[0].start - begin), 0, 15.0 * base::kMinute);
  EXPECT_NEAR(static_cast<double>(events[0].end - begin), 4.0 * base::kHour, 15.0 * base::kMinute);
  EXPECT_LT(base::distance_m(events[0].at, kSea), 300);
  EXPECT_GT(events[0].score, 0.8);
  EXPECT_GE(events[0].support.size(), 4U);
  EXPECT_FALSE(events[0].reasons.empty());
}

TEST(Encounter, ShortMeetingAcrossMidnightIsOne) {
  const auto begin = testkit::at("2024-03-01T23:20:00");
  const auto events = testkit::of(testkit::detect(meeting(kSea, begin, 1.4).batch()), encounter);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_LT(events[0].start, testkit::at("2024-03-02T00:00:00"));
  EXPECT_GT(events[0].end, testkit::at("2024-03-02T00:20:00"));
}

TEST(Encounter, OnTheAntimeridian) {
  const base::LatLon place = base::from_degrees(30.0, 179.9999);
  const auto events = testkit::of(
      testkit::detect(meeting(place, testkit::at("2024-03-01T08:00:00"), 4, 80, 80, 100).batch()), encounter);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_LT(base::distance_m(events[0].at, place), 500);
}

TEST(Encounter, ArchivesSortedByVesselGiveTheSame) {
  const auto traffic = meeting(kSea, testkit::at("2024-03-01T22:00:00"), 4);
  Parameters parameters = default_parameters();
  parameters.order = Order::day;
  const auto a = testkit::detect(traffic.batch()), b = testkit::detect(traffic.batch(true), parameters);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].start, b[i].start);
}

struct Innocent {
  const char* what;
  std::uint8_t a, b;
  base::LatLon place;
  double apart_m;
};

TEST(Encounter, KnownInnocentsAreWithheldWithAReason) {
  const Innocent cases[] = {
      {"fishing", 30, 30, kSea, 60},
      {"fishing vessel beside a carrier", 70, 30, kSea, 60},
      {"pilot", 70, 50, kSea, 60},
      {"tug", 80, 52, kSea, 60},
      {"port of", 80, 80, base::from_degrees(35.08, 129.08), 60},  // off Pusan
      {"too far", 80, 80, kSea, 450},
  };
  for (const Innocent& one : cases) {
    const auto batch =
        meeting(one.place, testkit::at("2024-03-01T08:00:00"), 4, one.a, one.b, one.apart_m).batch();
    EXPECT_TRUE(testkit::of(testkit::detect(batch), encounter).empty()) << one.what;
    const auto all = testkit::of(testkit::detect(batch, testkit::with_innocents()), encounter);
    ASSERT_EQ(all.size(), 1U) << one.what;
    EXPECT_TRUE(std::any_of(all[0].reasons.begin(), all[0].reasons.end(), [&](const auto& reason) {
      return reason.find(one.what) != std::string::npos;
    })) << one.what;
  }
}

TEST(Encounter, ATowIsNotAMeeting) {
  // Side by side at speed for six hours, then drifting together for two.
  const auto begin = testkit::at("2024-03-01T08:00:00"), stop = begin + 6 * base::kHour;
  Traffic traffic;
  const base::LatLon to = moved(kSea, 60e3, 0), beside = moved(kSea, 0, 80);
  traffic.sail(354000001, begin, stop, kSea, to).stay(354000001, stop, stop + 2 * base::kHour, to);
  traffic.sail(477000002, begin, stop, beside, moved(to, 0, 80))
      .stay(477000002, stop, stop + 2 * base::kHour, moved(to, 0, 80));
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), encounter).empty());
}

TEST(Encounter, AnAnchorageIsNotARow) {
  const auto begin = testkit::at("2024-03-01T08:00:00");
  Traffic traffic;
  for (int i = 0; i < 9; ++i)
    traffic.stay(354000001U + static_cast<std::uint32_t>(i), begin, begin + 10 * base::kHour,
                 moved(kSea, (i % 3) * 400.0, (i / 3) * 400.0), 3 * base::kMinute, 1);
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), encounter).empty());
}

TEST(Encounter, ThreeInARaft) {
  auto traffic = meeting(kSea, testkit::at("2024-03-01T08:00:00"), 4);
  const auto begin = testkit::at("2024-03-01T08:00:00");
  traffic.sail(538000003, begin - 3 * base::kHour, begin, moved(kSea, 60e3, 0), moved(kSea, -60, 0));
  traffic.stay(538000003, begin, begin + 4 * base::kHour, moved(kSea, -60, 0));
  traffic.sail(538000003, begin + 4 * base::kHour, begin + 7 * base::kHour, moved(kSea, -60, 0),
               moved(kSea, 60e3, 0));
  EXPECT_EQ(testkit::of(testkit::detect(traffic.batch()), encounter).size(), 3U);
}

}  // namespace
}  // namespace cordon::detect
