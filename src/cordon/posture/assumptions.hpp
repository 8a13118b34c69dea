// What the results owe to the assumptions: each at its low and high in turn (tornado), and all drawn at once.
// Assumptions that share a reason move together: the area that an aircraft sweeps is as uncertain for all of
// them, and so on (docs/posture.md). Inside the room only.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cordon/posture/compare.hpp"

namespace cordon::posture {

// "asset.ca_aircraft.swept_km2_a_day" -> "asset.*.swept_km2_a_day"; most paths are their own group.
std::string group_of(std::string_view path);
std::string label_of(std::string_view group, const std::vector<Scenario>& scenarios);

using Ranges = std::vector<std::vector<std::array<double, kTold>>>;  // means by posture, set, measure

Ranges draw_assumptions(const std::vector<Scenario>& scenarios, std::span<const std::string> countries,
                        std::uint64_t seed, std::size_t sets, std::size_t years,
                        const std::function<bool()>& stop = {});

// base: the unchanged postures' years, of which the first `years` are compared with.
std::vector<Swing> swing_assumptions(const std::vector<Scenario>& scenarios,
                                     std::span<const std::string> countries, std::uint64_t seed,
                                     std::size_t years, std::span<const Years> base,
                                     const std::function<bool()>& stop = {});

}  // namespace cordon::posture
