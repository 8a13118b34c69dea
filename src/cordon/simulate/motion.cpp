#include "cordon/simulate/motion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "cordon/base/geo.hpp"

namespace cordon::simulate {
namespace {

constexpr double kRadians = std::numbers::pi / 180.0;
constexpr double kDegreeM = base::kEarthRadiusM * kRadians;

double wrap360(double degrees) {
  degrees = std::fmod(degrees, 360.0);
  return degrees < 0 ? degrees + 360.0 : degrees;
}

State sailing(const Leg& leg, base::TimeMs time, std::uint32_t& cursor) {
  const double whole = leg.along_m.back();
  const double share = static_cast<double>(time - leg.start) /
                       static_cast<double>(std::max<base::TimeMs>(1, leg.end - leg.start));
  const double at_m = std::clamp(share, 0.0, 1.0) * whole;
  const auto last = static_cast<std::uint32_t>(leg.path.size() - 2);
  while (cursor < last && leg.along_m[cursor + 1] <= at_m) ++cursor;
  const Spot &a = leg.path[cursor], &b = leg.path[cursor + 1];
  const double length = leg.along_m[cursor + 1] - leg.along_m[cursor];
  const double f = length > 0 ? std::clamp((at_m - leg.along_m[cursor]) / length, 0.0, 1.0) : 0.0;
  State out;
  out.at = {a.lat + f * (b.lat - a.lat), a.lon + f * (b.lon - a.lon)};
  out.cog_deg = out.heading_deg = bearing(a, b);
  out.sog_kn = whole / (static_cast<double>(leg.end - leg.start) / 1000.0) / base::kKnotMs;
  out.nav_status = leg.nav_status;
  if (leg.offset_east_m != 0 || leg.offset_north_m != 0) {
    out.at = moved(out.at, leg.offset_east_m, leg.offset_north_m);
  }
  return out;
}

}  // namespace

double metres(const Spot& a, const Spot& b) {
  const double c = std::cos((a.lat + b.lat) / 2 * kRadians);
  const double x = (b.lon - a.lon) * c, y = b.lat - a.lat;
  return std::sqrt(x * x + y * y) * kDegreeM;
}

double bearing(const Spot& a, const Spot& b) {
  const double c = std::cos((a.lat + b.lat) / 2 * kRadians);
  return wrap360(std::atan2((b.lon - a.lon) * c, b.lat - a.lat) / kRadians);
}

Spot moved(const Spot& from, double east_m, double north_m) {
  return {from.lat + north_m / kDegreeM, from.lon + east_m / (kDegreeM * std::cos(from.lat * kRadians))};
}

Spot moved_towards(const Spot& from, double bearing_deg, double distance_m) {
  return moved(from, distance_m * std::sin(bearing_deg * kRadians),
               distance_m * std::cos(bearing_deg * kRadians));
}

Leg sail(base::TimeMs start, std::vector<Spot> path, double speed_kn) {
  Leg leg;
  leg.kind = LegKind::sail;
  leg.start = start;
  if (path.size() == 1) path.push_back(path.front());
  leg.path = std::move(path);
  double sum = 0;
  leg.along_m.push_back(0);
  for (std::size_t i = 1; i < leg.path.size(); ++i) {
    sum += metres(leg.path[i - 1], leg.path[i]);
    leg.along_m.push_back(static_cast<float>(sum));
  }
  leg.end = start + std::max<base::TimeMs>(
                        base::kMinute, static_cast<base::TimeMs>(sum / (speed_kn * base::kKnotMs) * 1000));
  return leg;
}

Leg stay(LegKind kind, base::TimeMs start, base::TimeMs end, const Spot& at) {
  Leg leg;
  leg.kind = kind;
  leg.start = start;
  leg.end = std::max(end, start + base::kMinute);
  leg.centre = at;
  leg.nav_status = kind == LegKind::moored     ? 5
                   : kind == LegKind::anchored ? 1
                   : kind == LegKind::fish     ? 7
                                               : 0;
  return leg;
}

State state_at(const Leg& leg, base::TimeMs time, std::uint32_t& cursor) {
  time = std::clamp(time, leg.start, leg.end);
  if (leg.kind == LegKind::sail) return sailing(leg, time, cursor);
  const double t = static_cast<double>(time - leg.start) / 1000.0;
  State out;
  out.nav_status = leg.nav_status;
  double east = leg.offset_east_m, north = leg.offset_north_m, v_east = 0, v_north = 0;
  const auto add_drift = [&] {
    const double v = leg.speed_kn * base::kKnotMs, a = leg.course_deg * kRadians;
    v_east += v * std::sin(a);
    v_north += v * std::cos(a);
    east += v * std::sin(a) * t;
    north += v * std::cos(a) * t;
  };
  // A slow figure of two incommensurate swings: periods in seconds, sizes in metres.
  const auto add_swing = [&](double size_east, double period_east, double size_north, double period_north) {
    const double we = 2 * std::numbers::pi / period_east, wn = 2 * std::numbers::pi / period_north;
    east += size_east * std::sin(we * t + leg.phase);
    north += size_north * std::sin(wn * t + 2 * leg.phase);
    v_east += size_east * we * std::cos(we * t + leg.phase);
    v_north += size_north * wn * std::cos(wn * t + 2 * leg.phase);
  };
  double heading_jitter = 0;
  switch (leg.kind) {
    case LegKind::moored:
    case LegKind::sail:
      break;
    case LegKind::anchored:  // the tide swings the ship about its anchor twice a day
      add_swing(leg.size_m, 44700, leg.size_m, 22350);
      break;
    case LegKind::drift:
      add_drift();
      if (leg.size_m > 0) add_swing(leg.size_m, 9000, leg.size_m, 7000);
      heading_jitter = 15 * std::sin(t / 900);
      break;
    case LegKind::fish:  // trawling to and fro: speed_kn is the fastest
    {
      const double v = std::max(0.5, leg.speed_kn) * base::kKnotMs;
      add_swing(leg.size_m, 2 * std::numbers::pi * leg.size_m / v, leg.size_m / 2,
                1.31 * std::numbers::pi * leg.size_m / v);
      break;
    }
  }
  out.at = moved(leg.centre, east, north);
  const double v = std::sqrt(v_east * v_east + v_north * v_north);
  out.sog_kn = v / base::kKnotMs;
  out.cog_deg = v > 0 ? wrap360(std::atan2(v_east, v_north) / kRadians) : wrap360(leg.phase / kRadians);
  out.heading_deg = leg.kind == LegKind::fish ? out.cog_deg : wrap360(leg.phase / kRadians + heading_jitter);
  return out;
}

}  // namespace cordon::simulate
