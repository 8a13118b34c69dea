// The map a search begins with: the chance that the next meeting is in a cell, times what it is worth.
//
// Four things make it, each with its share told: kernels around what was seen, fading with age; the places a
// silent ship could have reached, by the time it could have stayed there; curated sites; and a floor spread
// over all the sea of the area, because nobody has seen everything.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/patrol/grid.hpp"
#include "cordon/patrol/sightings.hpp"

namespace cordon::patrol {

struct PriorSettings {
  struct Kind {
    std::string type;
    double weight = 0, reach_nm = 0;
    std::string why;
  };
  double half_life_days = 0, floor_share = 0, gap_speed_kn = 0, listed_value = 0, score_value = 0;
  std::vector<Kind> kinds;
};
// data/patrol/prior.toml, or text of that form.
base::Result<PriorSettings> read_prior_settings(std::string_view toml, std::string_view source);
base::Result<PriorSettings> default_prior_settings();

struct PriorPart {
  std::string name;  // an event type, "curated sites", "floor", "earlier map"
  std::size_t count = 0;
  double share = 0;  // of the map
};

struct Prior {
  std::vector<double> mass;      // by cell; sums to 1 over the sea of the area
  std::vector<PriorPart> parts;  // the largest first
  double evidence =
      0;  // the weight of all of it, 1 where there is only the floor: what new evidence is set against
  double out_of_bounds = 0;  // mass in cells that may not be searched
  std::size_t outside = 0;   // sightings and sites that lie outside the area with all their kernel
};

struct PriorInput {
  std::vector<Sighting> sightings;
  Ranks ranks;
  std::vector<Site> sites;
  PriorSettings settings;
  base::TimeMs now = 0;  // age is counted from here
};

// The grid must be marked. Fails where no sea is left, or nothing gives any weight.
base::Result<Prior> make_prior(const Grid& grid, const PriorInput& input);

// Adds evidence to a map that stands already: its shares shrink as the weight of the new is to that of all.
base::Result<Prior> add_evidence(const Grid& grid, const Prior& earlier, const PriorInput& input);

}  // namespace cordon::patrol
