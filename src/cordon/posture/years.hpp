// Simulated years. A year is a row of transfers, week by week. Each has a ship, a load, a way (place and
// method), and is detected by the law of random search while patrols are there. A detection names the ship if
// it can, most readily where a list has it; it is told to partners after a while; the smugglers, where they
// noticed, shun the place and the method for a time, and a reported ship lies up.
//
// Every random number is a function of (seed, year, week, transfer): all postures see the same weather, the
// same ships and the same luck, so that what differs between them is the posture.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cordon/posture/tables.hpp"

namespace cordon::posture {

enum Measure : std::size_t {
  kDeliveries,  // made; ships that lie up make none
  kBarrels,
  kDetections,
  kNamed,       // detections with the ship named rightly
  kReports,     // published or sent to the Committee
  kShips,       // different ships named
  kUndetected,  // barrels that no patrol detected
  kUnseen,      // 1 where the cap was exceeded and what is on record (reported and detected) does not show it
  kOver,        // 1 where the undetected barrels alone exceed the cap
  kPlanned,     // barrels of all transfers planned: its mean is known, which makes it a control variate
  kMeasures
};

struct ByWeek {
  std::array<std::uint64_t, kWeeks> made{}, seen{};  // deliveries and detections
};

struct Years {
  std::array<std::vector<float>, kMeasures> of;  // by measure, then year
  ByWeek weeks;                                  // over all years
  std::array<std::vector<float>, kWeeks>
      undetected_by;  // cumulative barrels at the end of the week, first years
};

struct Span {  // what is counted
  std::size_t first_week = 0, end_week = kWeeks;
  std::size_t fan = 0;  // for so many years the barrels by week are kept
  // Asked between blocks of years, if given, from any thread; once it says true the rest is left out.
  std::function<bool()> stop = {};
};

// Years [0, years) for each of the tables. The same bytes at any number of threads. at most 2^31 years.
std::vector<Years> simulate(std::span<const Tables* const> tables, std::uint64_t seed, std::size_t years,
                            std::size_t countries, const Span& span = {}, bool parallel = true);

}  // namespace cordon::posture
