#include "cordon/detect/gap.hpp"

#include <gtest/gtest.h>

#include <random>

#include "cordon/detect/meeting_reference.hpp"
#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::Traffic;
using enum model::EventType;

const base::LatLon kSea = base::from_degrees(34.5, 123.6);
const base::TimeMs kStart = testkit::at("2024-03-01T00:00:00");

// Heard every three minutes, silent between two times, on a straight way at 12 kn.
void silent_voyage(Traffic& traffic, std::uint32_t mmsi, base::TimeMs begin, base::TimeMs dark,
                   base::TimeMs back, base::TimeMs end, const base::LatLon& from, double course) {
  const auto place = [&](base::TimeMs t) {
    return base::destination(from, course, static_cast<double>(t - begin) / 1000 * 12 * base::kKnotMs);
  };
  traffic.says(mmsi, begin, 9074729, "EVER DAWN", 80);
  traffic.sail(mmsi, begin, dark, from, place(dark)).sail(mmsi, back, end, place(back), place(end));
}

TEST(Gap, SilenceAmongShipsThatAreHeardIsDeliberate) {
  Traffic traffic;
  traffic.surroundings(kStart, kStart + 30 * base::kHour, kSea, 12);
  silent_voyage(traffic, 354000001, kStart, kStart + 6 * base::kHour, kStart + 14 * base::kHour,
                kStart + 20 * base::kHour, moved(kSea, -100e3, -30e3), 10);
  const auto events = testkit::of(testkit::detect(traffic.batch()), gap);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].mmsi[0], 354000001U);
  EXPECT_NEAR(static_cast<double>(events[0].end - events[0].start) / base::kHour, 8, 0.2);
  EXPECT_GT(events[0].score, 0.8);
}

TEST(Gap, TwoPeriodsOfAnArchiveAreNotASilence) {
  Traffic traffic;
  const base::TimeMs later = kStart + 40 * base::kDay;
  traffic.surroundings(kStart, kStart + 10 * base::kHour, kSea, 12);
  traffic.surroundings(later, later + 10 * base::kHour, kSea, 12);
  silent_voyage(traffic, 354000001, kStart, kStart + 6 * base::kHour, later + base::kHour,
                later + 9 * base::kHour, moved(kSea, -100e3, -30e3), 10);
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), gap).empty());
}

TEST(Gap, ShipsThatFallSilentTogetherAreNotDeliberate) {
  Traffic traffic;
  for (int i = 0; i < 12; ++i)
    silent_voyage(traffic, 354000001U + static_cast<std::uint32_t>(i), kStart,
                  kStart + 6 * base::kHour + i * base::kMinute / 2,
                  kStart + 12 * base::kHour + i * base::kMinute, kStart + 20 * base::kHour,
                  moved(kSea, i * 8e3, i * 5e3), 10);
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), gap).empty());
}

TEST(Gap, RarelyHeardShipsHaveNaturalGaps) {
  Traffic traffic;
  for (int i = 0; i < 8; ++i) {
    const base::LatLon place = moved(kSea, i * 9e3, 0);
    // Every hour or two, and once after six.
    for (int k = 0; k < 20; ++k) {
      const auto t = kStart + (k * 100 + (k > 9 ? (i + 1) * 37 : 0)) * base::kMinute;
      traffic.report(412300000U + static_cast<std::uint32_t>(i), t, moved(place, k * 900.0, 0), 3, 0, 0, 18);
    }
  }
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), gap).empty());
}

TEST(Gap, MessagesWithoutPositionBreakTheSilence) {
  Traffic traffic;
  traffic.surroundings(kStart, kStart + 30 * base::kHour, kSea, 12);
  silent_voyage(traffic, 354000001, kStart, kStart + 6 * base::kHour, kStart + 14 * base::kHour,
                kStart + 20 * base::kHour, moved(kSea, -100e3, -30e3), 10);
  for (int h = 7; h < 14; ++h) traffic.report(354000001, kStart + h * base::kHour, base::LatLon{}, 0, 0);
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), gap).empty());
}

