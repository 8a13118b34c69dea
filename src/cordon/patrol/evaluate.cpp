#include "cordon/patrol/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/base/parallel.hpp"
#include "cordon/patrol/cloud.hpp"
#include "cordon/simulate/random.hpp"

namespace cordon::patrol {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr double kRadiusNm = base::kEarthRadiusM / base::kNauticalMileM;

struct Unit {
  double x, y, z;
};
Unit unit(const base::LatLon& at) {
  const double lat = at.lat() * kRadians, lon = at.lon() * kRadians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}
double dot(const Unit& a, const Unit& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

// A leg, or a satellite's swath, as a great circle: ahead runs along it from the start, side is its pole.
struct Pass3 {
  base::TimeMs time;
  int step;
  Detection law;
  double sweep_nm, spacing_nm, chance;
  Unit start, ahead, side;
  double angle, reach;  // radians
  double chance_at(const Unit& at) const {
    const double off = std::asin(std::clamp(dot(at, side), -1.0, 1.0));
    if (std::abs(off) > reach) return 0;
    const double along = std::atan2(dot(at, ahead), dot(at, start));
    if (along < 0 || along > angle) return 0;
    return chance * lateral_chance(law, sweep_nm, spacing_nm, off * kRadiusNm);
  }
};

std::optional<Pass3> pass_of(const base::LatLon& from, const base::LatLon& to, base::TimeMs time, int step,
                             Detection law, double sweep_nm, double spacing_nm, double chance) {
  const Unit a = unit(from), b = unit(to);
  Unit side{a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
  const double length = std::sqrt(dot(side, side));
  if (length < 1e-12) return std::nullopt;  // no way was made
  side = {side.x / length, side.y / length, side.z / length};
  const Unit ahead{side.y * a.z - side.z * a.y, side.z * a.x - side.x * a.z, side.x * a.y - side.y * a.x};
  return Pass3{time,
               step,
               law,
               sweep_nm,
               spacing_nm,
               chance,
               a,
               ahead,
               side,
               std::atan2(length, dot(a, b)),
               lateral_reach_nm(law, sweep_nm, spacing_nm) / kRadiusNm};
}

// Draws from weights: by bisection in their sums.
class Draw {
 public:
  explicit Draw(const std::vector<double>& weights) {
    double sum = 0;
    for (const double weight : weights) sums_.push_back(sum += weight);
  }
  std::size_t pick(simulate::Random& random) const {
    const double at = random.unit() * sums_.back();
    return std::min<std::size_t>(
        static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin()),
        sums_.size() - 1);
  }

 private:
  std::vector<double> sums_;
};

// Where a wandering target is after a step, drawn move by move: a normal displacement; one that ends on land
// is drawn again. Nothing where it left the area.
std::optional<std::size_t> wander(const Grid& grid, const Motion& motion, std::size_t cell,
                                  simulate::Random& random) {
  const double sigma_nm =
      motion.speed_kn * std::sqrt(std::min(motion.persistence_h, motion.step_h) * motion.step_h);
  const auto row = static_cast<double>(cell / grid.columns()),
             column = static_cast<double>(cell % grid.columns());
  const double high = grid.height_nm(),
               wide = grid.width_nm(static_cast<std::uint32_t>(cell / grid.columns()));
  constexpr int kTries = 1000;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const double radius = sigma_nm * std::sqrt(-2 * std::log1p(-random.unit())),
                 course = random.unit() * 2 * std::numbers::pi;
    const double rows = std::round(radius * std::sin(course) / high),
                 columns = std::round(radius * std::cos(course) / wide);
    if (std::abs(rows) > std::ceil(3 * sigma_nm / high) || std::abs(columns) > std::ceil(3 * sigma_nm / wide))
      continue;
    const double r = row + rows, c = column + columns;
    if (r < 0 || c < 0 || r >= grid.rows() || c >= grid.columns()) return std::nullopt;
    const std::size_t to = static_cast<std::size_t>(r) * grid.columns() + static_cast<std::size_t>(c);
    if (grid.state[to] == CellState::land) continue;
    if (!grid.wet(to)) return std::nullopt;
    return to;
  }
  return cell;
}

class Flight {
 public:
  explicit Flight(const Plan& plan) : plan_(plan), cells_(plan.prior.mass) {
    const auto step_of = [&](base::TimeMs time) {
      const auto& motion = plan.request.motion;
      return motion ? static_cast<int>((time - plan.request.from) /
                                       static_cast<base::TimeMs>(motion->step_h * base::kHour))
                    : 0;
    };
    const auto add = [&](const std::optional<Pass3>& one) {
      if (one) passes_.push_back(*one);
    };
    for (const Sortie& sortie : plan.sorties)
      for (const Leg& leg : sortie.legs)
        add(pass_of(leg.from, leg.to, leg.start, step_of(leg.start), plan.request.law, leg.sweep_nm,
                    leg.spacing_nm, 1));
    for (const Look& look : plan.looks) {
      const Asset& asset = plan.request.assets.assets[look.asset];
      const Pass& pass = asset.passes[look.pass];
      add(pass_of(pass.from, pass.to, pass.time, step_of(pass.time), Detection::definite, asset.swath_nm(),
                  asset.swath_nm(), asset.glimpse()));
    }
    std::stable_sort(passes_.begin(), passes_.end(),
                     [](const Pass3& a, const Pass3& b) { return a.time < b.time; });
  }

