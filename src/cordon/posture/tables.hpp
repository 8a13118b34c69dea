// A scenario worked out into the numbers that a simulated year reads: no names, no strings, nothing to
// allocate. Inside the room only.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cordon/posture/scenario.hpp"

namespace cordon::posture {

// How many transfers a week brings: Poisson, by inversion, so that a higher rate never gives fewer from the
// same number.
class Counts {
 public:
  explicit Counts(double mean);
  double mean() const { return mean_; }
  unsigned most() const { return static_cast<unsigned>(below_.size() - 1); }
  unsigned operator()(double u) const {
    unsigned n = guide_[static_cast<std::size_t>(u * kGuide)];
    while (n < most() && below_[n] < u) ++n;
    return n;
  }

 private:
  static constexpr std::size_t kGuide = 256;
  double mean_;
  std::vector<double> below_;  // chance of at most n
  std::array<std::uint16_t, kGuide + 1> guide_;
};

// Four lanes of floats; compilers that know vector extensions (GCC, Clang) keep them in one register.
typedef float Four __attribute__((vector_size(16)));
typedef std::int32_t FourInt __attribute__((vector_size(16)));
struct alignas(16) Lanes {
  Four half[2];
  float operator[](std::size_t i) const { return half[i / 4][i % 4]; }
};
static_assert(sizeof(Lanes) == kMostCountries * sizeof(float));

struct Tables {
  std::size_t ways = 0, ships = 0, countries = 0;
  // Hazard of a delivery by way o in week w from the patrols of each country: the expected number of
  // detections by one that has no list.
  std::array<std::array<Lanes, kMostWays>, kWeeks> hazard{};
  // No delivery of the week has a higher hazard than some `most`, whatever its way, ship and the weather.
  // Whose random word u lies below this needs more effort (-ln u > most): it is not detected, and nothing
  // more need be known of it. The few just above are looked at.
  std::array<std::uint32_t, kWeeks> beyond{};
  // Chance of each way in week w before anything was learnt (foresight and capacity included), and summed.
  alignas(16) std::array<std::array<float, kMostWays>, kWeeks> chance{}, below{};
  std::array<std::array<float, kMostWays>, kWeeks> habit{};  // weights before capacity
  std::array<float, kMostWays> capacity{};
  std::array<std::array<float, kMostWays>, kMostWays> react{};  // factor on way b after detection at way a
  float forget = 0;                            // part of a disturbance kept from week to week
  std::array<Lanes, kMostShips> known_from{};  // week from which a country looks for the ship
  float cue_more = 0;                          // how much more readily: cue - 1
  float load_least = 0, load_range = 0;
  float availability = 1, noticed = 0, recognised_listed = 0, recognised_unlisted = 0, reported = 0;
  float layup_weeks = 0;
  std::array<std::array<float, kMostCountries>, kMostCountries> tells{}, delay{};
  std::array<std::uint16_t, kMostCountries> lane{};  // which availability numbers a country reads
  Counts counts{0};
  double lawful_week = 0, cap = 0;  // barrels reported a week; barrels a year
  double cost = 0;                  // of the plan, a year
  bool adapts = true;
};

// Smugglers' habit and patrols as planned. adapts = false: the static mode. Smugglers keep to their habit,
// nobody learns, no ship lies up; what is to be expected then has a formula (expect()).
// countries: ids of all countries of all postures compared, so that the same country has the same weather in
// each of them; every country of the scenario must be among them.
Tables compile(const Scenario& scenario, std::span<const std::string> countries, bool adapts = true);

// The chance that a delivery by way o in week w is detected, if the ship is on no list: over the weather.
double detection_chance(const Tables& tables, std::size_t week, std::size_t way);

// Chances in proportion to weights, none above its capacity: what is over goes to the others in proportion.
// sum of capacity >= 1.
void share_out(std::span<const float> weights, std::span<const float> capacity, std::span<float> chances);

// The static mode's closed form, a year.
struct Expected {
  double deliveries = 0, detections = 0, undetected_barrels = 0;
  std::array<double, kWeeks> coverage{};  // chance that a delivery of that week is detected
};
Expected expect(const Tables& tables);

}  // namespace cordon::posture
