#include "cordon/simulate/scenario.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace cordon;

// Everything: making the hulls, playing, batches. Items are positions received.
void play(benchmark::State& state) {
  simulate::ScenarioOptions options;
  options.vessels = static_cast<unsigned>(state.range(0));
  options.thin_s = static_cast<unsigned>(state.range(1));
  options.days = 1;
  options.event_percent = 0;
  std::uint64_t rows = 0;
  for (auto _ : state) {
    auto scenario = simulate::Scenario::make(options);
    scenario->run([&](const model::FeedBatch& batch) { rows += batch.positions.size(); });
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(rows));
}
BENCHMARK(play)->Args({200, 300})->Args({200, 0})->Args({2000, 10})->Unit(benchmark::kMillisecond);

void to_nmea(benchmark::State& state) {
  simulate::ScenarioOptions options;
  options.thin_s = 30;
  options.days = 1;
  options.event_percent = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    auto scenario = simulate::Scenario::make(options);
    scenario->run_nmea([&](std::string_view text) { bytes += static_cast<std::int64_t>(text.size()); });
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(to_nmea)->Unit(benchmark::kMillisecond);

}  // namespace
