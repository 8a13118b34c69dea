#include "cordon/detect/halts.hpp"

#include <algorithm>
#include <cmath>

namespace cordon::detect {
namespace {

// A halt is remembered from this length on: shorter ones cannot hold a transfer.
constexpr base::TimeMs kNoteworthy = 60 * base::kMinute;
// Two reports eight hours apart, both slow and no farther from each other than drifting goes, are still one
// halt: satellite reception has such holes.
constexpr base::TimeMs kLongestStep = 8 * base::kHour;
// By then a visible partner, if there was one, is known (encounter.hpp looks ahead and merges).
constexpr base::TimeMs kJudgeAfter = 12 * base::kHour;
static_assert(kJudgeAfter > kLongestStep);  // what is judged does not go on

// Halts are filed by cells of a quarter of a degree.
constexpr double kRadians = 3.14159265358979323846 / 180.0, kCellDeg = 0.25;
constexpr double kMetresPerCell = base::kEarthRadiusM * kRadians * kCellDeg;
constexpr int kRows = 721, kColumns = 1440;
int row_of(const base::LatLon& at) {
  return static_cast<int>((at.lat() + 90) / kCellDeg);
}
int column_of(const base::LatLon& at) {
  return static_cast<int>((at.lon() + 180) / kCellDeg);
}
std::uint32_t cell_of(const base::LatLon& at) {
  return static_cast<std::uint32_t>(row_of(at) * kColumns + column_of(at));
}

}  // namespace

void Halts::step(VesselId id, Track& track, const Report& from, const Report& to, const Offset& way) {
  const base::TimeMs dt = to.time - from.time;
  const double way_m = way.length_m();
  const double knots = way_m / base::kKnotMs / (static_cast<double>(dt) / 1000.0);
  const double limit = context_.parameters.loitering_speed_kn;
  // A ship that says it is under way at speed and yet stays is misreporting or circling: not a halt.
  const bool slow = knots < limit && to.sog_kn() < 2 * limit && dt <= kLongestStep;
  SlowRun& run = track.slow;
  if (!slow) {
    if (run.open()) run = SlowRun{};
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
  run.spread_m = std::max(run.spread_m, offset.length_m());
  run.path_m += way_m;
  ++run.steps;
  ++run.reports;
  run.moored += to.nav_status == 1 || to.nav_status == 5;
  if (run.end - run.begin >= kNoteworthy) note(id, track);
}

void Halts::note(VesselId id, Track& track) {
  SlowRun& run = track.slow;
  if (run.halt == UINT32_MAX || halts_[run.halt].number != run.halt_number) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(halts_.size()));
      halts_.emplace_back();
    }
    run.halt = free_.back();
    free_.pop_back();
    run.halt_number = ++numbered_;
    halts_[run.halt] = Halt{};
    halts_[run.halt].number = run.halt_number;
    halts_[run.halt].middle = run.middle();
    file(run.halt);
  }
  Halt& halt = halts_[run.halt];
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
  if (cell_of(halt.middle) != halt.cell) {
    unfile(run.halt);
    file(run.halt);
  }
}

void Halts::file(std::uint32_t slot) {
  halts_[slot].cell = cell_of(halts_[slot].middle);
  cells_[halts_[slot].cell].push_back(slot);
}

void Halts::unfile(std::uint32_t slot) {
  const auto at = cells_.find(halts_[slot].cell);
  auto& slots = at->second;
  *std::find(slots.begin(), slots.end(), slot) = slots.back();
  slots.pop_back();
  if (slots.empty()) cells_.erase(at);
}

void Halts::collect(const base::LatLon& place, double reach_m) {
  const auto take = [&](const std::vector<std::uint32_t>& slots) {
    for (const std::uint32_t slot : slots) near_.emplace_back(halts_[slot].number, slot);
  };
  const int reach = static_cast<int>(std::min(reach_m, 20e6) / kMetresPerCell) + 1;
  const int row = row_of(place), first = std::max(0, row - reach), last = std::min(kRows - 1, row + reach);
  const auto columns = [&](int r) {  // to either side
    const double edge =
        std::min(89.0, std::max(std::abs(r * kCellDeg - 90), std::abs((r + 1) * kCellDeg - 90)));
    return std::min<int>(kColumns / 2, static_cast<int>(reach / std::cos(edge * kRadians)) + 1);
  };
  std::size_t count = 0;
  for (int r = first; r <= last; ++r) count += static_cast<std::size_t>(2 * columns(r) + 1);
  if (count > cells_.size()) {
    for (const auto& [cell, slots] : cells_) take(slots);
    return;
  }
  const int column = column_of(place);
  for (int r = first; r <= last; ++r) {
    const int wide = columns(r);
    for (int c = -wide; c <= std::min(wide, kColumns - 1 - wide); ++c) {
      const auto found =
          cells_.find(static_cast<std::uint32_t>(r * kColumns + (column + c + kColumns) % kColumns));
      if (found != cells_.end()) take(found->second);
    }
  }
}

void Halts::tidy(base::TimeMs now, base::TimeMs keep) {
  near_.clear();
  for (std::uint32_t slot = 0; slot < halts_.size(); ++slot)
    if (const Halt& halt = halts_[slot]; halt.number != 0 && !halt.judged && halt.end <= now - kJudgeAfter)
      near_.emplace_back(halt.number, slot);
  std::sort(near_.begin(), near_.end());
  for (const auto& [number, slot] : near_) {
    Halt& halt = halts_[slot];
    halt.judged = true;
    judge_loitering(context_, context_.fleet[halt.vessel], halt);
    judge_port_call(context_, context_.fleet[halt.vessel], halt);
  }
  for (std::uint32_t slot = 0; slot < halts_.size(); ++slot) {
    if (halts_[slot].number == 0 || halts_[slot].end >= keep) continue;
    unfile(slot);
    halts_[slot].number = 0;
    free_.push_back(slot);
  }
}

}  // namespace cordon::detect
