// Slow and obvious: what plans are checked against in tests.
#pragma once
#include <cmath>
#include <vector>

#include "cordon/patrol/allocation.hpp"
#include "cordon/patrol/closed_forms.hpp"
#include "cordon/patrol/moving.hpp"

namespace cordon::patrol::reference {

inline double value_of(const Stationary& problem, const std::vector<double>& z) {
  double value = 0;
  for (std::size_t i = 0; i < problem.areas(); ++i) {
    double coverage = 0;
    for (std::size_t r = 0; r < problem.resources(); ++r)
      coverage += problem.w[i * problem.resources() + r] * z[i * problem.resources() + r];
    value += problem.p[i] * (1 - std::exp(-coverage));
  }
  return value;
}

// Each resource in turn goes a little to the area that pays most for it (Frank and Wolfe 1956).
inline double frank_wolfe(const Stationary& problem, int rounds) {
  const std::size_t resources = problem.resources();
  std::vector<double> z(problem.w.size(), 0);
  for (int round = 0; round < rounds; ++round) {
    const double part = 2.0 / (round + 2.0);
    std::vector<double> slope(z.size());
    for (std::size_t i = 0; i < problem.areas(); ++i) {
      double coverage = 0;
      for (std::size_t r = 0; r < resources; ++r)
        coverage += problem.w[i * resources + r] * z[i * resources + r];
      for (std::size_t r = 0; r < resources; ++r)
        slope[i * resources + r] = problem.p[i] * problem.w[i * resources + r] * std::exp(-coverage);
    }
    for (std::size_t r = 0; r < resources; ++r) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < problem.areas(); ++i)
        if (slope[i * resources + r] > slope[best * resources + r]) best = i;
      for (std::size_t i = 0; i < problem.areas(); ++i)
        z[i * resources + r] += part * ((i == best ? problem.effort[r] : 0) - z[i * resources + r]);
    }
  }
  return value_of(problem, z);
}

// Any law: effort goes piece by piece to where the next piece finds most.
inline double in_pieces(const Stationary& problem, Detection law, int pieces) {
  const std::size_t resources = problem.resources();
  std::vector<double> coverage(problem.areas(), 0);
  for (int piece = 0; piece < pieces; ++piece)
    for (std::size_t r = 0; r < resources; ++r) {
      const double unit = problem.effort[r] / pieces;
      double most = 0;
      std::size_t best = 0;
      for (std::size_t i = 0; i < problem.areas(); ++i) {
        const double more = coverage[i] + unit * problem.w[i * resources + r];
        const double gain = problem.p[i] * (detection_chance(law, more) - detection_chance(law, coverage[i]));
        if (gain > most) {
          most = gain;
          best = i;
        }
      }
      coverage[best] += unit * problem.w[best * resources + r];
    }
  double value = 0;
  for (std::size_t i = 0; i < problem.areas(); ++i)
    value += problem.p[i] * detection_chance(law, coverage[i]);
  return value;
}

// The chance of detection, summed over every path the target can take.
inline double detected_on_paths(const Moving& problem, const std::vector<double>& z) {
  const std::size_t n = problem.areas;
  const auto walk = [&](auto&& self, std::size_t t, std::size_t i, double chance, double missed) -> double {
    missed *= std::exp(-problem.w[t * n + i] * z[t * n + i]);
    if (t + 1 == problem.steps) return chance * (1 - missed);
    double found = 0, left = 1;
    std::vector<double> in(n, 0), out(n);
    in[i] = 1;
    problem.kernels[problem.kernel_of[t]].forward(in, out);
    for (std::size_t j = 0; j < n; ++j) {
      left -= out[j];
      found += self(self, t + 1, j, chance * out[j], missed);
    }
    return found + chance * left * (1 - missed);
  };
  double found = 0;
  for (std::size_t i = 0; i < n; ++i) found += walk(walk, 0, i, problem.p0[i], 1);
  return found;
}

}  // namespace cordon::patrol::reference
