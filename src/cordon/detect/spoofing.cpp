#include "cordon/detect/spoofing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cordon/base/land.hpp"

namespace cordon::detect {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr base::TimeMs kSettle = 6 * base::kHour;
// A ship turns between reports; over longer steps speed and course at the ends say too little.
constexpr base::TimeMs kLongestStep = 40 * base::kMinute;

base::LatLon middle(const Track& track) {
  const double n = std::max(1U, track.reports);
  return moved(track.first.at, track.north_m / n, track.east_m / n);
}

// Directions of the 3,600 courses that AIS can tell.
const std::vector<Offset> kCourses = [] {
  std::vector<Offset> out(3600);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double course = static_cast<double>(i) * 0.1 * kRadians;
    out[i] = {std::cos(course), std::sin(course)};
  }
  return out;
}();

Offset velocity(const Report& report) {
  const double mps = report.sog_kn() * base::kKnotMs;
  const Offset& course = kCourses[report.cog_ddeg];
  return {mps * course.north_m, mps * course.east_m};
}

}  // namespace

bool Spoofing::lasting(const Track& track) const {
  const Parameters& p = context_.parameters;
  return track.reports >= p.spoofing_min_positions &&
         static_cast<double>(track.last.time - track.first.time) >= p.spoofing_min_min * base::kMinute;
}

