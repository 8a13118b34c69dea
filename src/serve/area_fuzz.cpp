// Boxes and polygons from anywhere: what is accepted lies on the earth and holds nothing outside of itself.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "serve/asked.hpp"
#include "serve/polygon.hpp"

namespace {

using namespace cordon;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

base::LatLon place(double lat, double lon) {
  return {static_cast<std::int32_t>(lat * 1e7), static_cast<std::int32_t>(lon * 1e7)};
}

void box(std::string_view text) {
  const auto found = serve::parse_box(text);
  if (!found) return;
  demand(found->south >= -90 && found->south <= found->north && found->north <= 90);
  demand(std::abs(found->west) <= 180 && std::abs(found->east) <= 180);
  for (int lon = -180; lon <= 180; lon += 30) {
    if (found->south > -89) demand(!found->contains(place(found->south - 1, lon)));
    if (found->north < 89) demand(!found->contains(place(found->north + 1, lon)));
  }
}

// Corners as pairs of 16-bit numbers: whole degrees where they fit on the earth, and beyond it where not.
void polygon(std::string_view bytes) {
  std::vector<serve::Polygon::Corner> corners;
  for (; bytes.size() >= 4 && corners.size() <= serve::Polygon::kMostCorners; bytes.remove_prefix(4)) {
    std::int16_t lon = 0, lat = 0;
    std::memcpy(&lon, bytes.data(), 2), std::memcpy(&lat, bytes.data() + 2, 2);
    corners.push_back({lon / 100.0, lat / 300.0});
  }
  const auto found = serve::Polygon::make(corners);
  if (!found) return;
  demand(found->south() >= -90 && found->south() <= found->north() && found->north() <= 90);
  for (int lat = -90; lat <= 90; lat += 15)
    for (int lon = -180; lon <= 180; lon += 15) {
      const bool inside = found->contains(place(lat, lon));
      demand(!inside || (lat >= found->south() && lat <= found->north()));
      if (std::abs(lon) == 180) demand(inside == found->contains(place(lat, -lon)));  // one place, two names
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  box(bytes);
  polygon(bytes);
  return 0;
}
