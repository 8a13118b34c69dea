// What a feed tells: positions and static data, in columns, in feed order. Scales are those of ITU-R M.1371,
// so that decoding loses nothing and "not available" keeps its own value.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/time.hpp"

namespace cordon::model {

// Feed number (top 16 bits) and 1-based line in it (48 bits): the way back to the raw sentence.
struct Where {
  std::uint64_t packed = 0;
  static Where of(std::uint16_t feed, std::uint64_t line) { return {std::uint64_t{feed} << 48 | line}; }
  std::uint16_t feed() const { return static_cast<std::uint16_t>(packed >> 48); }
  std::uint64_t line() const { return packed & ((std::uint64_t{1} << 48) - 1); }
  auto operator<=>(const Where&) const = default;
};

inline constexpr std::uint16_t kSogNone = 1023, kCogNone = 3600, kHeadingNone = 511;
inline constexpr std::uint8_t kStatusNone = 15;

struct Position {
  base::TimeMs time = base::kNoTime;  // receiver's time; kNoTime where the feed carries none
  std::uint32_t mmsi = 0;
  base::LatLon at;                    // invalid where the report says "not available"
  std::uint16_t sog_dkn = kSogNone;   // 0.1 knot; 1022 = 102.2 knots or more
  std::uint16_t cog_ddeg = kCogNone;  // 0.1 degree
  std::uint16_t heading_deg = kHeadingNone;
  std::uint8_t nav_status = kStatusNone;
  std::uint8_t type = 0;      // AIS message type 1..27; 0 from CSV without a class; class B = 18, 19
  std::uint8_t receiver = 0;  // 0 unknown, 1 terrestrial, 2 satellite
  Where where;
};

// Positions as structure of arrays; row i of every column belongs together.
struct PositionColumns {
  std::vector<base::TimeMs> time;
  std::vector<std::uint32_t> mmsi;
  std::vector<std::int32_t> lat_e7, lon_e7;
  std::vector<std::uint16_t> sog_dkn, cog_ddeg, heading_deg;
  std::vector<std::uint8_t> nav_status, type, receiver;
  std::vector<std::uint64_t> where;

  std::size_t size() const { return mmsi.size(); }
  void clear();
  void reserve(std::size_t rows);
  void push_back(const Position& position);
  Position row(std::size_t index) const;
};

// Identity and voyage as broadcast (types 5, 19, 24) or as a CSV row carries it. Empty or zero = not given.
struct VesselStatic {
  base::TimeMs time = base::kNoTime;
  std::uint32_t mmsi = 0;
  std::uint32_t imo = 0;  // as broadcast, check digit not tested
  std::string name, callsign, destination;
  std::uint8_t ship_type = 0;
  std::uint16_t to_bow_m = 0, to_stern_m = 0, to_port_m = 0, to_starboard_m = 0;
  std::uint16_t draught_dm = 0;  // 0.1 m
  std::uint8_t type = 0;         // AIS message type; 0 from CSV
  std::uint8_t part = 0;         // type 24: 1 = A, 2 = B; 0 = complete
  Where where;
  unsigned length_m() const { return to_bow_m + to_stern_m; }
  unsigned beam_m() const { return to_port_m + to_starboard_m; }
};

// A piece of a feed: both parts in feed order; `where` orders the one against the other.
struct FeedBatch {
  PositionColumns positions;
  std::vector<VesselStatic> statics;
  void clear();
  bool empty() const { return positions.size() == 0 && statics.empty(); }
};
using FeedSink = std::function<void(const FeedBatch&)>;

// Calls on_position and on_static in feed order.
void for_each_in_order(const FeedBatch& batch, const std::function<void(const Position&)>& on_position,
                       const std::function<void(const VesselStatic&)>& on_static);

// A row of a ship register, as the user provides it (CSV:
// IMO,name,flag,type,length,beam,built,owner,manager,...).
struct RegisteredVessel {
  std::uint32_t imo = 0;
  std::uint32_t mmsi = 0;
  std::string name, flag, type, callsign;  // flag: lower ISO 3166 alpha-2
  std::uint16_t length_m = 0, beam_m = 0;
  std::int16_t built = 0;
  std::string owner, manager, operator_, ism_manager, insurer,
      class_society;  // names or entity ids, as given
  std::uint64_t line = 0;
};

}  // namespace cordon::model
