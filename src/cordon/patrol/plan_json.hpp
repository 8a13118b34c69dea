// plan.json: all of a plan, so that it can be checked, updated and drawn without what it was made from.
#pragma once
#include <string>
#include <string_view>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

// One line of JSON and a line end. docs/patrol.md names the members.
std::string plan_json(const Plan& plan);
// The curves alone, with units.
std::string curves_json(const Plan& plan);
base::Result<Plan> read_plan(std::string_view json, std::string_view source);
std::string_view detection_name(
    Detection law);  // exponential, inverse-cube, definite: as the command line says

}  // namespace cordon::patrol
