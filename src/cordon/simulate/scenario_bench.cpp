#include "cordon/simulate/scenario.hpp"

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <ctime>

#include "cordon/detect/detector.hpp"

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

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// From the generator straight into all detectors, nothing kept: the cost of a position and the memory must
// not depend on how many there are. Arguments: days of 2,000 vessels with events, and the least seconds
// between reports; about 1e6, 7e6, 1e8 and 1e9 positions, the last for half an hour. peak_MiB is of the
// process, so run each alone. detector_per_s leaves the generator out.
void into_detectors(benchmark::State& state) {
  simulate::ScenarioOptions options;
  options.vessels = 2000;
  options.days = static_cast<double>(state.range(0));
  options.thin_s = static_cast<unsigned>(state.range(1));
  double seconds = 0;
  std::uint64_t rows = 0, events = 0;
  for (auto _ : state) {
    auto scenario = simulate::Scenario::make(options);
    detect::Detector detector(detect::default_parameters(), scenario->registry(), {},
                              [&](const model::Event&) { ++events; });
    scenario->run([&](const model::FeedBatch& batch) {
      rows += batch.positions.size();
      const double begin = cpu_seconds();
      detector.push(batch);
      seconds += cpu_seconds() - begin;
    });
    const double begin = cpu_seconds();
    detector.finish();
    seconds += cpu_seconds() - begin;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.SetItemsProcessed(static_cast<std::int64_t>(rows));
  state.counters["positions"] = static_cast<double>(rows);
  state.counters["events"] = static_cast<double>(events);
  state.counters["detector_per_s"] = static_cast<double>(rows) / seconds;
  state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK(into_detectors)
    ->Args({1, 90})
    ->Args({1, 10})
    ->Args({15, 10})
    ->Args({152, 10})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

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