Gap crossing(VesselId id, const base::LatLon& from, double course_in, const base::LatLon& to,
             double course_out, double begin_h, double end_h) {
  Gap out;
  out.vessel = id;
  out.from.time = kStart + static_cast<base::TimeMs>(begin_h * base::kHour);
  out.to.time = kStart + static_cast<base::TimeMs>(end_h * base::kHour);
  out.from.at = from;
  out.to.at = to;
  out.from.sog_dkn = out.to.sog_dkn = 100;
  out.from.cog_ddeg = static_cast<std::uint16_t>(course_in * 10);
  out.to.cog_ddeg = static_cast<std::uint16_t>(course_out * 10);
  out.cruise_before_kn = out.cruise_after_kn = 10;
  return out;
}

TEST(Rendezvous, TwoSilentShipsMeetWhereTheirCoursesCross) {
  // One comes from the south and goes on north, the other from the west and back: both had time at kSea.
  const Gap a = crossing(0, moved(kSea, -40e3, 0), 0, moved(kSea, 40e3, 0), 0, 0, 10);
  const Gap b = crossing(1, moved(kSea, 0, -40e3), 90, moved(kSea, 0, -40e3), 270, 0, 10);
  const auto place = meeting_place(a, b, 1.5);
  ASSERT_TRUE(place);
  EXPECT_LT(base::distance_m(place->at, kSea), 8e3);
  // No time to stay: none.
  EXPECT_FALSE(meeting_place(crossing(0, moved(kSea, -40e3, 0), 0, moved(kSea, 40e3, 0), 0, 0, 4.5), b, 1.5));
  // Never silent together: none.
  EXPECT_FALSE(meeting_place(crossing(0, moved(kSea, -40e3, 0), 0, moved(kSea, 40e3, 0), 0, 20, 30), b, 1.5));
}

TEST(Rendezvous, AcrossTheAntimeridian) {
  const base::LatLon middle = base::from_degrees(30, 180);
  const Gap a = crossing(0, moved(middle, 0, -40e3), 90, moved(middle, 0, -40e3), 270, 0, 10);
  const Gap b = crossing(1, moved(middle, 0, 40e3), 270, moved(middle, 0, 40e3), 90, 0, 10);
  const auto place = meeting_place(a, b, 1.5);
  ASSERT_TRUE(place);
  EXPECT_LT(near_distance_m(place->at, middle), 42e3);
}

// What the search leaves out changes nothing: near and far, at the antimeridian, far north, with and without
// courses, slow and fast.
TEST(Rendezvous, TheSearchFindsWhatTheObviousOneFinds) {
  std::mt19937 random(5);
  const auto within = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  int found = 0;
  for (int i = 0; i < 400; ++i) {
    const base::LatLon sea = base::from_degrees(i % 7 == 0 ? within(66, 84) : within(-60, 60),
                                                i % 5 == 0 ? 180 : within(-180, 180));
    const double spread = i % 3 == 0 ? 150e3 : 30e3;
    Gap gaps[2];
    for (VesselId k = 0; k < 2; ++k) {
      const auto place = [&] { return moved(sea, within(-spread, spread), within(-spread, spread)); };
      gaps[k] = crossing(k, place(), within(0, 359), place(), within(0, 359), within(0, 8), within(14, 40));
      gaps[k].cruise_before_kn = within(4, 18);
      if (i % 4 == 1) gaps[k].from.sog_dkn = 10;
    }
    const auto quick = meeting_place(gaps[0], gaps[1], 1.5);
    const auto plain = meeting_place_plain(gaps[0], gaps[1], 1.5);
    ASSERT_EQ(quick.has_value(), plain.has_value()) << i;
    if (!plain) continue;
    ++found;
    EXPECT_EQ(quick->at, plain->at) << i;
    EXPECT_EQ(quick->odds, plain->odds) << i;
    EXPECT_EQ(quick->begin, plain->begin) << i;
    EXPECT_EQ(quick->end, plain->end) << i;
    // Asked for more than there is, it may say nothing, but never hides what is enough.
    EXPECT_TRUE(meeting_place(gaps[0], gaps[1], 1.5, plain->odds)) << i;
  }
  EXPECT_GT(found, 200);
}