  bool find_one(simulate::Random& random) const {
    const Grid& grid = plan_.grid;
    std::size_t cell = cells_.pick(random);
    int step = 0;
    const auto place = [&] {
      return unit(grid.place(static_cast<double>(cell / grid.columns()) + random.unit(),
                             static_cast<double>(cell % grid.columns()) + random.unit()));
    };
    Unit at = place();
    for (const Pass3& pass : passes_) {
      for (; step < pass.step; ++step) {
        const auto to = wander(grid, *plan_.request.motion, cell, random);
        if (!to) return false;
        cell = *to;
        at = place();
      }
      if (!grid.searchable(cell)) continue;
      const double chance = pass.chance_at(at);
      if (chance > 0 && random.chance(chance)) return true;
    }
    return false;
  }

 private:
  const Plan& plan_;
  Draw cells_;
  std::vector<Pass3> passes_;
};

}  // namespace

Evaluation evaluate(const Plan& plan, std::uint64_t runs, std::uint64_t seed,
                    const std::function<bool()>& stop) {
  constexpr std::uint64_t kBatch = 1000;  // of one stream of random numbers, whatever the threads
  const Flight flight(plan);
  const std::size_t batches = static_cast<std::size_t>((runs + kBatch - 1) / kBatch);
  std::vector<std::uint64_t> found(batches, 0);
  base::parallel_for(batches, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t batch = begin; batch < end && !(stop && stop()); ++batch) {
      simulate::Random random(simulate::mix(seed) ^ simulate::mix(batch + 1));
      const std::uint64_t count = std::min(kBatch, runs - batch * kBatch);
      for (std::uint64_t run = 0; run < count; ++run) found[batch] += flight.find_one(random);
    }
  });
  Evaluation out;
  out.runs = runs;
  for (const std::uint64_t one : found) out.found += one;
  constexpr double kZ = 1.959964;
  const auto n = static_cast<double>(runs);
  const double share = static_cast<double>(out.found) / n;
  const double middle = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  out.found_share = {share, std::max(0.0, middle - half), std::min(1.0, middle + half)};
  out.planned = plan.pos;
  const double own = (plan.pos.high - plan.pos.low) / 2;
  // Twice the usual: of a hundred right plans one in a few thousand is called wrong, not one in twenty.
  out.agree = std::abs(share - plan.pos.value) <= 2 * std::sqrt(half * half + own * own) + 1e-9;
  return out;
}

std::string evaluation_json(const Plan& plan, const Evaluation& evaluation) {
  std::string out;
  base::JsonWriter json(out);
  const auto estimate = [&](std::string_view key, const Estimate& one) {
    json.key(key);
    json.begin_object();
    json.fixed_field("value", one.value, 6);
    json.fixed_field("low", one.low, 6);
    json.fixed_field("high", one.high, 6);
    json.end_object();
  };
  json.begin_object();
  json.field("runs", evaluation.runs);
  json.field("found", evaluation.found);
  estimate("simulated", evaluation.found_share);
  estimate("planned", evaluation.planned);
  json.fixed_field("bound", plan.bound, 6);
  json.field("agree", evaluation.agree);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace cordon::patrol
