// The slow, obvious search for the place where two silent vessels met: every place of every grid is judged.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "cordon/detect/gap.hpp"
#include "cordon/detect/ways.hpp"

namespace cordon::detect {

inline std::optional<MeetingPlace> meeting_place_plain(const Gap& a, const Gap& b, double min_stay_h) {
  std::optional<MeetingPlace> best;
  const auto consider = [&](const base::LatLon& place) {
    const Visit va = visit(a, place), vb = visit(b, place);
    const base::TimeMs begin = std::max(va.arrive, vb.arrive), end = std::min(va.leave, vb.leave);
    if (hours(end - begin) < min_stay_h) return;
    double odds = -0.25 * (hours(std::abs(va.arrive - vb.arrive)) + hours(std::abs(va.leave - vb.leave)));
    for (const Visit& v : {va, vb}) odds += 0.5 * nearness_odds(v.to_m + v.from_m);
    for (const Visit& v : {va, vb}) odds += course_odds(v.turn_in_deg) + course_odds(v.turn_out_deg);
    if (!best || odds > best->odds) best = MeetingPlace{place, begin, end, odds};
  };
  double north = 0, east = 0, reach = 40e3;
  const Report* ends[] = {&a.from, &a.to, &b.from, &b.to};
  for (const Report* end : ends) {
    const Offset offset = offset_m(a.from.at, end->at);
    north += offset.north_m / 4;
    east += offset.east_m / 4;
  }
  base::LatLon centre = moved(a.from.at, north, east);
  for (const Report* end : ends) reach = std::max(reach, near_distance_m(centre, end->at) * 1.2);
  reach = std::min(reach, 400e3);
  for (int round = 0; round < 3; ++round) {
    for (int i = -12; i <= 12; ++i)
      for (int k = -12; k <= 12; ++k) consider(moved(centre, reach * i / 12, reach * k / 12));
    if (!best) return best;
    centre = best->at;
    reach /= 6;
  }
  return best;
}

}  // namespace cordon::detect
