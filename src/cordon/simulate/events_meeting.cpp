// Meetings at sea, silences and waiting: encounters, dark rendezvous, gaps, loitering, calls at DPRK ports.
#include <algorithm>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {
namespace {

using model::EventType;

double nautical(double metres_) {
  return metres_ / base::kNauticalMileM;
}

// A drift of a length at a place, turned so that it does not end near land.
Leg drift(Stage& stage, const Spot& at, base::TimeMs from, double length_h, double speed_kn) {
  Leg leg = stay(LegKind::drift, from, from + hours(length_h), at);
  leg.speed_kn = speed_kn;
  leg.size_m = 150;
  leg.phase = stage.random.between(0, 2 * std::numbers::pi);
  for (int i = 0; i < 24; ++i) {
    leg.course_deg = stage.random.between(0, 360);
    const Spot to = moved_towards(at, leg.course_deg, speed_kn * base::kKnotMs * length_h * 3600);
    if (stage.waters.clear(at, to)) break;
  }
  return leg;
}

// The same leg beside the first ship.
Leg beside(Leg leg, Random& random, double separation_m) {
  const Spot aside = moved_towards({0, 0}, random.between(0, 360), separation_m);
  leg.offset_east_m = aside.lon * 111194.9;
  leg.offset_north_m = aside.lat * 111194.9;
  return leg;
}

void add_side_loitering(Stage& stage, Hull hull, Interval when, const Spot& at, std::string_view subtype) {
  stage.event(EventType::loitering, subtype, {hull}, when, at, "easy").optional = true;
}

}  // namespace

void add_encounter(Stage& stage, std::string_view subtype) {
  Random& random = stage.random;
  double shore_low = 25, shore_high = 160, length_h = random.between(2.5, 8),
         drift_kn = random.between(0.15, 0.6);
  double separation_m = random.between(30, 120);
  std::string_view difficulty = "easy";
  base::TimeMs from = 0;
  if (subtype == "nearshore") {
    shore_low = 8, shore_high = 19, difficulty = "hard", length_h = random.between(2.5, 5);
  } else if (subtype == "swell") {
    drift_kn = random.between(0.9, 1.3), separation_m = random.between(90, 200), difficulty = "hard";
  } else if (subtype == "brief") {
    length_h = random.between(1.25, 1.6), difficulty = "hard";
  } else if (subtype == "midnight") {
    length_h = random.between(1.4, 2.2), difficulty = "hard";
    const auto days = std::max<std::int64_t>(1, (stage.end - stage.start) / base::kDay - 1);
    const base::TimeMs midnight =
        (stage.start / base::kDay + 1 + random.below(static_cast<std::uint32_t>(days))) * base::kDay;
    from = midnight - hours(random.between(0.4, 0.8));
  }
  if (from == 0) from = stage.time_for(length_h);
  // Somebody must hear it: satellites pass too seldom for a short meeting, and a failure of theirs would hide
  // it wholly.
  Spot at = stage.waters.random_sea(random, shore_low, shore_high, 35);
  for (int i = 0; i < 40 && stage.waters.coast_reception(at, false) < (length_h < 4 ? 0.3 : 0.1); ++i)
    at = stage.waters.random_sea(random, shore_low, shore_high, 35);
  const Leg first = drift(stage, at, from, length_h, drift_kn);
  std::vector<Hull> hulls{stage.cast_trader(), stage.cast_trader()};
  if (subtype == "raft3") hulls.push_back(stage.cast_trader());
  stage.script(hulls[0], first);
  for (std::size_t i = 1; i < hulls.size(); ++i)
    stage.script(hulls[i], beside(first, random, separation_m), std::span(hulls).first(i));
  const Interval when{first.start, first.end};
  auto& e = stage.event(EventType::encounter, subtype, hulls, when, at, difficulty);
  e.need = 2;
  e.parameters = {{"drift_kn", json_number(drift_kn, 2)},
                  {"separation_m", json_number(separation_m, 0)},
                  {"shore_nm", json_number(stage.waters.shore_km(at) * 1000 / 1852, 1)}};
  for (const Hull hull : hulls) add_side_loitering(stage, hull, when, at, "during_encounter");
  stage.suspects.push_back(hulls.front());
}

void add_dark_rendezvous(Stage& stage, bool both_dark) {
  Random& random = stage.random;
  const double length_h = random.between(3, 7.5);
  const base::TimeMs from = stage.time_for(length_h, 6);
  // Where coast stations hear well, silence says something; the DPRK's own meetings are there.
  const Spot at = stage.waters.random_sea(random, 12, 55, 35);
  const Leg first = drift(stage, at, from, length_h, random.between(0.2, 0.7));
  const Hull lit = stage.cast_trader(), dark = stage.cast_trader();
  stage.script(lit, first);
  stage.script(dark, beside(first, random, random.between(40, 140)), {&lit, 1});
  const Interval when{first.start, first.end};
  std::vector<Hull> silent{dark};
  if (both_dark) silent.push_back(lit);
  std::string dark_list = "[";
  for (const Hull hull : silent) {
    const Interval off{when.start - hours(random.between(0.7, 2.5)),
                       when.end + hours(random.between(0.7, 2.5))};
    stage.vessels[hull].silences.push_back(off);
    // Where it was meanwhile; a detection may as well name the place where it fell silent.
    stage.event(EventType::gap, "for_rendezvous", {hull}, off, at, "medium").optional = true;
    const Spot last = stage.state(hull, off.start).at;
    stage.truth.events.back().parameters = {{"end_lat", json_number(last.lat, 4)},
                                            {"end_lon", json_number(stage.place(last).lon(), 4)}};
    dark_list += (dark_list.size() > 1 ? "," : "") + std::to_string(stage.vessels[hull].identity.mmsi);
  }
  auto& e = stage.event(EventType::dark_rendezvous, both_dark ? "both_dark" : "one_side_dark", {lit, dark},
                        when, at, both_dark ? "hard" : "medium");
  e.need = both_dark ? 2 : 1;
  e.parameters = {{"loiterer", std::to_string(stage.vessels[lit].identity.mmsi)},
                  {"dark", dark_list + "]"},
                  {"shore_nm", json_number(stage.waters.shore_km(at) * 1000 / 1852, 1)}};
  stage.suspects.push_back(dark);
  if (!both_dark) add_side_loitering(stage, lit, when, at, "during_rendezvous");
}

