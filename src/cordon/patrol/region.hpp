// Polygons on the chart: the area of operations, and places where nobody may go.
//
// Edges are straight in latitude and longitude, as on an equidistant chart. Longitudes are counted from the
// first point on, so an area may lie across the antimeridian; it must be less than 180 degrees wide.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"

namespace cordon::patrol {

struct Extent {  // degrees; east may exceed 180, and is then to be wrapped
  double south = 90, west = 0, north = -90, east = 0;
};

class Region {
 public:
  using Ring = std::vector<base::LatLon>;
  // Rings of at least three points each; even-odd, so a ring inside another is a hole.
  static base::Result<Region> of(std::string name, std::vector<Ring> rings);

  const std::string& name() const { return name_; }
  const std::vector<Ring>& rings() const { return rings_; }
  const Extent& extent() const { return extent_; }
  bool contains(const base::LatLon& at) const;
  // Whether the straight line a-b, short of 180 degrees, crosses an edge.
  bool crosses(const base::LatLon& a, const base::LatLon& b) const;

 private:
  struct Spot {
    double lat, lon;
  };
  Spot flat(const base::LatLon& at) const;
  std::string name_;
  std::vector<Ring> rings_;
  std::vector<std::vector<Spot>> flat_;
  Extent extent_;
};

// "south,west,north,east" in degrees; west > east lies across the antimeridian.
base::Result<Region> parse_box(std::string_view text);
// Polygons and MultiPolygons of a GeoJSON geometry, Feature or FeatureCollection. source: for errors.
base::Result<std::vector<Region>> read_regions(std::string_view geojson, std::string_view source);

}  // namespace cordon::patrol
