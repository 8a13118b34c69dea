#include "cordon/detect/encounter.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "cordon/base/land.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr double kMetresPerDegree = base::kEarthRadiusM * kRadians;
// A ship under way is not interpolated over more than this: it may have turned.
constexpr base::TimeMs kLongestFastLeg = 30 * base::kMinute;
// The most that a meeting within encounter.port_km of a port can score (judge() below: 1.5 + 0.7 + 0.5 - 0.5
// - 3 in log-odds). Where more is asked, harbours, in which thousands of pairs lie side by side for days,
// need not be looked at.
constexpr double kMostInPort = 0.32;

bool similar_names(std::string_view a, std::string_view b) {
  const auto shorter = std::min(a.size(), b.size());
  return shorter >= 5 && a.substr(0, shorter) == b.substr(0, shorter);
}

}  // namespace

PairFinder::PairFinder(double distance_m)
    : distance_m_(std::max(distance_m, 1.0)), rows_per_degree_(kMetresPerDegree / distance_m_) {
  // Columns of a row are at least one distance wide at the row's edge that lies nearer to the pole. Below
  // 10 m rows stay as wide as 10 m, and the table within bounds.
  rows_per_degree_ = std::min(rows_per_degree_, kMetresPerDegree / 10);
  const auto rows = static_cast<std::size_t>(std::ceil(180.0 * rows_per_degree_)) + 3;
  columns_.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const double edge = std::max(std::abs((static_cast<double>(row) - 1) / rows_per_degree_ - 90.0),
                                 std::abs(static_cast<double>(row) / rows_per_degree_ - 90.0));
    columns_[row] = std::max(
        1, static_cast<std::int32_t>(std::cos(std::min(edge, 90.0) * kRadians) * 360.0 * rows_per_degree_));
  }
}

void PairFinder::crowd(std::vector<GridPoint>& points) {
  std::size_t size = 64;
  while (size < points.size()) size *= 2;
  once_.assign(size, 0);
  twice_.assign(size, 0);
  const auto word_of = [mask = size - 1](std::vector<std::uint64_t>& words, std::int32_t row,
                                         std::int32_t column) -> std::uint64_t& {
    return words[static_cast<std::uint64_t>(Cell{row, column >> 6}.key()) * 0x9E3779B97F4A7C15ULL >> 32 &
                 mask];
  };
  for (const GridPoint& point : points) {
    const Cell cell = cell_of(point.at);
    const std::uint64_t bit = std::uint64_t{1} << (cell.column & 63);
    std::uint64_t& once = word_of(once_, cell.row, cell.column);
    if (once & bit) word_of(twice_, cell.row, cell.column) |= bit;
    once |= bit;
  }
  const auto bit_at = [](std::uint64_t word, std::int32_t column) { return word >> (column & 63) & 1; };
  std::erase_if(points, [&](const GridPoint& point) {
    const std::int32_t row = row_of(point.at);
    for (std::int32_t r = row - 1; r <= row + 1; ++r) {
      const std::int32_t wide = columns(r), middle = column_of(point.at, wide);
      if (wide <= kFewColumns) return false;
      const std::uint64_t word = word_of(once_, r, middle);
      for (const std::int32_t c : {-1, 0, 1}) {
        std::int32_t column = middle + c;
        if (column < 0) column = wide - 1;
        if (column == wide) column = 0;
        const bool same_word = column >> 6 == middle >> 6;
        if (r == row && c == 0) {
          if (bit_at(word_of(twice_, r, middle), middle)) return false;
        } else if (bit_at(same_word ? word : word_of(once_, r, column), column)) {
          return false;
        }
      }
    }
    return true;
  });
}

void PairFinder::clear(std::size_t points) {
  std::size_t size = 16;
  while (size < points * 2) size *= 2;
  slots_.assign(size, kEnd);
  keys_.assign(points, 0);
  next_.assign(points, kEnd);
}

Encounters::Encounters(Context& context, Halts& halts)
    : context_(context),
      halts_(halts),
      grid_ms_(std::max<base::TimeMs>(
          base::kMinute, static_cast<base::TimeMs>(context.parameters.encounter_grid_min * base::kMinute))),
      merge_steps_(static_cast<std::int64_t>(context.parameters.encounter_merge_min * base::kMinute) /
                   grid_ms_),
      skip_ports_(context.parameters.report_minimum_score > kMostInPort),
      finder_(context.parameters.encounter_distance_m) {}

