// Results of search theory that have a formula: what plans are checked against, and quick answers by
// themselves.
#pragma once
#include <span>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::patrol {

// The chance of detecting what is in an area, by coverage C = sweep width x track length / area (IAMSAR
// Manual, Volume II; Koopman, Search and Screening, 1946). definite: a perfect sensor, no overlap.
// inverse_cube: even parallel tracks. random: tracks without a pattern, or target motion that spoils the
// pattern.
enum class Detection { definite, inverse_cube, random };
double detection_chance(Detection law, double coverage);
std::string_view to_string(Detection law);
base::Result<Detection> parse_detection(std::string_view word);

// The best plan for a target whose place is normal in both axes, with the random law. H = W v t / (pi s1 s2),
// the area swept over that of the standard ellipse.
struct NormalSearch {
  double chance = 0;             // of detection: 1 - (1 + sqrt H) e^-sqrt H
  double radius_over_sigma = 0;  // nothing is gained beyond: sqrt(2 sqrt H)
};
NormalSearch search_normal(double h);
// The mean time to detection under that plan, for W v in area a time unit: 6 pi s1 s2 / (W v).
double mean_time_normal(double sigma1, double sigma2, double sweep_rate);
// The same on a line, with Z over sigma.
double search_normal_line(double effort_over_sigma);

// What a smuggler who knows the patrols still gets of the best place, when `resources` each cover one place
// for certain and the patrols choose places at random as well as can be: min over c of max v (1 - c).
// Sum of c = resources, each c at most 1; v > 0.
double coverage_game(std::span<const double> values, double resources);
// The same with divisible effort: min over z of max v exp(-w z), sum of z = effort; v, w > 0.
double effort_game(std::span<const double> values, std::span<const double> rates, double effort);

}  // namespace cordon::patrol
