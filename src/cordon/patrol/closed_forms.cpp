#include "cordon/patrol/closed_forms.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace cordon::patrol {

double detection_chance(Detection law, double coverage) {
  switch (law) {
    case Detection::definite:
      return std::min(1.0, coverage);
    case Detection::inverse_cube:
      return std::erf(std::sqrt(std::numbers::pi) / 2 * coverage);
    case Detection::random:
      break;
  }
  return -std::expm1(-coverage);
}

std::string_view to_string(Detection law) {
  return law == Detection::definite ? "definite" : law == Detection::inverse_cube ? "inverse_cube" : "random";
}

base::Result<Detection> parse_detection(std::string_view word) {
  for (const Detection law : {Detection::definite, Detection::inverse_cube, Detection::random})
    if (word == to_string(law)) return law;
  return base::fail("detection law: expected definite, inverse_cube or random, found '{}'", word);
}

NormalSearch search_normal(double h) {
  const double root = std::sqrt(h);
  return {1 - (1 + root) * std::exp(-root), std::sqrt(2 * root)};
}

double mean_time_normal(double sigma1, double sigma2, double sweep_rate) {
  return 6 * std::numbers::pi * sigma1 * sigma2 / sweep_rate;
}

double search_normal_line(double effort_over_sigma) {
  const double r = std::cbrt(1.5 * effort_over_sigma);
  const double density = std::exp(-r * r / 2) / std::sqrt(2 * std::numbers::pi);
  return std::erf(r / std::numbers::sqrt2) - 2 * r * density;
}

double coverage_game(std::span<const double> values, double resources) {
  std::vector<double> falling(values.begin(), values.end());
  std::sort(falling.begin(), falling.end(), std::greater<>());
  // With the k most valuable places made equally good, lambda = (k - m) / sum 1/v; the right k is that of the
  // greatest lambda, which is also what any choice of places assures the smuggler.
  double best = 0, inverse = 0;
  for (std::size_t k = 0; k < falling.size(); ++k) {
    inverse += 1 / falling[k];
    best = std::max(best, (static_cast<double>(k + 1) - resources) / inverse);
  }
  return best;
}

double effort_game(std::span<const double> values, std::span<const double> rates, double effort) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  // ln v - w z is levelled from the top: u = (sum ln v / w - Z) / sum 1 / w over the places above u.
  double levels = 0, inverse = 0, u = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double level = std::log(values[order[k]]);
    if (k > 0 && level <= u) break;
    levels += level / rates[order[k]];
    inverse += 1 / rates[order[k]];
    u = (levels - effort) / inverse;
  }
  return std::exp(u);
}

}  // namespace cordon::patrol
