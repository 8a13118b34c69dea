#include "cordon/patrol/cloud.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <tuple>

#include "cordon/simulate/random.hpp"

namespace cordon::patrol {
namespace {

constexpr double kSigmas = 3;  // a step's spread is cut off there

}  // namespace

Cloud::Cloud(const Grid& grid, std::uint64_t seed) : grid_(grid) {
  // Roberts' sequence in two dimensions (2018): powers of the plastic number's inverse.
  constexpr double kX = 0.7548776662466927, kY = 0.5698402909980532;
  simulate::Random random(seed);
  for (std::uint32_t row = 0; row < grid.rows(); ++row) {
    first_of_row_.push_back(static_cast<std::uint32_t>(cell_.size()));
    for (std::uint32_t column = 0; column < grid.columns(); ++column) {
      const std::size_t cell = std::size_t{row} * grid.columns() + column;
      const double x = random.unit(), y = random.unit();
      if (!grid.wet(cell)) continue;
      cell_.push_back(static_cast<std::uint32_t>(cell));
      for (std::uint32_t k = 0; k < kPerCell; ++k)
        place_.push_back(grid.place(row + std::fmod(y + kY * k, 1.0), column + std::fmod(x + kX * k, 1.0)));
    }
  }
  first_of_row_.push_back(static_cast<std::uint32_t>(cell_.size()));
}

std::vector<double> Cloud::spread(std::span<const double> mass) const {
  std::vector<double> out(points());
  for (std::size_t p = 0; p < out.size(); ++p) out[p] = mass[cell(p)] / kPerCell;
  return out;
}

std::vector<double> Cloud::gather(std::span<const double> points) const {
  std::vector<double> out(grid_.cells(), 0);
  for (std::size_t p = 0; p < points.size(); ++p) out[cell(p)] += points[p];
  return out;
}

Misses Cloud::misses(std::span<const Leg> legs, Detection law, base::TimeMs time) const {
  std::vector<float> missed(points(), 1);
  for (const Leg& leg : legs) {
    const LegChart chart(leg, law);
    const auto row_of = [&](double lat) {
      return std::clamp(std::floor((lat - grid_.extent().south) / grid_.step_lat()), 0.0, grid_.rows() - 1.0);
    };
    const auto first = first_of_row_[static_cast<std::size_t>(row_of(chart.south()))];
    const auto end = first_of_row_[static_cast<std::size_t>(row_of(chart.north())) + 1];
    for (std::size_t p = std::size_t{first} * kPerCell; p < std::size_t{end} * kPerCell; ++p)
      if (const double chance = chart.chance(place_[p]); chance > 0)
        missed[p] = static_cast<float>(missed[p] * (1 - chance));
  }
  Misses out;
  out.time = time;
  for (std::uint32_t p = 0; p < missed.size(); ++p)
    if (missed[p] < 1 && grid_.searchable(cell(p))) out.points.push_back({p, missed[p]});
  return out;
}

Misses Cloud::misses(const Pass& pass, double swath_nm, double chance) const {
  const LegChart swath({pass.from, pass.to, 0, 0, swath_nm, swath_nm}, Detection::definite);
  Misses out;
  out.time = pass.time;
  for (std::uint32_t p = 0; p < points(); ++p)
    if (grid_.searchable(cell(p)) && swath.chance(place_[p]) > 0)
      out.points.push_back({p, static_cast<float>(1 - chance)});
  return out;
}

Kernel make_kernel(const Grid& grid, const Motion& motion) {
  const double sigma_nm =
      motion.speed_kn * std::sqrt(std::min(motion.persistence_h, motion.step_h) * motion.step_h);
  std::vector<Kernel::Move> moves;
  for (std::uint32_t cell = 0; cell < grid.cells(); ++cell) {
    if (!grid.wet(cell)) continue;
    const double row = cell / grid.columns(), column = cell % grid.columns();
    const double high = grid.height_nm(), wide = grid.width_nm(cell / grid.columns());
    const double rows = std::ceil(kSigmas * sigma_nm / high), columns = std::ceil(kSigmas * sigma_nm / wide);
    // The normal's share of each cell, by its distribution function, so that a spread less than a cell is
    // right.
    const auto share = [&](double steps, double size) {
      const double scale = size / std::max(1e-9, sigma_nm) / std::numbers::sqrt2;
      return 0.5 * (std::erf((steps + 0.5) * scale) - std::erf((steps - 0.5) * scale));
    };
    const std::size_t first = moves.size();
    double whole = 0;
    for (double r = -rows; r <= rows; ++r)
      for (double c = -columns; c <= columns; ++c) {
        const double chance = share(r, high) * share(c, wide);
        const double to_row = row + r, to_column = column + c;
        const bool inside =
            to_row >= 0 && to_column >= 0 && to_row < grid.rows() && to_column < grid.columns();
        if (!inside) {
          whole += chance;
          continue;
        }
        const std::size_t to =
            static_cast<std::size_t>(to_row) * grid.columns() + static_cast<std::size_t>(to_column);
        if (grid.state[to] == CellState::land) continue;
        whole += chance;
        if (grid.wet(to) && chance > 1e-6) moves.push_back({cell, static_cast<std::uint32_t>(to), chance});
      }
    for (std::size_t i = first; i < moves.size(); ++i) moves[i].chance /= whole;
  }
  return Kernel(grid.cells(), moves);
}

Course::Course(const Grid& grid, const Cloud& cloud, std::span<const double> mass,
               const std::optional<Motion>& motion, base::TimeMs from, base::TimeMs to)
    : cloud_(cloud), first_(cloud.spread(mass)), from_(from), step_ms_(std::max<base::TimeMs>(1, to - from)) {
  if (!motion) return;
  kernel_ = make_kernel(grid, *motion);
  step_ms_ = static_cast<base::TimeMs>(motion->step_h * base::kHour);
}

void Course::replace(std::size_t owner, std::vector<Misses> occasions) {
  std::erase_if(occasions_, [&](const Misses& one) { return one.owner == owner; });
  for (Misses& one : occasions) occasions_.push_back(std::move(one));
  std::stable_sort(occasions_.begin(), occasions_.end(), [](const Misses& a, const Misses& b) {
    return std::tie(a.time, a.owner, a.visit) < std::tie(b.time, b.owner, b.visit);
  });
}

int Course::step_of(base::TimeMs time) const {
  return kernel_ ? static_cast<int>((time - from_) / step_ms_) : 0;
}

void Course::move(std::vector<double>& points) const {
  std::vector<double> cells = cloud_.gather(points), moved(cells.size());
  kernel_->forward(cells, moved);
  points = cloud_.spread(moved);
}

// The chance of escaping what comes after is, in the cell a target moves to, the mean over its points.
void Course::move_back(std::vector<double>& points) const {
  std::vector<double> cells = cloud_.gather(points), moved(cells.size());
  for (double& cell : cells) cell /= Cloud::kPerCell;
  kernel_->backward(cells, moved);
  for (std::size_t p = 0; p < points.size(); ++p) points[p] = moved[cloud_.cell(p)];
}

std::vector<double> Course::worth(base::TimeMs time, std::size_t owner) const {
  std::vector<double> reached = first_;
  int step = 0;
  const auto go_to = [&](int target) {
    for (; step < target; ++step) move(reached);
  };
  std::size_t next = 0;
  for (; next < occasions_.size() && occasions_[next].time < time; ++next) {
    const Misses& one = occasions_[next];
    if (one.owner == owner) continue;
    go_to(step_of(one.time));
    for (const auto& [index, missed] : one.points) reached[index] *= missed;
  }
  go_to(step_of(time));
  std::vector<double> escape(cloud_.points(), 1.0);
  int later = occasions_.empty() ? step : std::max(step, step_of(occasions_.back().time));
  for (std::size_t i = occasions_.size(); i-- > next;) {
    const Misses& one = occasions_[i];
    if (one.owner == owner) continue;
    for (const int target = step_of(one.time); later > target; --later) move_back(escape);
    for (const auto& [index, missed] : one.points) escape[index] *= missed;
  }
  for (; later > step; --later) move_back(escape);
  for (std::size_t p = 0; p < reached.size(); ++p) reached[p] *= escape[p];
  return reached;
}

Course::Outcome Course::run() const {
  Outcome out;
  std::vector<double> left = first_;
  int step = 0;
  for (const Misses& one : occasions_) {
    for (const int target = step_of(one.time); step < target; ++step) move(left);
    Detected& detected = out.detected.emplace_back();
    detected.owner = one.owner;
    detected.visit = one.visit;
    for (const auto& [index, missed] : one.points) {
      const double found = left[index] * (1 - missed);
      detected.reached += left[index];
      detected.mass += found;
      detected.by_replica[index % Cloud::kPerCell] += found * Cloud::kPerCell;
      left[index] -= found;
    }
  }
  out.left = cloud_.gather(left);
  return out;
}

}  // namespace cordon::patrol
