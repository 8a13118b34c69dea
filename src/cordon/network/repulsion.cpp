#include "cordon/network/repulsion.hpp"

#include <algorithm>
#include <array>

namespace cordon::network {
namespace {

constexpr unsigned kBits = 16;  // of each coordinate: cells this small hold what lies at one place

// The low 16 bits of value, with a zero before each.
std::uint32_t spread(std::uint32_t value) {
  value = (value | value << 8) & 0x00FF00FF;
  value = (value | value << 4) & 0x0F0F0F0F;
  value = (value | value << 2) & 0x33333333;
  return (value | value << 1) & 0x55555555;
}

}  // namespace

void Repulsion::sort(std::span<const Point> points) {
  float right = points[0].x, high = points[0].y;
  left_ = points[0].x;
  low_ = points[0].y;
  for (const Point& point : points) {
    left_ = std::min(left_, point.x);
    right = std::max(right, point.x);
    low_ = std::min(low_, point.y);
    high = std::max(high, point.y);
  }
  side_ = std::max({right - left_, high - low_, 1e-6f}) * 1.0001f;
  const float scale = static_cast<float>(1u << kBits) / side_;
  keys_.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    constexpr std::uint32_t kMost = (1u << kBits) - 1;
    const auto column = std::min(static_cast<std::uint32_t>((points[i].x - left_) * scale), kMost);
    const auto row = std::min(static_cast<std::uint32_t>((points[i].y - low_) * scale), kMost);
    keys_[i] = std::uint64_t{spread(column) | spread(row) << 1} << 32 | i;
  }
  std::sort(keys_.begin(), keys_.end());
  order_.resize(points.size());
  x_.resize(points.size());
  y_.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    order_[i] = static_cast<std::uint32_t>(keys_[i]);
    x_[i] = points[order_[i]].x;
    y_[i] = points[order_[i]].y;
  }
}

void Repulsion::build(std::uint32_t begin, std::uint32_t end, unsigned depth, float left, float low,
                      float side) {
  const auto number = cells_.size();
  cells_.emplace_back();
  Cell cell{0, 0, static_cast<float>(end - begin), left, low, side, begin, end, 0, false};
  // Sums of a leaf are exact enough; those of a group come from its children.
  if (end - begin <= kLeaf || depth == kBits) {
    cell.leaf = true;
    for (auto i = begin; i < end; ++i) {
      cell.x += x_[i];
      cell.y += y_[i];
    }
    cell.x /= cell.mass;
    cell.y /= cell.mass;
  } else {
    const unsigned shift = 32 + 2 * (kBits - 1 - depth);
    auto from = begin;
    for (std::uint64_t quarter = 0; quarter < 4; ++quarter) {
      const auto to = static_cast<std::uint32_t>(
          std::partition_point(keys_.begin() + from, keys_.begin() + end,
                               [&](std::uint64_t key) { return (key >> shift & 3) <= quarter; }) -
          keys_.begin());
      if (to == from) continue;
      const auto child = cells_.size();
      build(from, to, depth + 1, left + (quarter & 1 ? side / 2 : 0), low + (quarter & 2 ? side / 2 : 0),
            side / 2);
      cell.x += cells_[child].x * cells_[child].mass;
      cell.y += cells_[child].y * cells_[child].mass;
      from = to;
    }
    cell.x /= cell.mass;
    cell.y /= cell.mass;
  }
  cell.skip = static_cast<std::uint32_t>(cells_.size());
  cells_[number] = cell;
}

// All points of a leaf meet the same list: what is far from the whole leaf as one, the rest point by point.
void Repulsion::push(const Cell& leaf, std::span<Point> force) {
  near_.clear();
  near_mass_.clear();
  for (std::uint32_t i = 0; i < cells_.size();) {
    const Cell& cell = cells_[i];
    const float across = std::max({leaf.left - cell.x, cell.x - leaf.left - leaf.side, 0.0f});
    const float along = std::max({leaf.low - cell.y, cell.y - leaf.low - leaf.side, 0.0f});
    if (cell.side * cell.side < kAngle * kAngle * (across * across + along * along)) {
      near_.push_back({cell.x, cell.y});
      near_mass_.push_back(cell.mass);
      i = cell.skip;
    } else if (cell.leaf) {
      for (auto j = cell.begin; j < cell.end; ++j) {
        near_.push_back({x_[j], y_[j]});
        near_mass_.push_back(1);
      }
      i = cell.skip;
    } else {
      ++i;
    }
  }
  for (auto begin = leaf.begin; begin < leaf.end; begin += kLeaf) {
    std::array<float, kLeaf> x{}, y{}, sum_x{}, sum_y{};
    const std::size_t count = std::min<std::size_t>(kLeaf, leaf.end - begin);
    std::copy_n(x_.begin() + begin, count, x.begin());
    std::copy_n(y_.begin() + begin, count, y.begin());
    for (std::size_t j = 0; j < near_.size(); ++j) {
      const float at_x = near_[j].x, at_y = near_[j].y, mass = near_mass_[j];
      for (std::size_t i = 0; i < kLeaf; ++i) {
        const float dx = x[i] - at_x, dy = y[i] - at_y;
        const float pull = mass / (dx * dx + dy * dy + kSoft);
        sum_x[i] += dx * pull;
        sum_y[i] += dy * pull;
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      force[order_[begin + i]].x += sum_x[i];
      force[order_[begin + i]].y += sum_y[i];
    }
  }
}

void Repulsion::add(std::span<const Point> points, std::span<Point> force) {
  if (points.size() < 2) return;
  sort(points);
  cells_.clear();
  build(0, static_cast<std::uint32_t>(points.size()), 0, left_, low_, side_);
  for (const Cell& cell : cells_)
    if (cell.leaf) push(cell, force);
}

}  // namespace cordon::network
