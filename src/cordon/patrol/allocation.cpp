#include "cordon/patrol/allocation.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/patrol/dual.hpp"

namespace cordon::patrol {
namespace {

bool usable(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x) && x >= 0; });
}

double value_of(const Stationary& problem, const std::vector<double>& z) {
  const std::size_t resources = problem.resources();
  double pos = 0;
  for (std::size_t i = 0; i < problem.areas(); ++i) {
    double coverage = 0;
    for (std::size_t r = 0; r < resources; ++r)
      coverage += problem.w[i * resources + r] * z[i * resources + r];
    pos -= problem.p[i] * std::expm1(-coverage);
  }
  return pos;
}

Allocation allocate_one(const Stationary& problem) {
  Allocation answer;
  answer.z.resize(problem.areas());
  Scratch scratch;
  const double price = fill(problem.p, problem.w, problem.effort[0], answer.z, scratch);
  answer.pos = value_of(problem, answer.z);
  answer.bound = price * problem.effort[0];
  for (std::size_t i = 0; i < problem.areas(); ++i) {
    const double gain = problem.p[i] * problem.w[i];
    if (gain <= price || gain == 0) continue;
    // With a price of zero all that is worth finding is found.
    const double left = price / problem.w[i];
    answer.bound += problem.p[i] - left - (left > 0 ? left * std::log(problem.p[i] / left) : 0);
  }
  return answer;
}

}  // namespace

base::Result<void> Stationary::check() const {
  if (p.empty()) return base::fail("p: expected a number for each area, found none");
  if (effort.empty()) return base::fail("T: expected a number for each resource, found none");
  if (w.size() != areas() * resources())
    return base::fail("w: expected {} rows of {}, found {} numbers", areas(), resources(), w.size());
  if (!usable(p)) return base::fail("p: expected numbers of 0 or more");
  if (!usable(effort)) return base::fail("T: expected numbers of 0 or more");
  if (!usable(w)) return base::fail("w: expected numbers of 0 or more");
  return {};
}

// With a = ln(p w) and the price e^u an area takes max(0, a - u) / w. The sum over areas is convex, piecewise
// linear and falling in u; Newton's steps from a u that is too low never pass the root, and an area that
// dropped out stays out.
double fill(std::span<const double> p, std::span<const double> w, double effort, std::span<double> z,
            Scratch& scratch, double price_near) {
  auto& [level, rate, area] = scratch;
  const double too_poor = price_near / 2;
  level.clear();
  rate.clear();
  area.clear();
  double levels = 0, rates = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    z[i] = 0;
    const double gain = p[i] * w[i];
    if (!(gain > too_poor)) continue;
    level.push_back(std::log(gain));
    rate.push_back(1 / w[i]);
    area.push_back(i);
    levels += level.back() * rate.back();
    rates += rate.back();
  }
  if (effort <= 0 && !area.empty()) return std::exp(*std::max_element(level.begin(), level.end()));
  if (area.empty()) return too_poor > 0 ? fill(p, w, effort, z, scratch) : 0;
  double u = (levels - effort) / rates;
  for (bool dropped = true; dropped;) {
    dropped = false;
    levels = rates = 0;
    std::size_t kept = 0;
    for (std::size_t k = 0; k < area.size(); ++k) {
      if (level[k] <= u) {
        dropped = true;
        continue;
      }
      level[kept] = level[k];
      rate[kept] = rate[k];
      area[kept++] = area[k];
      levels += level[k] * rate[k];
      rates += rate[k];
    }
    if (kept == 0) break;  // no effort at all: u is the highest level
    level.resize(kept);
    rate.resize(kept);
    area.resize(kept);
    u = (levels - effort) / rates;
  }
  // The areas left out could not have paid this price either, unless it fell further than was thought.
  if (std::exp(u) < too_poor) return fill(p, w, effort, z, scratch);
  for (std::size_t k = 0; k < area.size(); ++k) z[area[k]] = std::max(0.0, (level[k] - u) * rate[k]);
  return std::exp(u);
}

Allocation allocate(const Stationary& problem) {
  return problem.resources() == 1 ? allocate_one(problem) : solve_dual(problem);
}

Allocation allocate(const Stationary& problem, Detection law) {
  return law == Detection::random ? allocate(problem) : solve_dual(problem, law);
}

}  // namespace cordon::patrol
