#include "cordon/patrol/moving.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "cordon/patrol/allocation.hpp"

namespace cordon::patrol {
namespace {

constexpr unsigned kFirstCheck = 4;
// How far a step moves to its own best once all have been solved once. Effort at one step makes effort near
// it at others worth less; going all the way, the steps overshoot in turn and need three times as many
// sweeps.
constexpr double kPart = 0.4;

class Planner {
 public:
  explicit Planner(const Moving& problem)
      : problem_(problem),
        n_(problem.areas),
        reached_(n_ * problem.steps),
        escaped_(n_ * problem.steps),
        missed_(n_ * problem.steps, 1.0),
        weight_(n_),
        step_(n_),
        own_best_(n_),
        price_(problem.steps, 0.0) {
    plan_.z.assign(n_ * problem.steps, 0);
    plan_.bound = std::numeric_limits<double>::infinity();
  }

  MovingPlan run(double gap, unsigned max_sweeps) {
    for (std::size_t t = problem_.steps; t-- > 0;) look_back(t);
    unsigned next_check = kFirstCheck;
    for (unsigned sweep = 1; sweep <= max_sweeps; ++sweep) {
      // Forward: what was reached is up to date with all earlier steps, what escapes with all later ones.
      for (std::size_t t = 0; t < problem_.steps; ++t) {
        look_ahead(t);
        improve(t);
      }
      plan_.sweeps = sweep;
      if (sweep >= next_check || sweep == max_sweeps) {
        certify();
        if (plan_.gap() <= gap) break;
        next_check = sweep + std::max(1u, sweep / 4);
      }
      // And backward, with the roles exchanged.
      for (std::size_t t = problem_.steps; t-- > 0;) {
        look_back(t);
        improve(t);
      }
    }
    return std::move(plan_);
  }

 private:
  std::span<double> at(std::vector<double>& all, std::size_t t) { return {all.data() + t * n_, n_}; }
  std::span<const double> at(const std::vector<double>& all, std::size_t t) const {
    return {all.data() + t * n_, n_};
  }
  const Kernel& kernel(std::size_t t) const { return problem_.kernels[problem_.kernel_of[t]]; }

  // The chance of being there at t undetected so far.
  void look_ahead(std::size_t t) {
    if (t == 0) {
      std::copy(problem_.p0.begin(), problem_.p0.end(), reached_.begin());
      return;
    }
    const auto reached = at(reached_, t - 1), missed = at(missed_, t - 1);
    for (std::size_t i = 0; i < n_; ++i) step_[i] = reached[i] * missed[i];
    kernel(t - 1).forward(step_, at(reached_, t));
  }

  // The chance of not being detected after t when there at t.
  void look_back(std::size_t t) {
    if (t + 1 == problem_.steps) {
      std::fill_n(at(escaped_, t).begin(), n_, 1.0);
      return;
    }
    const auto escaped = at(escaped_, t + 1), missed = at(missed_, t + 1);
    for (std::size_t i = 0; i < n_; ++i) step_[i] = escaped[i] * missed[i];
    kernel(t).backward(step_, at(escaped_, t));
  }

  void improve(std::size_t t) {
    const auto reached = at(reached_, t), escaped = at(escaped_, t), z = at(plan_.z, t);
    const auto missed = at(missed_, t);
    const auto w = at(problem_.w, t);
    for (std::size_t i = 0; i < n_; ++i) weight_[i] = reached[i] * escaped[i];
    const double part = plan_.sweeps == 0 ? 1.0 : kPart;
    price_[t] = fill(weight_, w, problem_.effort[t], own_best_, scratch_, price_[t]);
    for (std::size_t i = 0; i < n_; ++i) {
      if (z[i] == 0 && own_best_[i] == 0) continue;
      z[i] += part * (own_best_[i] - z[i]);
      missed[i] = std::exp(-w[i] * z[i]);
    }
  }

