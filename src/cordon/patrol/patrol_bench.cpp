// Processor time of planning. Instances as in the published comparisons: p ~ U^3, w ~ 0.2 + U.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/moving.hpp"

namespace cordon::patrol {
namespace {

Stationary instance(std::size_t areas, std::size_t resources) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  Stationary problem;
  double total = 0;
  for (std::size_t i = 0; i < areas; ++i) {
    const double u = unit(random);
    problem.p.push_back(u * u * u);
    total += problem.p.back();
  }
  for (double& p : problem.p) p /= total;
  for (std::size_t i = 0; i < areas * resources; ++i) problem.w.push_back(0.2 + unit(random));
  for (std::size_t r = 0; r < resources; ++r)
    problem.effort.push_back(static_cast<double>(areas) / static_cast<double>(resources));
  return problem;
}

void stationary(benchmark::State& state) {
  const auto problem =
      instance(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  Allocation answer;
  for (auto _ : state) answer = allocate(problem);
  state.counters["gap"] = answer.gap();
  state.counters["pos"] = answer.pos;
}
BENCHMARK(stationary)
    ->Args({1000, 1})
    ->Args({100'000, 1})
    ->Args({1000, 5})
    ->Args({3000, 8})
    ->Args({10'000, 8})
    ->Unit(benchmark::kMillisecond);

// A square of side^2 areas from which a target drifts to itself and its eight neighbours; the prior is three
// hills.
Moving grid(std::size_t side, std::size_t steps) {
  std::mt19937_64 random(9);
  std::uniform_real_distribution<double> unit(0, 1);
  Moving problem;
  problem.areas = side * side;
  problem.steps = steps;
  std::vector<Kernel::Move> moves;
  const auto last = static_cast<std::ptrdiff_t>(side) - 1;
  for (std::ptrdiff_t y = 0; y <= last; ++y)
    for (std::ptrdiff_t x = 0; x <= last; ++x)
      for (std::ptrdiff_t dy = -1; dy <= 1; ++dy)
        for (std::ptrdiff_t dx = -1; dx <= 1; ++dx) {
          const auto to = std::clamp(y + dy, std::ptrdiff_t{0}, last) * (last + 1) +
                          std::clamp(x + dx, std::ptrdiff_t{0}, last);
          moves.push_back(
              {static_cast<std::uint32_t>(y * (last + 1) + x), static_cast<std::uint32_t>(to), 1.0 / 9});
        }
  problem.kernels.emplace_back(problem.areas, moves);
  problem.kernel_of.assign(steps - 1, 0);
  double total = 0;
  for (std::size_t i = 0; i < problem.areas; ++i) {
    const double x = static_cast<double>(i % side) / static_cast<double>(side);
    const double y = static_cast<double>(i / side) / static_cast<double>(side);
    double p = 1e-3;
    for (const auto& [cx, cy] : {std::pair{0.3, 0.3}, std::pair{0.7, 0.4}, std::pair{0.5, 0.8}})
      p += std::exp(-((x - cx) * (x - cx) + (y - cy) * (y - cy)) * 60);
    problem.p0.push_back(p);
    total += p;
  }
  for (double& p : problem.p0) p /= total;
  for (std::size_t k = 0; k < problem.areas * steps; ++k) problem.w.push_back(0.5 + unit(random));
  problem.effort.assign(steps, 0.04 * static_cast<double>(problem.areas));
  return problem;
}

void moving(benchmark::State& state) {
  const Moving problem =
      grid(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  MovingPlan plan;
  for (auto _ : state) plan = plan_moving(problem, 1e-3);
  state.counters["gap"] = plan.gap();
  state.counters["pos"] = plan.pos;
  state.counters["sweeps"] = plan.sweeps;
}
BENCHMARK(moving)->Args({64, 16})->Args({100, 24})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cordon::patrol
