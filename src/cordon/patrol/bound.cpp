#include "cordon/patrol/bound.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/cloud.hpp"

namespace cordon::patrol {
namespace {

// How far beside a leg coverage may fall, in sweep widths: ladders are never wider spaced.
constexpr double kBeside = 3;
constexpr double kGap = 5e-4;
constexpr unsigned kSweeps = 60;

}  // namespace

Bounds::Bounds(const Grid& grid, const AssetFile& assets, Detection law, std::vector<double> mass,
               std::vector<std::vector<double>> miles, const std::optional<Motion>& motion, base::TimeMs from,
               base::TimeMs to)
    : grid_(grid),
      assets_(assets),
      law_(law),
      mass_(std::move(mass)),
      miles_(std::move(miles)),
      motion_(motion),
      from_(from),
      to_(to) {
  if (motion_) kernel_ = make_kernel(grid, *motion_);
}

double Bounds::rate(std::size_t asset, std::size_t cell, double hours) const {
  const Asset& one = assets_.assets[asset];
  if (!grid_.searchable(cell) || hours <= 0) return 0;
  const double sweep = one.effective_sweep_nm();
  const double way = std::max(0.0, miles_[asset][cell] - kBeside * sweep);
  const double left = 1 - 2 * way / one.transit_kn.value / hours;
  return left > 0 ? sweep * one.speed_kn.value / grid_.area_nm2(cell) * left : 0;
}

std::vector<double> Bounds::longest(std::span<const Slot> slots) const {
  std::vector<double> hours(assets_.assets.size(), 0);
  for (const Slot& slot : slots) hours[slot.asset] = std::max(hours[slot.asset], slot.hours);
  return hours;
}

Bounds::Answer Bounds::best(std::span<const Slot> slots) const {
  if (slots.empty()) return {0, 0, std::vector<double>(grid_.cells(), 0)};
  if (motion_) return moving(slots);
  const std::vector<double> hours = longest(slots);
  Stationary problem;
  problem.effort.assign(hours.size(), 0);
  for (const Slot& slot : slots) problem.effort[slot.asset] += slot.hours;
  for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
    problem.p.push_back(grid_.searchable(cell) ? mass_[cell] : 0);
    for (std::size_t r = 0; r < hours.size(); ++r) problem.w.push_back(rate(r, cell, hours[r]));
  }
  const Allocation allocation = allocate(problem, law_);
  Answer answer{allocation.pos, std::max(allocation.bound, allocation.pos), {}};
  for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
    double coverage = 0;
    for (std::size_t r = 0; r < hours.size(); ++r)
      coverage += allocation.z[cell * hours.size() + r] * problem.w[cell * hours.size() + r];
    answer.coverage.push_back(coverage);
  }
  return answer;
}

// Each step of the motion is as many steps of the kernel's solver as assets search in it: between those the
// target stands, and coverages of the random law add.
Bounds::Answer Bounds::moving(std::span<const Slot> slots) const {
  const std::size_t cells = grid_.cells();
  const auto step_ms = static_cast<base::TimeMs>(motion_->step_h * base::kHour);
  const auto last = (to_ - from_ - 1) / step_ms;
  const std::vector<double> longest_h = longest(slots);
  std::vector<Kernel::Move> stay;
  for (std::uint32_t cell = 0; cell < cells; ++cell) stay.push_back({cell, cell, 1});
  Moving problem;
  problem.areas = cells;
  problem.p0 = mass_;
  problem.kernels = {Kernel(cells, stay), *kernel_};
  for (base::TimeMs step = 0; step <= last; ++step) {
    std::vector<double> hours(assets_.assets.size(), 0);
    for (const Slot& slot : slots) {
      const base::TimeMs begin = slot.start - from_,
                         end = begin + static_cast<base::TimeMs>(slot.hours * base::kHour);
      const base::TimeMs inside = std::min(end, (step + 1) * step_ms) - std::max(begin, step * step_ms);
      if (inside > 0) hours[slot.asset] += static_cast<double>(inside) / base::kHour;
    }
    bool any = false;
    for (std::size_t r = 0; r < hours.size(); ++r) {
      if (hours[r] <= 0 && !(r + 1 == hours.size() && !any)) continue;
      if (problem.steps > 0) problem.kernel_of.push_back(any ? 0 : 1);
      any = true;
      ++problem.steps;
      problem.effort.push_back(hours[r]);
      for (std::size_t cell = 0; cell < cells; ++cell) problem.w.push_back(rate(r, cell, longest_h[r]));
    }
  }
  const MovingPlan plan = plan_moving(problem, kGap, kSweeps);
  Answer answer{plan.pos, plan.bound, std::vector<double>(cells, 0)};
  for (std::size_t t = 0; t < problem.steps; ++t)
    for (std::size_t cell = 0; cell < cells; ++cell)
      answer.coverage[cell] += plan.z[t * cells + cell] * problem.w[t * cells + cell];
  return answer;
}

double Bounds::random(double swept_nm2) const {
  double sea = 0, mass = 0;
  for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
    if (!grid_.searchable(cell)) continue;
    sea += grid_.area_nm2(cell);
    mass += mass_[cell];
  }
  return mass * detection_chance(Detection::random, swept_nm2 / sea);
}

}  // namespace cordon::patrol