TEST(Plane, WithinIsTheDistanceCompared) {
  std::mt19937 random(6);
  const auto within = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  for (int i = 0; i < 20'000; ++i) {
    const base::LatLon a = base::from_degrees(within(-89, 89), i % 3 ? within(-180, 180) : 180);
    const base::LatLon b = base::from_degrees(a.lat() + within(-15, 15), a.lon() + within(-15, 15));
    const double metres = near_distance_m(a, b), limit = metres * within(0.9, 1.1);
    EXPECT_EQ(near_within(a, b, limit), metres <= limit);
  }
}

// A tanker lies and waits; another sails to it, is silent from 30 km off until 30 km after.
TEST(Rendezvous, AWaitingShipAndASilentOne) {
  Traffic traffic;
  traffic.surroundings(kStart, kStart + 40 * base::kHour, moved(kSea, 40e3, 40e3), 12);
  traffic.says(354000001, kStart, 9074729, "EVER DAWN", 80)
      .says(477000002, kStart, 9241061, "GOLDEN RAY", 80);
  const auto h = [](double hours_after) {
    return kStart + static_cast<base::TimeMs>(hours_after * base::kHour);
  };
  traffic.sail(354000001, h(0), h(6), moved(kSea, 120e3, 0), kSea).stay(354000001, h(6), h(16), kSea);
  traffic.sail(354000001, h(16), h(22), kSea, moved(kSea, 120e3, 0));
  traffic.sail(477000002, h(2), h(6), moved(kSea, 0, -110e3), moved(kSea, 0, -30e3));
  traffic.sail(477000002, h(16.5), h(22), moved(kSea, 0, -30e3), moved(kSea, 0, -130e3));
  const auto events = testkit::detect(traffic.batch());
  const auto met = testkit::of(events, dark_rendezvous);
  ASSERT_EQ(met.size(), 1U);
  EXPECT_EQ(met[0].mmsi, (std::vector<std::uint32_t>{354000001, 477000002}));
  EXPECT_LT(base::distance_m(met[0].at, kSea), 2e3);
  // The gap is told with the place of the meeting.
  const auto gaps = testkit::of(events, gap);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_LT(base::distance_m(gaps[0].at, kSea), 2e3);
}

TEST(PortCall, SeenAndPresumed) {
  const base::LatLon port = base::from_degrees(39.8333, 127.6167);  // Hungnam
  const base::LatLon off = moved(port, -20e3, 90e3);
  const auto h = [](double hours_after) {
    return kStart + static_cast<base::TimeMs>(hours_after * base::kHour);
  };
  const base::LatLon near = moved(port, -8e3, 36e3);
  for (const bool silent : {false, true}) {
    Traffic traffic;
    traffic.surroundings(kStart, kStart + 50 * base::kHour, off, 12);
    traffic.says(354000001, kStart, 9074729, "EVER DAWN", 70);
    traffic.sail(354000001, h(0), h(3), off, near);
    if (!silent) {
      traffic.sail(354000001, h(3), h(5), near, port)
          .stay(354000001, h(5), h(20), port, 3 * base::kMinute, 5);
      traffic.sail(354000001, h(20), h(22), port, near);
    }
    traffic.sail(354000001, h(22), h(25), near, off);
    const auto calls = testkit::of(testkit::detect(traffic.batch()), port_call);
    ASSERT_EQ(calls.size(), 1U) << silent;
    EXPECT_EQ(calls[0].rule, silent ? "port_call/2" : "port_call/1");
    EXPECT_LT(base::distance_m(calls[0].at, port), 5e3);
    EXPECT_EQ(calls[0].evidence[0].value, "Hungnam");
  }
}

TEST(PortCall, PassingAtSpeedIsNoCall) {
  const base::LatLon port = base::from_degrees(41.7667, 129.8167);  // Chongjin
  Traffic traffic;
  const base::LatLon lane = moved(port, 0, 40e3);
  traffic.surroundings(kStart, kStart + 30 * base::kHour, moved(lane, 0, 60e3), 12);
  silent_voyage(traffic, 354000001, kStart, kStart + 4 * base::kHour, kStart + 11 * base::kHour,
                kStart + 16 * base::kHour, moved(lane, -140e3, -20e3), 10);
  EXPECT_TRUE(testkit::of(testkit::detect(traffic.batch()), port_call).empty());
}

}  // namespace
}  // namespace cordon::detect
