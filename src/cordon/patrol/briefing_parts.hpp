// Drawings of the briefing. Inside the room only.
#pragma once
#include <string>
#include <string_view>

#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

inline constexpr std::size_t kHues = 6;  // styles k0 to k5, f0 to f5 of briefing.css
// Names of assets and areas are foreign text: made visible, then escaped.
std::string shown(std::string_view text);
// "A1": the letter of the asset, the number of the sortie.
std::string sign_of(const Plan& plan, const Sortie& sortie);

std::string chart_svg(const Plan& plan);
std::string curve_svg(const Plan& plan);

}  // namespace cordon::patrol
