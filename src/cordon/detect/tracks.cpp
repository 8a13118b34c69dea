#include "cordon/detect/tracks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cordon::detect {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr base::TimeMs kForget = 48 * base::kHour;
// A track of one or two reports that nobody continued is a glitch; it makes room after this time.
constexpr base::TimeMs kForgetGlitch = 6 * base::kHour;

// Metres between the report and what the track promises, the most lenient of three views: it stayed, it went
// on, it came from where the new report says.
double discrepancy_m(const Report& last, const Report& now, double allowed_m) {
  const double stayed = near_distance_m(last.at, now.at);
  if (stayed < allowed_m * 0.5) return stayed;
  const double forward = near_distance_m(dead_reckon(last, now.time), now.at);
  const double backward = near_distance_m(last.at, dead_reckon(now, last.time));
  return std::min({stayed, forward, backward});
}

// Nearer than 4 km along both axes: no slack of the rule is smaller than twice that way, so that nothing has
// to be computed for nearly all reports.
bool surely_near(const Parameters& parameters, const base::LatLon& a, const base::LatLon& b) {
  constexpr std::int64_t kNear = 360'000;  // 1e-7 degrees; 4,003 m of latitude, at most that of longitude
  constexpr double kNearM = 5670;          // the diagonal
  static_assert(kNear * kNear * 2 * 0.01111950 * 0.01111950 < kNearM * kNearM);
  return std::abs(std::int64_t{a.lat_e7} - b.lat_e7) < kNear &&
         std::abs(std::int64_t{a.lon_e7} - b.lon_e7) < kNear &&
         parameters.track_slack_h * parameters.track_max_speed_kn * base::kNauticalMileM * 0.5 > kNearM;
}

void forget_stale(Vessel& vessel, base::TimeMs now) {
  for (std::size_t i = vessel.tracks.size(); i-- > 0;) {
    if (i == vessel.current || vessel.tracks.size() == 1) continue;
    const Track& track = vessel.tracks[i];
    const base::TimeMs silent = now - track.last.time;
    if (silent > kForget || (track.reports < 3 && silent > kForgetGlitch)) {
      vessel.tracks.erase(vessel.tracks.begin() + static_cast<std::ptrdiff_t>(i));
      if (vessel.current > i) --vessel.current;
    }
  }
}

}  // namespace

base::LatLon dead_reckon(const Report& report, base::TimeMs time) {
  if (!report.has_course()) return report.at;
  // Beyond six hours course and speed say nothing.
  const double h = std::clamp(hours(time - report.time), -6.0, 6.0);
  const double way = report.sog_kn() * base::kNauticalMileM * h, course = report.cog_ddeg * 0.1 * kRadians;
  return moved(report.at, way * std::cos(course), way * std::sin(course));
}

Assigned assign(const Parameters& parameters, Vessel& vessel, const Report& report) {
  Assigned out;
  out.previous = vessel.current;
  const auto start = [&](bool leap) {
    Track track;
    track.first = track.last = track.step = report;
    track.reports = 1;
    track.from_leap = leap;
    vessel.tracks.push_back(track);
    out.fresh = true;
    return vessel.tracks.size() - 1;
  };
  std::size_t chosen = vessel.tracks.size();
  if (vessel.tracks.empty()) {
    chosen = start(false);
  } else {
    const auto allows = [&](const Track& track, double& cost) {
      const double h = hours(report.time - track.last.time);
      const double allowed =
          std::hypot(h, parameters.track_slack_h) * parameters.track_max_speed_kn * base::kNauticalMileM;
      const double gap = discrepancy_m(track.last, report, allowed);
      // Half a mile an hour of age: a fresh track that fits a little worse is likelier than an old one.
      cost = gap + 0.5 * base::kNauticalMileM * h;
      return gap <= allowed;
    };
    if (vessel.tracks.size() == 1) {
      double cost = 0;
      if (surely_near(parameters, vessel.tracks[0].last.at, report.at) || allows(vessel.tracks[0], cost))
        chosen = 0;
    } else {
      forget_stale(vessel, report.time);
      out.previous = vessel.current;
      double best = 0;
      chosen = vessel.tracks.size();
      for (std::size_t i = 0; i < vessel.tracks.size(); ++i) {
        double cost = 0;
        if (allows(vessel.tracks[i], cost) && (chosen == vessel.tracks.size() || cost < best)) {
          best = cost;
          chosen = i;
        }
      }
    }
    if (chosen == vessel.tracks.size()) {
      if (vessel.tracks.size() >= kMaxTracks) {
        // Make room: the track longest silent, never the current one.
        std::size_t oldest = vessel.current == 0 ? 1 : 0;
        for (std::size_t i = 0; i < vessel.tracks.size(); ++i)
          if (i != vessel.current && vessel.tracks[i].last.time < vessel.tracks[oldest].last.time) oldest = i;
        vessel.tracks.erase(vessel.tracks.begin() + static_cast<std::ptrdiff_t>(oldest));
        if (vessel.current > oldest) --vessel.current;
        out.previous = vessel.current;
      }
      chosen = start(true);
    }
  }
  Track& track = vessel.tracks[chosen];
  out.track = static_cast<std::uint8_t>(chosen);
  out.switched = chosen != out.previous && vessel.tracks.size() > 1;
  if (!out.fresh) {
    out.before = track.last;
    ++track.reports;
    track.last = report;
  }
  vessel.current = out.track;
  return out;
}

}  // namespace cordon::detect
