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
#include <unordered_map>

#include "cordon/detect/context.hpp"

namespace cordon::detect {

struct Silence {
  double nats = 0;      // weight of evidence that the silence is the ship's choice
  double expected = 0;  // bins in which it should have been heard
  int bins = 0;
  double around = 1;  // share of expected reports of other vessels that were heard around it meanwhile
  double others = 0;  // how many reports of others were expected around it meanwhile
};

class Reception {
 public:
  explicit Reception(const Parameters& parameters);
  // The vessel was heard at `from` and again at `to`, and not between.
  void interval(Vessel& vessel, const Report& from, const Report& to, bool a_gap);
  // The silence between two reports, with what is known by now.
  Silence silence(const Vessel& vessel, const Report& from, const Report& to) const;
  // Short-term memory of bins before this time is released.
  void forget_before(base::TimeMs time);
  std::size_t cells() const { return lasting_.size(); }

 private:
  struct Count {
    std::array<float, 2> present{}, heard{};  // by class A, B
  };
  using CellKey = std::uint32_t;
  CellKey cell_at(double lat, double lon) const;
  static int band_of(double shore_m);
  double q(CellKey cell, int cls, const std::unordered_map<CellKey, float>* without) const;
  int band(CellKey cell) const;
  CellKey shifted(CellKey cell, int rows, int columns) const;
  std::int64_t bin_of(base::TimeMs time) const { return time / bin_ms_; }

  base::TimeMs bin_ms_;
  double cell_deg_;
  int columns_;
  std::unordered_map<CellKey, Count> lasting_;
  std::unordered_map<std::int64_t, std::unordered_map<CellKey, Count>> recent_;  // by bin
  // Far from shore only satellites hear: by bin and sector of 30 degrees, what was expected and what was
  // heard.
  struct Share {
    double expected = 0, heard = 0;
  };
  std::unordered_map<std::int64_t, std::array<Share, 12>> offshore_;
  static std::size_t sector_of(double lon);
  double satellites(std::int64_t bin, double lon) const;
  static constexpr int kBands = 7;
  std::array<Count, kBands> bands_{};
  mutable std::unordered_map<CellKey, std::uint8_t> band_of_cell_;
};

}  // namespace cordon::detect
