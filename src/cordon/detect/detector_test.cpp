#include "cordon/detect/detector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "cordon/detect/ports.hpp"
#include "cordon/detect/sequencer.hpp"
#include "cordon/detect/testkit.hpp"

namespace cordon::detect {
namespace {

using testkit::of;
using testkit::Traffic;
using enum model::EventType;

const base::LatLon kSea = base::from_degrees(34.0, 124.2);
const base::TimeMs kStart = testkit::at("2024-03-01T20:00:00");
base::TimeMs h(double hours_after) {
  return kStart + static_cast<base::TimeMs>(hours_after * base::kHour);
}

std::string as_text(const std::vector<model::Event>& events) {
  std::string out;
  for (const auto& event : events) {
    model::append_json(out, event, {"feed"});
    out += '\n';
  }
  return out;
}

TEST(Parameters, EachHasAValueAUnitAndASource) {
  for (const auto& row : describe_parameters()) {
    EXPECT_GT(row.value, 0) << row.name;
    EXPECT_FALSE(row.unit.empty()) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
  EXPECT_EQ(default_parameters().watched_countries, std::vector<std::string>{"kp"});
}

TEST(Parameters, AFileNamesOnlyWhatItChanges) {
  const auto changed =
      load_parameters("[gap.min_h]\nvalue = 6\n[order.policy]\nvalue = \"day\"\n", "mine.toml");
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->gap_min_h, 6);
  EXPECT_EQ(changed->order, Order::day);
  EXPECT_EQ(changed->encounter_distance_m, default_parameters().encounter_distance_m);
  for (const char* bad :
       {"[gap.min_hours]\nvalue = 6\n", "[gap.min_h]\nvalue = \"six\"\n", "[gap.min_h]\nvalue = -1\n",
        "[gap.min_h\n", "gap = 1\n", "[order.policy]\nvalue = \"sideways\"\n"}) {
    const auto result = load_parameters(bad, "mine.toml");
    ASSERT_FALSE(result) << bad;
    EXPECT_NE(result.error().message.find("mine.toml"), std::string::npos);
  }
}

TEST(Ports, TheTenOfTheDprkAndTheNearestAnywhere) {
  const auto& ports = Ports::world();
  EXPECT_EQ(std::count_if(ports.all().begin(), ports.all().end(),
                          [](const Port& port) { return port.country == "kp"; }),
            10);
  EXPECT_GT(ports.all().size(), 3000U);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> lat(-80, 80), lon(-180, 180);
  for (int i = 0; i < 300; ++i) {
    const base::LatLon place =
        base::from_degrees(lat(random), i % 3 ? lon(random) : 179.9 + lon(random) / 1000);
    double nearest = 400e3;
    for (const Port& port : ports.all()) nearest = std::min(nearest, base::distance_m(place, port.at));
    const auto found = ports.nearest(place, 400e3);
    EXPECT_EQ(found.port != nullptr, nearest < 400e3);
    if (found.port) {
      EXPECT_NEAR(found.distance_m, nearest, 1);
    }
  }
}

TEST(Ports, AHarbourIsNeverLargerThanItsCircle) {
  const Harbours harbours(Ports::world(), 10e3);
  std::mt19937 random(4);
  std::uniform_real_distribution<double> bearing(0, 360), metres(0, 15e3);
  int inside = 0;
  for (const Port& port : Ports::world().all()) {
    EXPECT_TRUE(harbours.inside(port.at)) << port.name;
    const base::LatLon place = base::destination(port.at, bearing(random), metres(random));
    if (!harbours.inside(place)) continue;
    ++inside;
    EXPECT_TRUE(Ports::world().nearest(place, 10e3).port) << port.name;
  }
  EXPECT_GT(inside, 1000);
  EXPECT_FALSE(harbours.inside(kSea));
}

TEST(Loitering, ATankerAdrift) {
  Traffic traffic;
  traffic.says(354000001, h(0), 9074729, "EVER DAWN", 80);
  traffic.sail(354000001, h(0), h(3), moved(kSea, -60e3, 0), kSea)
      .sail(354000001, h(3), h(11), kSea, moved(kSea, 6e3, 3e3));
  traffic.sail(354000001, h(11), h(14), moved(kSea, 6e3, 3e3), moved(kSea, 66e3, 3e3));
  const auto events = testkit::detect(traffic.batch());
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, loitering);
  EXPECT_NEAR(static_cast<double>(events[0].end - events[0].start) / base::kHour, 8, 0.3);
}

TEST(Loitering, FishingVesselsAndRoadsAreInnocent) {
  for (const auto& [type, place] :
       {std::pair<std::uint8_t, base::LatLon>{30, kSea}, {80, base::from_degrees(35.0, 129.1)}}) {
    Traffic traffic;
    traffic.says(354000001, h(0), 9074729, "EVER DAWN", type).stay(354000001, h(0), h(10), place);
    EXPECT_TRUE(testkit::detect(traffic.batch()).empty());
  }
}

// Meeting, gap, loitering, spoofing and changed names in one feed.
Traffic busy() {
  Traffic traffic;
  traffic.surroundings(h(0), h(40), kSea, 12);
  traffic.says(354000001, h(0), 9074729, "EVER DAWN", 80).says(477000002, h(0), 9241061, "GOLDEN RAY", 80);
  traffic.stay(354000001, h(2), h(9), moved(kSea, 0, 90e3))
      .stay(477000002, h(3), h(8), moved(kSea, 70, 90e3));
  traffic.sail(511000003, h(0), h(6), moved(kSea, -100e3, 0), kSea)
      .sail(511000003, h(15), h(20), moved(kSea, 150e3, 0), moved(kSea, 240e3, 0));
  traffic.sail(620000004, h(0), h(4), kSea, moved(kSea, 80e3, 0))
      .sail(620000004, h(4.1), h(8), moved(kSea, 80e3, 200e3), moved(kSea, 160e3, 200e3));
  traffic.sail(620000004, h(8.1), h(12), moved(kSea, 160e3, 0), moved(kSea, 240e3, 0));
  traffic.says(620000004, h(0), 8819017, "ONE NAME", 70).says(620000004, h(6), 9187629, "ANOTHER", 70);
  return traffic;
}

TEST(Detector, ChunksOfAnySizeGiveTheSameEvents) {
  const auto batch = busy().batch();
  const std::string whole = as_text(testkit::detect(batch));
  EXPECT_GT(std::count(whole.begin(), whole.end(), '\n'), 3);
  std::mt19937 random(1);
  for (const std::size_t largest : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    std::vector<model::Event> events;
    Detector detector(default_parameters(), {}, {},
                      [&](const model::Event& event) { events.push_back(event); });
    std::size_t p = 0, s = 0;
    while (p < batch.positions.size() || s < batch.statics.size()) {
      model::FeedBatch piece;
      for (std::size_t n = random() % largest + 1; n > 0 && p < batch.positions.size(); --n)
        piece.positions.push_back(batch.positions.row(p++));
      const base::TimeMs until = p < batch.positions.size() ? batch.positions.time[p] : INT64_MAX;
      while (s < batch.statics.size() && batch.statics[s].time < until)
        piece.statics.push_back(batch.statics[s++]);
      detector.push(piece);
    }
    detector.finish();
    std::stable_sort(events.begin(), events.end(), event_before);
    EXPECT_EQ(as_text(events), whole) << largest;
  }
}

TEST(Detector, ResumedAnywhereItGivesTheSameEvents) {
  const auto batch = busy().batch();
  const std::string whole = as_text(testkit::detect(batch));
  std::mt19937 random(9);
  for (int round = 0; round < 6; ++round) {
    std::vector<model::Event> events;
    const auto fresh = [&] {
      return Detector(default_parameters(), {}, {},
                      [&](const model::Event& event) { events.push_back(event); });
    };
    Detector detector = fresh();
    std::size_t s = 0;
    for (std::size_t p = 0; p < batch.positions.size();) {
      model::FeedBatch piece;
      for (std::size_t n = random() % 900 + 1; n > 0 && p < batch.positions.size(); --n)
        piece.positions.push_back(batch.positions.row(p++));
      const base::TimeMs until = p < batch.positions.size() ? batch.positions.time[p] : INT64_MAX;
      while (s < batch.statics.size() && batch.statics[s].time < until)
        piece.statics.push_back(batch.statics[s++]);
      detector.push(piece);
      const std::string state = detector.save();
      detector = fresh();
      ASSERT_TRUE(detector.restore(state));
      EXPECT_EQ(detector.save().size(), state.size());
    }
    detector.finish();
    std::stable_sort(events.begin(), events.end(), event_before);
    EXPECT_EQ(as_text(events), whole);
    EXPECT_EQ(detector.stats().positions, batch.positions.size());
  }
}

TEST(Detector, HoursOfAnArchiveInAnyOrderOnceSettledGiveTheSameEvents) {
  const auto batch = busy().batch();
  const std::string whole = as_text(testkit::detect(batch));
  std::map<base::TimeMs, model::FeedBatch> hours_of;
  std::vector<std::size_t> order(batch.positions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(4));
  for (const std::size_t i : order)
    hours_of[batch.positions.time[i] / base::kHour].positions.push_back(batch.positions.row(i));
  for (const auto& row : batch.statics) hours_of[row.time / base::kHour].statics.push_back(row);
  Parameters parameters = default_parameters();
  parameters.order = Order::day;
  std::vector<model::Event> events;
  const auto fresh = [&] {
    return Detector(parameters, {}, {}, [&](const model::Event& event) { events.push_back(event); });
  };
  Detector detector = fresh();
  for (const auto& [hour, rows] : hours_of) {
    detector.settled(hour * base::kHour);
    const std::string state = detector.save();
    detector = fresh();
    ASSERT_TRUE(detector.restore(state));
    model::FeedBatch statics;
    statics.statics = rows.statics;
    detector.push(statics);
    model::FeedBatch positions;
    positions.positions = rows.positions;
    detector.push(positions);
  }
  detector.finish();
  std::stable_sort(events.begin(), events.end(), event_before);
  EXPECT_EQ(as_text(events), whole);
  EXPECT_TRUE(detector.stats().unused.empty()) << detector.stats().unused.summary();
}

TEST(Detector, AStateOfOthersIsRefused) {
  Detector detector(default_parameters(), {}, {}, [](const model::Event&) {});
  detector.push(busy().batch());
  const std::string state = detector.save();
  Parameters other = default_parameters();
  other.gap_min_h = 5;
  EXPECT_FALSE(Detector(other, {}, {}, [](const model::Event&) {}).restore(state));
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{40}, state.size() / 2, state.size() - 1})
    EXPECT_FALSE(
        Detector(default_parameters(), {}, {}, [](const model::Event&) {}).restore(state.substr(0, size)));
}

