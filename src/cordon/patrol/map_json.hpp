// The map and what may be searched of it, as JSON: part of plan.json, and by itself what `patrol update`
// hands to the next plan.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/patrol/prior.hpp"

namespace cordon::base {
class JsonWriter;
}

namespace cordon::patrol {

struct MapState {
  std::vector<Region> area, no_go;
  double clearance_nm = 12;
  Grid grid;
  Prior prior;
  std::vector<std::string> history;  // what was searched and found so far, one sentence each
};

// The members "clearance_nm", "area", "no_go", "grid", "prior" of an object that is open.
void write_map(base::JsonWriter& json, const std::vector<Region>& area, const std::vector<Region>& no_go,
               double clearance_nm, const Grid& grid, const Prior& prior);
// {"cordon_map":1, ..., "history":[..]} and a line end.
std::string map_json(const MapState& state);
// Either of a map or of a plan.
base::Result<MapState> read_map(std::string_view json, std::string_view source);

}  // namespace cordon::patrol
