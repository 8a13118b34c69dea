// With a price lambda_r for each resource, an area buys from where detection is cheapest: c_i = min_r
// lambda_r / w_ir. The dual function
//   g(lambda) = sum_r lambda_r T_r + sum_i phi(p_i, c_i),  phi = max over C of p b(C) - c C
// with b the law of detection by coverage C (random: phi = p - c - c ln(p / c) where c < p, else 0)
// bounds every allocation from above, and its least value is the best allocation's. It has kinks where two
// resources cost the same in an area, so the minimum is taken softly,
//   c_i = (sum_r (lambda_r / w_ir)^(-1/tau))^(-tau),
// which is concave in lambda: g stays convex, Newton's method finds its minimum, and tau is then lowered. The
// share s_ir that resource r has in c_i gives back the effort: z_ir = C_i c_i s_ir / lambda_r.
#include "cordon/patrol/dual.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cordon::patrol {
namespace {

constexpr double kFirstTau = 0.1, kLastTau = 1e-9, kTauStep = 0.05;
constexpr double kGap = 1e-9;       // of the bound
constexpr double kNoMatter = 40;    // e^-40 of the cheapest resource's share is nothing
constexpr int kSteps = 200;         // of Newton's method for one tau; some 3 to 6 are usual
constexpr double kNothing = 1e-17;  // of all there is to find
constexpr double kSpent = 1e-7;     // part of an effort that may be left over before tau is lowered
// Longest change of ln lambda in a step: at first, and as a multiple of the tau before.
constexpr double kFirstReach = 10, kReach = 4;

// A x = b for a symmetric positive definite matrix in place (Cholesky); b becomes x.
void solve(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j * n + j] -= a[j * n + k] * a[j * n + k];
    a[j * n + j] = std::sqrt(std::max(a[j * n + j], std::numeric_limits<double>::min()));
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i * n + j] -= a[i * n + k] * a[j * n + k];
      a[i * n + j] /= a[j * n + j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

// What an area worth p does at the cost c of coverage 1, as a function of depth = ln(p / c): the coverage it
// buys, how fast that grows with the depth, and what it is left with, p b(C) - c C. Below least_depth()
// it buys nothing. b is the law of detection by coverage.
struct RandomLaw {  // b = 1 - exp(-C): the price of the last bit is p exp(-C)
  double least_depth(double) const { return 0; }
  double coverage(double depth, double) const { return depth; }
  double growth(double, double) const { return 1; }
  double left(double p, double c, double depth, double) const { return p - c - c * depth; }
  double chance(double coverage) const { return -std::expm1(-coverage); }
};
struct InverseCubeLaw {  // b = erf(a C), a = sqrt(pi) / 2: the price of the last bit is p exp(-(a C)^2)
  static constexpr double kA = 0.88622692545275801;
  double least_depth(double) const { return 0; }
  double coverage(double depth, double) const { return std::sqrt(std::max(0.0, depth)) / kA; }
  // Without end at depth 0; held where Newton's steps stay useful.
  double growth(double depth, double) const { return 0.5 / (kA * std::sqrt(std::max(depth, 1e-4))); }
  double left(double p, double c, double depth, double) const {
    return p * std::erf(std::sqrt(std::max(0.0, depth))) - c * coverage(depth, 0);
  }
  double chance(double coverage) const { return std::erf(kA * coverage); }
};
// b = min(1, C): all or nothing. Smoothed with the same tau as the choice of resource: the coverage is
// 1 / (1 + exp(-(p - c) / (tau p))), which belongs to a concave law within tau ln 2 of b.
struct DefiniteLaw {
  static double ratio(double depth) { return std::exp(-depth); }  // c / p
  double least_depth(double tau) const { return tau > 0 ? -std::log1p(40 * tau) : 0; }
  double coverage(double depth, double tau) const {
    if (tau <= 0) return depth > 0 ? 1 : 0;
    return 1 / (1 + std::exp(-(1 - ratio(depth)) / tau));
  }
  double growth(double depth, double tau) const {
    const double c = coverage(depth, tau);
    return ratio(depth) / tau * c * (1 - c);
  }
  double left(double p, double c, double depth, double tau) const {
    if (tau <= 0) return std::max(0.0, p - c);
    const double x = (1 - ratio(depth)) / tau;
    return p * tau * (x > 30 ? x : std::log1p(std::exp(x)));
  }
  double chance(double coverage) const { return std::min(1.0, coverage); }
};

template <class Law>
class Dual {
 public:
  explicit Dual(const Stationary& problem) : problem_(problem) {
    const std::size_t resources = problem.resources();
    for (std::uint32_t r = 0; r < resources; ++r) {
      bool useful = false;
      for (std::size_t i = 0; i < problem.areas() && !useful; ++i)
        useful = problem.p[i] > 0 && problem.w[i * resources + r] > 0;
      if (useful && problem.effort[r] > 0) used_.push_back(r);
    }
    n_ = used_.size();
    for (std::uint32_t i = 0; i < problem.areas() && n_ > 0; ++i) {
      bool useful = false;
      for (const std::uint32_t r : used_) useful = useful || problem.w[i * resources + r] > 0;
      if (!useful || problem.p[i] <= 0) continue;
      areas_.push_back(i);
      log_p_.push_back(std::log(problem.p[i]));
      for (const std::uint32_t r : used_) log_w_.push_back(std::log(problem.w[i * resources + r]));
    }
    share_.resize(n_);
  }

  Allocation solve_all() {
    Allocation best;
    best.z.assign(problem_.w.size(), 0);
    if (n_ == 0) return best;
    start();
    best.bound = std::numeric_limits<double>::infinity();
    double reach = kFirstReach;
    for (double tau = kFirstTau; tau >= kLastTau; tau *= kTauStep) {
      descend(tau, reach);
      reach = kReach * tau;  // lowering tau moves the answer by some multiple of it
      best.bound = std::min(best.bound, bound());
      take_primal(tau, best);
      if (best.gap() <= kGap * best.bound) break;
    }
    return best;
  }

 private:
  // What each resource would cost were it alone, with what the others could do beside it.
  void start() {
    theta_.resize(n_);
    double all = 0;
    for (const std::uint32_t area : areas_) all += problem_.p[area];
    for (std::size_t r = 0; r < n_; ++r) floor_.push_back(std::log(kNothing * all / effort(r)));
    std::vector<double> w(areas_.size()), p(areas_.size()), z(areas_.size());
    Scratch scratch;
    for (std::size_t r = 0; r < n_; ++r) {
      for (std::size_t k = 0; k < areas_.size(); ++k) {
        p[k] = problem_.p[areas_[k]];
        w[k] = problem_.w[areas_[k] * problem_.resources() + used_[r]];
      }
      const double alone = static_cast<double>(n_) * problem_.effort[used_[r]];
      const double price = std::max(fill(p, w, alone, z, scratch), std::numeric_limits<double>::min());
      theta_[r] = std::max(std::log(price), floor_[r]);
    }
  }

  double effort(std::size_t r) const { return problem_.effort[used_[r]]; }

  // For each area that buys: use(area, cost c, log of p over c); share_ is filled.
  template <class Use>
  void each_buyer(double tau, const Use& use) {
    const double least = tau * std::log(static_cast<double>(n_));
    for (std::size_t k = 0; k < areas_.size(); ++k) {
      const double* const log_w = &log_w_[k * n_];
      double cheapest = std::numeric_limits<double>::infinity();
      for (std::size_t r = 0; r < n_; ++r) cheapest = std::min(cheapest, theta_[r] - log_w[r]);
      const double needed = law_.least_depth(tau);
      if (log_p_[k] - needed <= cheapest - least) continue;
      double sum = 0;
      for (std::size_t r = 0; r < n_; ++r) {
        const double dearer = (theta_[r] - log_w[r] - cheapest) / tau;
        share_[r] = dearer < kNoMatter ? std::exp(-dearer) : 0;
        sum += share_[r];
      }
      const double log_c = cheapest - tau * std::log(sum);
      if (log_p_[k] - log_c <= needed) continue;
      for (std::size_t r = 0; r < n_; ++r) share_[r] /= sum;
      use(k, std::exp(log_c), log_p_[k] - log_c);
    }
  }

  // The smoothed dual function with its slope and curvature in ln lambda, the latter as that of g in lambda
  // scaled by the prices, which is never negative.
  double evaluate(double tau, std::vector<double>& slope, std::vector<double>& curve) {
    slope.assign(n_, 0);
    curve.assign(n_ * n_, 0);
    double value = 0;
    each_buyer(tau, [&](std::size_t k, double c, double depth) {
      const double bought = c * law_.coverage(depth, tau), grows = c * law_.growth(depth, tau);
      value += law_.left(problem_.p[areas_[k]], c, depth, tau);
      const double stiff = bought * (1 + 1 / tau);
      for (std::size_t r = 0; r < n_; ++r) {
        if (share_[r] == 0) continue;
        slope[r] -= bought * share_[r];
        curve[r * n_ + r] += stiff * share_[r];
        for (std::size_t q = 0; q <= r; ++q) curve[r * n_ + q] += (grows - stiff) * share_[r] * share_[q];
      }
    });
    for (std::size_t r = 0; r < n_; ++r) {
      const double spent = std::exp(theta_[r]) * effort(r);
      value += spent;
      slope[r] += spent;
    }
    return value;
  }

  // move_: the change of ln lambda by Newton's method, held within `reach`. Where a resource is bought by
  // nobody, or only by areas that another price will tempt away, the curvature says nothing of what lies
  // further off.
  void aim(double reach) {
    for (std::size_t r = 0; r < n_; ++r) {
      if (!free(r, slope_)) continue;
      slope_[r] = 0;
      for (std::size_t q = 0; q < n_; ++q) curve_[r * n_ + q] = curve_[q * n_ + r] = q == r ? 1 : 0;
    }
    double damping = 0;
    for (;;) {
      work_ = curve_;
      for (std::size_t r = 0; r < n_; ++r)
        work_[r * n_ + r] += damping * std::exp(theta_[r]) * effort(r) + std::numeric_limits<double>::min();
      move_ = slope_;
      solve(work_, move_);
      double longest = 0;
      for (const double change : move_) longest = std::max(longest, std::abs(change));
      if (longest <= reach) break;
      damping = damping == 0 ? 1e-4 / reach : 4 * damping;
    }
    for (double& change : move_) change = -change;
  }

  // Whether there is more of the resource than anybody can use. Its price has no least value then; it is held
  // where it adds less to the bound than rounding does.
  bool free(std::size_t r, const std::vector<double>& slope) const {
    return theta_[r] <= floor_[r] && slope[r] >= 0;
  }

  // The largest part of a resource's effort that these prices leave over, or ask for too much.
  double unspent(const std::vector<double>& slope) const {
    double most = 0;
    for (std::size_t r = 0; r < n_; ++r)
      if (!free(r, slope)) most = std::max(most, std::abs(slope[r]) / (std::exp(theta_[r]) * effort(r)));
    return most;
  }

  void descend(double tau, double reach) {
    double value = evaluate(tau, slope_, curve_);
    for (int step = 0; step < kSteps; ++step) {
      aim(reach);
      double promised = 0;
      for (std::size_t r = 0; r < n_; ++r) promised -= move_[r] * slope_[r];
      const double unspent_before = unspent(slope_);
      if (unspent_before <= kSpent) return;
      const std::vector<double> before = theta_;
      const double value_before = value;
      for (double length = 1;; length *= 0.3) {
        for (std::size_t r = 0; r < n_; ++r) theta_[r] = std::max(before[r] + length * move_[r], floor_[r]);
        value = evaluate(tau, next_slope_, next_curve_);
        if (value <= value_before - 1e-4 * length * promised) break;
        // Where rounding hides the fall of g, what is spent still tells.
        if (value <= value_before * (1 + 1e-14) && unspent(next_slope_) < unspent_before / 2) break;
        if (length < 1e-6) {
          theta_ = before;
          return;
        }
      }
      std::swap(slope_, next_slope_);
      std::swap(curve_, next_curve_);
    }
  }

  // g itself at the present prices: an upper bound, however they were found.
  double bound() const {
    double value = 0;
    for (std::size_t r = 0; r < n_; ++r) value += std::exp(theta_[r]) * effort(r);
    for (std::size_t k = 0; k < areas_.size(); ++k) {
      double log_c = std::numeric_limits<double>::infinity();
      for (std::size_t r = 0; r < n_; ++r) log_c = std::min(log_c, theta_[r] - log_w_[k * n_ + r]);
      if (log_c >= log_p_[k]) continue;
      value += law_.left(problem_.p[areas_[k]], std::exp(log_c), log_p_[k] - log_c, 0);
    }
    return value;
  }

  void take_primal(double tau, Allocation& best) {
    const std::size_t resources = problem_.resources();
    std::vector<double> z(problem_.w.size(), 0), total(n_, 0);
    each_buyer(tau, [&](std::size_t k, double c, double depth) {
      for (std::size_t r = 0; r < n_; ++r) {
        const double units = law_.coverage(depth, tau) * c * share_[r] / std::exp(theta_[r]);
        z[areas_[k] * resources + used_[r]] = units;
        total[r] += units;
      }
    });
    double pos = 0;
    for (const std::uint32_t area : areas_) {
      double coverage = 0;
      for (std::size_t r = 0; r < n_; ++r) {
        double& units = z[area * resources + used_[r]];
        if (total[r] > 0) units *= effort(r) / total[r];
        coverage += units * problem_.w[area * resources + used_[r]];
      }
      pos += problem_.p[area] * law_.chance(coverage);
    }
    if (pos <= best.pos) return;
    best.pos = pos;
    best.z = std::move(z);
  }

  const Stationary& problem_;
  const Law law_ = {};
  std::vector<std::uint32_t> used_, areas_;  // resources with effort and use, areas with something to find
  std::size_t n_ = 0;                        // of used_
  std::vector<double> log_p_, log_w_;        // by area; by area, then resource
  std::vector<double> theta_, floor_;        // ln lambda, and the least it may be
  std::vector<double> share_, slope_, curve_, next_slope_, next_curve_, move_, work_;
};

}  // namespace

Allocation solve_dual(const Stationary& problem, Detection law) {
  switch (law) {
    case Detection::definite:
      return Dual<DefiniteLaw>(problem).solve_all();
    case Detection::inverse_cube:
      return Dual<InverseCubeLaw>(problem).solve_all();
    case Detection::random:
      break;
  }
  return Dual<RandomLaw>(problem).solve_all();
}

}  // namespace cordon::patrol