TEST(Detector, RowsGivenTwiceOrALittleLateChangeNothing) {
  const auto batch = busy().batch();
  const std::string whole = as_text(testkit::detect(batch));
  model::FeedBatch twice;
  std::mt19937 random(5);
  std::vector<std::pair<base::TimeMs, std::size_t>> order;
  for (std::size_t i = 0; i < batch.positions.size(); ++i)
    for (int k = 0; k < 2; ++k)
      order.emplace_back(batch.positions.time[i] + static_cast<base::TimeMs>(random() % (20 * base::kMinute)),
                         i);
  std::sort(order.begin(), order.end());
  for (const auto& [late, i] : order) twice.positions.push_back(batch.positions.row(i));
  twice.statics = batch.statics;
  EXPECT_EQ(as_text(testkit::detect(twice)), whole);
}

TEST(Detector, RowsThatCannotBeUsedAreCounted) {
  Traffic traffic;
  traffic.report(354000001, base::kNoTime, kSea, 10, 0)
      .report(354000001, h(0), base::LatLon{}, 0, 0)
      .report(2241000, h(0), kSea, 0, 0, 0, 4);
  Detector detector(default_parameters(), {}, {}, [](const model::Event&) {});
  detector.push(traffic.batch());
  detector.finish();
  const auto rows = detector.stats().unused.rows();
  EXPECT_EQ(rows.at("no_time").count, 1U);
  EXPECT_EQ(rows.at("no_position").count, 1U);
  EXPECT_EQ(rows.at("not_a_ship").count, 1U);
}

