// What is remembered of each vessel: its identity as broadcast, and one track for every hull that uses its
// MMSI. Vessels are addressed by a dense number that stays theirs for the life of the detector.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/ids.hpp"
#include "cordon/base/time.hpp"
#include "cordon/detect/plane.hpp"
#include "cordon/model/position.hpp"

namespace cordon::detect {

using VesselId = std::uint32_t;
inline constexpr VesselId kNoVessel = UINT32_MAX;

// A position report, reduced to what rules ask for.
struct Report {
  base::TimeMs time = base::kNoTime;
  base::LatLon at;
  std::uint64_t where = 0;
  std::uint16_t sog_dkn = model::kSogNone, cog_ddeg = model::kCogNone;
  std::uint8_t nav_status = model::kStatusNone;
  double sog_kn() const { return sog_dkn < 1022 ? sog_dkn * 0.1 : -1.0; }  // -1: not given
  bool has_course() const { return cog_ddeg < 3600 && sog_dkn < 1022; }
};

// The broad kinds of ship that rules tell apart (ITU-R M.1371 table 53, or the words of a register).
enum class ShipKind : std::uint8_t {
  unknown,
  fishing,
  tug,
  pilot,
  service,
  passenger,
  cargo,
  tanker,
  buoy,
  other
};
ShipKind kind_of_ais_type(std::uint8_t ship_type);
ShipKind kind_of_register_type(std::string_view words);
std::string_view to_string(ShipKind kind);

struct Identity {
  std::uint32_t imo = 0;
  std::string name, callsign;
  std::uint8_t ship_type = 0;
  std::uint16_t length_m = 0, beam_m = 0, draught_dm = 0;
  std::uint64_t where = 0;
  std::uint64_t said = 0;             // of the last static report's content: most repeat the one before
  base::TimeMs time = base::kNoTime;  // of that report

  template <class Archive>
  void archive(Archive& a) {
    a(imo, name, callsign, ship_type, length_m, beam_m, draught_dm, where, said, time);
  }
};

// Time spent slow and near one place; what loitering, port calls and rendezvous are made of.
struct SlowRun {
  base::TimeMs begin = base::kNoTime, end = base::kNoTime;
  base::LatLon origin;
  std::uint64_t first = 0, last = 0;                 // where
  double north_m = 0, east_m = 0;                    // sums of offsets from origin, one for each step
  double path_m = 0, spread_m = 0;                   // way made; largest distance from origin
  std::uint32_t steps = 0, reports = 0, moored = 0;  // moored: steps with status 1 (anchor) or 5 (moored)
  std::uint32_t halt = UINT32_MAX;                   // its place among the recent halts, once long enough
  std::uint64_t halt_number = 0;                     // and the number that the halt there must have
  bool open() const { return begin != base::kNoTime; }
  base::LatLon middle() const;
};

// A run of reports in which the ship's own speed and course do not explain where it went.
struct DriftRun {
  base::TimeMs begin = base::kNoTime, end = base::kNoTime;
  base::LatLon origin;
  std::uint64_t first = 0, last = 0;
  double north_m = 0, east_m = 0;  // unexplained displacement
  std::uint32_t steps = 0;
};

// A run of reports with exactly the same course and no deviation from the line.
struct LineRun {
  base::TimeMs begin = base::kNoTime, end = base::kNoTime;
  base::LatLon origin;
  std::uint64_t first = 0, last = 0;
  std::uint16_t cog_ddeg = model::kCogNone;
  std::uint32_t reports = 0;
  base::LatLon reached;  // by the last report
};

// What every report touches comes first and fits two lines of the processor's cache.
struct alignas(64) Track {
  Report last;  // of this hull
  Report step;  // the last report at least five minutes after the step before: jitter is averaged out
  std::uint32_t reports = 0;
  float cruise_kn = 0;         // smoothed speed under way since the last silence; 0 = not known
  std::uint32_t overlaps = 0;  // times the vessel went on with another track and came back to this one
  std::uint32_t inland = 0;    // reports on land, counted on tracks that began with a leap
  bool from_leap = false;      // began where the vessel could not have got to
  LineRun line;
  DriftRun drift;
  SlowRun slow;
  Report first;
  double north_m = 0, east_m = 0;  // sums of offsets from first.at: the middle of a short track
  double spread_m = 0;
};

struct Vessel {
  std::uint32_t mmsi = 0;
  base::MmsiKind mmsi_kind = base::MmsiKind::invalid;
  bool class_b = false, shared = false;
  std::uint8_t current = 0;                                         // index of the track of the last report
  base::TimeMs first_heard = base::kNoTime, heard = base::kNoTime;  // any message that proves it transmits
  base::TimeMs silent_since =
      base::kNoTime;                  // set when it is heard again after a silence, until the gap is noted
  std::uint16_t draught_then_dm = 0;  // as broadcast before that silence
  std::uint64_t first_where = 0, heard_where = 0;
  std::vector<Track> tracks;           // at most kMaxTracks
  std::unique_ptr<Identity> identity;  // null until the first static report
  float rx_seen = 0, rx_expected = 0;  // reception, fading: bins heard and expected (reception.hpp)
  const Track* track() const { return tracks.empty() ? nullptr : &tracks[current]; }
  std::uint32_t imo() const { return identity ? identity->imo : 0; }
  std::string_view name() const { return identity ? std::string_view(identity->name) : std::string_view{}; }

