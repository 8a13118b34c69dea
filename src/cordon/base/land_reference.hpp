// The slow, obvious oracle of base/land.hpp: every edge of every ring, ray casting and haversine.
#pragma once
#include <algorithm>
#include <cmath>

#include "cordon/base/geo.hpp"
#include "cordon/base/land.hpp"

namespace cordon::base::reference {

inline bool on_land(const Land& land, const LatLon& at) {
  bool inside = false;
  const double y = at.lat_e7 + 0.5, x = at.lon_e7 + 0.5;
  for (const LandRing& ring : land.rings()) {
    for (std::size_t i = 0; i < ring.points.size(); ++i) {
      const LatLon &a = ring.points[i], &b = ring.points[(i + 1) % ring.points.size()];
      if ((a.lat_e7 > y) == (b.lat_e7 > y)) continue;
      const double f = (y - a.lat_e7) / (static_cast<double>(b.lat_e7) - a.lat_e7);
      if (a.lon_e7 + f * (static_cast<double>(b.lon_e7) - a.lon_e7) < x) inside = !inside;
    }
  }
  return inside;
}

// Each coast edge is sampled at its ends and at points no farther apart than 1/steps of it.
inline double distance_to_shore_m(const Land& land, const LatLon& at, double cap_m, int steps = 64) {
  double best = cap_m;
  for (const LandRing& ring : land.rings()) {
    for (std::size_t i = 0; i < ring.points.size(); ++i) {
      const LatLon &a = ring.points[i], &b = ring.points[(i + 1) % ring.points.size()];
      if (land.is_seam(a, b)) continue;
      // Too far for any point between: skip the samples.
      if (base::distance_m(at, a) > best + base::distance_m(a, b)) continue;
      for (int s = 0; s <= steps; ++s)
        best = std::min(best, base::distance_m(at, interpolate(a, b, s / double(steps))));
    }
  }
  return best;
}

}  // namespace cordon::base::reference
