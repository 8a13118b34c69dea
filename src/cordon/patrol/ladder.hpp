// The ladder of parallel legs inside a block of cells (IAMSAR: parallel track search; creeping line where the
// legs run across the way on).
#pragma once
#include <cstdint>
#include <vector>

#include "cordon/patrol/grid.hpp"

namespace cordon::patrol {

struct Block {  // of cells, rows and columns half open
  std::uint32_t south = 0, north = 0, west = 0, east = 0;
  std::uint32_t height() const { return north - south; }
  std::uint32_t width() const { return east - west; }
  bool meets(const Block& other) const {
    return south < other.north && other.south < north && west < other.east && other.west < east;
  }
  base::LatLon middle(const Grid& grid) const {
    return grid.place((south + north) / 2.0, (west + east) / 2.0);
  }
};

struct Ladder {
  std::vector<base::LatLon> points;  // ends of the legs in order: legs are points 0-1, 2-3, ...
  double spacing_nm = 0;
  double length_nm = 0;  // legs and the turns between them
  double legs_nm = 0;    // legs only: what is swept
};

// corner: bit 0 starts at the east (or, with legs north-south, still the east side), bit 1 at the north.
Ladder make_ladder(const Grid& grid, const Block& block, unsigned legs, bool east_west, unsigned corner);

}  // namespace cordon::patrol
