#include "cordon/base/geo.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cordon::base {
namespace {

constexpr double kRadians = std::numbers::pi / 180.0;

struct Vector {
  double x, y, z;
};

Vector unit(const LatLon& p) {
  const double lat = p.lat() * kRadians, lon = p.lon() * kRadians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

LatLon to_point(const Vector& v) {
  // atan2 of the axis distance keeps full precision at the poles, where asin(z) loses half the digits.
  return from_degrees(std::atan2(v.z, std::hypot(v.x, v.y)) / kRadians, std::atan2(v.y, v.x) / kRadians);
}

Vector cross(const Vector& a, const Vector& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
double dot(const Vector& a, const Vector& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
double length(const Vector& a) {
  return std::sqrt(dot(a, a));
}

}  // namespace

double lon_difference(double a, double b) {
  double d = a - b;
  if (d >= -180.0 && d < 180.0) return d;
  d = std::fmod(d + 180.0, 360.0);
  if (d < 0) d += 360.0;
  // Adding 360 to a tiny negative remainder rounds to 360: that is the line itself, -180.
  return d >= 360.0 ? -180.0 : d - 180.0;
}

LatLon from_degrees(double lat, double lon) {
  if (!std::isfinite(lat) || !std::isfinite(lon)) return {};
  lat = std::clamp(lat, -90.0, 90.0);
  auto lon_e7 = static_cast<std::int64_t>(std::llround(lon_difference(lon, 0.0) * 1e7));
  if (lon_e7 >= 1800000000) lon_e7 -= 3600000000;  // 179.99999999 rounds up to the line
  return {static_cast<std::int32_t>(std::llround(lat * 1e7)), static_cast<std::int32_t>(lon_e7)};
}

double distance_m(const LatLon& a, const LatLon& b) {
  const double lat_a = a.lat() * kRadians, lat_b = b.lat() * kRadians;
  // The difference is taken in integers: exact, and the wrap is the sine's period.
  const double d_lat = static_cast<double>(std::int64_t{b.lat_e7} - a.lat_e7) * 1e-7 * kRadians;
  const double d_lon = static_cast<double>(std::int64_t{b.lon_e7} - a.lon_e7) * 1e-7 * kRadians;
  const double s = std::sin(d_lat / 2), t = std::sin(d_lon / 2);
  const double h = s * s + std::cos(lat_a) * std::cos(lat_b) * t * t;
  // Near antipodes rounding can carry h past 1; asin is ill-conditioned there, atan2 is not.
  return 2 * kEarthRadiusM * std::atan2(std::sqrt(h), std::sqrt(std::max(0.0, 1 - h)));
}

double bearing_deg(const LatLon& a, const LatLon& b) {
  const double lat_a = a.lat() * kRadians, lat_b = b.lat() * kRadians;
  const double d_lon = static_cast<double>(std::int64_t{b.lon_e7} - a.lon_e7) * 1e-7 * kRadians;
  const double y = std::sin(d_lon) * std::cos(lat_b);
  const double x = std::cos(lat_a) * std::sin(lat_b) - std::sin(lat_a) * std::cos(lat_b) * std::cos(d_lon);
  const double bearing = std::atan2(y, x) / kRadians;
  if (bearing >= 0) return bearing;
  const double positive = bearing + 360.0;
  return positive >= 360.0 ? 0.0 : positive;
}

LatLon destination(const LatLon& a, double bearing, double distance) {
  const double lat = a.lat() * kRadians, lon = a.lon() * kRadians, course = bearing * kRadians,
               arc = distance / kEarthRadiusM;
  // From the frame at a: up u, north n, east e. p = u cos(arc) + (n cos(course) + e sin(course)) sin(arc).
  const Vector u = unit(a);
  const Vector n = {-std::sin(lat) * std::cos(lon), -std::sin(lat) * std::sin(lon), std::cos(lat)};
  const Vector e = {-std::sin(lon), std::cos(lon), 0};
  const double c = std::cos(arc), north = std::sin(arc) * std::cos(course),
               east = std::sin(arc) * std::sin(course);
  return to_point({u.x * c + n.x * north + e.x * east, u.y * c + n.y * north + e.y * east,
                   u.z * c + n.z * north + e.z * east});
}

LatLon interpolate(const LatLon& a, const LatLon& b, double f) {
  const Vector u = unit(a), v = unit(b);
  const Vector axis = cross(u, v);
  const double sine = length(axis);
  const double arc = std::atan2(sine, dot(u, v));
  if (sine < 1e-12) {
    // Same place, or antipodes: every great circle joins those; take the one over the north pole's side.
    if (dot(u, v) > 0) return f >= 1 ? b : a;
    return destination(a, 0, f * arc * kEarthRadiusM);
  }
  // w: the unit vector at a, in the plane of both, toward b.
  const Vector w = cross({axis.x / sine, axis.y / sine, axis.z / sine}, u);
  const double c = std::cos(f * arc), s = std::sin(f * arc);
  return to_point({u.x * c + w.x * s, u.y * c + w.y * s, u.z * c + w.z * s});
}

}  // namespace cordon::base
