#include <benchmark/benchmark.h>

#include <algorithm>

#include "cordon/posture/compare.hpp"

namespace cordon::posture {
namespace {

// The five built-in postures side by side, one thread; a posture-year is one posture in one year.
void years(benchmark::State& state, bool adapts) {
  std::vector<Scenario> scenarios;
  std::vector<std::string> countries;
  for (const auto& name : built_in_names()) {
    scenarios.push_back(*built_in(name));
    for (const Country& country : scenarios.back().countries)
      if (std::find(countries.begin(), countries.end(), country.id) == countries.end())
        countries.push_back(country.id);
  }
  std::vector<Tables> tables;
  for (const Scenario& scenario : scenarios) tables.push_back(compile(scenario, countries, adapts));
  std::vector<const Tables*> pointers;
  for (const Tables& each : tables) pointers.push_back(&each);
  constexpr std::size_t kYears = 5000;
  for (auto _ : state) benchmark::DoNotOptimize(simulate(pointers, 1, kYears, countries.size(), {}, false));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kYears * tables.size()));
}
BENCHMARK_CAPTURE(years, adapting, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(years, closed_form_mode, false)->Unit(benchmark::kMillisecond);

void one_posture(benchmark::State& state) {
  const Scenario scenario = *built_in("with_japan_and_partners");
  std::vector<std::string> countries;
  for (const Country& country : scenario.countries) countries.push_back(country.id);
  const Tables tables = compile(scenario, countries);
  const Tables* one = &tables;
  constexpr std::size_t kYears = 5000;
  for (auto _ : state) benchmark::DoNotOptimize(simulate({&one, 1}, 1, kYears, countries.size(), {}, false));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kYears));
}
BENCHMARK(one_posture)->Unit(benchmark::kMillisecond);

void game(benchmark::State& state) {
  const Scenario scenario = *built_in("with_japan_and_partners");
  std::vector<std::string> countries;
  for (const Country& country : scenario.countries) countries.push_back(country.id);
  const Tables tables = compile(scenario, countries);
  for (auto _ : state) benchmark::DoNotOptimize(bounds(scenario, tables));
}
BENCHMARK(game)->Unit(benchmark::kMillisecond);

void read(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(built_in("with_japan_and_partners"));
}
BENCHMARK(read)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cordon::posture
