// Drawings of the size the page shows; time is processor time.
#include <benchmark/benchmark.h>

#include <random>

#include "cordon/network/layout.hpp"

namespace cordon::network {
namespace {

// Holdings: a few hubs with many ties, a long tail with one or two.
void draw(benchmark::State& state) {
  const auto nodes = static_cast<std::uint32_t>(state.range(0));
  std::mt19937 random(7);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t i = 1; i < nodes; ++i) {
    edges.emplace_back(
        i, edges.empty() || random() % 4 == 0 ? random() % i : edges[random() % edges.size()].second);
    if (random() % 2 == 0) edges.emplace_back(i, random() % i);
  }
  for (auto _ : state) benchmark::DoNotOptimize(layout(nodes, edges).data());
  state.counters["edges"] = static_cast<double>(edges.size());
}
BENCHMARK(draw)->Arg(500)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cordon::network