  template <class Archive>
  void archive(Archive& a) {
    a(mmsi, mmsi_kind, class_b, shared, current, first_heard, heard, silent_since, draught_then_dm,
      first_where, heard_where, tracks, identity, rx_seen, rx_expected);
  }
};
inline constexpr std::size_t kMaxTracks = 6;

class Fleet {
 public:
  explicit Fleet(std::size_t max_vessels) : max_(max_vessels) { slots_.resize(1024); }
  // kNoVessel when the fleet is full: a flood of forged numbers must not exhaust memory.
  VesselId find_or_add(std::uint32_t mmsi);
  VesselId find(std::uint32_t mmsi) const { return slots_[slot_of(mmsi)].id; }
  Vessel& operator[](VesselId id) { return blocks_[id / kBlock][id % kBlock]; }
  const Vessel& operator[](VesselId id) const { return blocks_[id / kBlock][id % kBlock]; }
  std::size_t size() const { return size_; }
  // Asks the memory for what find() will read; a fleet does not fit the processor's cache.
  void prefetch(std::uint32_t mmsi) const { __builtin_prefetch(&slots_[mix(mmsi) & (slots_.size() - 1)]); }

  template <class Archive>
  void archive(Archive& a) {
    a(size_, slots_);
    while (blocks_.size() * kBlock < size_) blocks_.push_back(std::make_unique<Vessel[]>(kBlock));
    for (VesselId id = 0; id < size_; ++id) a((*this)[id]);
  }

 private:
  struct Slot {
    std::uint32_t mmsi = 0;
    VesselId id = kNoVessel;
  };
  static constexpr std::size_t kBlock = 1024;
  // 32-bit finaliser (public domain, murmur3): MMSIs of one fleet are neighbours, their slots must not be.
  static std::uint32_t mix(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x85ebca6bU;
    x ^= x >> 13;
    x *= 0xc2b2ae35U;
    return x ^ x >> 16;
  }
  std::size_t slot_of(std::uint32_t mmsi) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = mix(mmsi) & mask;
    while (slots_[slot].id != kNoVessel && slots_[slot].mmsi != mmsi) slot = (slot + 1) & mask;
    return slot;
  }
  void grow();
  std::size_t max_, size_ = 0;
  std::vector<std::unique_ptr<Vessel[]>> blocks_;
  std::vector<Slot> slots_;  // open addressing, at most half full
};

inline double hours(base::TimeMs duration) {
  return static_cast<double>(duration) / static_cast<double>(base::kHour);
}

}  // namespace cordon::detect
