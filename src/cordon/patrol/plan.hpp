// From what was seen to who flies where: prior map, best division of effort with its bound, sorties of ladder
// tracks that keep to endurance and to hard masks, and the chance that they find the target.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cordon/patrol/assets.hpp"
#include "cordon/patrol/ladder.hpp"
#include "cordon/patrol/lateral.hpp"
#include "cordon/patrol/moving.hpp"
#include "cordon/patrol/prior.hpp"

namespace cordon::patrol {

// A target that wanders: it keeps a course for persistence_h on average and then takes another, so after a
// time t its place has spread by speed * sqrt(persistence * t) in each direction (diffusion). It moves in
// steps; within a step it stands.
struct Motion {
  double speed_kn = 0, persistence_h = 6;
  double step_h = 24;
};

struct PlanRequest {
  std::vector<Region> area, no_go;
  base::TimeMs from = 0, to = 0;
  AssetFile assets;
  PriorInput evidence;         // evidence.now is set to `from`
  std::optional<Prior> prior;  // instead of evidence: a map on the same grid
  std::optional<Grid> prior_grid;
  double cell_nm = 10;
  double clearance_nm = 12;
  Detection law = Detection::random;
  std::optional<Motion> motion;
  std::uint64_t seed = 1;
  // Asked between the steps of the work, if given; true: the plan is given up, and make_plan fails.
  std::function<bool()> stop;
};

enum class PointKind : std::uint8_t { base, transit, search };
struct TurningPoint {
  base::LatLon at;
  base::TimeMs time = 0;
  PointKind kind = PointKind::transit;
};

struct Visit {  // one ladder
  Block block;
  unsigned legs = 0;
  double spacing_nm = 0, coverage = 0;  // C = W / S
  double pod = 0;                       // of the law, by C
  double poc = 0;                       // mass in the block when it is entered, nothing found before
  double pos = 0;                       // what its legs add, by their geometry
  base::TimeMs start = 0, end = 0;
};

struct Sortie {
  std::size_t asset = 0;
  unsigned number = 1;
  base::TimeMs start = 0, end = 0;
  std::vector<TurningPoint> points;  // from base to base
  std::vector<Leg> legs;             // those that search
  std::vector<Visit> visits;
  double transit_h = 0, search_h = 0, track_nm = 0, cost = 0;
  double pos = 0;  // added to what all before found
  double hours() const { return transit_h + search_h; }
};

struct Look {  // a satellite pass
  std::size_t asset = 0, pass = 0;
  double chance = 0, covered = 0, pos = 0;  // of detection in the swath; mass in it; what it adds
};

struct CurvePoint {
  double hours = 0, chance = 0;
};
struct Curve {
  std::vector<CurvePoint> bound, random, planned;  // against hours away from base, all assets together
};

struct Estimate {
  double value = 0, low = 0, high = 0;  // 95 %
};

struct Plan {
  PlanRequest request;  // without the evidence's sightings
  Grid grid;
  Prior prior;
  std::vector<Sortie> sorties;  // by start
  std::vector<Look> looks;
  std::vector<double> coverage;   // of the best division of effort, by cell
  Estimate pos;                   // of the tracks and looks
  double allocated = 0;           // of the best division, could effort be divided at will
  double bound = 0;               // no plan with these assets has more
  std::vector<double> posterior;  // by cell, sums to 1: the map when all was flown and nothing found
  Curve curve;
  double hours = 0, cost = 0;
  std::vector<std::string> notes;  // what to know before relying on it
};

base::Result<Plan> make_plan(PlanRequest request);

}  // namespace cordon::patrol
