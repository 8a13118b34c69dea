// Between the units of ITU-R M.1371 and those of model::Position.
#pragma once
#include <cstdint>

#include "cordon/base/geo.hpp"

namespace cordon::ais {

// 1/10,000 minute of arc (types 1-4, 9, 11, 18, 19, 21) = 1/600,000 degree; 1/10 minute (17, 22, 23, 27) is
// a thousandth of that. 1e-7 degree is 16.7 times finer, so rounding to it and back loses nothing.
inline constexpr std::int64_t kUnitsPerDegree = 600000;
inline constexpr std::int64_t kCoarse = 1000;

constexpr std::int64_t to_e7(std::int64_t units) {
  return (units * 50 + (units < 0 ? -1 : 1)) / 3;  // 1e7 / 600,000 = 50 / 3; a third never ties
}
constexpr std::int64_t from_e7(std::int64_t e7) {
  return (e7 * 3 + (e7 < 0 ? -25 : 25)) / 50;
}

// 181 and 91 degrees say "not available"; any other place that is not on earth is a broken message and no
// position either. 180 E is 180 W.
constexpr base::LatLon to_place(std::int64_t lon_units, std::int64_t lat_units) {
  if (lon_units > 180 * kUnitsPerDegree || lon_units < -180 * kUnitsPerDegree ||
      lat_units > 90 * kUnitsPerDegree || lat_units < -90 * kUnitsPerDegree)
    return {};
  if (lon_units == 180 * kUnitsPerDegree) lon_units = -lon_units;
  return {static_cast<std::int32_t>(to_e7(lat_units)), static_cast<std::int32_t>(to_e7(lon_units))};
}

}  // namespace cordon::ais