  // After a forward sweep: goes back without changing the plan, so that both chances belong to it. By
  // convexity no plan misses less than this one by more than the slope allows.
  void certify() {
    double possible = 0;
    for (std::size_t t = problem_.steps; t-- > 0;) {
      look_back(t);
      double best = 0, taken = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        const double slope =
            at(problem_.w, t)[i] * at(reached_, t)[i] * at(escaped_, t)[i] * at(missed_, t)[i];
        best = std::max(best, slope);
        taken += slope * at(plan_.z, t)[i];
      }
      possible += best * problem_.effort[t] - taken;
    }
    plan_.pos = 0;
    for (std::size_t i = 0; i < n_; ++i) plan_.pos += problem_.p0[i] * (1 - missed_[i] * escaped_[i]);
    plan_.bound = std::min(plan_.bound, plan_.pos + possible);
  }

  const Moving& problem_;
  std::size_t n_;
  std::vector<double> reached_, escaped_, missed_;  // by step, then area
  std::vector<double> weight_, step_, own_best_, price_;
  Scratch scratch_;
  MovingPlan plan_;
};

bool usable(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x) && x >= 0; });
}

}  // namespace

Kernel::Rows Kernel::rows(std::size_t areas, std::span<const Move> moves, bool by_from) {
  Rows rows;
  rows.begin.assign(areas + 1, 0);
  for (const Move& move : moves)
    if (move.chance > 0) ++rows.begin[(by_from ? move.from : move.to) + 1u];
  for (std::size_t i = 0; i < areas; ++i) rows.begin[i + 1] += rows.begin[i];
  rows.other.resize(rows.begin[areas]);
  rows.chance.resize(rows.begin[areas]);
  std::vector<std::uint32_t> next(rows.begin.begin(), rows.begin.end() - 1);
  for (const Move& move : moves) {
    if (!(move.chance > 0)) continue;
    const std::uint32_t place = next[by_from ? move.from : move.to]++;
    rows.other[place] = by_from ? move.to : move.from;
    rows.chance[place] = move.chance;
  }
  return rows;
}

Kernel::Kernel(std::size_t areas, std::span<const Move> moves)
    : by_from_(rows(areas, moves, true)), by_to_(rows(areas, moves, false)), leaving_(areas, 1.0) {
  for (const Move& move : moves) leaving_[move.from] -= move.chance;
  // A row that adds up to one but for rounding keeps the target in.
  for (double& chance : leaving_)
    if (chance < 1e-12) chance = 0;
}

void Kernel::backward(std::span<const double> in, std::span<double> out) const {
  by_from_.apply(in, out);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += leaving_[i];
}

void Kernel::Rows::apply(std::span<const double> in, std::span<double> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) {
    double sum = 0;
    for (std::uint32_t k = begin[i]; k < begin[i + 1]; ++k) sum += chance[k] * in[other[k]];
    out[i] = sum;
  }
}

base::Result<void> Moving::check() const {
  if (areas == 0 || steps == 0) return base::fail("expected at least one area and one step");
  if (p0.size() != areas) return base::fail("p0: expected {} numbers, found {}", areas, p0.size());
  if (kernel_of.size() + 1 != steps)
    return base::fail("K: expected {} kernels, one between two steps, found {}", steps - 1, kernel_of.size());
  for (const std::uint32_t kernel : kernel_of)
    if (kernel >= kernels.size()) return base::fail("K: no kernel {}", kernel);
  if (w.size() != areas * steps)
    return base::fail("w: expected {} rows of {}, found {} numbers", steps, areas, w.size());
  if (effort.size() != steps)
    return base::fail("effort: expected {} numbers, found {}", steps, effort.size());
  if (!usable(p0) || !usable(w) || !usable(effort))
    return base::fail("p0, w, effort: expected numbers of 0 or more");
  return {};
}

MovingPlan plan_moving(const Moving& problem, double gap, unsigned max_sweeps) {
  return Planner(problem).run(gap, max_sweeps);
}

}  // namespace cordon::patrol
