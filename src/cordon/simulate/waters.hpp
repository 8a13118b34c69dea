// The sea of the theatre (lat 18..46, lon 112..146) on cells of a tenth of a degree: where ships can go, how
// they get from port to port, and who hears them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/simulate/motion.hpp"
#include "cordon/simulate/random.hpp"

namespace cordon::simulate {

struct Hub {
  std::string country, name;  // lower ISO 3166 alpha-2; "Busan"
  Spot port;                  // the berths
  Spot gate;                  // open water where lanes begin
  unsigned weight = 0;        // 0: only injected events call here
};

class Waters {
 public:
  static const Waters& theatre();  // made on first use; safe from any thread
  ~Waters();

  const std::vector<Hub>& hubs() const { return hubs_; }
  std::size_t hub(std::string_view name) const;  // must exist
  static constexpr std::size_t kAny = SIZE_MAX;
  // By weight.
  std::size_t random_hub(Random& random, std::size_t other_than = kAny) const;
  std::size_t random_hub_of(Random& random, std::string_view country) const;
  bool dprk(std::size_t hub) const { return hubs_[hub].country == "kp"; }

  bool navigable(const Spot& at) const;   // at least 2.5 km off the coast, reachable from the open sea
  double shore_km(const Spot& at) const;  // of the cell's middle, at most 250
  bool clear(const Spot& a, const Spot& b) const;  // the straight way is navigable and off every islet
  // From a navigable spot to a hub's berths around land: the gate, then the port, are the last two points.
  // Empty where there is no way.
  std::vector<Spot> route(const Spot& from, std::size_t to_hub) const;
  std::vector<Spot> route(std::size_t from_hub, std::size_t to_hub) const;
  // A navigable spot of the inner seas (not the open Pacific), this far off shore and far from every hub.
  Spot random_sea(Random& random, double min_shore_km, double max_shore_km, double min_hub_km) const;
  double hub_distance_km(const Spot& at) const;

  // The chance that one report is heard by a coast station; station numbers are stable.
  double coast_reception(const Spot& at, bool class_b) const;
  unsigned station(const Spot& at) const;

 private:
  Waters();
  struct Field;  // for one hub: from each cell, the neighbour on the way
  const Field& field(std::size_t hub) const;
  std::vector<Spot> straightened(const std::vector<Spot>& way) const;
  static int cell_of(const Spot& at);
  static Spot middle(int cell);

  std::vector<Hub> hubs_;
  std::vector<std::uint8_t> navigable_, open_ways_, shore_km_, reception_a_, reception_b_, station_;
  std::vector<int> inner_;
  unsigned total_weight_ = 0;
  mutable std::vector<std::unique_ptr<Field>> fields_;
};

}  // namespace cordon::simulate
