// Detection from a straight leg: the chance as a function of how far abeam the target is passed.
//
// Koopman's lateral range curve (Search and Screening, 1946). The integral over all ranges is the sweep width
// W; a leg of length L sweeps W L, no more at its ends. Per law:
//   definite      certain within W / 2 on either side
//   inverse_cube  1 - exp(-W^2 / (4 pi x^2)); even tracks a spacing S apart give erf(sqrt(pi) / 2 W / S)
//   random        1 - exp(-(W / S) (1 - |x| / S)) within S: what a leg sweeps is smeared over the gap to the
//                 next, by target motion and by navigation, so even tracks give 1 - exp(-W / S)
#pragma once
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/time.hpp"
#include "cordon/patrol/closed_forms.hpp"

namespace cordon::patrol {

struct Leg {
  base::LatLon from, to;
  base::TimeMs start = 0, end = 0;
  double sweep_nm = 0, spacing_nm = 0;
};

double lateral_chance(Detection law, double sweep_nm, double spacing_nm, double offset_nm);
// Nothing is detected farther off. The inverse cube law is cut there, which costs it 3 % of its sweep width.
double lateral_reach_nm(Detection law, double sweep_nm, double spacing_nm);

// A leg on a flat chart around its middle: right to a metre or two for legs of a hundred miles.
class LegChart {
 public:
  LegChart(const Leg& leg, Detection law);
  // The chance that this leg detects a target there; 0 where it is not abeam.
  double chance(const base::LatLon& at) const;
  // Degrees of latitude and longitude around the leg within which the chance may be above 0.
  double south() const { return south_; }
  double north() const { return north_; }

 private:
  Detection law_;
  double sweep_, spacing_, reach_;
  double lat_, lon_;  // of the middle
  double along_north_ = 0, along_east_ = 0, half_length_ = 0;
  double south_ = 0, north_ = 0;
};

}  // namespace cordon::patrol
