// Which blocks each sortie searches, and its track.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

// A sortie before it has a track: who, when, and how long it may be away.
struct Slot {
  std::size_t asset = 0;
  unsigned number = 1;
  base::TimeMs start = 0;
  double hours = 0;  // endurance less reserve, or to the end of the period
};
// Sorties are spread evenly over the period, each asset's by itself; by start.
std::vector<Slot> make_slots(const AssetFile& assets, base::TimeMs from, base::TimeMs to);

class SortiePlanner {
 public:
  SortiePlanner(const Grid& grid, const Sea& sea, const AssetFile& assets, Detection law, std::uint64_t seed);
  ~SortiePlanner();

  // The sortie that finds most of `worth` (by cell, what a certain detection there adds): blocks by
  // orienteering, ladders within them, all legs clear of what is barred and the whole within the hours. gain:
  // what a candidate really adds; several are built and the best is kept. No points: nothing is in reach.
  using Gain = std::function<double(const Sortie&)>;
  Sortie plan(const Slot& slot, const std::vector<double>& worth, const Gain& gain);
  // Miles from the asset's base to the middle of each cell by open ways; infinite where there is none.
  const std::vector<double>& miles_from_base(std::size_t asset);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::patrol
