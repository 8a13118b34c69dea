#include "cordon/detect/gap.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cordon/base/land.hpp"

namespace cordon::detect {
namespace {

// Gaps are explained when every vessel that could have been their partner has most likely been heard again.
constexpr base::TimeMs kExplainAfter = 24 * base::kHour;
constexpr base::TimeMs kKeep = 96 * base::kHour;
// Silences of one cause begin within this time (the last reports before it lie some minutes apart) and end
// within that (satellites return one after the other).
constexpr base::TimeMs kBeganTogether = 12 * base::kMinute, kEndedTogether = 30 * base::kMinute;
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
  begun_[from.time / kBeganTogether].push_back({id, from.time, from.at});
}

void Gaps::advance(base::TimeMs now) {
  const auto settle = static_cast<base::TimeMs>(context_.parameters.gap_settle_h * base::kHour);
  while (!waiting_.empty() && waiting_.front().to.time + settle <= now) judge_first();
  while (explained_ < judged_.size() && judged_[explained_].to.time + kExplainAfter <= now) {
    Gap& gap = judged_[explained_++];
    if (!gap.explained) explain(gap);
  }
  while (explained_ > 0 && judged_.front().to.time + kKeep < now) {
    const Gap& gap = judged_.front();
    if (!promising_.empty() && promising_.front() == &gap) promising_.pop_front();
    const auto bucket = begun_.find(gap.from.time / kBeganTogether);
    std::erase_if(bucket->second,
                  [&](const Begun& one) { return one.vessel == gap.vessel && one.from == gap.from.time; });
    if (bucket->second.empty()) begun_.erase(bucket);
    judged_.pop_front();
    --explained_;
  }
}

void Gaps::finish() {
  while (!waiting_.empty()) judge_first();
  for (Gap& gap : judged_)
    if (!gap.explained) explain(gap);
}

void Gaps::judge_first() {
  judged_.push_back(waiting_.front());
  waiting_.pop_front();
  judged_.back().number = ++numbered_;
  judge(judged_.back());
  promise(judged_.back());
}

// Below this nothing that speaks for an explanation can make up for it (explain.cpp: at_halt).
void Gaps::promise(Gap& gap) {
  if (gap.silence_odds >= -2.6) promising_.push_back(&gap);
}

void Gaps::judge(Gap& gap) {
  const Vessel& vessel = context_.fleet[gap.vessel];
  if (const Track* track = vessel.track()) gap.cruise_after_kn = track->cruise_kn;
  if (vessel.identity) gap.draught_after_dm = vessel.identity->draught_dm;
  gap.silence = reception_.silence(vessel, gap.from, gap.to);
  // Where others were heard around it all the while, the receivers worked there, whatever went on elsewhere.
  const double others = gap.silence.others / std::max(1, gap.silence.bins);
  const double trust = std::min(1.0, others) * std::clamp((gap.silence.around - 0.75) / 0.25, 0.0, 1.0);
  gap.silence_odds = std::clamp((gap.silence.nats - context_.parameters.gap_silence_nats) * 0.4, -6.0, 4.0) -
                     together(gap) * (1 - 0.6 * trust);
}

double Gaps::together(Gap& gap) const {
  // Those that began within half a day of it. Their number is what matters, not who they are: of very many a
  // sample is looked at.
  constexpr std::size_t kSample = 4000;
  constexpr double kLocalM = 300e3;
  const auto first = begun_.lower_bound((gap.from.time - 12 * base::kHour) / kBeganTogether);
  const auto last = begun_.upper_bound((gap.from.time + 12 * base::kHour) / kBeganTogether);
  std::size_t total = 0;
  for (auto bucket = first; bucket != last; ++bucket) total += bucket->second.size();
  const std::size_t stride = total / kSample + 1;
  // Counted in the whole feed (satellites) and within 300 km (shore receivers, jamming); the stronger speaks.
  struct Counts {
    double all = 0;
    int began = 0, ended = 0, both = 0;
  } counts[2];
  std::size_t seen = 0;
  for (auto bucket = first; bucket != last; ++bucket) {
    // All that began when it did are counted, of the others one in `stride`.
    const bool whole = std::abs(bucket->first - gap.from.time / kBeganTogether) <= 1;
    const double weight = whole ? 1 : static_cast<double>(stride);
    for (const Begun& other : bucket->second) {
      const base::TimeMs start = std::abs(other.from - gap.from.time);
      if ((!whole && seen++ % stride != 0) || other.vessel == gap.vessel || start > 12 * base::kHour)
        continue;
      const bool local = near_within(other.at, gap.from.at, kLocalM);
      for (int k = 0; k <= (local ? 1 : 0); ++k) {
        counts[k].all += weight;
        counts[k].began += start <= kBeganTogether;
      }
    }
  }
  const auto count_ended = [&](const std::deque<Gap>& gaps) {
    auto other = std::lower_bound(gaps.begin(), gaps.end(), gap.to.time - kEndedTogether,
                                  [](const Gap& one, base::TimeMs time) { return one.to.time < time; });
    for (; other != gaps.end() && other->to.time <= gap.to.time + kEndedTogether; ++other) {
      const base::TimeMs start = std::abs(other->from.time - gap.from.time);
      if (other->vessel == gap.vessel || start > 12 * base::kHour) continue;
      const bool local = near_within(other->from.at, gap.from.at, kLocalM);
      for (int k = 0; k <= (local ? 1 : 0); ++k) {
        ++counts[k].ended;
        counts[k].both += start <= kBeganTogether;
      }
    }
  };
  count_ended(waiting_);
  count_ended(judged_);
  double strongest = 0;
  for (const Counts& n : counts) {
    // How many times more than the others of the day, spread evenly, would.
    const auto surplus = [&](int count, double window_h) {
      const double others = std::max(0.0, n.all - count);
      return std::log(std::max(1.0, (count + 0.5) / (others * window_h / (24.0 - window_h) + 0.5)));
    };
    const double odds =
        std::max(surplus(n.began, hours(2 * kBeganTogether)), surplus(n.ended, hours(2 * kEndedTogether))) +
        surplus(n.both, hours(2 * kBeganTogether) * hours(2 * kEndedTogether) / 12.0);
    if (odds > strongest) {
      strongest = odds;
      gap.began_together = n.began;
      gap.ended_together = n.ended;
    }
  }
  return strongest;
}

void Gaps::report_gap(const Gap& gap, const Explanation* why) {
  const Parameters& p = context_.parameters;
  const Vessel& vessel = context_.fleet[gap.vessel];
  const double metres = base::distance_m(gap.from.at, gap.to.at);
  const double implied_kn = metres / base::kNauticalMileM / gap.length_h();
  const double shore_nm = base::distance_to_shore_m(gap.from.at, 370e3) / base::kNauticalMileM;
  Draft draft(model::EventType::gap, "gap/1", 0);
  // Where it most likely was meanwhile; else the end at which it would have been heard, and so is known to
  // have been when its transponder was switched: as a rule the first.
  const bool end_is_surer = gap.silence.at_last > gap.silence.at_first + 0.15;
  draft.at(gap.from.time, gap.to.time, why ? why->at : end_is_surer ? gap.to.at : gap.from.at).vessel(vessel);
  draft.support(gap.from.where).support(gap.to.where);
  draft.number("duration_h", gap.length_h(), 2)
      .number("start_lat", gap.from.at.lat(), 5)
      .number("start_lon", gap.from.at.lon(), 5)
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
  if (gap.began_together >= 3 || gap.ended_together >= 3)
    draft.tell(
        fmt::format("{} other vessels fell silent within minutes of it, {} were heard again when it was",
                    gap.began_together, gap.ended_together));
  if (why)
    draft.tell(why->port ? fmt::format("the silence fits a call at {}", why->port->name)
                         : std::string("the silence fits a meeting at sea"));
  const ShipKind kind = context_.kind(vessel);
  if (kind == ShipKind::buoy) draft.weigh(-6, "a net buoy");
  if (kind == ShipKind::fishing) draft.weigh(-4.2, "a fishing vessel hides its grounds");
  const auto port = context_.ports.nearest(gap.from.at, 10e3);
  if (metres < 3000 && (port.port || gap.from.nav_status == 5 || gap.from.nav_status == 1))
    draft.weigh(-4, "it reappeared where it lay, in port or at anchor: switched off at the berth");
  context_.emit(std::move(draft));
}

void Gaps::explain(Gap& gap) {
  gap.explained = true;
  auto found = explanations(gap);
  std::stable_sort(found.begin(), found.end(),
                   [](const Explanation& a, const Explanation& b) { return a.odds > b.odds; });
  for (const Explanation& why : found) {
    if (why.odds < 0 || preferred_elsewhere(gap, why, found)) continue;
    report(gap, why);
    report_gap(gap, &why);
    if (why.other) {
      why.other->explained = true;
      report_gap(*why.other, &why);
    }
    return;
  }
  report_gap(gap, nullptr);
}

// The counterpart may have a better story of its own; then this one is not told. A meeting of two silent
// ships replaces two stories, one of each, and must be better than both together.
bool Gaps::preferred_elsewhere(const Gap& gap, const Explanation& why, const std::vector<Explanation>& mine) {
  if (why.kind == Explanation::Kind::halt) {
    for (Gap* candidate : promising_) {
      Gap& rival = *candidate;
      if (&rival == &gap) continue;
      if (const auto theirs = at_halt(rival, *why.halt); theirs && theirs->odds > why.odds) return true;
    }
  } else if (why.kind == Explanation::Kind::gap) {
    if (why.other->explained) return true;
    double alone = 0, together = 0;
    for (const Explanation& other : mine)
      if (other.kind != Explanation::Kind::gap) alone = std::max(alone, other.odds);
    double theirs_alone = 0;
    for (const Explanation& theirs : explanations(*why.other)) {
      if (theirs.kind != Explanation::Kind::gap)
        theirs_alone = std::max(theirs_alone, theirs.odds);
      else if (theirs.other != &gap)
        together = std::max(together, theirs.odds);
    }
    return why.odds < alone + theirs_alone || why.odds < together;
  }
  return false;
}

std::vector<Gaps::Explanation> Gaps::explanations(Gap& gap) {
  std::vector<Explanation> out;
  if (gap.silence_odds < -4) return out;
  if (const auto why = at_port(gap)) out.push_back(*why);
  const double reach_m = gap.cruise_kn() * base::kKnotMs * gap.length_h() * 3600;
  halts_.during(gap.from.time, gap.to.time, gap.from.at, reach_m, [&](Halt& halt) {
    if (const auto why = at_halt(gap, halt)) out.push_back(*why);
  });
  auto other = std::lower_bound(promising_.begin(), promising_.end(), gap.from.time,
                                [](const Gap* one, base::TimeMs time) { return one->to.time < time; });
  for (; other != promising_.end(); ++other)
    if (const auto why = with_gap(gap, **other)) out.push_back(*why);
  return out;
}

}  // namespace cordon::detect
