// The slow, obvious answer to "which points are within a distance of each other": all pairs.
#pragma once
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "cordon/detect/encounter.hpp"

namespace cordon::detect {

inline std::vector<std::pair<std::size_t, std::size_t>> all_pairs(std::span<const GridPoint> points,
                                                                  double distance_m) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = i + 1; j < points.size(); ++j)
      if (near_distance_m(points[i].at, points[j].at) <= distance_m) out.emplace_back(i, j);
  return out;
}

}  // namespace cordon::detect