TEST(Detector, AFloodOfForgedNumbersIsBounded) {
  Parameters parameters = default_parameters();
  parameters.order_max_vessels = 1000;
  Traffic traffic;
  for (std::uint32_t i = 0; i < 20'000; ++i)
    traffic.report(200'000'000 + i * 7, h(0) + i * 100, moved(kSea, i % 100 * 10.0, 0), 1, 0);
  std::size_t events = 0;
  Detector detector(parameters, {}, {}, [&](const model::Event&) { ++events; });
  detector.push(traffic.batch());
  detector.finish();
  EXPECT_EQ(detector.stats().vessels, 1000U);
  EXPECT_EQ(detector.stats().unused.rows().at("too_many_vessels").count, 19'000U);
  EXPECT_EQ(events, 0U);
}

TEST(Detector, TwoHundredThousandVesselsAtOnce) {
  Traffic traffic;
  constexpr std::uint32_t kVessels = 200'000;
  for (int round = 0; round < 3; ++round)
    for (std::uint32_t i = 0; i < kVessels; ++i)
      traffic.report(200'000'000 + i * 2, h(round * 0.2) + i, moved(kSea, i % 450 * 4e3, i / 450 * 4e3), 1,
                     0);
  Detector detector(default_parameters(), {}, {}, [](const model::Event&) {});
  detector.push(traffic.batch());
  detector.finish();
  EXPECT_EQ(detector.stats().vessels, kVessels);
  EXPECT_EQ(detector.stats().positions, 3U * kVessels);
  EXPECT_EQ(detector.stats().events, 0U);
}

// The receiver's clock goes back by half an hour (a corrected clock, or the repetition of a leap second at
// a larger scale), and on from there: what was within the lateness is used, the rest is counted, and the
// meeting is found.
TEST(Detector, AClockThatJumpsBack) {
  for (const double back_h : {1.0 / 3600, 0.4, 2.0}) {
    Traffic traffic;
    traffic.says(354000001, h(0), 9074729, "EVER DAWN", 80).says(477000002, h(0), 9241061, "GOLDEN RAY", 80);
    traffic.stay(354000001, h(0), h(12), kSea).stay(477000002, h(0), h(12), moved(kSea, 70, 0));
    model::FeedBatch batch = traffic.batch(), jumped;
    jumped.statics = batch.statics;
    for (std::size_t i = 0; i < batch.positions.size(); ++i) {
      model::Position row = batch.positions.row(i);
      if (row.time > h(6)) row.time -= static_cast<base::TimeMs>(back_h * base::kHour);
      jumped.positions.push_back(row);
    }
    Parameters parameters = default_parameters();
    parameters.order = Order::time;
    Detector detector(parameters, {}, {}, [](const model::Event&) {});
    detector.push(jumped);
    detector.finish();
    const auto unused = detector.stats().unused.rows();
    EXPECT_EQ(unused.contains("late"), back_h > 1) << back_h;
    const auto events = of(testkit::detect(jumped, parameters), encounter);
    ASSERT_EQ(events.size(), 1U) << back_h;
    EXPECT_NEAR(static_cast<double>(events[0].end - events[0].start) / base::kHour, 12 - back_h, 0.4);
  }
}

TEST(Detector, MidnightTheLeapSecondAndTheAntimeridianAreNoBorders) {
  // 2016 ended with a leap second; the ships lie across it, across midnight, and across 180 degrees.
  const base::TimeMs midnight = testkit::at("2017-01-01T00:00:00");
  EXPECT_LE(std::abs(testkit::at("2016-12-31T23:59:60") - midnight), base::kSecond);
  const base::LatLon line = base::from_degrees(20.0, 180.0);
  Traffic traffic;
  traffic.says(354000001, midnight - 2 * base::kHour, 9074729, "EVER DAWN", 80)
      .says(477000002, midnight - 2 * base::kHour, 9241061, "GOLDEN RAY", 80);
  traffic.stay(354000001, midnight - base::kHour, midnight + base::kHour, moved(line, 0, -30));
  traffic.stay(477000002, midnight - base::kHour, midnight + base::kHour, moved(line, 0, 30));
  const auto events = of(testkit::detect(traffic.batch()), encounter);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_GE(events[0].end - events[0].start, 100 * base::kMinute);
}

TEST(Sequencer, AClockThatJumpsMovesNothingUntilItIsConfirmed) {
  Parameters parameters = default_parameters();
  parameters.order = Order::time;
  std::uint64_t rows = 0;
  base::TimeMs last = 0;
  Sequencer sequencer(parameters, [&](Slice& slice) {
    EXPECT_GE(slice.begin, last);
    last = slice.begin;
    rows += slice.positions.size();
  });
  Traffic traffic;
  traffic.sail(354000001, h(0), h(5), kSea, moved(kSea, 90e3, 0), base::kMinute);
  model::FeedBatch batch = traffic.batch(), strange;
  Traffic future;
  future.report(354000001, testkit::at("2031-01-01T00:00:00"), kSea, 10, 0);
  for (std::size_t i = 0; i < batch.positions.size(); ++i) {
    strange.positions.push_back(batch.positions.row(i));
    if (i == 100) strange.positions.push_back(future.batch().positions.row(0));
  }
  sequencer.push(strange);
  sequencer.finish();
  EXPECT_EQ(rows, batch.positions.size());
  EXPECT_EQ(sequencer.dropped().rows().at("clock").count, 1U);
}

TEST(Sequencer, LateRowsAreDroppedAndCounted) {
  Parameters parameters = default_parameters();
  parameters.order = Order::time;
  Traffic traffic;
  traffic.report(1, h(0), kSea, 0, 0).report(1, h(10), kSea, 0, 0).report(1, h(1), kSea, 0, 0);
  // As given, not sorted: the third row is nine hours late.
  model::FeedBatch batch;
  const auto sorted = traffic.batch();
  for (const std::size_t i : {0U, 2U, 1U}) batch.positions.push_back(sorted.positions.row(i));
  std::uint64_t rows = 0;
  Sequencer sequencer(parameters, [&](Slice& slice) { rows += slice.positions.size(); });
  sequencer.push(batch);
  sequencer.finish();
  EXPECT_EQ(rows + (sequencer.dropped().rows().contains("late") ? 1 : 0), 3U);
}

}  // namespace
}  // namespace cordon::detect
