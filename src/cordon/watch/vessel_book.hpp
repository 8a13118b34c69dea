// Who was heard: per MMSI the identities it broadcast and a thinned track; then the vessels behind them. One
// pass, O(vessels) memory, whatever the feed's length.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "cordon/model/position.hpp"
#include "cordon/watch/dossier.hpp"

namespace cordon::watch {

// Everything heard under one MMSI.
struct Heard {
  std::uint32_t mmsi = 0;
  std::uint64_t positions = 0;
  base::TimeMs first = base::kNoTime, last = base::kNoTime;
  std::vector<BroadcastIdentity> identities;  // in order of hearing
  std::uint64_t dropped_identities = 0;       // beyond kMaxIdentities
  std::vector<TrackPoint> track;              // thinned, in time order after finish()
  base::TimeMs track_step = 0;                // the present spacing of the thinned track
};

// A vessel: an IMO number with every MMSI that broadcast it, or an MMSI that never broadcast one.
struct Vessel {
  std::uint32_t imo = 0;
  std::vector<std::uint32_t> heard;  // indices into VesselBook::heard()
};

class VesselBook {
 public:
  // A forger can change its name in every message: more identities than this are counted, not kept.
  static constexpr std::size_t kMaxIdentities = 64;
  // A track never holds more points: every second one is dropped and the spacing doubled.
  static constexpr std::size_t kMaxTrackPoints = 720;
  static constexpr base::TimeMs kTrackStep = 4 * base::kMinute;

  void push(const model::FeedBatch& batch);
  // Sorts the tracks and forms the vessels.
  void finish();

  const std::vector<Heard>& heard() const { return heard_; }
  const std::vector<Vessel>& vessels() const { return vessels_; }
  // Vessels that used this MMSI: more than one where an MMSI broadcast several IMO numbers.
  std::span<const std::uint32_t> vessels_of(std::uint32_t mmsi) const;

 private:
  Heard& of(std::uint32_t mmsi);
  void add_position(Heard& heard, base::TimeMs time, const base::LatLon& at);
  void add_static(Heard& heard, const model::VesselStatic& said);

  std::vector<Heard> heard_;
  std::unordered_map<std::uint32_t, std::uint32_t> index_;
  std::vector<Vessel> vessels_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> vessels_of_;
  std::uint32_t last_mmsi_ = 0, last_index_ = 0;
};

}  // namespace cordon::watch
