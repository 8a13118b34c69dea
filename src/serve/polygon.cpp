#include "serve/polygon.hpp"

#include <algorithm>
#include <cmath>

namespace cordon::serve {

base::Result<Polygon> Polygon::make(std::span<const Corner> corners) {
  if (corners.size() > 1 && corners.front().lon == corners.back().lon &&
      corners.front().lat == corners.back().lat)
    corners = corners.first(corners.size() - 1);  // GeoJSON names the first corner twice
  if (corners.size() < 3)
    return base::fail("expected at least 3 different corners, found {}", corners.size());
  if (corners.size() > kMostCorners)
    return base::fail("expected at most {} corners, found {}", kMostCorners, corners.size());
  Polygon out;
  std::vector<Corner> path;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto& at = corners[i];
    if (!(at.lat >= -90 && at.lat <= 90) || !(std::abs(at.lon) <= 540))
      return base::fail("corner {}: expected [longitude, latitude] in degrees, found [{}, {}]", i, at.lon,
                        at.lat);
    const double lon = i == 0 ? at.lon : path.back().lon + base::lon_difference(at.lon, path.back().lon);
    path.push_back({lon, at.lat});
    out.south_ = std::min(out.south_, at.lat);
    out.north_ = std::max(out.north_, at.lat);
    out.west_ = i == 0 ? lon : std::min(out.west_, lon);
    out.east_ = i == 0 ? lon : std::max(out.east_, lon);
  }
  if (std::abs(path.front().lon - path.back().lon) > 180)
    return base::fail("expected an area that does not go round a pole");
  if (out.east_ - out.west_ > 360) return base::fail("expected an area less than 360 degrees wide");

  out.bands_.resize(std::clamp<std::size_t>(path.size() * 4, 16, 1024));
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto *a = &path[i], *b = &path[(i + 1) % path.size()];
    if (a->lat == b->lat) continue;  // level sides are never crossed
    if (a->lat > b->lat) std::swap(a, b);
    for (std::size_t band = out.band_of(a->lat); band <= out.band_of(b->lat); ++band)
      out.bands_[band].push_back({a->lon, a->lat, b->lon, b->lat});
  }
  return out;
}

std::size_t Polygon::band_of(double lat) const {
  const double height = north_ - south_;
  const double part = height > 0 ? (lat - south_) / height * static_cast<double>(bands_.size()) : 0;
  return std::min(static_cast<std::size_t>(std::max(part, 0.0)), bands_.size() - 1);
}

bool Polygon::contains(const base::LatLon& at) const {
  if (!at.valid()) return false;
  const double lat = at.lat();
  if (lat < south_ || lat > north_) return false;
  double lon = at.lon();
  while (lon < west_) lon += 360;
  while (lon - 360 >= west_) lon -= 360;
  if (lon > east_) return false;
  bool inside = false;
  for (const Side& side : bands_[band_of(lat)]) {
    if (lat < side.lat_a || lat >= side.lat_b) continue;
    const double crossing =
        side.lon_a + (side.lon_b - side.lon_a) * (lat - side.lat_a) / (side.lat_b - side.lat_a);
    if (lon < crossing) inside = !inside;
  }
  return inside;
}

}  // namespace cordon::serve
