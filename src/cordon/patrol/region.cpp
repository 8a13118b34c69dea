#include "cordon/patrol/region.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::patrol {
namespace {

constexpr std::size_t kMostPoints = 100000;
constexpr int kDeepest = 8;  // collections within collections

using Element = simdjson::dom::element;

base::Result<Region::Ring> read_ring(const Element& element) {
  simdjson::dom::array points;
  if (element.get(points)) return base::fail("expected a ring, an array of [longitude, latitude]");
  Region::Ring ring;
  for (const Element point : points) {
    simdjson::dom::array pair;
    double lon = 0, lat = 0;
    if (point.get(pair) || pair.size() < 2 || pair.at(0).get(lon) || pair.at(1).get(lat))
      return base::fail("expected [longitude, latitude] as point {} of a ring", ring.size() + 1);
    if (!(std::abs(lat) <= 90) || !(std::abs(lon) <= 540))
      return base::fail("no place on Earth: longitude {}, latitude {}", lon, lat);
    ring.push_back(base::from_degrees(lat, lon));
    if (ring.size() > kMostPoints) return base::fail("a ring of more than {} points", kMostPoints);
  }
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

base::Result<void> add_polygon(const Element& coordinates, const std::string& name, std::vector<Region>& to) {
  simdjson::dom::array array;
  if (coordinates.get(array)) return base::fail("expected the coordinates of a polygon");
  std::vector<Region::Ring> rings;
  for (const Element one : array) {
    auto ring = read_ring(one);
    if (!ring) return tl::unexpected(ring.error());
    rings.push_back(std::move(*ring));
  }
  auto region = Region::of(name, std::move(rings));
  if (!region) return tl::unexpected(region.error());
  to.push_back(std::move(*region));
  return {};
}

base::Result<void> add_all(const Element& element, const std::string& name, std::vector<Region>& to,
                           int depth) {
  std::string_view type;
  if (depth > kDeepest) return base::fail("collections within collections, more than {} deep", kDeepest);
  if (element["type"].get(type)) return base::fail("expected an object with \"type\"");
  if (type == "FeatureCollection" || type == "GeometryCollection") {
    simdjson::dom::array members;
    const char* const key = type == "FeatureCollection" ? "features" : "geometries";
    if (element[key].get(members)) return base::fail("expected \"{}\", an array", key);
    for (const Element member : members)
      if (auto done = add_all(member, name, to, depth + 1); !done) return done;
    return {};
  }
  if (type == "Feature") {
    Element geometry;
    if (element["geometry"].get(geometry)) return base::fail("expected \"geometry\" in a feature");
    std::string_view own;
    const bool named = !element["properties"]["name"].get(own);
    return add_all(geometry, named ? std::string(own) : name, to, depth + 1);
  }
  Element coordinates;
  if (element["coordinates"].get(coordinates)) return base::fail("expected \"coordinates\" in a {}", type);
  if (type == "Polygon") return add_polygon(coordinates, name, to);
  if (type == "MultiPolygon") {
    simdjson::dom::array polygons;
    if (coordinates.get(polygons)) return base::fail("expected an array of polygons");
    for (const Element polygon : polygons)
      if (auto done = add_polygon(polygon, name, to); !done) return done;
    return {};
  }
  return base::fail("expected Polygon or MultiPolygon, found {}", base::printable(type));
}

}  // namespace

base::Result<Region> Region::of(std::string name, std::vector<Ring> rings) {
  Region region;
  region.name_ = std::move(name);
  region.rings_ = std::move(rings);
  if (region.rings_.empty()) return base::fail("a polygon without a ring");
  for (const Ring& ring : region.rings_)
    if (ring.size() < 3) return base::fail("a ring of {} points, expected at least 3", ring.size());
  Extent& extent = region.extent_;
  extent.west = 360;
  extent.east = -360;
  for (const Ring& ring : region.rings_) {
    auto& flat = region.flat_.emplace_back();
    for (const base::LatLon& point : ring) {
      if (!point.valid()) return base::fail("a ring with a place that is none");
      // The first ring is followed from point to point; holes are placed beside it.
      const double near = flat.empty() ? region.rings_[0][0].lon() : flat.back().lon;
      flat.push_back({point.lat(), near + base::lon_difference(point.lon(), near)});
      extent.south = std::min(extent.south, flat.back().lat);
      extent.north = std::max(extent.north, flat.back().lat);
      extent.west = std::min(extent.west, flat.back().lon);
      extent.east = std::max(extent.east, flat.back().lon);
    }
  }
  if (extent.east - extent.west >= 180) return base::fail("a polygon of 180 degrees or more in longitude");
  if (extent.north - extent.south <= 0 || extent.east - extent.west <= 0)
    return base::fail("a polygon without an inside");
  return region;
}

Region::Spot Region::flat(const base::LatLon& at) const {
  const double middle = (extent_.west + extent_.east) / 2;
  return {at.lat(), middle + base::lon_difference(at.lon(), middle)};
}

bool Region::contains(const base::LatLon& at) const {
  const Spot p = flat(at);
  if (p.lat < extent_.south || p.lat > extent_.north || p.lon < extent_.west || p.lon > extent_.east)
    return false;
  bool inside = false;
  for (const auto& ring : flat_) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      if ((ring[i].lat > p.lat) == (ring[j].lat > p.lat)) continue;
      const double part = (p.lat - ring[i].lat) / (ring[j].lat - ring[i].lat);
      if (p.lon < ring[i].lon + part * (ring[j].lon - ring[i].lon)) inside = !inside;
    }
  }
  return inside;
}

