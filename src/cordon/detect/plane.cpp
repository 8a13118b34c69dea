#include "cordon/detect/plane.hpp"

namespace cordon::detect {

const std::vector<double> kCosine = [] {
  std::vector<double> out(18'002);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = std::cos((static_cast<double>(i) * 0.01 - 90.0) * (3.14159265358979323846 / 180.0));
  return out;
}();

base::LatLon moved(const base::LatLon& a, double north_m, double east_m) {
  const double north = north_m / kMetresPerE7, lat = a.lat_e7 + north;
  const double narrow = std::max(0.01, cos_latitude((a.lat_e7 + lat) * 0.5e-7));
  const double lon = a.lon_e7 + east_m / kMetresPerE7 / narrow;
  // Nearly all places lie within the map's edges; the others wrap, and what is no number stays none.
  if (!(lat > -9e8 && lat < 9e8 && lon > -1.8e9 && lon < 1.79999999e9))
    return base::from_degrees(lat * 1e-7, lon * 1e-7);
  const auto rounded = [](double x) { return static_cast<std::int32_t>(x + (x < 0 ? -0.5 : 0.5)); };
  return {rounded(lat), rounded(lon)};
}

}  // namespace cordon::detect
