#include "cordon/detect/spoofing.hpp"

#include <gtest/gtest.h>

#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::Traffic;
using enum model::EventType;

const base::LatLon kSea = base::from_degrees(34.0, 124.2);
const base::TimeMs kStart = testkit::at("2024-03-01T18:00:00");
base::TimeMs h(double hours_after) {
  return kStart + static_cast<base::TimeMs>(hours_after * base::kHour);
}
constexpr std::uint32_t kMmsi = 354000001;

base::LatLon on_way(double hours_after) {
  return moved(kSea, hours_after * 20e3, 0);
}

TEST(Spoofing, ALeapAndBack) {
  Traffic traffic;
  traffic.sail(kMmsi, h(0), h(4), on_way(0), on_way(4)).sail(kMmsi, h(9), h(13), on_way(9), on_way(13));
  traffic.sail(kMmsi, h(4.05), h(8.95), moved(on_way(4), 0, 150e3), moved(on_way(9), 0, 150e3));
  const auto events = testkit::detect(traffic.batch());
  const auto leaps = testkit::of(events, position_spoofing);
  ASSERT_EQ(leaps.size(), 1U);
  EXPECT_EQ(leaps[0].rule, "position_spoofing/1");
  EXPECT_NEAR(static_cast<double>(leaps[0].start - h(4.05)), 0, 5.0 * base::kMinute);
  EXPECT_TRUE(testkit::of(events, shared_mmsi).empty());
  EXPECT_TRUE(testkit::of(events, gap).empty());
}

TEST(Spoofing, OneDisplacedReportIsAGlitch) {
  Traffic traffic;
  traffic.sail(kMmsi, h(0), h(10), on_way(0), on_way(10))
      .report(kMmsi, h(5) + 1000, moved(on_way(5), 300e3, 0), 10, 0);
  const auto events = testkit::detect(traffic.batch());
  EXPECT_TRUE(testkit::of(events, position_spoofing).empty());
  EXPECT_TRUE(testkit::of(events, shared_mmsi).empty());
}

TEST(Spoofing, PositionsThatCourseAndSpeedDoNotExplain) {
  Traffic traffic;
  traffic.sail(kMmsi, h(0), h(3), on_way(0), on_way(3));
  // It says 10.8 kn due north and moves east.
  for (int i = 1; i <= 60; ++i)
    traffic.report(kMmsi, h(3) + i * 3 * base::kMinute, moved(on_way(3), 0, i * 900.0), 10.8, i % 2);
  const auto events = testkit::of(testkit::detect(traffic.batch()), position_spoofing);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].rule, "position_spoofing/2");
}

TEST(Spoofing, ATurningShipExplainsItself) {
  Traffic traffic;
  base::LatLon place = kSea;
  for (int i = 0; i < 200; ++i) {  // circles at 10 kn, a full one in two hours
    const double course = i * 9.0;
    traffic.report(kMmsi, h(0) + i * 3 * base::kMinute, place, 10, std::fmod(course, 360));
    place = base::destination(place, std::fmod(course + 4.5, 360), 10 * base::kKnotMs * 180);
  }
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), position_spoofing).empty());
}

TEST(Spoofing, TooPerfectACourse) {
  Traffic traffic;
  for (int i = 0; i < 80; ++i)
    traffic.report(kMmsi, h(0) + i * 3 * base::kMinute, base::destination(kSea, 9.1, i * 400.0), 4.3, 9.1);
  const auto events = testkit::of(testkit::detect(traffic.batch()), position_spoofing);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].rule, "position_spoofing/3");
}

TEST(SharedMmsi, TwoHullsTakeTurns) {
  Traffic traffic;
  traffic.sail(kMmsi, h(0), h(10), on_way(0), on_way(10), 4 * base::kMinute);
  traffic.sail(kMmsi, h(0.5), h(9), moved(on_way(0), 0, 300e3), moved(on_way(5), 0, 300e3),
               5 * base::kMinute);
  const auto events = testkit::detect(traffic.batch());
  ASSERT_EQ(testkit::of(events, shared_mmsi).size(), 1U);
  EXPECT_TRUE(testkit::of(events, position_spoofing).empty());
  EXPECT_TRUE(testkit::of(events, gap).empty());
}

TEST(Tracks, AShipOnTheAntimeridianDoesNotLeap) {
  Traffic traffic;
  const base::LatLon west = base::from_degrees(20, 179.5);
  traffic.sail(kMmsi, h(0), h(10), west, base::from_degrees(20, -178.5));
  EXPECT_TRUE(testkit::detect(traffic.batch()).empty());
}

TEST(Tracks, NeverMoreThanAFewHulls) {
  const Parameters& p = default_parameters();
  Vessel vessel;
  for (int i = 0; i < 100; ++i) {
    Report report;
    report.time = h(0) + i * base::kMinute;
    report.at = base::from_degrees(-60 + i, -170 + 3 * i);
    assign(p, vessel, report);
    ASSERT_LE(vessel.tracks.size(), kMaxTracks);
    ASSERT_LT(vessel.current, vessel.tracks.size());
  }
}

}  // namespace
}  // namespace cordon::detect
