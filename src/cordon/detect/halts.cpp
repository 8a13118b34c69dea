#include "cordon/detect/halts.hpp"

#include <algorithm>
#include <cmath>

namespace cordon::detect {
namespace {

// A halt is remembered from this length on: shorter ones cannot hold a transfer.
constexpr base::TimeMs kNoteworthy = 60 * base::kMinute;
// Two reports six hours apart, both slow and no farther from each other than drifting goes, are still one
// halt: satellite reception has such holes.
constexpr base::TimeMs kLongestStep = 6 * base::kHour;
// By then a visible partner, if there was one, is known (encounter.hpp looks ahead and merges).
constexpr base::TimeMs kJudgeAfter = 12 * base::kHour;

}  // namespace

void Halts::step(VesselId id, Track& track, const Report& from, const Report& to) {
  const base::TimeMs dt = to.time - from.time;
  const double way = near_distance_m(from.at, to.at);
  const double knots = way / base::kKnotMs / (static_cast<double>(dt) / 1000.0);
  const double limit = context_.parameters.loitering_speed_kn;
  // A ship that says it is under way at speed and yet stays is misreporting or circling: not a halt.
  const bool slow = knots < limit && to.sog_kn() < 2 * limit && dt <= kLongestStep;
  SlowRun& run = track.slow;
  if (!slow) {
    close(track);
    return;
  }
  if (!run.open()) {
    run = SlowRun{};
    run.begin = from.time;
    run.origin = from.at;
    run.first = from.where;
    run.reports = 1;
  }
  run.end = to.time;
  run.last = to.where;
  const Offset offset = offset_m(run.origin, to.at);
  run.north_m += offset.north_m;
  run.east_m += offset.east_m;
  run.spread_m = std::max(run.spread_m, std::hypot(offset.north_m, offset.east_m));
  run.path_m += way;
  ++run.steps;
  ++run.reports;
  run.moored += to.nav_status == 1 || to.nav_status == 5;
  if (run.end - run.begin >= kNoteworthy) note(id, track);
}

void Halts::note(VesselId id, Track& track) {
  SlowRun& run = track.slow;
  if (run.noted == UINT32_MAX || run.noted < dropped_) {
    run.noted = dropped_ + static_cast<std::uint32_t>(halts_.size());
    halts_.emplace_back();
  }
  Halt& halt = halts_[run.noted - dropped_];
  halt.vessel = id;
  halt.begin = run.begin;
  halt.end = run.end;
  halt.middle = run.middle();
  halt.first = run.first;
  halt.last = run.last;
  halt.reports = run.reports;
  halt.moored_share = static_cast<double>(run.moored) / std::max(1U, run.steps);
  halt.path_m = run.path_m;
  halt.spread_m = run.spread_m;
}

void Halts::close(Track& track) {
  SlowRun& run = track.slow;
  if (run.open() && run.noted != UINT32_MAX && run.noted >= dropped_) {
    Halt& halt = halts_[run.noted - dropped_];
    halt.open = false;
    closed_.push_back(run.noted);
  }
  run = SlowRun{};
}

void Halts::advance(base::TimeMs now) {
  while (!closed_.empty() &&
         (closed_.front() < dropped_ || halts_[closed_.front() - dropped_].end + kJudgeAfter <= now)) {
    if (closed_.front() >= dropped_) {
      const Halt& halt = halts_[closed_.front() - dropped_];
      judge_loitering(context_, context_.fleet[halt.vessel], halt);
      judge_port_call(context_, context_.fleet[halt.vessel], halt);
    }
    closed_.pop_front();
  }
}

void Halts::met(VesselId id, base::TimeMs begin, base::TimeMs end) {
  during(begin, end, [&](Halt& halt) {
    if (halt.vessel == id) halt.met = true;
  });
}

void Halts::forget_before(base::TimeMs time) {
  while (!halts_.empty() && halts_.front().end < time) {
    halts_.pop_front();
    ++dropped_;
  }
}

}  // namespace cordon::detect
