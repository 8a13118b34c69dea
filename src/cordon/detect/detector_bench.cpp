// All detectors together, from columns: positions a second on one core. Traffic: lanes, anchorages and
// meetings in the East China Sea, a report every ten seconds (a live feed) or three minutes (thinned).
#include "cordon/detect/detector.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "cordon/detect/encounter.hpp"
#include "cordon/detect/fleet.hpp"

namespace cordon::detect {
namespace {

std::vector<model::FeedBatch> traffic(std::uint32_t vessels, double hours_long, int interval_s) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> lat(26, 34), lon(123, 128), course(0, 360), noise(-8, 8);
  struct Ship {
    base::LatLon at;
    double course = 0, knots = 0;
    base::TimeMs phase = 0;
  };
  std::vector<Ship> ships(vessels);
  for (std::uint32_t i = 0; i < vessels; ++i) {
    Ship& ship = ships[i];
    ship.at = base::from_degrees(lat(random), lon(random));
    ship.course = course(random);
    ship.knots = i % 5 == 0 ? 0.1 : 8 + i % 10;
    ship.phase = static_cast<base::TimeMs>(random() % static_cast<unsigned>(interval_s * 1000));
    if (i % 50 == 1) ship = ships[i - 1];  // a pair that drifts together
  }
  std::vector<model::FeedBatch> out;
  const base::TimeMs start = 1'700'000'000'000;
  std::uint64_t line = 0;
  for (int step = 0; step < hours_long * 3600 / interval_s; ++step) {
    model::FeedBatch batch;
    std::vector<model::Position> rows;
    for (std::uint32_t i = 0; i < vessels; ++i) {
      Ship& ship = ships[i];
      ship.at = base::destination(ship.at, ship.course, ship.knots * base::kKnotMs * interval_s);
      model::Position row;
      row.time = start + step * std::int64_t{1000} * interval_s + ship.phase;
      row.mmsi = 412'000'000 + i;
      row.at = moved(ship.at, noise(random), noise(random));
      row.sog_dkn = static_cast<std::uint16_t>(ship.knots * 10);
      row.cog_ddeg = static_cast<std::uint16_t>(std::fmod(ship.course * 10 + noise(random) + 3600, 3600));
      row.type = 1;
      row.where = model::Where::of(0, ++line);
      rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    for (const auto& row : rows) batch.positions.push_back(row);
    out.push_back(std::move(batch));
  }
  return out;
}

void all_detectors(benchmark::State& state) {
  const auto interval_s = static_cast<int>(state.range(1));
  const auto batches =
      traffic(static_cast<std::uint32_t>(state.range(0)), interval_s < 60 ? 4 : 24, interval_s);
  std::size_t events = 0;
  std::uint64_t rows = 0;
  for (auto _ : state) {
    events = 0;
    Detector detector(default_parameters(), {}, {}, [&](const model::Event&) { ++events; });
    for (const auto& batch : batches) {
      detector.push(batch);
      rows += batch.positions.size();
    }
    detector.finish();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(rows));
  state.counters["events"] = static_cast<double>(events);
}
BENCHMARK(all_detectors)
    ->Args({1000, 180})
    ->Args({5000, 180})
    ->Args({1000, 10})
    ->Unit(benchmark::kMillisecond);

void pairs(benchmark::State& state) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> lat(26, 34), lon(123, 128);
  std::vector<GridPoint> points(static_cast<std::size_t>(state.range(0)));
  for (auto& point : points) point.at = base::from_degrees(lat(random), lon(random));
  PairFinder finder(500);
  std::size_t found = 0;
  for (auto _ : state) {
    auto crowd = points;
    finder.crowd(crowd);
    finder.find(crowd, [&](std::size_t, std::size_t, double) { ++found; });
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
  benchmark::DoNotOptimize(found);
}
BENCHMARK(pairs)->Arg(1000)->Arg(100000);

}  // namespace
}  // namespace cordon::detect
