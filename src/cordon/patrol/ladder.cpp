#include "cordon/patrol/ladder.hpp"

#include <algorithm>

namespace cordon::patrol {

Ladder make_ladder(const Grid& grid, const Block& block, unsigned legs, bool east_west, unsigned corner) {
  Ladder ladder;
  const bool from_east = corner & 1, from_north = corner & 2;
  const double high = block.height() * grid.height_nm();
  const double wide = block.width() * grid.width_nm((block.south + block.north) / 2);
  ladder.spacing_nm = (east_west ? high : wide) / legs;
  for (unsigned k = 0; k < legs; ++k) {
    const double part = (k + 0.5) / legs;
    const bool back = k % 2 == 1;  // every second leg is gone the other way
    double row[2], column[2];
    if (east_west) {
      row[0] = row[1] =
          from_north ? block.north - part * block.height() : block.south + part * block.height();
      column[0] = from_east != back ? block.east : block.west;
      column[1] = from_east != back ? block.west : block.east;
    } else {
      column[0] = column[1] =
          from_east ? block.east - part * block.width() : block.west + part * block.width();
      row[0] = from_north != back ? block.north : block.south;
      row[1] = from_north != back ? block.south : block.north;
    }
    for (int end = 0; end < 2; ++end) ladder.points.push_back(grid.place(row[end], column[end]));
  }
  for (std::size_t i = 0; i + 1 < ladder.points.size(); ++i) {
    const double miles = base::distance_m(ladder.points[i], ladder.points[i + 1]) / base::kNauticalMileM;
    ladder.length_nm += miles;
    if (i % 2 == 0) ladder.legs_nm += miles;
  }
  return ladder;
}

}  // namespace cordon::patrol
