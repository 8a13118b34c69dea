// The area of operations in cells, and which of them may be searched.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cordon/patrol/sea.hpp"

namespace cordon::patrol {

// open: the whole cell may be searched. near_shore: sea, but some of it lies within the strip along a shore.
// barred: sea that meets a no-go polygon. outside: not of the area.
enum class CellState : std::uint8_t { open, near_shore, barred, land, outside };

class Grid {
 public:
  Grid() = default;
  // Cells of about cell_nm square from the south-west corner of the extent; the sides are those of the middle
  // latitude. Fails where that makes none, or more than 40,000.
  static base::Result<Grid> over(const Extent& extent, double cell_nm);

  // The grid that had these numbers; all cells open.
  static base::Result<Grid> restore(double south, double west, double step_lat, double step_lon,
                                    double cell_nm, std::uint32_t rows, std::uint32_t columns);

  // Marks the cells; area: a cell belongs to it by its middle.
  void mark(const std::vector<Region>& area, const Sea& sea);

  std::uint32_t rows() const { return rows_; }
  std::uint32_t columns() const { return columns_; }
  std::size_t cells() const { return std::size_t{rows_} * columns_; }
  const Extent& extent() const { return extent_; }  // of the cells, which may be a little more than was asked
  double cell_nm() const { return cell_nm_; }
  double step_lat() const { return step_lat_; }
  double step_lon() const { return step_lon_; }

  // Fractions of rows and columns: (r + 0.5, c + 0.5) is the middle of cell (r, c).
  base::LatLon place(double row, double column) const;
  base::LatLon middle(std::size_t cell) const;
  std::optional<std::size_t> cell_at(const base::LatLon& at) const;
  double area_nm2(std::size_t cell) const;
  double height_nm() const;                  // of a row
  double width_nm(std::uint32_t row) const;  // of a cell in it, at its middle

  std::vector<CellState> state;  // by cell: row * columns + column, from the south-west
  bool searchable(std::size_t cell) const { return state[cell] == CellState::open; }
  bool wet(std::size_t cell) const { return state[cell] <= CellState::barred; }  // sea of the area

 private:
  bool clear(const Sea& sea, double row, double column, double size, int halvings) const;
  Extent extent_;
  double cell_nm_ = 0, step_lat_ = 0, step_lon_ = 0;
  std::uint32_t rows_ = 0, columns_ = 0;
};

}  // namespace cordon::patrol
