// A posture as data: who patrols where and when, who tells whom what, and what the smugglers are taken to do.
// Read from TOML (docs/posture.md); data/posture/ holds the built-in ones. Every number says where it comes
// from, its unit, and how low and how high it may be.
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::posture {

inline constexpr std::size_t kWeeks = 52;  // of seven days; the last day or two of a year are left out
inline constexpr std::size_t kMostWays = 16, kMostCountries = 8, kMostShips = 64;
inline constexpr std::size_t kMostPlaces = 16, kMostAssets = 64;

using Weeks = std::bitset<kWeeks>;  // bit 0 is week 1

struct Parameter {
  double value = 0, low = 0, high = 0;
  std::string unit, basis;  // basis: the source, or why the number was assumed
  bool assumed = true;
};

enum class Method : std::uint8_t { ship_to_ship, direct, barge };
inline constexpr std::size_t kMethods = 3;
std::string_view to_string(Method method);  // "ship_to_ship", "direct", "barge"

struct Place {
  std::string id, name;
  double lat = 0, lon = 0;  // of its middle, degrees; for the page only
  Parameter area_km2;
  Parameter access;  // part of the patrols' effort here that the law of the sea and their orders leave of use
};

// A place and a method that go together: what a smuggler chooses between.
struct Way {
  std::string id;
  std::size_t place = 0;
  Method method = Method::ship_to_ship;
  Parameter share;     // of the deliveries that use it where no patrol disturbs; scaled to sum to 1
  Parameter capacity;  // the most of all deliveries that can use it
};

struct Habit {            // of one method
  Parameter exposure_h;   // how long a delivery can be seen at it
  Parameter conspicuous;  // chance that a patrol whose sensors sweep over it sees it for what it is
};

struct Country {
  std::string id, name;
  Parameter listed;        // part of the fleet on its list, where the ships are not named
  std::vector<int> ships;  // on its list, counted from 1; empty: by `listed`
};

struct Asset {
  std::string id, name, kind;  // kind: aircraft, ship, satellite, other: for the page
  std::size_t country = 0;
  Weeks weeks;
  Parameter days_a_week, swept_km2_a_day, cost_a_day;
  std::vector<double> where;  // by place, sums to 1
};

struct Sharing {
  std::size_t from = 0, to = 0;
  Parameter detections;   // chance that a detection is passed on
  Parameter delay_weeks;  // until it is
  bool lists = false;     // the list of ships too
};

struct Pause {
  std::string id, basis;
  bool assumed = true;
  std::vector<std::size_t> countries;  // empty: all
  Weeks weeks;
};

struct Smugglers {
  Parameter fleet, deliveries, full_load, load_part, load_spread;
  Parameter precision, noticed, wariness, spill, memory_weeks, layup_weeks;
};

struct Patrols {
  Parameter effectiveness, availability, cue, recognised_listed, recognised_unlisted, reported;
};

struct Lawful {
  Parameter cap, reported_barrels, deliveries, barrels_each, check_h, displacement, cover;
};

struct Scenario {
  std::string id, name, summary, extends, file;
  std::vector<std::string> caveats;
  double overlap =
      1;  // of the lists: 1 = the shorter lies within the longer, 0 = apart as far as ships allow
  Smugglers smugglers;
  Patrols patrols;
  Lawful lawful;
  std::array<Habit, kMethods> habits;
  std::vector<Place> places;
  std::vector<Way> ways;
  std::vector<Country> countries;
  std::vector<Asset> assets;
  std::vector<Sharing> sharing;
  std::vector<Pause> pauses;

  // Days on station that the plan has for an asset in a week (0-based), pauses taken off.
  double days(const Asset& asset, std::size_t week) const;
  bool paused(std::size_t country, std::size_t week) const;
};

// Every parameter under its path ("smugglers.deliveries", "asset.ca_cp140.days_a_week"), in one order. The
// same path means the same thing in every posture.
void for_each_parameter(Scenario& scenario, const std::function<void(const std::string&, Parameter&)>& visit);
void for_each_parameter(const Scenario& scenario,
                        const std::function<void(const std::string&, const Parameter&)>& visit);

// name: how the text is called in errors. folder: where `extends = "other.toml"` is looked for; empty: only
// built-in postures may be extended (what a server does with text it is sent).
base::Result<Scenario> read_scenario(std::string_view toml, std::string_view name,
                                     const std::filesystem::path& folder = {});
base::Result<Scenario> load_scenario(const std::filesystem::path& file);

// The postures of data/posture/, in the order in which a reader should meet them.
std::vector<std::string> built_in_names();
base::Result<Scenario> built_in(std::string_view name);

}  // namespace cordon::posture
