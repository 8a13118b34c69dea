// Where the target may be, as points: a few in every cell of sea, each with the mass of what nobody has found
// there yet. Searching thins it point by point, by the geometry of the legs; motion moves it cell by cell.
//
// The points of a cell are a low-discrepancy set, shifted at random from cell to cell: point k of all cells
// together is by itself an unbiased sample of the map, so the spread between the k tells the error.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cordon/patrol/grid.hpp"
#include "cordon/patrol/lateral.hpp"
#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

// What one occasion (legs of one ladder within a step of the motion, or a look) misses, at the points it
// touches. owner: the sortie or look, visit: which ladder of it.
struct Misses {
  struct Point {
    std::uint32_t index;
    float missed;
  };
  base::TimeMs time = 0;
  std::size_t owner = 0, visit = 0;
  std::vector<Point> points;
};

class Cloud {
 public:
  static constexpr std::uint32_t kPerCell = 16;
  Cloud(const Grid& grid, std::uint64_t seed);

  std::size_t points() const { return place_.size(); }
  const base::LatLon& place(std::size_t point) const { return place_[point]; }
  std::size_t cell(std::size_t point) const { return cell_[point / kPerCell]; }
  // Mass by cell onto the points, evenly.
  std::vector<double> spread(std::span<const double> mass) const;
  std::vector<double> gather(std::span<const double> points) const;  // by cell

  // Only cells that may be searched count: a find elsewhere is none.
  Misses misses(std::span<const Leg> legs, Detection law, base::TimeMs time) const;
  Misses misses(const Pass& pass, double swath_nm, double chance) const;

 private:
  const Grid& grid_;
  std::vector<std::uint32_t> cell_;          // of the wet ones
  std::vector<std::uint32_t> first_of_row_;  // index into cell_ of a row's first
  std::vector<base::LatLon> place_;
};

// What is left undetected through a course of occasions, with motion between them.
class Course {
 public:
  Course(const Grid& grid, const Cloud& cloud, std::span<const double> mass,
         const std::optional<Motion>& motion, base::TimeMs from, base::TimeMs to);

  // Takes the place of all the owner had before.
  void replace(std::size_t owner, std::vector<Misses> occasions);
  // Which step of the motion a time lies in.
  int step_of(base::TimeMs time) const;

  // By point: the mass that reaches the time undetected by the others before, times the chance that those
  // after do not detect it either. What the owner then detects of it is what it adds to the whole.
  std::vector<double> worth(base::TimeMs time, std::size_t owner) const;

  struct Detected {
    std::size_t owner = 0, visit = 0;
    double mass = 0;
    std::array<double, Cloud::kPerCell> by_replica{};  // the same from the k-th points alone
    double reached = 0;  // mass at the points the occasion touches, when it comes to them
  };
  struct Outcome {
    std::vector<Detected> detected;  // by time
    std::vector<double> left;        // by cell, undetected at the end
  };
  Outcome run() const;

 private:
  void move(std::vector<double>& points) const;
  void move_back(std::vector<double>& points) const;
  const Cloud& cloud_;
  std::vector<double> first_;
  std::vector<Misses> occasions_;  // by time
  std::optional<Kernel> kernel_;
  base::TimeMs from_ = 0, step_ms_ = 0;
};

// The chances of moving from cell to cell in one step. Land is never entered; what moves out of the area is
// gone.
Kernel make_kernel(const Grid& grid, const Motion& motion);

}  // namespace cordon::patrol