void Encounters::points(VesselId id, const Report& from, const Report& to) {
  const std::int64_t first = from.time / grid_ms_ + 1, last = to.time / grid_ms_;
  const base::TimeMs dt = to.time - from.time;
  const double longest = context_.parameters.encounter_interpolate_h * base::kHour;
  if (static_cast<double>(dt) > longest) return;
  const Offset way = offset_m(from.at, to.at);
  const double metres = way.length_m();
  const double knots = metres / base::kKnotMs / (static_cast<double>(dt) / 1000.0);
  if (knots > 2 * context_.parameters.encounter_speed_kn && dt > kLongestFastLeg) return;
  for (std::int64_t number = first; number <= last; ++number) {
    const double f = static_cast<double>(number * grid_ms_ - from.time) / static_cast<double>(dt);
    GridPoint point;
    point.at = moved(from.at, way.north_m * f, way.east_m * f);
    point.vessel = id;
    point.speed_kn = static_cast<float>(knots);
    point.moored = to.nav_status == 1 || to.nav_status == 5;
    point.where = from.where;
    if (number != last_number_ || !last_) {
      auto [at, fresh] = grid_.try_emplace(number);
      if (fresh && !spare_.empty()) {
        at->second = std::move(spare_.back());
        spare_.pop_back();
      }
      last_ = &at->second;
      last_number_ = number;
    }
    last_->push_back(point);
  }
}

void Encounters::advance(base::TimeMs now) {
  const auto wait = static_cast<base::TimeMs>(context_.parameters.encounter_interpolate_h * base::kHour);
  while (!grid_.empty() && grid_.begin()->first * grid_ms_ < now - wait) close_grid(grid_.begin()->first);
}

void Encounters::close_grid(std::int64_t number) {
  auto node = grid_.extract(number);
  last_ = nullptr;
  auto& points = node.mapped();
  finder_.crowd(points);
  if (skip_ports_)
    std::erase_if(points, [&](const GridPoint& point) { return context_.harbours.inside(point.at); });
  std::sort(points.begin(), points.end(), [](const GridPoint& a, const GridPoint& b) {
    return std::pair(a.vessel, a.where) < std::pair(b.vessel, b.where);
  });
  const double limit = context_.parameters.encounter_distance_m,
               slow = context_.parameters.encounter_speed_kn;
  finder_.find(points, [&](std::size_t i, std::size_t j, double metres) {
    const GridPoint &a = points[i], &b = points[j];
    if (a.vessel == b.vessel) return;
    const Pair pair = Pair{a.vessel} << 32 | b.vessel;
    Run& run = runs_[pair];
    if (run.times == 0) {
      run.first = run.last = number;
      wait(pair, run);
      run.origin = a.at;
      run.where[0] = a.where;
      run.where[2] = b.where;
    }
    run.last = number;
    run.where[1] = a.where;
    run.where[3] = b.where;
    ++run.times;
    if (a.speed_kn < slow && b.speed_kn < slow) {
      if (run.slow++ == 0) run.first_slow = number;
      run.last_slow = number;
      ++run.separation[std::min<std::size_t>(15, static_cast<std::size_t>(metres / limit * 16))];
      const Offset offset = offset_m(run.origin, a.at);
      run.north_m += offset.north_m;
      run.east_m += offset.east_m;
      run.closest_m = std::min(run.closest_m, metres);
      run.speed_sum += std::max(a.speed_kn, b.speed_kn);
      run.moored += a.moored && b.moored;
    } else if (a.speed_kn > slow && b.speed_kn > slow) {
      ++run.fast;
    }
  });
  points.clear();
  if (spare_.size() < 32) spare_.push_back(std::move(points));
  while (!due_.empty() && due_.begin()->first <= number) {
    const auto due = due_.extract(due_.begin());
    for (const Pair pair : due.mapped())
      if (const Run& run = runs_.at(pair); number - run.last > merge_steps_)
        ended_.push_back(pair);
      else
        wait(pair, run);
  }
  judge_ended();
}

// In order of the pairs, so that events come out in one order.
void Encounters::judge_ended() {
  std::sort(ended_.begin(), ended_.end());
  for (const Pair pair : ended_) {
    const auto at = runs_.find(pair);
    judge(pair, at->second);
    runs_.erase(at);
  }
  ended_.clear();
}

void Encounters::finish() {
  while (!grid_.empty()) close_grid(grid_.begin()->first);
  for (const auto& [pair, run] : runs_) ended_.push_back(pair);
  judge_ended();
}

double Encounters::median_separation(const Run& run) const {
  std::uint32_t seen = 0;
  for (std::size_t i = 0; i < run.separation.size(); ++i) {
    seen += run.separation[i];
    if (seen * 2 >= run.slow)
      return (static_cast<double>(i) + 0.5) * context_.parameters.encounter_distance_m / 16.0;
  }
  return context_.parameters.encounter_distance_m;
}

