// What the patrols can be sure of against smugglers who know the plan. Each week is a game with two sides:
// the smugglers divide their deliveries over the ways, no way above its capacity; the patrols divide the area
// they can sweep over the places. The stake is the chance that a delivery is detected: the smugglers lower
// it, the patrols raise it. It is linear in what the one side chooses and concave in what the other does, so
// there is one value, and it is found with a certificate from both sides.
//
// The fleet's lists play no part: the ship is taken as one that nobody looks for. Timing is not a choice:
// fuel is needed all year. Weather leaves the patrols the same part of their effort everywhere.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "cordon/posture/tables.hpp"

namespace cordon::posture {

struct Game {
  std::vector<double> rate;        // by way: hazard for each unit of effort at its place, >= 0
  std::vector<double> capacity;    // by way, summing to at least 1
  std::vector<std::size_t> place;  // by way
  std::size_t places = 0;
  double effort = 0;  // units to divide over the places
};

struct Solution {
  double value = 0;            // detection chance that the plan `effort` assures
  double bound = 0;            // no plan assures more: what `ways` holds the patrols to
  std::vector<double> effort;  // by place
  std::vector<double> ways;    // by way: the smugglers' mixture, sums to 1
  double gap() const { return bound - value; }
};

Solution solve(const Game& game);

// The least mean of `chances` that a mixture within the capacities can reach.
double best_response(std::span<const double> chances, std::span<const double> capacity);

struct Bounds {
  double floor = 0;    // the posture's own plan, smugglers who know it: their chance cannot be pushed lower
  double ceiling = 0;  // the best plan for the same effort: no plan keeps such smugglers above it
  double gap = 0;      // of the certificate of the ceiling, largest over weeks
};
// Means over a year of weeks.
Bounds bounds(const Scenario& scenario, const Tables& tables);

}  // namespace cordon::posture
