// A comparison as JSON for programs, as CSV, and as a table for people.
#pragma once
#include <string>

#include "cordon/posture/compare.hpp"

namespace cordon::posture {

// posture.json, version "cordon-posture-comparison/1": everything, with every assumption and its source.
std::string to_json(const Comparison& comparison);
// One line a posture and measure.
std::string to_ndjson(const Comparison& comparison);
std::string to_csv(const Comparison& comparison);
std::string to_table(const Comparison& comparison);
// What a posture is taken to be, for people: `cordon posture show`.
std::string to_text(const Scenario& scenario);
// The same for programs: every parameter with value, range, unit and basis.
std::string to_json(const Scenario& scenario);

}  // namespace cordon::posture
