// What a silent vessel may have done: ways, times and courses decide (see docs/detect.md, dark_rendezvous and
// port_call).
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "cordon/base/ids.hpp"
#include "cordon/base/land.hpp"
#include "cordon/detect/gap.hpp"

namespace cordon::detect {
namespace {

double turn_deg(double a, double b) {
  return std::abs(base::lon_difference(a, b));
}

// A course that points to the place speaks for it, one that points away against it. The scale of 30 degrees
// allows for a course that still rounds a cape.
double course_odds(double turn, double scale = 30) {
  if (turn < 0) return 0;
  return std::max(-2.5, 1.2 - 1.2 * (turn / scale) * (turn / scale));
}
// The way into a port bends: roads, channels and islands lie before it.
constexpr double kPortScaleDeg = 60;

// The farther a place, the more places are as far: nearness is evidence.
double nearness_odds(double way_m) {
  return std::clamp(1.0 - way_m / (80 * base::kNauticalMileM), -1.5, 1.0);
}

double silence_part(const Gap& gap) {
  return std::clamp(gap.silence_odds, -3.0, 1.0);
}

bool merchant(ShipKind kind) {
  return kind == ShipKind::tanker || kind == ShipKind::cargo || kind == ShipKind::unknown ||
         kind == ShipKind::other;
}

}  // namespace

namespace {

// Ways and times alone, without the courses.
Visit ways(const Gap& gap, const base::LatLon& place, double mps) {
  Visit out;
  out.to_m = near_distance_m(gap.from.at, place);
  out.from_m = near_distance_m(place, gap.to.at);
  out.arrive = gap.from.time + static_cast<base::TimeMs>(out.to_m / mps * 1000);
  out.leave = gap.to.time - static_cast<base::TimeMs>(out.from_m / mps * 1000);
  return out;
}

// Within two miles of the place, or below three knots, the course says nothing.
void add_turns(const Gap& gap, const base::LatLon& place, Visit& visit) {
  if (visit.to_m > 3700 && gap.from.has_course() && gap.from.sog_kn() > 3)
    visit.turn_in_deg = turn_deg(gap.from.cog_ddeg * 0.1, base::bearing_deg(gap.from.at, place));
  if (visit.from_m > 3700 && gap.to.has_course() && gap.to.sog_kn() > 3)
    visit.turn_out_deg = turn_deg(gap.to.cog_ddeg * 0.1, base::bearing_deg(place, gap.to.at));
}

// Whether any place could do: each ship must get from its own start to its own end, from its start to the
// other's end, and both together across what lies between their starts (ends), all with the stay in between.
// Straight ways are the shortest, so what fails here fails at every place; distances on the plane are wrong
// by up to 0.5 % each.
bool can_meet(const Gap& a, const Gap& b, double min_stay_h) {
  const double slack = 1.02, va = a.cruise_kn() * base::kKnotMs, vb = b.cruise_kn() * base::kKnotMs;
  const auto seconds = [&](base::TimeMs from, base::TimeMs to) {
    return static_cast<double>(to - from) / 1000 - min_stay_h * 3600;
  };
  const auto within = [&](const Report& from, const Report& to, double metres) {
    return near_distance_m(from.at, to.at) <= slack * metres;
  };
  const base::TimeMs first_end = std::min(a.to.time, b.to.time),
                     last_start = std::max(a.from.time, b.from.time);
  const double fastest = std::max(va, vb);
  return within(a.from, a.to, va * seconds(a.from.time, a.to.time)) &&
         within(b.from, b.to, vb * seconds(b.from.time, b.to.time)) &&
         within(a.from, b.to, fastest * seconds(a.from.time, b.to.time)) &&
         within(b.from, a.to, fastest * seconds(b.from.time, a.to.time)) &&
         within(a.from, b.from,
                va * seconds(a.from.time, first_end) + vb * seconds(b.from.time, first_end)) &&
         within(a.to, b.to, va * seconds(last_start, a.to.time) + vb * seconds(last_start, b.to.time));
}

}  // namespace

Visit visit(const Gap& gap, const base::LatLon& place) {
  Visit out = ways(gap, place, gap.cruise_kn() * base::kKnotMs);
  add_turns(gap, place, out);
  return out;
}

std::optional<MeetingPlace> meeting_place(const Gap& a, const Gap& b, double min_stay_h) {
  std::optional<MeetingPlace> best;
  if (!can_meet(a, b, min_stay_h)) return best;
  const Gap* gaps[2] = {&a, &b};
  const double mps[2] = {a.cruise_kn() * base::kKnotMs, b.cruise_kn() * base::kKnotMs};
  const auto consider = [&](const base::LatLon& place) {
    Visit va = ways(a, place, mps[0]), vb = ways(b, place, mps[1]);
    const base::TimeMs begin = std::max(va.arrive, vb.arrive), end = std::min(va.leave, vb.leave);
    if (hours(end - begin) < min_stay_h) return;
    // Two ships that meet arrive and leave together; waiting alone for hours is less likely.
    double odds = -0.25 * (hours(std::abs(va.arrive - vb.arrive)) + hours(std::abs(va.leave - vb.leave)));
    for (const Visit& v : {va, vb}) odds += 0.5 * nearness_odds(v.to_m + v.from_m);
    // Each course costs a bearing: what cannot become the best is left as soon as that is certain.
    const double most = course_odds(0);
    if (best && odds + 4 * most <= best->odds) return;
    add_turns(a, place, va);
    odds += course_odds(va.turn_in_deg) + course_odds(va.turn_out_deg);
    if (best && odds + 2 * most <= best->odds) return;
    add_turns(b, place, vb);
    odds += course_odds(vb.turn_in_deg) + course_odds(vb.turn_out_deg);
    if (!best || odds > best->odds) best = MeetingPlace{place, begin, end, odds};
  };
  // From the middle of the four ends outwards, then twice around the best with a finer grid.
  double north = 0, east = 0, reach = 40e3;
  const base::LatLon origin = a.from.at;
  for (const Gap* gap : gaps)
    for (const Report* end : {&gap->from, &gap->to}) {
      const Offset offset = offset_m(origin, end->at);
      north += offset.north_m / 4;
      east += offset.east_m / 4;
    }
  base::LatLon centre = moved(origin, north, east);
  for (const Gap* gap : gaps)
    for (const Report* end : {&gap->from, &gap->to})
      reach = std::max(reach, near_distance_m(centre, end->at) * 1.2);
  reach = std::min(reach, 400e3);
  for (int round = 0; round < 3; ++round) {
    constexpr int kHalf = 12;
    for (int i = -kHalf; i <= kHalf; ++i)
      for (int k = -kHalf; k <= kHalf; ++k) consider(moved(centre, reach * i / kHalf, reach * k / kHalf));
    if (!best) return best;
    centre = best->at;
    reach /= kHalf / 2;
  }
  return best;
}

std::optional<Gaps::Explanation> Gaps::at_port(const Gap& gap) const {
  const Parameters& p = context_.parameters;
  std::optional<Explanation> best;
  const Vessel& vessel = context_.fleet[gap.vessel];
  if (!merchant(context_.kind(vessel))) return best;
  for (const Port& port : context_.ports.all()) {
    if (!watched(p, port) || p.watched_countries.empty() || p.watched_countries.front() == "*") continue;
    const Visit v = visit(gap, port.at);
    if (v.stay_h() < p.port_call_presumed_stay_h) continue;
    Explanation why;
    why.kind = Explanation::Kind::port;
    // In the roads a course points anywhere.
    const auto course = [](double turn, double way_m) {
      return course_odds(turn, kPortScaleDeg) * std::min(1.0, way_m / (15 * base::kNauticalMileM));
    };
    why.odds = -0.5 + silence_part(gap) + course(v.turn_in_deg, v.to_m) + course(v.turn_out_deg, v.from_m) +
               1.5 * nearness_odds(v.to_m + v.from_m);
    const int draught = std::abs(int{gap.draught_after_dm} - int{gap.draught_before_dm});
    if (gap.draught_after_dm && gap.draught_before_dm && draught >= 5) why.odds += 1;
    why.at = port.at;
    why.begin = v.arrive;
    why.end = v.leave;
    why.port = &port;
    why.visit = v;
    if (!best || why.odds > best->odds) best = why;
  }
  return best;
}

std::optional<Gaps::Explanation> Gaps::at_halt(const Gap& gap, Halt& halt) const {
  const Parameters& p = context_.parameters;
  if (halt.vessel == gap.vessel || hours(halt.end - halt.begin) < p.rendezvous_min_stay_h)
    return std::nullopt;
  if (halt.begin > gap.to.time || halt.end < gap.from.time) return std::nullopt;
  const double limit = gap.cruise_kn() * base::kKnotMs * gap.length_h() * 3600;
  if (near_distance_m(gap.from.at, halt.middle) > limit) return std::nullopt;
  const Visit v = visit(gap, halt.middle);
  const base::TimeMs begin = std::max(v.arrive, halt.begin), end = std::min(v.leave, halt.end);
  if (hours(end - begin) < p.rendezvous_min_stay_h) return std::nullopt;
  const Vessel &dark = context_.fleet[gap.vessel], &seen = context_.fleet[halt.vessel];
  const ShipKind ks = context_.kind(seen), kd = context_.kind(dark);
  if (!merchant(ks) || !merchant(kd) || base::on_land(halt.middle)) return std::nullopt;
  Explanation why;
  why.kind = Explanation::Kind::halt;
  why.odds = -0.8 + silence_part(gap) + course_odds(v.turn_in_deg) + course_odds(v.turn_out_deg) +
             nearness_odds(v.to_m + v.from_m);
  if (context_.ports.nearest(halt.middle, p.encounter_port_km * 1000).port) why.odds -= 4;
  if (halt.met) why.odds -= 2;
  if (halt.moored_share > 0.5) why.odds -= 1;
  why.at = halt.middle;
  why.begin = begin;
  why.end = end;
  why.halt = &halt;
  why.visit = v;
  return why;
}

std::optional<Gaps::Explanation> Gaps::with_gap(Gap& gap, Gap& other) const {
  const Parameters& p = context_.parameters;
  if (other.vessel == gap.vessel || gap.silence_odds < -1 || other.silence_odds < -1) return std::nullopt;
  if (hours(std::min(gap.to.time, other.to.time) - std::max(gap.from.time, other.from.time)) <
      p.rendezvous_min_stay_h)
    return std::nullopt;
  const double reach =
      base::kKnotMs * 3600 * (gap.cruise_kn() * gap.length_h() + other.cruise_kn() * other.length_h());
  if (near_distance_m(gap.from.at, other.from.at) > reach) return std::nullopt;
  if (!merchant(context_.kind(context_.fleet[gap.vessel])) ||
      !merchant(context_.kind(context_.fleet[other.vessel])))
    return std::nullopt;
  // Both directions of asking must give one answer.
  const bool ordered = gap.vessel < other.vessel;
  const auto place = meeting_place(ordered ? gap : other, ordered ? other : gap, p.rendezvous_min_stay_h);
  if (!place || base::on_land(place->at)) return std::nullopt;
  Explanation why;
  why.kind = Explanation::Kind::gap;
  why.odds = -2.5 + 0.5 * (silence_part(gap) + silence_part(other)) + place->odds;
  if (context_.ports.nearest(place->at, p.encounter_port_km * 1000).port) why.odds -= 3;
  why.at = place->at;
  why.begin = place->begin;
  why.end = place->end;
  why.other = &other;
  why.visit = visit(gap, place->at);
  return why;
}

void Gaps::report(Gap& gap, const Explanation& why) {
  const Parameters& p = context_.parameters;
  const Vessel& vessel = context_.fleet[gap.vessel];
  const bool port = why.kind == Explanation::Kind::port;
  Draft draft(port ? model::EventType::port_call : model::EventType::dark_rendezvous,
              port       ? "port_call/2"
              : why.halt ? "dark_rendezvous/1"
                         : "dark_rendezvous/2",
              why.odds);
  draft.at(why.begin, why.end, why.at);
  if (why.halt) draft.vessel(context_.fleet[why.halt->vessel]);
  draft.vessel(vessel);
  if (why.other) draft.vessel(context_.fleet[why.other->vessel]);
  if (port)
    draft.text("port", why.port->name)
        .text("country", why.port->country)
        .text("seen", "presumed from silence");
  draft.number("gap_h", gap.length_h(), 2).number("possible_stay_h", hours(why.end - why.begin), 2);
  draft.number("way_in_nm", why.visit.to_m / base::kNauticalMileM, 1)
      .number("way_out_nm", why.visit.from_m / base::kNauticalMileM, 1);
  draft.number("cruise_kn", gap.cruise_kn(), 1).number("silence_nats", gap.silence.nats, 1);
  if (why.visit.turn_in_deg >= 0) draft.number("course_off_in_deg", why.visit.turn_in_deg, 0);
  if (why.visit.turn_out_deg >= 0) draft.number("course_off_out_deg", why.visit.turn_out_deg, 0);
  draft.number("parameter_min_stay_h", port ? p.port_call_presumed_stay_h : p.rendezvous_min_stay_h, 1);
  draft.support(gap.from.where).support(gap.to.where);
  if (why.halt) draft.support(why.halt->first).support(why.halt->last);
  if (why.other) draft.support(why.other->from.where).support(why.other->to.where);
  const std::string how = fmt::format(
      "at its cruising speed of {:.0f} kn it had up to {:.1f} h there ({:.0f} nm in, {:.0f} nm out)",
      gap.cruise_kn(), why.visit.stay_h(), why.visit.to_m / base::kNauticalMileM,
      why.visit.from_m / base::kNauticalMileM);
  if (port) {
    draft.tell(fmt::format("{} was silent for {:.1f} h and could call at {} ({}): {}", describe(vessel),
                           gap.length_h(), why.port->name, base::country_name(why.port->country), how));
    if (gap.draught_after_dm && gap.draught_before_dm && gap.draught_after_dm != gap.draught_before_dm)
      draft.number("draught_before_m", gap.draught_before_dm * 0.1, 1)
          .number("draught_after_m", gap.draught_after_dm * 0.1, 1);
  } else if (why.halt) {
    draft.tell(fmt::format("{} lay waiting while {} was silent for {:.1f} h: {}",
                           describe(context_.fleet[why.halt->vessel]), describe(vessel), gap.length_h(),
                           how));
  } else {
    draft.tell(fmt::format("{} and {} were silent at once and could meet here: {}", describe(vessel),
                           describe(context_.fleet[why.other->vessel]), how));
  }
  if (why.visit.turn_in_deg >= 0 && why.visit.turn_in_deg < 20) draft.tell("its last course pointed here");
  if (why.visit.turn_out_deg >= 0 && why.visit.turn_out_deg < 20)
    draft.tell("its first course afterwards came from here");
  context_.emit(std::move(draft));
}

}  // namespace cordon::detect
