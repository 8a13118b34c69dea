#include "cordon/detect/evidence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cordon/base/json.hpp"

namespace cordon::detect {

Draft::Draft(model::EventType type, std::string_view rule, double prior) : log_odds_(prior) {
  event_.type = type;
  event_.rule = rule;
}

Draft& Draft::at(base::TimeMs start, base::TimeMs end, const base::LatLon& place) {
  event_.start = start;
  event_.end = std::max(start, end);
  event_.at = place;
  return *this;
}

Draft& Draft::vessel(const Vessel& vessel) {
  event_.mmsi.push_back(vessel.mmsi);
  event_.imo.push_back(vessel.imo());
  return *this;
}

Draft& Draft::number(std::string_view name, double value, int decimals) {
  std::string out;
  base::append_json_fixed(out, value, decimals);
  event_.evidence.push_back({std::string(name), std::move(out), true});
  return *this;
}

Draft& Draft::text(std::string_view name, std::string_view value) {
  event_.evidence.push_back({std::string(name), std::string(value), false});
  return *this;
}

Draft& Draft::weigh(double log_odds, std::string reason) {
  log_odds_ += log_odds;
  return tell(std::move(reason));
}

Draft& Draft::tell(std::string reason) {
  event_.reasons.push_back(std::move(reason));
  return *this;
}

Draft& Draft::support(std::uint64_t where) {
  const model::Where one{where};
  if (where != 0 && std::find(event_.support.begin(), event_.support.end(), one) == event_.support.end())
    event_.support.push_back(one);
  return *this;
}

double Draft::score() const {
  return 1.0 / (1.0 + std::exp(-log_odds_));
}

model::Event Draft::finish() && {
  // Four decimals: what is printed is what is compared.
  event_.score = std::round(score() * 1e4) / 1e4;
  return std::move(event_);
}

std::string describe(const Vessel& vessel) {
  std::string out = vessel.name().empty() ? "the vessel" : std::string(vessel.name());
  out += fmt::format(" (MMSI {:09}", vessel.mmsi);
  if (vessel.imo() != 0) out += fmt::format(", IMO {}", vessel.imo());
  return out + ")";
}

}  // namespace cordon::detect
