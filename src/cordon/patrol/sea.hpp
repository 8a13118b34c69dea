// Where a searcher may be, and the way from place to place.
//
// Barred are land, a strip along every shore (12 nm: the widest territorial sea, UNCLOS article 3, here
// measured from the coast line and not from published baselines), and named polygons. Bars are hard: every
// leg is tested along its whole length.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/patrol/region.hpp"

namespace cordon::patrol {

inline constexpr double kTerritorialSeaM = 12 * base::kNauticalMileM;

// Waters and airspace around a base, whose owner consents: its strip along the shore is open there. Ships
// still keep off land, but for the port itself; aircraft do not.
struct Corridor {
  base::LatLon base;
  double radius_m = 0;
  bool over_land = false;
  bool contains(const base::LatLon& at) const {
    return base.valid() && base::distance_m(base, at) <= radius_m;
  }
};

class Sea {
 public:
  // clearance_m 0: only land bars the way.
  Sea(double clearance_m, std::vector<Region> barred)
      : clearance_m_(clearance_m), barred_(std::move(barred)) {}
  double clearance_m() const { return clearance_m_; }
  const std::vector<Region>& barred() const { return barred_; }

  bool open(const base::LatLon& at, const Corridor& corridor = {}) const;
  // Whether the whole great circle from a to b is open, to within 500 m of the shore line's clearance.
  bool clear(const base::LatLon& a, const base::LatLon& b, const Corridor& corridor = {}) const;
  // Whether everything within radius_m is open: a sufficient test, by the distance to the shore.
  bool clear_around(const base::LatLon& at, double radius_m) const;

 private:
  bool off_shore(const base::LatLon& a, const base::LatLon& b, const Corridor& corridor) const;
  double clearance_m_;
  std::vector<Region> barred_;
};

// Ways over open water on a net of places, by Dijkstra's method, with corners cut where the straight leg is
// clear. Distances are exact for the way found, which is a few per cent longer than the shortest at most.
class Router {
 public:
  // The net covers the extent with meshes of step_deg, wider where that would make more than 20,000 knots.
  Router(const Sea& sea, const Extent& extent, double step_deg);

  // Distances from one place to many, metres; infinite where there is no way.
  class Field {
   public:
    double to_m(const base::LatLon& to) const;
    // The same to within a tenth, and a hundred times faster: nothing is tested but the net.
    double rough_m(const base::LatLon& to) const;
    // The places to pass, from the origin to `to` inclusive; empty where there is no way.
    std::vector<base::LatLon> way(const base::LatLon& to) const;

   private:
    friend class Router;
    std::uint32_t join(const base::LatLon& to, double& distance_m) const;
    const Router* router_ = nullptr;
    base::LatLon origin_;
    Corridor corridor_;
    std::vector<double> distance_;
    std::vector<std::uint32_t> before_;
  };
  Field from(const base::LatLon& origin, const Corridor& corridor = {}) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  base::LatLon knot(std::uint32_t index) const;
  void knots_near(const base::LatLon& at, int rings, std::vector<std::uint32_t>& out) const;
  std::uint32_t neighbour(std::uint32_t index, int direction) const;

  const Sea& sea_;
  Extent extent_;
  double step_lat_ = 0, step_lon_ = 0;
  std::uint32_t rows_ = 0, columns_ = 0;
  std::vector<std::uint8_t> links_;  // by knot: bit d set where the leg in direction d is clear
  std::vector<double> length_m_;     // of legs, by row and direction
};

}  // namespace cordon::patrol