void add_gap(Stage& stage, bool offshore) {
  Random& random = stage.random;
  const Hull hull = stage.cast_trader();
  const double length_h = offshore ? random.between(8, 11.5) : random.between(6.2, 10);
  Interval off;
  // A voyage along which such a silence begins and ends under way, where it would have been heard.
  for (int i = 0; i < 60; ++i) {
    Vessel& v = stage.vessels[hull];
    v.legs.clear();
    stage.script_voyage(hull, 500);
    off.start = stage.time_for(length_h, 3);
    off.end = off.start + hours(length_h);
    if (off.end > v.legs.front().end - base::kHour) continue;
    const Spot a = stage.state(hull, off.start).at, b = stage.state(hull, off.end).at;
    const Spot middle = stage.state(hull, (off.start + off.end) / 2).at;
    const double heard =
        std::min({stage.waters.coast_reception(a, false), stage.waters.coast_reception(b, false),
                  stage.waters.coast_reception(middle, false)});
    if (offshore ? stage.waters.shore_km(middle) > 70 : heard > 0.5) break;
  }
  stage.vessels[hull].silences.push_back(off);
  const Spot a = stage.state(hull, off.start).at, b = stage.state(hull, off.end).at;
  auto& e = stage.event(EventType::gap, offshore ? "intentional_offshore" : "intentional_nearshore", {hull},
                        off, a, "easy");
  e.parameters = {{"shore_nm", json_number(stage.waters.shore_km(a) * 1000 / 1852, 1)},
                  {"hours", json_number(length_h, 2)},
                  {"end_lat", json_number(b.lat, 4)},
                  {"end_lon", json_number(stage.place(b).lon(), 4)}};
  stage.suspects.push_back(hull);
}

void add_loitering(Stage& stage) {
  Random& random = stage.random;
  const double length_h = random.between(6, 12);
  const Spot at = stage.waters.random_sea(random, 45, 180, 60);
  const Hull hull = stage.cast(Trade::tanker);
  const Leg leg = drift(stage, at, stage.time_for(length_h), length_h, random.between(0.15, 0.8));
  stage.script(hull, leg);
  stage.event(EventType::loitering, "tanker_drift", {hull}, {leg.start, leg.end}, at, "medium").parameters = {
      {"drift_kn", json_number(leg.speed_kn, 2)},
      {"shore_nm", json_number(nautical(stage.waters.shore_km(at) * 1000), 1)}};
}

void add_dprk_port_call(Stage& stage, std::string_view subtype) {
  Random& random = stage.random;
  const std::size_t port = stage.waters.random_hub_of(random, "kp");
  const double length_h = random.between(8, 14);
  const base::TimeMs from = stage.time_for(length_h, 8);
  const Spot at = berth(stage.waters, port, random);
  const Hull hull = stage.cast_trader();
  const Leg call = stay(LegKind::moored, from, from + hours(length_h), at);
  // In from and out to a foreign hub of the same sea, through the port's gate.
  Vessel& v = stage.vessels[hull];
  std::vector<Spot> way;
  double best = 1e12;
  for (int i = 0; i < 6; ++i) {
    const std::size_t other = stage.waters.random_hub(random);
    auto candidate = stage.waters.route(other, port);
    if (candidate.size() < 3) continue;
    const double length = sail(0, candidate, 10).along_m.back();
    if (length < best) best = length, way = std::move(candidate), v.at_hub = other;
  }
  way.back() = at;
  auto back = way;
  std::reverse(back.begin(), back.end());
  const Leg trial = sail(0, way, v.speed_kn);
  const base::TimeMs departure = from - trial.end;
  if (departure > stage.start)
    v.legs.push_back(stay(LegKind::moored, stage.start - base::kHour, departure, way.front()));
  v.legs.push_back(sail(departure, way, v.speed_kn));
  v.legs.back().end = from;
  v.legs.push_back(call);
  v.legs.push_back(sail(call.end, std::move(back), v.speed_kn));
  const Interval when{call.start, call.end};
  if (subtype != "ais_on") {
    const double near_h = subtype == "partial" ? 15.0 : random.between(55, 90);
    const base::TimeMs lead = hours(near_h * 1000 / (v.speed_kn * base::kKnotMs) / 3600);
    const Interval off{when.start - lead, when.end + lead};
    v.silences.push_back(off);
    const Spot a = stage.state(hull, off.start).at;
    auto& gap = stage.event(EventType::gap, "for_port_call", {hull}, off, at, "medium");
    gap.optional = true;
    gap.parameters = {{"end_lat", json_number(a.lat, 4)}, {"end_lon", json_number(stage.place(a).lon(), 4)}};
  }
  stage
      .event(EventType::port_call, subtype, {hull}, when, at,
             subtype == "ais_on"    ? "easy"
             : subtype == "partial" ? "medium"
                                    : "hard")
      .parameters = {{"port", json_text(stage.waters.hubs()[port].name)}};
}

}  // namespace cordon::simulate
