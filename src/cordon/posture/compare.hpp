// Postures side by side: what each detects and misses in simulated years, how they differ in the same years,
// how that depends on what was assumed, and what no smuggler and no plan can change.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/posture/game.hpp"
#include "cordon/posture/published.hpp"
#include "cordon/posture/scenario.hpp"
#include "cordon/posture/years.hpp"

namespace cordon::posture {

struct Options {
  std::size_t runs = 20000;  // simulated years of each posture, 100..10,000,000
  std::uint64_t seed = 1;
  std::string baseline;               // id of the posture the others are compared with; empty: the first
  bool tornado = true;                // vary the assumptions one at a time
  bool checks = true;                 // hold the model against published figures
  std::size_t assumption_sets = 256;  // all assumptions drawn at once; 0: not
  std::function<bool()> stop = {};    // asked now and then, from any thread; true: compare() fails
};

// The measures that are told: kDeliveries to kOver.
inline constexpr std::size_t kTold = kPlanned;

struct Estimate {
  double mean = 0, low = 0, high = 0;        // of the mean, 95 %: what chance in the simulation leaves open
  double year_low = 0, year_high = 0;        // nine simulated years in ten lie between
  double assumed_low = 0, assumed_high = 0;  // nine means in ten, all assumptions drawn in their ranges
};

struct Difference {                            // of a posture from another, in the same years
  double mean = 0, low = 0, high = 0;          // 95 %
  double unpaired_low = 0, unpaired_high = 0;  // what the interval would be in different years
  double assumed_low = 0, assumed_high = 0;    // nine in ten
  double same_sign = 1;  // part of the drawn assumptions that give the difference this sign
};

struct Fan {  // cumulative undetected barrels at the end of each week
  std::array<double, kWeeks> low{}, middle{}, high{};  // 5, 50, 95 %
};

struct Outcome {
  Scenario scenario;
  std::array<Estimate, kTold> of;
  double cost = 0;              // CAD a year, of the plan
  Estimate cost_per_detection;  // 0 where the plan costs nothing, infinite where nothing is detected
  std::array<double, kWeeks> coverage{};  // chance by formula that a delivery by habit is detected
  std::array<double, kWeeks> seen{};      // part detected in the simulation, smugglers adapting
  double habit = 0;                       // mean detection chance of smugglers who do not adapt, by formula
  double simulated = 0;                   // that of those who adapt
  Bounds bounds;
  Fan fan;
  std::array<Difference, kTold> from_baseline;
  std::string against;                        // id of the posture it changes, where that is compared too
  std::array<Difference, kTold> from_parent;  // from that one
};

struct Swing {  // one assumption at its low and its high, the others unchanged
  std::string path, label, unit;
  double low = 0, high = 0;  // of the first parameter of a group
  bool assumed = true;
  // By posture: change of the mean against the unchanged postures.
  std::vector<std::array<double, 2>> detections, undetected;
};

struct Comparison {
  Options options;
  std::string baseline;
  std::vector<Outcome> outcomes;
  std::vector<Swing> swings;  // the widest first
  std::vector<Check> checks;
  double cap = 0;
  std::size_t simulated_years = 0;  // in all
};

// progress: called now and then with the number of simulated years since the last call, from any thread.
base::Result<Comparison> compare(std::vector<Scenario> scenarios, const Options& options,
                                 const std::function<void(std::uint64_t)>& progress = {});

}  // namespace cordon::posture
