// How an event's score comes about: a prior and weights in log-odds, each with a sentence that says why.
// score = 1 / (1 + exp(-sum)). A weight of 1 multiplies the odds by 2.7, 2 by 7.4, 3 by 20.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/detect/fleet.hpp"
#include "cordon/model/event.hpp"

namespace cordon::detect {

class Draft {
 public:
  Draft(model::EventType type, std::string_view rule, double prior);
  Draft& at(base::TimeMs start, base::TimeMs end, const base::LatLon& place);
  Draft& vessel(const Vessel& vessel);
  Draft& number(std::string_view name, double value, int decimals);
  Draft& text(std::string_view name, std::string_view value);
  // A reason that moves the score, and one that only tells.
  Draft& weigh(double log_odds, std::string reason);
  Draft& tell(std::string reason);
  Draft& support(std::uint64_t where);
  double score() const;
  double log_odds() const { return log_odds_; }
  model::Event finish() &&;

 private:
  model::Event event_;
  double log_odds_;
};

// "SUN RISE (MMSI 445123000, IMO 8899001)": as far as known.
std::string describe(const Vessel& vessel);

}  // namespace cordon::detect
