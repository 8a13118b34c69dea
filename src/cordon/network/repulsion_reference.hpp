// Every pair, one after the other.
#pragma once
#include <span>

#include "cordon/network/repulsion.hpp"

namespace cordon::network::reference {

inline void repel(std::span<const Point> points, std::span<Point> force) {
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < points.size(); ++j) {
      const double dx = points[i].x - points[j].x, dy = points[i].y - points[j].y;
      const double pull = 1 / (dx * dx + dy * dy + Repulsion::kSoft);
      force[i].x += static_cast<float>(dx * pull);
      force[i].y += static_cast<float>(dy * pull);
    }
}

}  // namespace cordon::network::reference
