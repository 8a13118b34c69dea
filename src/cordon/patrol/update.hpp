// What a search without a find teaches: the map is thinned where it was searched (Bayes), and new sightings
// are added to it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cordon/patrol/map_json.hpp"
#include "cordon/patrol/plan.hpp"

namespace cordon::patrol {

// Hours flown in a box without a known track: random search.
struct Effort {
  std::size_t asset = 0;
  double hours = 0;
  Region box;
};
// {"effort":[{"asset":"..","hours":6,"area":"south,west,north,east"}]}
base::Result<std::vector<Effort>> read_effort(std::string_view json, std::string_view source,
                                              const Plan& plan);

struct Update {
  std::optional<std::vector<Leg>> legs;  // searched; none given: as planned, looks included
  std::vector<Effort> effort;            // instead of legs
  std::vector<base::LatLon> found;       // where targets were found: each a new meeting, of weight 1
  PriorInput evidence;                   // new sightings; .now: of what time the new map is
};
struct Updated {
  MapState map;
  double searched = 0;  // chance that the search would have found it, had it been as the map said
};
base::Result<Updated> update(const Plan& plan, const Update& what);

}  // namespace cordon::patrol
