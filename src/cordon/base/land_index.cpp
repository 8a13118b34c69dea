#include "cordon/base/land_index.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cordon::base {
namespace {

constexpr std::int32_t kSouthE7 = -900000000, kWestE7 = -1800000000;
constexpr std::int32_t kBlockRows = LandIndex::kRows / LandIndex::kPerBlock;
constexpr std::int32_t kBlockColumns = LandIndex::kColumns / LandIndex::kPerBlock;
constexpr double kRadians = std::numbers::pi / 180.0;
constexpr std::uint8_t kFar = 255;

std::int32_t row_of(std::int64_t y) {
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>((y - kSouthE7) / LandIndex::kCellE7, 0, LandIndex::kRows - 1));
}
std::int32_t column_of(std::int64_t x) {
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>((x - kWestE7) / LandIndex::kCellE7, 0, LandIndex::kColumns - 1));
}
std::int64_t row_south(std::int32_t row) {
  return kSouthE7 + std::int64_t{row} * LandIndex::kCellE7;
}
std::int64_t column_west(std::int32_t column) {
  return kWestE7 + std::int64_t{column} * LandIndex::kCellE7;
}

// Test points lie half a unit north-east of their integer place, so no vertex is ever level with one. Which
// side of the edge the point is on: the sign is one value for one point, so two legs that meet in it always
// agree, and differences are exact in a double.
template <class AnyEdge>
bool left_of(const AnyEdge& e, std::int64_t y, std::int64_t x) {
  const double dy = static_cast<double>(e.y1) - e.y0, dx = static_cast<double>(e.x1) - e.x0;
  const double py = static_cast<double>(y - e.y0) + 0.5, px = static_cast<double>(x - e.x0) + 0.5;
  return dx * py - dy * px > 0;
}

double dot(double ax, double ay, double az, double bx, double by, double bz) {
  return ax * bx + ay * by + az * bz;
}

}  // namespace

LandIndex::LandIndex(std::span<const Edge> edges)
    : blocks_(std::size_t{kBlockRows} * kBlockColumns, -1),
      blocks_to_coast_(std::size_t{kBlockRows} * kBlockColumns, kFar) {
  cells_.reserve(std::size_t{1} << 19);  // the shipped land opens about 5,000 blocks
  count_edges(edges, false);
  std::uint32_t edge = 0;
  for (Cell& cell : cells_) {
    cell.first = edge;
    edge += cell.count;
    cell.count = 0;
  }
  edges_.resize(edge);
  count_edges(edges, true);
  mark_corners(edges);
  spread_nearness();
}

void LandIndex::open_block(std::int32_t row, std::int32_t column) {
  auto& block = blocks_[static_cast<std::size_t>(row) * kBlockColumns + static_cast<std::size_t>(column)];
  if (block >= 0) return;
  block = static_cast<std::int32_t>(cells_.size());
  cells_.resize(cells_.size() + kPerBlock * kPerBlock);
}

// Enters each edge in every cell it may touch (row by row, the columns between its crossings of the row's
// borders, one unit of slack for rounding). First pass counts, second fills.
void LandIndex::count_edges(std::span<const Edge> edges, bool fill) {
  LatLon last_at;
  Unit last_unit{};
  for (const Edge& e : edges) {
    std::uint32_t segment = kSeam;
    if (fill && e.coast) {
      segment = static_cast<std::uint32_t>(segments_.size());
      const LatLon from{e.y0, e.x0}, to{e.y1, e.x1};
      const Unit a = from == last_at ? last_unit : unit(from), b = unit(to);
      last_at = to;  // the next edge of the ring starts here
      last_unit = b;
      const Unit d{b.x - a.x, b.y - a.y, b.z - a.z};
      const double d2 = dot(d.x, d.y, d.z, d.x, d.y, d.z);
      segments_.push_back({a, d, d2 > 0 ? 1 / d2 : 0});
    }
    const std::int32_t y_low = std::min(e.y0, e.y1), y_high = std::max(e.y0, e.y1);
    const std::int32_t x_low = std::min(e.x0, e.x1), x_high = std::max(e.x0, e.x1);
    for (std::int32_t row = row_of(y_low - 1); row <= row_of(std::int64_t{y_high} + 1); ++row) {
      double x_from = x_low, x_to = x_high;
      if (y_high > y_low) {
        const double slope = (static_cast<double>(e.x1) - e.x0) / (static_cast<double>(e.y1) - e.y0);
        const double south = std::max<double>(static_cast<double>(row_south(row)), y_low);
        const double north = std::min<double>(static_cast<double>(row_south(row + 1)), y_high);
        const double xa = e.x0 + slope * (south - e.y0), xb = e.x0 + slope * (north - e.y0);
        x_from = std::clamp<double>(std::min(xa, xb), x_low, x_high);
        x_to = std::clamp<double>(std::max(xa, xb), x_low, x_high);
      }
      const std::int32_t first = column_of(static_cast<std::int64_t>(x_from) - 2);
      const std::int32_t last = column_of(static_cast<std::int64_t>(x_to) + 2);
      for (std::int32_t column = first; column <= last; ++column) {
        open_block(row / kPerBlock, column / kPerBlock);
        const auto block = blocks_[static_cast<std::size_t>(row / kPerBlock) * kBlockColumns +
                                   static_cast<std::size_t>(column / kPerBlock)];
        Cell& cell =
            cells_[static_cast<std::size_t>(block + (row % kPerBlock) * kPerBlock + column % kPerBlock)];
        if (fill) edges_[cell.first + cell.count] = {e.y0, e.x0, e.y1, e.x1, segment};
        ++cell.count;
      }
    }
  }
}

