// The local reception model: how likely was a ship like this one to be heard, here and then, had it
// transmitted? Learned from every vessel in the feed, in bins of half an hour and cells of half a degree:
// a vessel is "present" in each bin between two of its reports, "heard" in those that hold a report.
//
//   q   share of bins heard: by distance from shore (the widest view), pulled to what the cell and its
//       neighbours show for the same transceiver class
//   own how this vessel compares with q elsewhere (height and quality of its antenna)
//   f   how the vessels around fared in this very bin, and, where none are around, all those far from shore:
//       an outage of receivers or satellites, or jamming, silences all of them
//
// Silence of a vessel that transmits has probability (1 - q own f) in each bin; the sum of the negative
// logarithms over a gap is its weight in nats. Natural gaps carry few, switched-off transponders many.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "cordon/detect/context.hpp"

namespace cordon::detect {

struct Silence {
  double nats = 0;      // weight of evidence that the silence is the ship's choice
  double expected = 0;  // bins in which it should have been heard
  int bins = 0;
  double around = 1;  // share of expected reports of other vessels that were heard around it meanwhile
  double others = 0;  // how many reports of others were expected around it meanwhile
  double at_first = 0, at_last = 0;  // chance to be heard in the first and in the last of these bins
};

// Vessels in bins of time and cells: those that were there, and those of them that were heard.
struct Presence {
  std::array<float, 2> present{}, heard{};  // by class A, B
};

// A table of cells by number, sparse, growing; open addressing.
class PresenceTable {
 public:
  Presence& at(std::uint32_t cell);
  const Presence* find(std::uint32_t cell) const;
  template <class Archive>
  void archive(Archive& a) {
    a(slots_, used_);
  }

 private:
  struct Slot {
    std::uint32_t cell = UINT32_MAX;
    Presence presence;
  };
  std::size_t slot_of(std::uint32_t cell) const;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

class Reception {
 public:
  explicit Reception(const Parameters& parameters);
  // The vessel was heard at `from` and again at `to`, and not between.
  void interval(Vessel& vessel, const Report& from, const Report& to, bool a_gap) {
    // Most reports come within a bin in which the vessel was heard already.
    if (from.time >= bin_begin_ && to.time < bin_begin_ + bin_ms_) return;
    bin_begin_ = bin_of(to.time) * bin_ms_;
    if (from.time < bin_begin_) bins(vessel, from, to, a_gap);
  }
  // The silence between two reports, with what is known by now.
  Silence silence(const Vessel& vessel, const Report& from, const Report& to) const;
  // Short-term memory of bins before this time is released.
  void forget_before(base::TimeMs time);

  template <class Archive>
  void archive(Archive& a) {
    a(numbers_, cells_, recent_, offshore_, bands_);
  }

 private:
  // Cells that were met get a dense number; cell numbers are rows of the table.
  struct Cell {
    std::uint32_t key = 0;  // row and column of the grid
    std::uint8_t band = 0;  // distance from shore
    Presence lasting;
    // Numbers of the cells around, row by row from the south-west; kUnknown: not met when last asked.
    std::array<std::uint32_t, 9> around;
  };
  static constexpr std::uint32_t kUnknown = UINT32_MAX;
  using CellNumber = std::uint32_t;

  void bins(Vessel& vessel, const Report& from, const Report& to, bool a_gap);
  CellNumber cell_at(double lat, double lon) const;
  std::uint32_t key_at(double lat, double lon) const;
  std::uint32_t shifted(std::uint32_t key, int rows, int columns) const;
  CellNumber around(CellNumber cell, std::size_t index) const;
  static int band_of(double shore_m);
  double q(CellNumber cell, int cls, const std::unordered_map<CellNumber, float>* without) const;
  double longitude(CellNumber cell) const;
  std::int64_t bin_of(base::TimeMs time) const { return time / bin_ms_; }

  base::TimeMs bin_ms_, bin_begin_ = 0;
  double cell_deg_;
  int columns_, rows_;
  mutable std::vector<CellNumber> numbers_;  // by key: the whole world, 1 MB for half a degree
  mutable std::vector<Cell> cells_;
  std::map<std::int64_t, PresenceTable> recent_;  // by bin
  // Far from shore only satellites hear: by bin and sector of 30 degrees, what was expected and what was
  // heard.
  struct Share {
    double expected = 0, heard = 0;
  };
  std::map<std::int64_t, std::array<Share, 12>> offshore_;
  static std::size_t sector_of(double lon);
  double satellites(std::int64_t bin, double lon) const;
  static constexpr int kBands = 7;
  std::array<Presence, kBands> bands_{};
};

}  // namespace cordon::detect
