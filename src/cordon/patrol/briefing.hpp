// The plan on paper: one self-contained page without a script, for those who fly and sail it.
#pragma once
#include <string>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

base::Result<std::string> briefing_html(const Plan& plan);

// "34°05.2'N 125°11.9'E"
std::string degrees_minutes(const base::LatLon& at);

}  // namespace cordon::patrol