// Walks each row's southern border from west to east, flipping at every edge that crosses it; that gives
// every corner, and for blocks without cells whether they are sea or land.
void LandIndex::mark_corners(std::span<const Edge> edges) {
  std::vector<std::vector<double>> crossings(kRows);
  for (const Edge& e : edges) {
    if (e.y0 == e.y1) continue;
    const std::int32_t y_low = std::min(e.y0, e.y1), y_high = std::max(e.y0, e.y1);
    const double slope = (static_cast<double>(e.x1) - e.x0) / (static_cast<double>(e.y1) - e.y0);
    for (std::int32_t row = row_of(y_low); row <= row_of(y_high); ++row) {
      const std::int64_t y = row_south(row);
      if ((y_low > y) == (y_high > y)) continue;
      crossings[static_cast<std::size_t>(row)].push_back(e.x0 +
                                                         slope * (static_cast<double>(y - e.y0) + 0.5));
    }
  }
  for (std::int32_t row = 0; row < kRows; ++row) {
    auto& xs = crossings[static_cast<std::size_t>(row)];
    std::sort(xs.begin(), xs.end());
    std::size_t passed = 0;
    const auto inside = [&](std::int32_t column) {
      const double x = static_cast<double>(column_west(column)) + 0.5;
      while (passed < xs.size() && xs[passed] < x) ++passed;
      return passed % 2 == 1;
    };
    for (std::int32_t at = 0; at < kBlockColumns; ++at) {
      auto& block =
          blocks_[static_cast<std::size_t>(row / kPerBlock) * kBlockColumns + static_cast<std::size_t>(at)];
      if (block < 0) {  // without a coast all its corners are the same
        if (row % kPerBlock == 0 && inside(at * kPerBlock)) block = -2;
        continue;
      }
      for (std::int32_t i = 0; i < kPerBlock; ++i) {
        cells_[static_cast<std::size_t>(block + (row % kPerBlock) * kPerBlock + i)].corner_land =
            inside(at * kPerBlock + i) ? 1U : 0U;
      }
    }
  }
}

void LandIndex::spread_nearness() {
  std::vector<std::int32_t> ring;
  for (std::int32_t i = 0; i < kBlockRows * kBlockColumns; ++i) {
    if (blocks_[static_cast<std::size_t>(i)] < 0) continue;
    blocks_to_coast_[static_cast<std::size_t>(i)] = 0;
    ring.push_back(i);
  }
  for (std::uint8_t away = 1; away < kFar && !ring.empty(); ++away) {
    std::vector<std::int32_t> next;
    for (const std::int32_t at : ring) {
      const std::int32_t row = at / kBlockColumns, column = at % kBlockColumns;
      for (std::int32_t r = std::max(0, row - 1); r <= std::min(kBlockRows - 1, row + 1); ++r) {
        for (std::int32_t c = column - 1; c <= column + 1; ++c) {
          const std::int32_t to = r * kBlockColumns + (c + kBlockColumns) % kBlockColumns;
          if (blocks_to_coast_[static_cast<std::size_t>(to)] != kFar) continue;
          blocks_to_coast_[static_cast<std::size_t>(to)] = away;
          next.push_back(to);
        }
      }
    }
    ring.swap(next);
  }
}

bool LandIndex::on_land(const LatLon& at) const {
  if (!at.valid() || blocks_.empty()) return false;
  const std::int32_t row = row_of(at.lat_e7), column = column_of(at.lon_e7);
  const std::int32_t block = blocks_[static_cast<std::size_t>(row / kPerBlock) * kBlockColumns +
                                     static_cast<std::size_t>(column / kPerBlock)];
  if (block < 0) return block == -2;
  const Cell& cell =
      cells_[static_cast<std::size_t>(block + (row % kPerBlock) * kPerBlock + column % kPerBlock)];
  bool inside = cell.corner_land != 0;
  const std::int64_t south = row_south(row), west = column_west(column), y = at.lat_e7, x = at.lon_e7;
  for (std::uint32_t i = cell.first; i < cell.first + cell.count; ++i) {
    const CellEdge& e = edges_[i];
    const bool spans_y = (e.y0 > y) != (e.y1 > y), spans_x = (e.x0 > west) != (e.x1 > west);
    if (!spans_y && !spans_x) continue;
    const bool turn = left_of(e, y, west);
    if (spans_x) inside ^= turn != left_of(e, south, west);
    if (spans_y) inside ^= turn != left_of(e, y, x);
  }
  return inside;
}

