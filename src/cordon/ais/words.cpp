#include "cordon/ais/words.hpp"

#include <cstddef>
#include <span>

namespace cordon::ais::words {

namespace {

std::string_view at(std::span<const std::string_view> table, std::uint64_t code, std::string_view beyond) {
  return code < table.size() ? table[static_cast<std::size_t>(code)] : beyond;
}

constexpr std::string_view kNavStatus[] = {
    "Under way using engine",
    "At anchor",
    "Not under command",
    "Restricted maneuverability",
    "Constrained by her draught",
    "Moored",
    "Aground",
    "Engaged in fishing",
    "Under way sailing",
    "Reserved for HSC",
    "Reserved for WIG",
    "Power-driven vessel towing astern",
    "Power-driven vessel pushing ahead or towing alongside",
    "Reserved",
    "AIS-SART is active",
    "Not defined",
};
constexpr std::string_view kEpfd[] = {
    "Undefined",
    "GPS",
    "GLONASS",
    "Combined GPS/GLONASS",
    "Loran-C",
    "Chayka",
    "Integrated navigation system",
    "Surveyed",
    "Galileo",
    "Reserved (9)",
    "Reserved (10)",
    "Reserved (11)",
    "Reserved (12)",
    "Reserved (13)",
    "Reserved (14)",
    "Internal GNSS",
};
constexpr std::string_view kStationType[] = {
    "All types of mobiles",
    "Reserved for future use",
    "All types of Class B mobile stations",
    "SAR airborne mobile station",
    "Aid to Navigation station",
    "Class B shipborne mobile station",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    "Reserved for future use",
    "Reserved for future use",
    "Reserved for future use",
    "Reserved for future use",
    "Reserved for future use",
    "Reserved for future use",
};
constexpr std::string_view kAidType[] = {
    "Unspecified",
    "Reference point",
    "RACON",
    "Fixed offshore structure",
    "Spare, Reserved for future use.",
    "Light, without sectors",
    "Light, with sectors",
    "Leading Light Front",
    "Leading Light Rear",
    "Beacon, Cardinal N",
    "Beacon, Cardinal E",
    "Beacon, Cardinal S",
    "Beacon, Cardinal W",
    "Beacon, Port hand",
    "Beacon, Starboard hand",
    "Beacon, Preferred Channel port hand",
    "Beacon, Preferred Channel starboard hand",
    "Beacon, Isolated danger",
    "Beacon, Safe water",
    "Beacon, Special mark",
    "Cardinal Mark N",
    "Cardinal Mark E",
    "Cardinal Mark S",
    "Cardinal Mark W",
    "Port hand Mark",
    "Starboard hand Mark",
    "Preferred Channel Port hand",
    "Preferred Channel Starboard hand",
    "Isolated danger",
    "Safe Water",
    "Special Mark",
    "Light Vessel / LANBY / Rigs",
};
constexpr std::string_view kSignal[] = {
    "N/A",
    "Serious emergency - stop or divert according to instructions.",
    "Vessels shall not proceed.",
    "Vessels may proceed. One way traffic.",
    "Vessels may proceed. Two way traffic.",
    "Vessels shall proceed on specific orders only.",
    "Vessels in main channel shall not proceed.",
    "Vessels in main channel shall proceed on specific orders only.",
    "Vessels in main channel shall proceed on specific orders only.",
    "I = \"in-bound\" only acceptable.",
    "O = \"out-bound\" only acceptable.",
    "F = both \"in- and out-bound\" acceptable.",
    "XI = Code will shift to \"I\" in due time.",
    "XO = Code will shift to \"O\" in due time.",
    "X = Vessels shall proceed only on direction.",
};
constexpr std::string_view kRouteType[] = {
    "Undefined (default)",
    "Mandatory",
    "Recommended",
    "Alternative",
    "Recommended route through ice",
    "Ship route plan",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Reserved for future use.",
    "Cancel route identified by message linkage",
};
constexpr std::string_view kTargetId[] = {
    "mmsi",
    "imo",
    "callsign",
    "other",
};
constexpr std::string_view kRacon[] = {
    "No RACON installed",
    "RACON not monitored",
    "RACON operational",
    "RACON ERROR",
};
constexpr std::string_view kLight[] = {
    "No light or no monitoring",
    "Light ON",
    "Light OFF",
    "Light ERROR",
};
constexpr std::string_view kLockStatus[] = {
    "Operational",
    "Limited operation",
    "Out of order",
    "N/A",
};
constexpr std::string_view kMooring[] = {
    "Not available", "Port-side to", "Starboard-side to",       "Mediterranean (end-on) mooring",
    "Mooring buoy",  "Anchorage",    "Reserved for future use", "Reserved for future use",
};
constexpr std::string_view kTrend[] = {
    "steady",
    "increasing",
    "decreasing",
    "N/A",
};
constexpr std::string_view kPrecipitation[] = {
    "reserved", "rain", "thunderstorm", "freezing rain", "mixed/ice", "snow", "reserved", "N/A",
};
constexpr std::string_view kIce[] = {
    "no",
    "yes",
    "reserved",
    "N/A",
};
constexpr std::string_view kInlandHazard[] = {
    "0 blue cones/lights", "1 blue cone/light", "2 blue cones/lights",
    "3 blue cones/lights", "4 B-Flag",          "Unknown",
};
constexpr std::string_view kInlandLoad[] = {
    "N/A (default)",
    "Unloaded",
    "Loaded",
};
constexpr std::string_view kWeatherKind[] = {
    "Not Available",    "Wind",  "Rain",        "Snow and ice", "Thunderstorm", "Fog", "Low temperature",
    "High temperature", "Flood", "Forest Fire",
};
constexpr std::string_view kWeatherClass[] = {
    "Slight",
    "Medium",
    "Strong",
};
constexpr std::string_view kWindFrom[] = {
    "N/A", "North", "North East", "East", "South East", "South", "South West", "West", "North West",
};
constexpr std::string_view kStreamDirection[] = {
    "Unknown", "Upstream", "Downstream", "To left bank", "To right bank",
};
constexpr std::string_view kSignalLight[] = {
    "Unknown", "No light", "White", "Yellow", "Green", "Red", "White flashing", "Yellow flashing.",
};

// ITU-R M.1371-5 table 53: the first digit names the ship, the second her cargo or its hazard.
constexpr std::string_view kShipSpecial[] = {
    "Fishing",
    "Towing",
    "Towing: length exceeds 200m or breadth exceeds 25m",
    "Dredging or underwater ops",
    "Diving ops",
    "Military ops",
    "Sailing",
    "Pleasure Craft",
    "Reserved",
    "Reserved",
};
constexpr std::string_view kShipService[] = {
    "Pilot Vessel",
    "Search and Rescue vessel",
    "Tug",
    "Port Tender",
    "Anti-pollution equipment",
    "Law Enforcement",
    "Spare - Local Vessel",
    "Spare - Local Vessel",
    "Medical Transport",
    "Ship according to RR Resolution No. 18",
};
#define CORDON_CARGO(name, last)                                                                           \
  {                                                                                                        \
    name " - all ships of this type", name " - Hazardous category A", name " - Hazardous category B",      \
        name " - Hazardous category C", name " - Hazardous category D", name " - Reserved for future use", \
        name " - Reserved for future use", name " - Reserved for future use",                              \
        name " - Reserved for future use", name " - " last                                                 \
  }
constexpr std::string_view kWig[] = CORDON_CARGO("Wing in ground (WIG)", "Reserved for future use");
constexpr std::string_view kHsc[] = CORDON_CARGO("High speed craft (HSC)", "No additional information");
constexpr std::string_view kPassenger[] = CORDON_CARGO("Passenger", "No additional information");
constexpr std::string_view kCargo[] = CORDON_CARGO("Cargo", "No additional information");
constexpr std::string_view kTanker[] = CORDON_CARGO("Tanker", "No additional information");
constexpr std::string_view kOther[] = CORDON_CARGO("Other Type", "no additional information");
#undef CORDON_CARGO

struct Inland {
  std::uint16_t eri, ais;
  std::string_view name;
};
constexpr Inland kInland[] = {
    {8000, 99, "Vessel, type unknown"},
    {8010, 79, "Motor freighter"},
    {8020, 89, "Motor tanker"},
    {8021, 80, "Motor tanker, liquid cargo, type N"},
    {8022, 80, "Motor tanker, liquid cargo, type C"},
    {8023, 89, "Motor tanker, dry cargo as if liquid (e.g. cement)"},
    {8030, 79, "Container vessel"},
    {8040, 80, "Gas tanker"},
    {8050, 79, "Motor freighter, tug"},
    {8060, 89, "Motor tanker, tug"},
    {8070, 79, "Motor freighter with one or more ships alongside"},
    {8080, 89, "Motor freighter with tanker"},
    {8090, 79, "Motor freighter pushing one or more freighters"},
    {8100, 89, "Motor freighter pushing at least one tank-ship"},
    {8110, 79, "Tug, freighter"},
    {8120, 89, "Tug, tanker"},
    {8130, 31, "Tug freighter, coupled"},
    {8140, 31, "Tug, freighter/tanker, coupled"},
    {8150, 99, "Freightbarge"},
    {8160, 99, "Tankbarge"},
    {8161, 90, "Tankbarge, liquid cargo, type N"},
    {8162, 90, "Tankbarge, liquid cargo, type C"},
    {8163, 99, "Tankbarge, dry cargo as if liquid (e.g. cement)"},
    {8170, 99, "Freightbarge with containers"},
    {8180, 90, "Tankbarge, gas"},
    {8210, 79, "Pushtow, one cargo barge"},
    {8220, 79, "Pushtow, two cargo barges"},
    {8230, 79, "Pushtow, three cargo barges"},
    {8240, 79, "Pushtow, four cargo barges"},
    {8250, 79, "Pushtow, five cargo barges"},
    {8260, 79, "Pushtow, six cargo barges"},
    {8270, 79, "Pushtow, seven cargo barges"},
    {8280, 79, "Pushtow, eight cargo barges"},
    {8290, 79, "Pushtow, nine or more barges"},
    {8310, 80, "Pushtow, one tank/gas barge"},
    {8320, 80, "Pushtow, two barges at least one tanker or gas barge"},
    {8330, 80, "Pushtow, three barges at least one tanker or gas barge"},
    {8340, 80, "Pushtow, four barges at least one tanker or gas barge"},
    {8350, 80, "Pushtow, five barges at least one tanker or gas barge"},
    {8360, 80, "Pushtow, six barges at least one tanker or gas barge"},
    {8370, 80, "Pushtow, seven barges at least one tanker or gas barg"},
};

}  // namespace

std::string_view nav_status(std::uint64_t code) {
  return at(kNavStatus, code, "Not defined");
}
std::string_view epfd(std::uint64_t code) {
  return at(kEpfd, code, "INVALID EPFD");
}
std::string_view station_type(std::uint64_t code) {
  return at(kStationType, code, "INVALID STATION TYPE");
}
std::string_view aid_type(std::uint64_t code) {
  return at(kAidType, code, "INVALID NAVAID TYPE");
}
std::string_view signal(std::uint64_t code) {
  return at(kSignal, code, "INVALID SIGNAL TYPE");
}
std::string_view route_type(std::uint64_t code) {
  return at(kRouteType, code, "");
}
std::string_view target_id(std::uint64_t code) {
  return at(kTargetId, code, "other");
}
std::string_view racon(std::uint64_t code) {
  return at(kRacon, code, "");
}
std::string_view light(std::uint64_t code) {
  return at(kLight, code, "");
}
std::string_view lock_status(std::uint64_t code) {
  return at(kLockStatus, code, "");
}
std::string_view mooring(std::uint64_t code) {
  return at(kMooring, code, "");
}
std::string_view trend(std::uint64_t code) {
  return at(kTrend, code, "N/A");
}
std::string_view precipitation(std::uint64_t code) {
  return at(kPrecipitation, code, "N/A");
}
std::string_view ice(std::uint64_t code) {
  return at(kIce, code, "N/A");
}
std::string_view inland_hazard(std::uint64_t code) {
  return at(kInlandHazard, code, "INVALID HAZARD TYPE");
}
std::string_view inland_load(std::uint64_t code) {
  return at(kInlandLoad, code, "INVALID LOAD STATUS");
}
std::string_view weather_kind(std::uint64_t code) {
  return at(kWeatherKind, code, "INVALID EMMA TYPE");
}
std::string_view weather_class(std::uint64_t code) {
  return at(kWeatherClass, code, "INVALID EMMA TYPE");
}
std::string_view wind_from(std::uint64_t code) {
  return at(kWindFrom, code, "INVALID EMMA WIND DIRECTION");
}
std::string_view stream_direction(std::uint64_t code) {
  return at(kStreamDirection, code, "INVALID DIRECTION");
}
std::string_view signal_light(std::uint64_t code) {
  return at(kSignalLight, code, "INVALID STATUS");
}

std::string_view ship_type(std::uint64_t code) {
  if (code == 0) return "Not available";
  if (code < 20) return "Reserved for future use";
  const std::uint64_t second = code % 10;
  switch (code / 10) {
    case 2:
      return at(kWig, second, {});
    case 3:
      return at(kShipSpecial, second, {});
    case 4:
      return at(kHsc, second, {});
    case 5:
      return at(kShipService, second, {});
    case 6:
      return at(kPassenger, second, {});
    case 7:
      return at(kCargo, second, {});
    case 8:
      return at(kTanker, second, {});
    case 9:
      return at(kOther, second, {});
    default:
      return "INVALID SHIP TYPE";
  }
}

std::string_view inland_ship(std::uint64_t code) {
  for (const Inland& ship : kInland)
    if (ship.eri == code || ship.ais == code) return ship.name;
  return "Illegal ship type value.";
}

}  // namespace cordon::ais::words
