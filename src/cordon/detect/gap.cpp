#include "cordon/detect/gap.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cordon/base/land.hpp"

namespace cordon::detect {
namespace {

// Gaps are explained when every vessel that could have been their partner has most likely been heard again.
constexpr base::TimeMs kExplainAfter = 48 * base::kHour;
constexpr double kDefaultCruiseKn = 10;

}  // namespace

double Gap::cruise_kn() const {
  const double best = std::max(cruise_before_kn, cruise_after_kn);
  return best > 3 ? best : kDefaultCruiseKn;
}

void Gaps::candidate(VesselId id, const Report& from, const Report& to, double cruise_kn,
                     std::uint16_t draught_dm) {
  Gap gap;
  gap.vessel = id;
  gap.from = from;
  gap.to = to;
  gap.cruise_before_kn = cruise_kn;
  gap.draught_before_dm = draught_dm;
  waiting_.push_back(gap);
}

void Gaps::advance(base::TimeMs now) {
  const auto settle = static_cast<base::TimeMs>(context_.parameters.gap_settle_h * base::kHour);
  while (!waiting_.empty() && waiting_.front().to.time + settle <= now) {
    judge(waiting_.front());
    judged_.push_back(waiting_.front());
    waiting_.pop_front();
  }
  for (Gap& gap : judged_) {
    if (gap.to.time + kExplainAfter > now) break;
    if (!gap.explained) explain(gap);
  }
  while (!judged_.empty() && judged_.front().to.time + 2 * kExplainAfter < now) judged_.pop_front();
}

void Gaps::finish() {
  while (!waiting_.empty()) {
    judge(waiting_.front());
    judged_.push_back(waiting_.front());
    waiting_.pop_front();
  }
  for (Gap& gap : judged_)
    if (!gap.explained) explain(gap);
}

void Gaps::judge(Gap& gap) {
  const Vessel& vessel = context_.fleet[gap.vessel];
  if (const Track* track = vessel.track()) gap.cruise_after_kn = track->cruise_kn;
  if (vessel.identity) gap.draught_after_dm = vessel.identity->draught_dm;
  gap.silence = reception_.silence(vessel, gap.from, gap.to);
  gap.silence_odds = std::clamp((gap.silence.nats - context_.parameters.gap_silence_nats) * 0.4, -6.0, 4.0);
  report_gap(gap);
}

void Gaps::report_gap(const Gap& gap) {
  const Parameters& p = context_.parameters;
  const Vessel& vessel = context_.fleet[gap.vessel];
  const double metres = base::distance_m(gap.from.at, gap.to.at);
  const double implied_kn = metres / base::kNauticalMileM / gap.length_h();
  const double shore_nm = base::distance_to_shore_m(gap.from.at, 370e3) / base::kNauticalMileM;
  Draft draft(model::EventType::gap, "gap/1", 0);
  draft.at(gap.from.time, gap.to.time, gap.from.at).vessel(vessel);
  draft.support(gap.from.where).support(gap.to.where);
  draft.number("duration_h", gap.length_h(), 2)
      .number("end_lat", gap.to.at.lat(), 5)
      .number("end_lon", gap.to.at.lon(), 5);
  draft.number("implied_speed_kn", implied_kn, 1).number("distance_to_shore_nm", shore_nm, 1);
  draft.number("silence_nats", gap.silence.nats, 1).number("expected_reports_bins", gap.silence.expected, 1);
  draft.number("bins", gap.silence.bins, 0).number("heard_of_others_share", gap.silence.around, 2);
  draft.number("parameter_min_h", p.gap_min_h, 1).number("parameter_silence_nats", p.gap_silence_nats, 1);
  draft.tell(fmt::format("{} was silent for {:.1f} h", describe(vessel), gap.length_h()));
  draft.weigh(gap.silence_odds, fmt::format("a ship like it should have been heard in {:.1f} of {} half "
                                            "hours; chance of such a silence: e^-{:.1f}",
                                            gap.silence.expected, gap.silence.bins, gap.silence.nats));
  if (gap.silence.others >= 2 && gap.silence.around < 0.5)
    draft.tell(fmt::format(
        "only {:.0f} % of the reports of others expected around it were heard: an outage or jamming",
        gap.silence.around * 100));
  const ShipKind kind = context_.kind(vessel);
  if (kind == ShipKind::buoy) draft.weigh(-6, "a net buoy");
  if (kind == ShipKind::fishing) draft.weigh(-1.5, "a fishing vessel hides its grounds");
  const auto port = context_.ports.nearest(gap.from.at, 10e3);
  if (metres < 3000 && (port.port || gap.from.nav_status == 5 || gap.from.nav_status == 1))
    draft.weigh(-4, "it reappeared where it lay, in port or at anchor: switched off at the berth");
  context_.emit(std::move(draft));
}

void Gaps::explain(Gap& gap) {
  gap.explained = true;
  auto found = explanations(gap);
  std::sort(found.begin(), found.end(),
            [](const Explanation& a, const Explanation& b) { return a.odds > b.odds; });
  for (const Explanation& why : found) {
    // The counterpart may have a better story of its own; then this one is not told.
    bool taken = false;
    if (why.kind == Explanation::Kind::halt) {
      for (Gap& rival : judged_) {
        if (&rival == &gap) continue;
        const auto theirs = at_halt(rival, *why.halt);
        taken = taken || (theirs && theirs->odds > why.odds);
      }
    } else if (why.kind == Explanation::Kind::gap) {
      for (const Explanation& theirs : explanations(*why.other))
        taken = taken || (theirs.odds > why.odds && theirs.other != &gap);
    }
    if (taken) continue;
    if (why.other) why.other->explained = true;
    report(gap, why);
    return;
  }
}

std::vector<Gaps::Explanation> Gaps::explanations(Gap& gap) {
  std::vector<Explanation> out;
  if (gap.silence_odds < -4) return out;
  if (const auto why = at_port(gap)) out.push_back(*why);
  halts_.during(gap.from.time, gap.to.time, [&](Halt& halt) {
    if (const auto why = at_halt(gap, halt)) out.push_back(*why);
  });
  for (Gap& other : judged_)
    if (const auto why = with_gap(gap, other)) out.push_back(*why);
  return out;
}

}  // namespace cordon::detect
