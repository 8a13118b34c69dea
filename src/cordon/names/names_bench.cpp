#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "cordon/names/compare.hpp"
#include "cordon/names/kernels.hpp"

namespace cordon::names {
namespace {

const std::vector<std::string> kNames = {"KIM JONG UN",
                                         "Vladimir Vladimirovich Putin",
                                         "AREFULLAH AREF GHAZI MOHAMMAD",
                                         "RI WON HO",
                                         "ABDUL GHANI BARADAR ABDUL AHMAD TURK",
                                         "Friedrich Lindenberg",
                                         "PAK YONG SIK",
                                         "Ayman al-Zawahiri"};

void prepare(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(PreparedName(kNames[i++ % kNames.size()], Kind::person));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(prepare);

void score_pairs(benchmark::State& state) {
  std::vector<PreparedName> names;
  for (const std::string& name : kNames) names.emplace_back(name, Kind::person);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(score(names[i % names.size()], names[i * 5 / 3 % names.size()]));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(score_pairs);

template <auto Distance>
void kernel(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Distance(kNames[i % kNames.size()], kNames[i * 5 / 3 % kNames.size()]));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(kernel<osa>);
BENCHMARK(kernel<indel>);
BENCHMARK(kernel<jaro_winkler>);

}  // namespace
}  // namespace cordon::names
