#include "cordon/patrol/grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "cordon/base/land.hpp"

namespace cordon::patrol {
namespace {

constexpr std::size_t kMostCells = 40000;
constexpr int kHalvings = 3;
constexpr double kRadians = std::numbers::pi / 180;
constexpr double kRadiusNm = base::kEarthRadiusM / base::kNauticalMileM;
constexpr double kMileDeg = 1 / (kRadiusNm * kRadians);  // degrees of latitude in a nautical mile

}  // namespace

base::Result<Grid> Grid::over(const Extent& extent, double cell_nm) {
  if (!(cell_nm >= 0.5 && cell_nm <= 120)) return base::fail("cells of {} nm: expected 0.5 to 120", cell_nm);
  Grid grid;
  grid.cell_nm_ = cell_nm;
  grid.extent_ = extent;
  grid.step_lat_ = cell_nm * kMileDeg;
  const double middle = (extent.south + extent.north) / 2;
  grid.step_lon_ = grid.step_lat_ / std::max(0.1, std::cos(middle * kRadians));
  // A cell that would stick out by a hundredth is left off.
  const double rows = std::ceil((extent.north - extent.south) / grid.step_lat_ - 0.01);
  const double columns = std::ceil((extent.east - extent.west) / grid.step_lon_ - 0.01);
  if (rows < 1 || columns < 1) return base::fail("the area is smaller than a cell of {} nm", cell_nm);
  if (rows * columns > static_cast<double>(kMostCells))
    return base::fail(
        "cells of {} nm make {:.0f} of them, allowed are {}: choose larger cells or a smaller area", cell_nm,
        rows * columns, kMostCells);
  grid.rows_ = static_cast<std::uint32_t>(rows);
  grid.columns_ = static_cast<std::uint32_t>(columns);
  grid.extent_.north = extent.south + rows * grid.step_lat_;
  grid.extent_.east = extent.west + columns * grid.step_lon_;
  if (grid.extent_.north > 90) return base::fail("the area reaches beyond the pole");
  grid.state.assign(grid.cells(), CellState::open);
  return grid;
}

base::Result<Grid> Grid::restore(double south, double west, double step_lat, double step_lon, double cell_nm,
                                 std::uint32_t rows, std::uint32_t columns) {
  Grid grid;
  if (rows < 1 || columns < 1 || double(rows) * columns > static_cast<double>(kMostCells) ||
      !(step_lat > 0) || !(step_lon > 0) || !(south >= -90) || !(south + rows * step_lat <= 90 + 1e-9) ||
      !(std::abs(west) <= 360) || !(step_lon * columns < 181) || !(cell_nm > 0 && cell_nm <= 120))
    return base::fail("a grid that is none");
  grid.extent_ = {south, west, south + rows * step_lat, west + columns * step_lon};
  grid.cell_nm_ = cell_nm;
  grid.step_lat_ = step_lat;
  grid.step_lon_ = step_lon;
  grid.rows_ = rows;
  grid.columns_ = columns;
  grid.state.assign(grid.cells(), CellState::open);
  return grid;
}

void Grid::mark(const std::vector<Region>& area, const Sea& sea) {
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    const base::LatLon at = middle(cell);
    const auto row = static_cast<double>(cell / columns_), column = static_cast<double>(cell % columns_);
    const bool inside =
        std::any_of(area.begin(), area.end(), [&](const Region& one) { return one.contains(at); });
    const std::array<base::LatLon, 4> corner = {place(row, column), place(row, column + 1),
                                                place(row + 1, column + 1), place(row + 1, column)};
    const auto meets = [&](const Region& bar) {
      for (std::size_t i = 0; i < 4; ++i)
        if (bar.contains(corner[i]) || bar.crosses(corner[i], corner[(i + 1) % 4])) return true;
      for (const Region::Ring& ring : bar.rings())  // a polygon smaller than the cell
        if (cell_at(ring.front()) == cell) return true;
      return bar.contains(at);
    };
    if (!inside)
      state[cell] = CellState::outside;
    else if (base::on_land(at))
      state[cell] = CellState::land;
    else if (std::any_of(sea.barred().begin(), sea.barred().end(), meets))
      state[cell] = CellState::barred;
    else
      state[cell] = clear(sea, row, column, 1, kHalvings) ? CellState::open : CellState::near_shore;
  }
}

// Whether the square from (row, column) on is open all over: by the distance of its middle to the shore where
// that is enough, else quarter by quarter.
bool Grid::clear(const Sea& sea, double row, double column, double size, int halvings) const {
  const base::LatLon at = place(row + size / 2, column + size / 2);
  const double radius =
      std::max(base::distance_m(at, place(row, column)), base::distance_m(at, place(row + size, column)));
  if (sea.clear_around(at, radius)) return true;
  if (halvings == 0 || !sea.clear_around(at, 0)) return false;
  const double half = size / 2;
  return clear(sea, row, column, half, halvings - 1) && clear(sea, row, column + half, half, halvings - 1) &&
         clear(sea, row + half, column, half, halvings - 1) &&
         clear(sea, row + half, column + half, half, halvings - 1);
}

base::LatLon Grid::place(double row, double column) const {
  return base::from_degrees(extent_.south + row * step_lat_, extent_.west + column * step_lon_);
}

base::LatLon Grid::middle(std::size_t cell) const {
  return place(static_cast<double>(cell / columns_) + 0.5, static_cast<double>(cell % columns_) + 0.5);
}

std::optional<std::size_t> Grid::cell_at(const base::LatLon& at) const {
  const double across = (extent_.west + extent_.east) / 2;
  const double row = std::floor((at.lat() - extent_.south) / step_lat_);
  const double column =
      std::floor((across + base::lon_difference(at.lon(), across) - extent_.west) / step_lon_);
  if (!at.valid() || row < 0 || row >= rows_ || column < 0 || column >= columns_) return std::nullopt;
  return static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column);
}

double Grid::area_nm2(std::size_t cell) const {
  const double south = extent_.south + static_cast<double>(cell / columns_) * step_lat_;
  return kRadiusNm * kRadiusNm * step_lon_ * kRadians *
         (std::sin((south + step_lat_) * kRadians) - std::sin(south * kRadians));
}

double Grid::height_nm() const {
  return step_lat_ / kMileDeg;
}

double Grid::width_nm(std::uint32_t row) const {
  return step_lon_ / kMileDeg * std::cos((extent_.south + (row + 0.5) * step_lat_) * kRadians);
}

}  // namespace cordon::patrol
