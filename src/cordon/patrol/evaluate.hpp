// Does the plan do what it says? Targets are drawn from the prior one by one, and the tracks are flown past
// them: leg by leg, by the distance abeam on the sphere, a chance each. Nothing is shared with the planner
// but the law of a single leg: no cells' coverage, no points, no allocation.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

struct Evaluation {
  std::uint64_t runs = 0, found = 0;
  Estimate found_share;  // of the targets, 95 % (Wilson)
  Estimate planned;      // what the plan says, with the error of its own quadrature
  bool agree = false;    // the difference is within what both errors allow
};

// The same seed gives the same runs. stop: asked now and then, from any thread; once it says true the rest is
// left out, and the answer means nothing.
Evaluation evaluate(const Plan& plan, std::uint64_t runs, std::uint64_t seed,
                    const std::function<bool()>& stop = {});
// One line of JSON and a line end: runs, found, simulated and planned with their intervals, bound, agree.
std::string evaluation_json(const Plan& plan, const Evaluation& evaluation);

}  // namespace cordon::patrol
