#include "cordon/base/land.hpp"

#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "cordon/base/resource.hpp"

namespace {

using cordon::base::LatLon;

// Uniform over the theatre: much of it within sight of a coast.
std::vector<LatLon> theatre_points() {
  std::mt19937_64 random(7);
  std::vector<LatLon> out;
  for (int i = 0; i < 65536; ++i) {
    out.push_back({static_cast<std::int32_t>(180000000 + random() % 280000000),
                   static_cast<std::int32_t>(1120000000 + random() % 340000000)});
  }
  return out;
}

void load(benchmark::State& state) {
  const auto text = cordon::base::resource("geo/land.txt");
  for (auto _ : state) benchmark::DoNotOptimize(cordon::base::Land::parse(*text));
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void on_land(benchmark::State& state) {
  const auto points = theatre_points();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(cordon::base::on_land(points[i++ & 65535]));
}
BENCHMARK(on_land);

void distance_to_shore(benchmark::State& state) {
  const auto points = theatre_points();
  const double cap = static_cast<double>(state.range(0)) * 1852;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(cordon::base::distance_to_shore_m(points[i++ & 65535], cap));
}
BENCHMARK(distance_to_shore)->Arg(5)->Arg(20)->Arg(50)->Arg(200);

}  // namespace
