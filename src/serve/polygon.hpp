// An area somebody drew on the map: which places lie inside.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"

namespace cordon::serve {

// Corners joined by straight lines of latitude and longitude, the last with the first; inside by the even-odd
// rule. A side goes the short way round, so the area may lie across the antimeridian; it may not go round a
// pole.
class Polygon {
 public:
  static constexpr std::size_t kMostCorners = 2000;
  struct Corner {
    double lon = 0, lat = 0;
  };
  static base::Result<Polygon> make(std::span<const Corner> corners);

  bool contains(const base::LatLon& at) const;
  double south() const { return south_; }
  double north() const { return north_; }

 private:
  struct Side {
    double lon_a, lat_a, lon_b, lat_b;  // lat_a < lat_b
  };
  std::size_t band_of(double lat) const;
  // Sides by bands of latitude, so that a place meets only the few sides at its height.
  std::vector<std::vector<Side>> bands_;
  double south_ = 90, north_ = -90, west_ = 0, east_ = 0;  // longitudes unwrapped: may lie beyond 180
};

}  // namespace cordon::serve
