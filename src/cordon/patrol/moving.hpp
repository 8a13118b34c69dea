// How to divide search effort over areas and time steps against a target that moves by a known Markov chain
// and does not know of the search (Brown 1980; Washburn 1983).
//
// The target is in area i at the first step with chance p0[i] and moves by kernel[t]; effort z[t][i] detects
// it there with chance 1 - exp(-w[t][i] z). Step t has effort[t] units. The chance of never being detected is
// convex in z, and given the other steps each step is the stationary problem with weights (reached
// undetected) x (not detected later). Steps are solved in turn forward and backward; the slope at any plan
// gives a bound on every plan.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::patrol {

// Chances of moving, sparse, kept by origin and by destination.
class Kernel {
 public:
  struct Move {
    std::uint32_t from, to;
    double chance;
  };
  // In any order; moves of chance 0 are dropped. The chances from an area may sum to less than one: the rest
  // leaves the sea area.
  Kernel(std::size_t areas, std::span<const Move> moves);

  // out[j] = sum_i in[i] chance(i, j)
  void forward(std::span<const double> in, std::span<double> out) const { by_to_.apply(in, out); }
  // out[i] = sum_j chance(i, j) in[j], and 1 for what leaves: what is gone is not detected
  void backward(std::span<const double> in, std::span<double> out) const;

 private:
  struct Rows {
    std::vector<std::uint32_t> begin, other;
    std::vector<double> chance;
    void apply(std::span<const double> in, std::span<double> out) const;
  };
  static Rows rows(std::size_t areas, std::span<const Move> moves, bool by_from);
  Rows by_from_, by_to_;
  std::vector<double> leaving_;
};

struct Moving {
  std::size_t areas = 0, steps = 0;
  std::vector<double> p0;                // by area
  std::vector<Kernel> kernels;           // distinct ones
  std::vector<std::uint32_t> kernel_of;  // by step but the last: index into kernels
  std::vector<double> w;                 // by step, then area
  std::vector<double> effort;            // by step
  base::Result<void> check() const;
};

struct MovingPlan {
  std::vector<double> z;  // by step, then area
  double pos = 0;         // the chance of detection
  double bound = 0;       // no plan has more
  unsigned sweeps = 0;
  double gap() const { return bound - pos; }
};

// Ends when the gap is at most `gap`, or after max_sweeps. The problem must have passed check().
MovingPlan plan_moving(const Moving& problem, double gap, unsigned max_sweeps = 2000);

}  // namespace cordon::patrol
