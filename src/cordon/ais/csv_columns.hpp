// Which column of a CSV archive holds what, told by its header in whatever year's spelling.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "cordon/ais/csv_scan.hpp"

namespace cordon::ais {

enum Field : std::size_t {
  kMmsi,
  kTime,
  kLat,
  kLon,
  kSog,
  kCog,
  kHeading,
  kStatus,
  kClass,
  kName,
  kImo,
  kCallsign,
  kShipType,
  kLength,
  kWidth,
  kDraught,
  kDestination,
  kBow,
  kStern,
  kPort,
  kStarboard,
  kFields,
};
constexpr std::size_t kFirstStatic = kName;
constexpr std::size_t kAbsent = kMaxCells;
using Columns = std::array<std::size_t, kFields>;

Columns map_columns(std::string_view header);

}  // namespace cordon::ais
