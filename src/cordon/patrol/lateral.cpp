#include "cordon/patrol/lateral.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cordon::patrol {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr double kMilesPerDegree = base::kEarthRadiusM * kRadians / base::kNauticalMileM;
constexpr double kCubeReach = 5;  // sweep widths

}  // namespace

double lateral_chance(Detection law, double sweep_nm, double spacing_nm, double offset_nm) {
  const double x = std::abs(offset_nm);
  switch (law) {
    case Detection::definite:
      return x <= sweep_nm / 2 ? 1 : 0;
    case Detection::inverse_cube:
      if (x > kCubeReach * sweep_nm) return 0;
      return x > 0 ? -std::expm1(-sweep_nm * sweep_nm / (4 * std::numbers::pi * x * x)) : 1;
    case Detection::random:
      break;
  }
  return x < spacing_nm ? -std::expm1(-sweep_nm / spacing_nm * (1 - x / spacing_nm)) : 0;
}

double lateral_reach_nm(Detection law, double sweep_nm, double spacing_nm) {
  return law == Detection::definite ? sweep_nm / 2
         : law == Detection::random ? spacing_nm
                                    : kCubeReach * sweep_nm;
}

LegChart::LegChart(const Leg& leg, Detection law)
    : law_(law),
      sweep_(leg.sweep_nm),
      spacing_(leg.spacing_nm),
      reach_(lateral_reach_nm(law, leg.sweep_nm, leg.spacing_nm)) {
  const base::LatLon middle = base::interpolate(leg.from, leg.to, 0.5);
  lat_ = middle.lat();
  lon_ = middle.lon();
  const double course = base::bearing_deg(middle, leg.to) * kRadians;
  along_north_ = std::cos(course);
  along_east_ = std::sin(course);
  half_length_ = base::distance_m(leg.from, leg.to) / base::kNauticalMileM / 2;
  const double high = (half_length_ * std::abs(along_north_) + reach_) / kMilesPerDegree * 1.01;
  south_ = lat_ - high;
  north_ = lat_ + high;
}

double LegChart::chance(const base::LatLon& at) const {
  const double north = (at.lat() - lat_) * kMilesPerDegree;
  const double wide = base::lon_difference(at.lon(), lon_);
  // Meridians draw together to the north: the mean latitude's scale is right to second order.
  const double east = wide * kMilesPerDegree * std::cos((at.lat() + lat_) / 2 * kRadians);
  const double bulge = 0.25 * wide * kRadians * wide * kMilesPerDegree * std::sin(2 * lat_ * kRadians);
  const double along = (north + bulge) * along_north_ + east * along_east_;
  if (std::abs(along) > half_length_) return 0;
  return lateral_chance(law_, sweep_, spacing_, east * along_north_ - (north + bulge) * along_east_);
}

}  // namespace cordon::patrol
