// Places are integers of 1e-7 degree; distances are metres on the sphere of 6,371,000 m (the published
// detection rules use this sphere; error against WGS84 < 0.6 %). Longitudes wrap: all is right at +-180
// degrees.
#pragma once
#include <compare>
#include <cstdint>

namespace cordon::base {

inline constexpr double kEarthRadiusM = 6371000.0;
inline constexpr double kNauticalMileM = 1852.0;
inline constexpr double kKnotMs = kNauticalMileM / 3600.0;

struct LatLon {
  std::int32_t lat_e7 = kNone;
  std::int32_t lon_e7 = kNone;
  static constexpr std::int32_t kNone = INT32_MIN;
  bool valid() const { return lat_e7 != kNone; }
  double lat() const { return lat_e7 * 1e-7; }
  double lon() const { return lon_e7 * 1e-7; }
  auto operator<=>(const LatLon&) const = default;
};

// Degrees; longitude is wrapped into [-180, 180), latitude clamped to [-90, 90].
LatLon from_degrees(double lat, double lon);
// Difference a - b of longitudes in degrees, wrapped into [-180, 180).
double lon_difference(double a, double b);
// Great-circle distance in metres (haversine).
double distance_m(const LatLon& a, const LatLon& b);
// Initial bearing from a to b, degrees clockwise from north in [0, 360).
double bearing_deg(const LatLon& a, const LatLon& b);
// The point reached from a on an initial bearing after a distance.
LatLon destination(const LatLon& a, double bearing_deg, double distance_m);
// The point at fraction f of the great circle from a to b (f outside [0, 1] extrapolates).
LatLon interpolate(const LatLon& a, const LatLon& b, double f);

}  // namespace cordon::base
