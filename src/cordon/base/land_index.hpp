// The grid under base/land.hpp. Degree blocks (64,800) are sea, land, or lead to 10 x 10 cells that hold the
// edges crossing them and whether their south-west corner is land. The status of a place is the corner's,
// flipped once for each edge that the way corner -> north -> east to the place crosses: only edges of that
// one cell are looked at.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "cordon/base/geo.hpp"

namespace cordon::base {

class LandIndex {
 public:
  struct Edge {
    std::int32_t y0, x0, y1, x1;  // 1e-7 degree
    bool coast;                   // false on a seam: it bounds the polygon but is no shore
  };
  LandIndex() = default;
  explicit LandIndex(std::span<const Edge> edges);

  bool on_land(const LatLon& at) const;
  double distance_to_shore_m(const LatLon& at, double cap_m) const;

  static constexpr std::int32_t kCellE7 = 1000000, kRows = 1800, kColumns = 3600, kPerBlock = 10;

 private:
  struct Unit {  // a point of the unit sphere
    double x, y, z;
  };
  struct Segment {  // a coast edge for distances: chord from a, over d
    Unit a, d;
    double inverse_d2;
  };
  void count_edges(std::span<const Edge> edges, bool fill);
  void mark_corners(std::span<const Edge> edges);
  void open_block(std::int32_t row, std::int32_t column);
  void spread_nearness();
  static Unit unit(const LatLon& at);
  double nearest_in_cell(std::size_t cell, const Unit& p, double best_d2) const;

  // Per block: -1 sea, -2 land, else the number of its first cell.
  std::vector<std::int32_t> blocks_;
  // Per block: how many blocks away, any direction, the nearest block with a cell is (255 = that or more).
  std::vector<std::uint8_t> blocks_to_coast_;
  struct Cell {
    std::uint32_t first = 0;  // of edges_
    std::uint32_t count : 31 = 0;
    std::uint32_t corner_land : 1 = 0;
  };
  std::vector<Cell> cells_;
  struct CellEdge {
    std::int32_t y0, x0, y1, x1;
    std::uint32_t segment;  // kSeam where it is no coast
  };
  static constexpr std::uint32_t kSeam = UINT32_MAX;
  std::vector<CellEdge> edges_;
  std::vector<Segment> segments_;
};

}  // namespace cordon::base
