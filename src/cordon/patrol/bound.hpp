// What no plan with these assets can exceed, and what effort without a plan would find.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "cordon/patrol/plan.hpp"
#include "cordon/patrol/sorties.hpp"

namespace cordon::patrol {

// The best division of hours over cells, were they divisible at will. A relaxation of every plan of sorties:
// an hour in a cell costs the share of the way there and back that the longest sortie must spend on it, so a
// sortie's hours, its transit included, never buy more coverage than here.
class Bounds {
 public:
  // mass: by cell, what the looks from orbit leave. miles: by asset, then cell, from the base.
  Bounds(const Grid& grid, const AssetFile& assets, Detection law, std::vector<double> mass,
         std::vector<std::vector<double>> miles, const std::optional<Motion>& motion, base::TimeMs from,
         base::TimeMs to);

  struct Answer {
    double found = 0, bound = 0;
    std::vector<double> coverage;  // by cell
  };
  // For these sorties only.
  Answer best(std::span<const Slot> slots) const;
  // The same area swept (sweep width times miles of search legs), spread evenly over all the sea that may be
  // searched.
  double random(double swept_nm2) const;

 private:
  // Coverage of a cell by an hour of the asset; hours: of its longest sortie.
  double rate(std::size_t asset, std::size_t cell, double hours) const;
  std::vector<double> longest(std::span<const Slot> slots) const;
  Answer moving(std::span<const Slot> slots) const;
  const Grid& grid_;
  const AssetFile& assets_;
  Detection law_;
  std::vector<double> mass_;
  std::vector<std::vector<double>> miles_;
  std::optional<Motion> motion_;
  std::optional<Kernel> kernel_;
  base::TimeMs from_, to_;
};

}  // namespace cordon::patrol