void Spoofing::leapt(VesselId id, const Assigned& assigned, const Report& report) {
  Vessel& vessel = context_.fleet[id];
  Track& now = vessel.tracks[assigned.track];
  if (now.from_leap) {
    const Offset offset = offset_m(now.first.at, report.at);
    now.north_m += offset.north_m;
    now.east_m += offset.east_m;
    now.spread_m = std::max(now.spread_m, std::hypot(offset.north_m, offset.east_m));
    now.inland += base::on_land(report.at) && base::distance_to_shore_m(report.at, 3000) > 2000;
  }
  if (!assigned.switched || assigned.fresh) return;
  Track& before = vessel.tracks[assigned.previous];
  if (before.first.time > assigned.before.time) {
    // All of that track lies in a silence of this one: the ship leapt away and is back.
    if (before.from_leap && before.overlaps == 0 && lasting(before) && excursions_.size() < 100'000)
      excursions_.push_back({id, before, assigned.before, report, report.time + kSettle});
    return;
  }
  // Both tracks took turns: two hulls.
  ++before.overlaps;
  ++now.overlaps;
  const auto enough = [](const Track& track) {
    return track.reports >= 5 && track.last.time - track.first.time >= base::kHour;
  };
  if (!vessel.shared && before.overlaps >= 3 && now.overlaps >= 3 && enough(before) && enough(now)) {
    vessel.shared = true;
    Share share;
    share.vessel = id;
    share.due = report.time + kSettle;
    share.begin = std::max(before.first.time, now.first.time);
    share.end = report.time;
    share.here = report.at;
    share.there = before.last.at;
    share.apart_m = base::distance_m(report.at, before.last.at);
    share.where[0] = report.where;
    share.where[1] = before.last.where;
    shares_.push_back(share);
  }
}

void Spoofing::step(VesselId id, Track& track, const Report& from, const Report& to, const Offset& way) {
  line(id, track, to);
  DriftRun& run = track.drift;
  const base::TimeMs dt = to.time - from.time;
  if (dt > kLongestStep || !from.has_course() || !to.has_course()) {
    if (run.begin != base::kNoTime) close_drift(id, track);
    return;
  }
  const double seconds = static_cast<double>(dt) / 1000.0;
  const Offset a = velocity(from), b = velocity(to);
  const double north = way.north_m - (a.north_m + b.north_m) / 2 * seconds;
  const double east = way.east_m - (a.east_m + b.east_m) / 2 * seconds;
  const double knots = std::sqrt(north * north + east * east) / seconds / base::kKnotMs;
  if (knots < context_.parameters.spoofing_velocity_error_kn * 0.67) {
    if (run.begin != base::kNoTime) close_drift(id, track);
    return;
  }
  if (run.begin == base::kNoTime) {
    run.begin = from.time;
    run.origin = from.at;
    run.first = from.where;
  }
  run.end = to.time;
  run.last = to.where;
  run.north_m += north;
  run.east_m += east;
  ++run.steps;
}

void Spoofing::close_drift(VesselId id, Track& track) {
  const DriftRun run = track.drift;
  track.drift = DriftRun{};
  const double seconds = static_cast<double>(run.end - run.begin) / 1000.0;
  const double metres = std::hypot(run.north_m, run.east_m), knots = metres / seconds / base::kKnotMs;
  const Parameters& p = context_.parameters;
  if (run.steps < 5 || seconds < 3600 || knots < p.spoofing_velocity_error_kn) return;
  const Vessel& vessel = context_.fleet[id];
  Draft draft(model::EventType::position_spoofing, "position_spoofing/2", 0.3);
  draft.at(run.begin, run.end, run.origin).vessel(vessel).support(run.first).support(run.last);
  draft.text("form", "velocity")
      .number("unexplained_km", metres / 1000, 1)
      .number("unexplained_kn", knots, 1);
  draft.number("duration_h", seconds / 3600, 2)
      .number("parameter_velocity_error_kn", p.spoofing_velocity_error_kn, 1);
  draft.tell(
      fmt::format("{} reported speeds and courses that do not lead where its positions went: {:.0f} km in "
                  "{:.1f} h are unexplained",
                  describe(vessel), metres / 1000, seconds / 3600));
  if (seconds > 2 * 3600) draft.weigh(1, "for more than two hours");
  if (run.steps >= 8) draft.weigh(0.5, fmt::format("in {} steps, always the same way", run.steps));
  if (vessel.shared) draft.weigh(-3, "more than one hull uses this MMSI");
  const ShipKind kind = context_.kind(vessel);
  if (kind == ShipKind::buoy) draft.weigh(-5, "a net buoy");
  if (kind == ShipKind::pilot || kind == ShipKind::tug)
    draft.weigh(-1.5, "a craft that turns and stops between its reports");
  context_.emit(std::move(draft));
}

void Spoofing::line(VesselId id, Track& track, const Report& report) {
  LineRun& run = track.line;
  if (run.begin != base::kNoTime && report.cog_ddeg == run.cog_ddeg && report.has_course()) {
    run.end = report.time;
    run.last = report.where;
    run.reached = report.at;
    ++run.reports;
    return;
  }
  if (run.begin != base::kNoTime) close_line(id, track);
  if (!report.has_course() || report.sog_kn() < 1) return;
  run.begin = run.end = report.time;
  run.origin = report.at;
  run.reached = report.at;
  run.cog_ddeg = report.cog_ddeg;
  run.first = run.last = report.where;
  run.reports = 1;
}

void Spoofing::close_line(VesselId id, Track& track) {
  const LineRun run = track.line;
  track.line = LineRun{};
  const double length_h = hours(run.end - run.begin);
  // Wind and sea turn every ship by some tenths of a degree; a dozen equal courses in a row do not happen.
  if (run.reports < 10 || length_h < 1.5) return;
  const double way_m = near_distance_m(run.origin, run.reached);
  if (way_m < 3 * base::kNauticalMileM) return;
  // A course that does not lead where the ship went is a broken compass, or the rule before this one.
  if (std::abs(base::lon_difference(base::bearing_deg(run.origin, run.reached), run.cog_ddeg * 0.1)) > 5)
    return;
  const Vessel& vessel = context_.fleet[id];
  Draft draft(model::EventType::position_spoofing, "position_spoofing/3", 0.5);
  draft.at(run.begin, run.end, run.origin).vessel(vessel).support(run.first).support(run.last);
  draft.text("form", "too perfect")
      .number("course_deg", run.cog_ddeg * 0.1, 1)
      .number("reports", run.reports, 0);
  draft.number("duration_h", length_h, 2).number("way_km", way_m / 1000, 1);
  draft.tell(fmt::format("{} held {:.1f} degrees to the tenth in {} reports over {:.1f} h", describe(vessel),
                         run.cog_ddeg * 0.1, run.reports, length_h));
  if (length_h > 3) draft.weigh(0.7, "for more than three hours");
  if (run.reports >= 20) draft.weigh(0.7, "in twenty reports or more");
  if (vessel.class_b) draft.weigh(-1, "class B: some sets repeat an old course");
  context_.emit(std::move(draft));
}

void Spoofing::close(VesselId id, Track& track) {
  if (track.drift.begin != base::kNoTime) close_drift(id, track);
  if (track.line.begin != base::kNoTime) close_line(id, track);
}

void Spoofing::advance(base::TimeMs now) {
  while (!excursions_.empty() && excursions_.front().due <= now) {
    judge(excursions_.front());
    excursions_.pop_front();
  }
  while (!shares_.empty() && shares_.front().due <= now) {
    judge(shares_.front());
    shares_.pop_front();
  }
  while (!false_places_.empty() && false_places_.front().end + 2 * base::kDay < now)
    false_places_.pop_front();
}

void Spoofing::finish() {
  for (VesselId id = 0; id < context_.fleet.size(); ++id) {
    const Vessel& vessel = context_.fleet[id];
    if (vessel.tracks.size() < 2) continue;
    const Track& last = vessel.tracks[vessel.current];
    if (!last.from_leap || last.overlaps || !lasting(last)) continue;
    // It leapt and was not back when the feed ended.
    const Track* from = nullptr;
    for (const Track& track : vessel.tracks)
      if (&track != &last && track.last.time <= last.first.time &&
          (!from || track.last.time > from->last.time))
        from = &track;
    if (from) excursions_.push_back({id, last, from->last, Report{}, INT64_MAX});
  }
  for (const Excursion& excursion : excursions_) judge(excursion);
  for (const Share& share : shares_) judge(share);
  excursions_.clear();
  shares_.clear();
}

void Spoofing::judge(const Excursion& excursion) {
  const Vessel& vessel = context_.fleet[excursion.vessel];
  const Track& track = excursion.track;
  const base::LatLon place = middle(track);
  const double metres = base::distance_m(excursion.before.at, track.first.at);
  const double seconds =
      std::max(1.0, static_cast<double>(track.first.time - excursion.before.time) / 1000.0);
  const double knots = metres / seconds / base::kKnotMs, length_h = hours(track.last.time - track.first.time);
  Draft draft(model::EventType::position_spoofing, "position_spoofing/1", 0.5);
  draft.at(track.first.time, track.last.time, place).vessel(vessel);
  draft.support(excursion.before.where)
      .support(track.first.where)
      .support(track.last.where)
      .support(excursion.after.where);
  draft.text("form", "leap")
      .number("leap_km", metres / 1000, 1)
      .number("leap_kn", std::min(knots, 99999.0), 0);
  draft.number("duration_h", length_h, 2).number("reports", track.reports, 0);
  draft.number("parameter_max_speed_kn", context_.parameters.track_max_speed_kn, 0);
  draft.tell(fmt::format("{} was reported {:.0f} km away within {:.0f} min, for {:.1f} h", describe(vessel),
                         metres / 1000, seconds / 60, length_h));
  if (knots > 100) draft.weigh(1, fmt::format("that would need {:.0f} kn", std::min(knots, 99999.0)));
  if (track.reports >= 6) draft.weigh(0.5, fmt::format("{} reports agree on the false place", track.reports));
  if (excursion.after.time != base::kNoTime) draft.weigh(0.5, "then it was back");
  if (track.inland * 2 > track.reports) draft.weigh(1, "on land");
  const double speed = track.last.sog_kn();
  if (track.reports >= 8 && length_h > 1 && speed > 5 &&
      track.spread_m < 0.3 * speed * base::kKnotMs * length_h * 3600)
    draft.weigh(0.7, "it circled there");
  int others = 0;
  for (const Place& other : false_places_)
    others += other.vessel != excursion.vessel && near_distance_m(other.at, place) < 6000;
  if (others)
    draft.weigh(0.7, fmt::format("{} other vessels were reported from the same false place", others));
  if (std::abs(place.lat()) < 0.5 && std::abs(place.lon()) < 0.5)
    draft.weigh(-3, "at 0, 0: a receiver without a fix");
  if (vessel.shared) draft.weigh(-4, "more than one hull uses this MMSI");
  false_places_.push_back({excursion.vessel, track.first.time, track.last.time, place});
  context_.emit(std::move(draft));
}

void Spoofing::judge(const Share& share) {
  const Vessel& vessel = context_.fleet[share.vessel];
  std::uint32_t turns = 0;
  for (const Track& track : vessel.tracks) turns += track.overlaps;
  Draft draft(model::EventType::shared_mmsi, "shared_mmsi/1", 0.5);
  draft.at(share.begin, std::max(share.end, vessel.heard), share.here).vessel(vessel);
  draft.support(share.where[0]).support(share.where[1]);
  draft.number("hulls", static_cast<double>(vessel.tracks.size()), 0)
      .number("apart_km", share.apart_m / 1000, 1)
      .number("turns", turns, 0);
  draft.number("other_lat", share.there.lat(), 5).number("other_lon", share.there.lon(), 5);
  draft.tell(fmt::format("{} was heard in turns from places {:.0f} km apart", describe(vessel),
                         share.apart_m / 1000));
  if (turns >= 10) draft.weigh(1.5, fmt::format("{} turns", turns));
  if (share.apart_m > 50e3) draft.weigh(1, "far apart");
  if (vessel.mmsi % 1'000'000 == 0 || vessel.mmsi == 123456789 || vessel.mmsi == 1193046)
    draft.weigh(-1.5, "a default number that careless installers leave in");
  context_.emit(std::move(draft));
}

}  // namespace cordon::detect
