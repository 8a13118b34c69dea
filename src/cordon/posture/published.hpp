// Published figures, and what the model says in their place: calibration and checks.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/posture/years.hpp"

namespace cordon::posture {

struct Figure {
  bool calibrates = false;  // else it is held against the model
  std::string posture, period, bound, source;
  std::size_t first_week = 0, end_week = kWeeks;
  Measure measure = kDeliveries;
  double value = 0;
};

struct Check {
  Figure figure;
  double mean = 0, low = 0, high = 0;  // of the model; low and high: between them nine years in ten
  double miss() const { return mean / figure.value - 1; }
};

std::string_view to_string(Measure measure);  // "undetected_barrels"

base::Result<std::vector<Figure>> published_figures();  // data/posture/published.toml
base::Result<std::vector<Check>> check_published(std::uint64_t seed, std::size_t years);

}  // namespace cordon::posture
