// What ways and courses say about where a silent vessel may have been (docs/detect.md, dark_rendezvous and
// port_call).
#pragma once
#include <algorithm>
#include <cmath>

#include "cordon/detect/gap.hpp"

namespace cordon::detect {

// Within two miles of the place, or below three knots, the course says nothing.
inline constexpr double kCourseSilentM = 3700;
inline bool tells_course(const Report& report) {
  return report.has_course() && report.sog_kn() > 3;
}
inline double turn_deg(double a, double b) {
  return std::abs(base::lon_difference(a, b));
}

// A course that points to the place speaks for it, one that points away against it. The scale of 30 degrees
// allows for a course that still rounds a cape.
inline double course_odds(double turn, double scale = 30) {
  if (turn < 0) return 0;
  return std::max(-2.5, 1.2 - 1.2 * (turn / scale) * (turn / scale));
}

// The farther a place, the more places are as far: nearness is evidence.
inline double nearness_odds(double way_m) {
  return std::clamp(1.0 - way_m / (80 * base::kNauticalMileM), -1.5, 1.0);
}

// Ways and times alone, without the courses.
inline Visit ways(const Gap& gap, const base::LatLon& place, double mps) {
  Visit out;
  out.to_m = near_distance_m(gap.from.at, place);
  out.from_m = near_distance_m(place, gap.to.at);
  out.arrive = gap.from.time + static_cast<base::TimeMs>(out.to_m / mps * 1000);
  out.leave = gap.to.time - static_cast<base::TimeMs>(out.from_m / mps * 1000);
  return out;
}

}  // namespace cordon::detect
