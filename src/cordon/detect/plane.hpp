// Distances of every report: on the plane that touches the earth between two places, which is enough below
// some hundred kilometres and costs a tenth of the sphere.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "cordon/base/geo.hpp"

namespace cordon::detect {

inline constexpr double kMetresPerE7 = base::kEarthRadiusM * 3.14159265358979323846 / 180.0 * 1e-7;

// Cosine of a latitude from a table of hundredths of a degree, interpolated: wrong by at most 4e-9.
extern const std::vector<double> kCosine;
inline double cos_latitude(double degrees) {
  const double x = std::clamp((degrees + 90.0) * 100.0, 0.0, 18'000.0);
  const auto i = static_cast<std::size_t>(x);
  return kCosine[i] + (kCosine[i + 1] - kCosine[i]) * (x - static_cast<double>(i));
}

// Offsets in metres from a to b, good to some hundred kilometres; right at the antimeridian.
struct Offset {
  double north_m = 0, east_m = 0;
  double length_m() const { return std::sqrt(north_m * north_m + east_m * east_m); }
};
inline Offset offset_m(const base::LatLon& a, const base::LatLon& b) {
  std::int64_t east = std::int64_t{b.lon_e7} - a.lon_e7;
  if (east >= 1'800'000'000) east -= 3'600'000'000;
  if (east < -1'800'000'000) east += 3'600'000'000;
  const double middle = (static_cast<double>(a.lat_e7) + b.lat_e7) * 0.5e-7;
  return {(static_cast<double>(b.lat_e7) - a.lat_e7) * kMetresPerE7,
          static_cast<double>(east) * kMetresPerE7 * cos_latitude(middle)};
}
// The place at an offset; a pole is not passed.
inline base::LatLon moved(const base::LatLon& a, double north_m, double east_m) {
  const double north = north_m / kMetresPerE7, lat = a.lat_e7 + north;
  const double narrow = std::max(0.01, cos_latitude((a.lat_e7 + lat) * 0.5e-7));
  const double lon = a.lon_e7 + east_m / kMetresPerE7 / narrow;
  // Nearly all places lie within the map's edges; the others wrap, and what is no number stays none.
  if (!(lat > -9e8 && lat < 9e8 && lon > -1.8e9 && lon < 1.79999999e9))
    return base::from_degrees(lat * 1e-7, lon * 1e-7);
  const auto rounded = [](double x) { return static_cast<std::int32_t>(x + (x < 0 ? -0.5 : 0.5)); };
  return {rounded(lat), rounded(lon)};
}
// Quick distance from the plane offsets; within 0.5 % of the great circle below 300 km and 70 degrees.
inline double near_distance_m(const base::LatLon& a, const base::LatLon& b) {
  const double quick = offset_m(a, b).length_m();
  return quick < 300e3 && a.lat_e7 < 700'000'000 && a.lat_e7 > -700'000'000 ? quick : base::distance_m(a, b);
}
// Whether near_distance_m(a, b) <= limit_m. Below 1,500 km and 70 degrees the plane is wrong by less than 2
// %, so that the sphere, ten times dearer, is asked only where that does not decide.
inline bool near_within(const base::LatLon& a, const base::LatLon& b, double limit_m) {
  constexpr std::int32_t kPlain = 700'000'000;
  const double quick = offset_m(a, b).length_m();
  if (quick * 0.97 > limit_m && quick < 1500e3 && std::abs(a.lat_e7) < kPlain && std::abs(b.lat_e7) < kPlain)
    return false;
  return near_distance_m(a, b) <= limit_m;
}

}  // namespace cordon::detect