void Encounters::judge(Pair pair, const Run& run) {
  const Parameters& p = context_.parameters;
  const auto a_id = static_cast<VesselId>(pair >> 32), b_id = static_cast<VesselId>(pair);
  const double minutes = static_cast<double>((run.last_slow - run.first_slow + 1) * grid_ms_) / base::kMinute;
  if (run.slow < 2 || minutes < p.encounter_min_min) return;
  const Vessel &a = context_.fleet[a_id], &b = context_.fleet[b_id];
  const base::TimeMs begin = run.first_slow * grid_ms_, end = run.last_slow * grid_ms_;
  const base::LatLon place = moved(run.origin, run.north_m / run.slow, run.east_m / run.slow);
  const double separation = median_separation(run);
  const double shore_nm =
      base::on_land(place) ? 0 : base::distance_to_shore_m(place, 370e3) / base::kNauticalMileM;
  const auto port = context_.ports.nearest(place, 100e3);
  int anchored = 0;
  bool raft = false, lay_there = false;
  halts_.during(begin, end, place, 100e3, [&](Halt& halt) {
    if (halt.vessel == a_id || halt.vessel == b_id) {
      halt.met = true;
      lay_there = lay_there || (halt.begin < begin - 3 * base::kHour && halt.end > end + 3 * base::kHour);
      return;
    }
    if (std::min(halt.end, end) - std::max(halt.begin, begin) < (end - begin) / 2) return;
    const double metres = near_distance_m(halt.middle, place);
    if (metres < p.encounter_distance_m)
      raft = true;
    else if (metres < 6000)
      ++anchored;
  });

  Draft draft(model::EventType::encounter, "encounter/1", -0.5);
  draft.at(begin, end, place).vessel(a).vessel(b);
  draft.number("duration_h", minutes / 60, 2).number("median_distance_m", separation, 0);
  draft.number("closest_m", run.closest_m, 0).number("mean_speed_kn", run.speed_sum / run.slow, 2);
  draft.number("distance_to_shore_nm", shore_nm, 1);
  if (port.port)
    draft.text("nearest_port", port.port->name).number("distance_to_port_km", port.distance_m / 1000, 1);
  draft.number("parameter_distance_m", p.encounter_distance_m, 0)
      .number("parameter_speed_kn", p.encounter_speed_kn, 1);
  for (const std::uint64_t where : run.where) draft.support(where);

  draft.tell(fmt::format("{} and {} were within {:.0f} m of each other (median) below {:.0f} kn for {:.1f} h",
                         describe(a), describe(b), separation, p.encounter_speed_kn, minutes / 60));
  if (separation < 200)
    draft.weigh(1.5, fmt::format("{:.0f} m is alongside or nearly so", separation));
  else if (separation > 300)
    draft.weigh(-1.5, fmt::format("{:.0f} m apart is too far for a transfer", separation));
  if (minutes >= 120) draft.weigh(0.7, "long enough for a transfer");
  if (raft) draft.tell("a third vessel was with them");

  const ShipKind ka = context_.kind(a), kb = context_.kind(b);
  const auto either = [&](ShipKind kind) { return ka == kind || kb == kind; };
  if (ka == ShipKind::buoy || kb == ShipKind::buoy)
    draft.weigh(-6, "one of them is a net buoy");
  else if (ka == ShipKind::fishing && kb == ShipKind::fishing)
    draft.weigh(-4, "both are fishing vessels: pair trawling or rafting of a fleet");
  else if (either(ShipKind::fishing) && !either(ShipKind::tanker))
    draft.weigh(-2.5, "a fishing vessel beside a carrier: catch is handed over, a lawful routine");
  if (either(ShipKind::tug)) draft.weigh(-2.5, "one of them is a tug");
  if (either(ShipKind::pilot) || either(ShipKind::service))
    draft.weigh(-3, "one of them is a pilot or service vessel");
  const bool merchants =
      (ka == ShipKind::tanker || ka == ShipKind::cargo) && (kb == ShipKind::tanker || kb == ShipKind::cargo);
  if (merchants) draft.weigh(0.5, "both are merchant ships");
  // Ships that meet may have sailed the last miles together; a tow, or one hull, does so for most of the
  // time.
  if (run.fast >= 6 && (run.fast * 2 > run.times || (run.fast * 4 > run.times && separation < 120)))
    draft.weigh(-5, "they also moved together at speed: a tow, or two transponders on one hull");
  else if (similar_names(a.name(), b.name()))
    draft.weigh(-4, "their names are nearly the same: two transponders on one hull");
  if (port.port && port.distance_m < p.encounter_port_km * 1000)
    draft.weigh(-3, fmt::format("{:.0f} km from the port of {}: bunkering, mooring or waiting",
                                port.distance_m / 1000, port.port->name));
  const auto bunkers = [&](const Vessel& vessel) {
    const auto* row = context_.registered(vessel);
    return row && base::ascii_lower(row->type).find("bunker") != std::string::npos;
  };
  const bool roads = shore_nm < 12 && port.port && port.distance_m < 40e3;
  if ((bunkers(a) || bunkers(b)) && roads)
    draft.weigh(-3.5, "a bunkering tanker in the roads: fuel for a ship that waits");
  else if (lay_there && roads)
    draft.weigh(-2.5, "one of them lay in these roads for hours before and after: supplied at anchor");
  if (anchored >= 2) {
    if (separation > 200)
      draft.weigh(-2.5, fmt::format("{} other vessels lie around them: an anchorage", anchored));
    else
      draft.weigh(-1, fmt::format("{} other vessels lie around them: perhaps an anchorage", anchored));
  } else if (run.moored * 2 > run.slow && separation > 200) {
    draft.weigh(-1, "both say they are at anchor");
  }
  context_.emit(std::move(draft));
}

}  // namespace cordon::detect
