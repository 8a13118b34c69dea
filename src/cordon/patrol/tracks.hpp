// Tracks for other programs: GeoJSON (RFC 7946), GPX 1.1 routes and KML 2.2; and tracks as they were sailed
// or flown, back in.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

std::string tracks_geojson(const Plan& plan);
std::string tracks_gpx(const Plan& plan);
std::string tracks_kml(const Plan& plan);

// LineStrings with a property "asset" that names an asset of the plan: each straight piece searched with that
// asset's effective sweep width. Optional "start" and "end" (ISO times) and "spacing_nm" (the gap to the next
// leg; the sweep width where it is missing).
struct Searched {
  std::vector<Leg> legs;
  std::size_t lines = 0;
};
base::Result<Searched> read_searched(std::string_view geojson, std::string_view source, const Plan& plan);

}  // namespace cordon::patrol
