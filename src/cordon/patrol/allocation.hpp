// How to divide search effort over areas so that a target that stands still is found most likely.
//
// Area i holds the target (or the value of finding it) p[i]; effort z of resource r there sweeps at the rate
// w[i][r] per unit, and the chance of a detection given presence is 1 - exp(-sum_r w[i][r] z[i][r])
// (Koopman's random search). Each resource has T[r] units in all. Maximised is the sum of p[i] times that
// chance.
//
// One resource: the classic water-filling (Koopman 1946; Charnes and Cooper 1958). Several: Newton's method
// on the dual, which has one price a resource; what an area would pay for its cheapest effort is smoothed,
// less and less. Any prices give an upper bound, so each answer carries a certificate.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/patrol/closed_forms.hpp"

namespace cordon::patrol {

struct Stationary {
  std::vector<double> p;       // by area, >= 0; need not sum to one
  std::vector<double> effort;  // by resource, >= 0
  std::vector<double> w;       // by area, then resource, >= 0
  std::size_t areas() const { return p.size(); }
  std::size_t resources() const { return effort.size(); }
  // Fails where sizes do not fit or a number is negative or not finite.
  base::Result<void> check() const;
};

struct Allocation {
  std::vector<double> z;  // by area, then resource; sums to `effort` where a resource is of any use
  double pos = 0;         // the value found: sum of p (1 - exp(-w z))
  double bound = 0;       // no allocation finds more
  double gap() const { return bound - pos; }
};

// The problem must have passed check().
Allocation allocate(const Stationary& problem);
// The same where coverage C = sum of w z detects with another law than 1 - exp(-C): several resources in one
// area add their coverage. Definite detection is a linear programme. All are solved to about 1e-9 of the
// bound.
Allocation allocate(const Stationary& problem, Detection law);

// One resource: fills z (one an area), returns the price of effort, 0 where no area gains by it. Areas with
// p or w of zero get none. For callers that solve it many times: nothing is allocated once `scratch` has
// grown, and a price near the answer (0: unknown) spares looking at areas that cannot pay it.
struct Scratch {
  std::vector<double> level, rate;
  std::vector<std::size_t> area;
};
double fill(std::span<const double> p, std::span<const double> w, double effort, std::span<double> z,
            Scratch& scratch, double price_near = 0);

}  // namespace cordon::patrol