bool Region::crosses(const base::LatLon& a, const base::LatLon& b) const {
  const Spot p = flat(a);
  const Spot q{b.lat(), p.lon + base::lon_difference(b.lon(), p.lon)};
  if (std::max(p.lat, q.lat) < extent_.south || std::min(p.lat, q.lat) > extent_.north ||
      std::max(p.lon, q.lon) < extent_.west || std::min(p.lon, q.lon) > extent_.east)
    return false;
  const auto side = [](const Spot& from, const Spot& to, const Spot& of) {
    return (to.lon - from.lon) * (of.lat - from.lat) - (to.lat - from.lat) * (of.lon - from.lon);
  };
  for (const auto& ring : flat_) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const double a1 = side(p, q, ring[i]), a2 = side(p, q, ring[j]);
      const double b1 = side(ring[i], ring[j], p), b2 = side(ring[i], ring[j], q);
      if (a1 == 0 && a2 == 0) {  // on one line: they meet where their extents do
        if (std::max(p.lat, q.lat) >= std::min(ring[i].lat, ring[j].lat) &&
            std::min(p.lat, q.lat) <= std::max(ring[i].lat, ring[j].lat) &&
            std::max(p.lon, q.lon) >= std::min(ring[i].lon, ring[j].lon) &&
            std::min(p.lon, q.lon) <= std::max(ring[i].lon, ring[j].lon))
          return true;
        continue;
      }
      if (((a1 >= 0 && a2 <= 0) || (a1 <= 0 && a2 >= 0)) && ((b1 >= 0 && b2 <= 0) || (b1 <= 0 && b2 >= 0)))
        return true;
    }
  }
  return false;
}

base::Result<Region> parse_box(std::string_view text) {
  const auto wrong = [&] {
    return base::fail("area: expected south,west,north,east in degrees, e.g. 24,118,39,130, found '{}'",
                      base::printable(text.substr(0, 80)));
  };
  double side[4];
  const auto words = base::split(text, ',');
  if (words.size() != 4) return wrong();
  for (std::size_t i = 0; i < 4; ++i) {
    const auto number = base::parse_number<double>(base::trim(words[i]));
    if (!number || !std::isfinite(*number) || std::abs(*number) > (i % 2 ? 180 : 90)) return wrong();
    side[i] = *number;
  }
  const auto [south, west, north, east] = side;
  if (south >= north || west == east) return wrong();
  return Region::of("area", {{base::from_degrees(south, west), base::from_degrees(south, east),
                              base::from_degrees(north, east), base::from_degrees(north, west)}});
}

base::Result<std::vector<Region>> read_regions(std::string_view geojson, std::string_view source) {
  simdjson::dom::parser parser;
  Element root;
  if (const auto error = parser.parse(geojson.data(), geojson.size()).get(root))
    return base::fail("{}: expected GeoJSON: {}", source, simdjson::error_message(error));
  std::vector<Region> regions;
  if (auto done = add_all(root, "area", regions, 0); !done)
    return base::fail("{}: {}", source, done.error().message);
  if (regions.empty()) return base::fail("{}: no polygon in it", source);
  return regions;
}

}  // namespace cordon::patrol
