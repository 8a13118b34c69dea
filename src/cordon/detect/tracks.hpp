// Which hull does a report belong to? One MMSI may be used by several ships, and one ship's reports may leap.
// Rule (after the published segmenter of Global Fishing Watch): a report continues a track when it lies
// within what a discrepancy of 25 kn over the time between, plus a slack, allows from dead reckoning; among
// the tracks that allow it the least surprising one is taken; when none does, a new track begins.
#pragma once
#include <functional>

#include "cordon/detect/context.hpp"

namespace cordon::detect {

struct Assigned {
  std::uint8_t track = 0;
  bool fresh = false;         // a new track began
  bool switched = false;      // another track than the report before
  Report before;              // the track's last report before this one; time kNoTime where fresh
  std::uint8_t previous = 0;  // the vessel's track of the report before
};

// Updates the vessel's tracks by one report in order of time. Does not touch the runs of the track.
Assigned assign(const Parameters& parameters, Vessel& vessel, const Report& report);

// Great-circle dead reckoning of a report to a time; the place itself where speed or course are not given.
base::LatLon dead_reckon(const Report& report, base::TimeMs time);

}  // namespace cordon::detect
