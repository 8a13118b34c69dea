// Loading the two lists every screening starts from. Run with the shared lists beside the source tree.
#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>

#include "cordon/lists/lists.hpp"

namespace {

namespace fs = std::filesystem;
const fs::path kShared = fs::path(CORDON_SOURCE_DIR) / "../shared/data/lists";

void load(benchmark::State& state, const fs::path& path) {
  if (!fs::exists(path)) return state.SkipWithError("the shared lists are not here");
  std::size_t entities = 0;
  for (auto _ : state) {
    const auto list = cordon::lists::read_list(path);
    if (!list) return state.SkipWithError(list.error().message.c_str());
    entities = list->entities.size();
    benchmark::DoNotOptimize(list);
  }
  state.counters["entities"] = static_cast<double>(entities);
}

void BM_un_xml(benchmark::State& state) {
  load(state, kShared / "un_consolidated_2026-02-27.xml");
}
void BM_ofac_csv(benchmark::State& state) {
  load(state, kShared / "ofac_csv_bench");
}
void BM_ca_sema(benchmark::State& state) {
  load(state, kShared / "ca_sema-lmes_2025-05.xml");
}
void BM_eu_dprk(benchmark::State& state) {
  load(state, kShared / "eu_journal/32017R1509.csv");
}

// CPU time of all threads together, UN and OFAC: the start of a screening.
void BM_un_and_ofac(benchmark::State& state) {
  const std::array paths = {kShared / "un_consolidated_2026-02-27.xml", kShared / "ofac_csv_bench"};
  if (!fs::exists(kShared)) return state.SkipWithError("the shared lists are not here");
  for (auto _ : state) {
    const auto set = cordon::lists::read_lists(paths);
    if (!set) return state.SkipWithError(set.error().message.c_str());
    benchmark::DoNotOptimize(set);
  }
}

BENCHMARK(BM_un_xml)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ofac_csv)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ca_sema)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_eu_dprk)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_un_and_ofac)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