LandIndex::Unit LandIndex::unit(const LatLon& at) {
  const double lat = at.lat() * kRadians, lon = at.lon() * kRadians, c = std::cos(lat);
  return {c * std::cos(lon), c * std::sin(lon), std::sin(lat)};
}

// The least squared chord from p to the cell's coast, or best_d2.
double LandIndex::nearest_in_cell(std::size_t cell, const Unit& p, double best_d2) const {
  const Cell& c = cells_[cell];
  for (std::uint32_t i = c.first; i < c.first + c.count; ++i) {
    if (edges_[i].segment == kSeam) continue;
    const Segment& s = segments_[edges_[i].segment];
    const double ax = p.x - s.a.x, ay = p.y - s.a.y, az = p.z - s.a.z;
    const double f = std::clamp(dot(ax, ay, az, s.d.x, s.d.y, s.d.z) * s.inverse_d2, 0.0, 1.0);
    const double ex = ax - f * s.d.x, ey = ay - f * s.d.y, ez = az - f * s.d.z;
    best_d2 = std::min(best_d2, dot(ex, ey, ez, ex, ey, ez));
  }
  return best_d2;
}

double LandIndex::distance_to_shore_m(const LatLon& at, double cap_m) const {
  if (!at.valid() || blocks_.empty() || !(cap_m > 0)) return std::max(cap_m, 0.0);
  const double lat = at.lat() * kRadians;
  const std::int32_t row = row_of(at.lat_e7), column = column_of(at.lon_e7);
  const double max_angle = std::min(cap_m / kEarthRadiusM, std::numbers::pi);
  const auto away = blocks_to_coast_[static_cast<std::size_t>(row / kPerBlock) * kBlockColumns +
                                     static_cast<std::size_t>(column / kPerBlock)];
  // n blocks away: at least n - 1 whole degrees of latitude, or of longitude at the latitude farthest from
  // the equator that the cap reaches.
  if (away > 1) {
    const double edge_lat = std::min(std::abs(lat) + max_angle, std::numbers::pi / 2);
    const double apart = (away - 1) * kRadians;
    if (std::sin(apart < std::numbers::pi ? apart / 2 : std::numbers::pi / 2) * std::cos(edge_lat) >=
        std::sin(max_angle / 2)) {
      return cap_m;
    }
  }
  const double chord = 2 * std::sin(max_angle / 2), cap_d2 = chord * chord;
  double best = cap_d2, angle = max_angle;
  const Unit p = unit(at);
  const auto visit_row = [&](std::int32_t r) {
    // The widest longitude reach of a cap of this angle: all longitudes once it holds the pole.
    std::int32_t reach = kColumns / 2;
    if (std::abs(lat) + angle < std::numbers::pi / 2 - 1e-9) {
      const double widest = std::asin(std::min(1.0, std::sin(angle) / std::cos(lat))) / kRadians;
      reach = std::min(reach, static_cast<std::int32_t>(widest * kPerBlock) + 1);
    }
    const std::int32_t last = reach == kColumns / 2 ? column + reach - 1 : column + reach;
    for (std::int32_t c = column - reach; c <= last;) {
      const std::int32_t wrapped = (c % kColumns + kColumns) % kColumns;
      const std::int32_t block = blocks_[static_cast<std::size_t>(r / kPerBlock) * kBlockColumns +
                                         static_cast<std::size_t>(wrapped / kPerBlock)];
      if (block < 0) {
        c += kPerBlock - wrapped % kPerBlock;
        continue;
      }
      best = nearest_in_cell(
          static_cast<std::size_t>(block + (r % kPerBlock) * kPerBlock + wrapped % kPerBlock), p, best);
      ++c;
    }
    angle = std::min(angle, 2 * std::asin(std::min(1.0, std::sqrt(best) / 2)));
  };
  // Rows outward from the place, until the next ones are farther than the best.
  for (std::int32_t step = 0; step < kRows; ++step) {
    const double to_row = (step - 1) * (kCellE7 * 1e-7) * kRadians;
    if (step > 0 && to_row > angle) break;
    if (row + step < kRows) visit_row(row + step);
    if (step > 0 && row - step >= 0) visit_row(row - step);
  }
  if (best >= cap_d2) return cap_m;
  return std::min(cap_m, kEarthRadiusM * 2 * std::asin(std::min(1.0, std::sqrt(best) / 2)));
}

}  // namespace cordon::base
