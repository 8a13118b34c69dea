// What a silent vessel may have done: ways, times and courses decide (see docs/detect.md, dark_rendezvous and
// port_call).
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "cordon/base/ids.hpp"
#include "cordon/base/land.hpp"
#include "cordon/detect/gap.hpp"
#include "cordon/detect/ways.hpp"

namespace cordon::detect {
namespace {

// Each pair is asked about from both sides, and again where one of them has other stories.
constexpr std::size_t kMaxMeetings = 1 << 16;
// The way into a port bends: roads, channels and islands lie before it.
constexpr double kPortScaleDeg = 60;

double silence_part(const Gap& gap) {
  return std::clamp(gap.silence_odds, -3.0, 1.0);
}

bool merchant(ShipKind kind) {
  return kind == ShipKind::tanker || kind == ShipKind::cargo || kind == ShipKind::unknown ||
         kind == ShipKind::other;
}

}  // namespace

Visit visit(const Gap& gap, const base::LatLon& place) {
  Visit out = ways(gap, place, gap.cruise_kn() * base::kKnotMs);
  if (out.to_m > kCourseSilentM && tells_course(gap.from))
    out.turn_in_deg = turn_deg(gap.from.cog_ddeg * 0.1, base::bearing_deg(gap.from.at, place));
  if (out.from_m > kCourseSilentM && tells_course(gap.to))
    out.turn_out_deg = turn_deg(gap.to.cog_ddeg * 0.1, base::bearing_deg(place, gap.to.at));
  return out;
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
  if (!near_within(gap.from.at, halt.middle, limit)) return std::nullopt;
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

const std::optional<MeetingPlace>& Gaps::meeting(const Gap& gap, const Gap& other, double least) {
  // Both directions of asking must give one answer.
  const Gap &a = gap.vessel < other.vessel ? gap : other, &b = &a == &gap ? other : gap;
  if (meetings_.size() > kMaxMeetings) meetings_.clear();
  const auto [at, fresh] = meetings_.try_emplace(std::uint64_t{a.number} << 32 | b.number);
  if (fresh) at->second = meeting_place(a, b, context_.parameters.rendezvous_min_stay_h, least);
  return at->second;
}

std::optional<Gaps::Explanation> Gaps::with_gap(Gap& gap, Gap& other) {
  const Parameters& p = context_.parameters;
  if (other.vessel == gap.vessel || gap.silence_odds < -1 || other.silence_odds < -1) return std::nullopt;
  if (hours(std::min(gap.to.time, other.to.time) - std::max(gap.from.time, other.from.time)) <
      p.rendezvous_min_stay_h)
    return std::nullopt;
  const double reach =
      base::kKnotMs * 3600 * (gap.cruise_kn() * gap.length_h() + other.cruise_kn() * other.length_h());
  if (!near_within(gap.from.at, other.from.at, reach)) return std::nullopt;
  if (!merchant(context_.kind(context_.fleet[gap.vessel])) ||
      !merchant(context_.kind(context_.fleet[other.vessel])))
    return std::nullopt;
  const double silent = -2.5 + 0.5 * (silence_part(gap) + silence_part(other));
  const auto place = meeting(gap, other, -silent);
  if (!place || base::on_land(place->at)) return std::nullopt;
  Explanation why;
  why.kind = Explanation::Kind::gap;
  why.odds = silent + place->odds;
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
