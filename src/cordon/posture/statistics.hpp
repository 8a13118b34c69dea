// Means with their errors, and quantiles. Sums run in the order of the years, so they do not depend on
// threads.
#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace cordon::posture {

struct Mean {
  double mean = 0, error = 0;  // error: standard error of the mean
  double low() const { return mean - 1.96 * error; }
  double high() const { return mean + 1.96 * error; }
};

// value(i) for i in [0, n)
template <class Value>
Mean mean_of(std::size_t n, const Value& value) {
  if (n == 0) return {};
  double mean = 0, squares = 0;  // Welford: no loss where the spread is small against the mean
  for (std::size_t i = 0; i < n; ++i) {
    const double x = value(i), off = x - mean;
    mean += off / static_cast<double>(i + 1);
    squares += off * (x - mean);
  }
  return {mean, n > 1 ? std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n)) : 0};
}

inline Mean mean_of(std::span<const float> values) {
  return mean_of(values.size(), [&](std::size_t i) { return double{values[i]}; });
}

// The mean of y, corrected by how far the mean of x, of which the true mean is known, came out wrong
// (control variate).
inline Mean controlled(std::span<const float> y, std::span<const float> x, double true_mean) {
  const Mean my = mean_of(y), mx = mean_of(x);
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    xy += (y[i] - my.mean) * (x[i] - mx.mean);
    xx += (x[i] - mx.mean) * (x[i] - mx.mean);
    yy += (y[i] - my.mean) * (y[i] - my.mean);
  }
  if (!(xx > 0) || !(yy > 0)) return my;
  const double slope = xy / xx;
  return {my.mean - slope * (mx.mean - true_mean),
          my.error * std::sqrt(std::max(0.0, 1 - xy * xy / (xx * yy)))};
}

// Linear between order statistics; q in [0, 1]. The values are reordered.
template <class Number>
double quantile(std::vector<Number>& values, double q) {
  if (values.empty()) return 0;
  const double at = q * static_cast<double>(values.size() - 1);
  const auto k = static_cast<std::ptrdiff_t>(at);
  std::nth_element(values.begin(), values.begin() + k, values.end());
  const double low = values[static_cast<std::size_t>(k)];
  if (at <= static_cast<double>(k)) return low;
  const double high = *std::min_element(values.begin() + k + 1, values.end());
  return low + (at - static_cast<double>(k)) * (high - low);
}

}  // namespace cordon::posture
