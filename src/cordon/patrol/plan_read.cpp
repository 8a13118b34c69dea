#include <algorithm>
#include <cmath>
#include <utility>

#include "cordon/patrol/json_read.hpp"
#include "cordon/patrol/map_json.hpp"
#include "cordon/patrol/plan_json.hpp"

namespace cordon::patrol {
namespace {

constexpr std::size_t kMostLegs = 200000, kMostCurvePoints = 1000;
constexpr base::TimeMs kLongest = 92 * base::kDay;

// [lat, lon, lat, lon]
bool read_line(const Reader& reader, base::LatLon& from, base::LatLon& to) {
  double side[4];
  std::size_t n = 0;
  for (const auto& one : reader.array("line"))
    if (n == 4 || one.get(side[n++])) return false;
  if (n != 4 || !(std::abs(side[0]) <= 90) || !(std::abs(side[1]) <= 180) || !(std::abs(side[2]) <= 90) ||
      !(std::abs(side[3]) <= 180))
    return false;
  from = base::from_degrees(side[0], side[1]);
  to = base::from_degrees(side[2], side[3]);
  return true;
}

// What a page or a table shows must be a number.
bool all_finite(std::initializer_list<double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

// The cells of a visit: south, west, north, east, half open, within the grid.
bool read_block(const Reader& reader, const Grid& grid, Block& block) {
  std::uint64_t side[4];
  std::size_t n = 0;
  for (const auto& one : reader.array("block"))
    if (n == 4 || one.get(side[n++])) return false;
  if (n != 4 || side[0] >= side[2] || side[1] >= side[3] || side[2] > grid.rows() || side[3] > grid.columns())
    return false;
  block.south = static_cast<std::uint32_t>(side[0]);
  block.west = static_cast<std::uint32_t>(side[1]);
  block.north = static_cast<std::uint32_t>(side[2]);
  block.east = static_cast<std::uint32_t>(side[3]);
  return true;
}

// By cell, or nothing.
base::Result<std::vector<double>> read_cells(const Reader& reader, const char* key, std::size_t cells) {
  std::vector<double> out;
  for (const auto& one : reader.array(key)) {
    double value = 0;
    if (one.get(value) || !(value >= 0 && value <= 1e9) || out.size() == cells)
      return base::fail("{}: expected {} numbers of 0 or more", key, cells);
    out.push_back(value);
  }
  if (!out.empty() && out.size() != cells)
    return base::fail("{}: expected {} numbers, found {}", key, cells, out.size());
  return out;
}

base::Result<std::vector<CurvePoint>> read_curve(const Reader& reader, const char* key) {
  std::vector<CurvePoint> out;
  for (const auto& one : reader.array(key)) {
    simdjson::dom::array pair;
    double side[2];
    std::size_t n = 0;
    bool good = !one.get(pair);
    if (good)
      for (const auto& each : pair) good = good && n < 2 && !each.get(side[n++]);
    if (!good || n != 2 || !(side[0] >= 0 && side[0] <= 1e9) || !(side[1] >= 0 && side[1] <= 1) ||
        out.size() == kMostCurvePoints)
      return base::fail("curves: {}: expected [hours, chance]", key);
    out.push_back({side[0], side[1]});
  }
  return out;
}

base::Result<Asset> read_asset(const Reader& reader) {
  Asset asset;
  asset.name = reader.text("name");
  asset.type = reader.text("type");
  asset.title = reader.text("title");
  asset.mode = reader.text("mode");
  const std::string_view kind = reader.text("kind");
  asset.kind = kind == "air" ? AssetKind::air : kind == "satellite" ? AssetKind::satellite : AssetKind::ship;
  asset.base_name = reader.object("base").text("name");
  asset.base = reader.object("base").place("lat", "lon");
  const Reader all = reader.object("figures");
  for (const auto& [name, figure] : figures(asset)) {
    const Reader one = all.object(std::string(name).c_str());
    Figure& to = *const_cast<Figure*>(figure);
    to = {one.number("value"), std::string(one.text("source")), one.flag("assumed")};
    if (!(to.value >= 0 && to.value <= 1e9)) return base::fail("{}: expected a figure", name);
  }
  for (const auto& one : reader.array("passes")) {
    Pass pass;
    pass.time = Reader(one).time("time");
    if (pass.time == base::kNoTime || !read_line(Reader(one), pass.from, pass.to))
      return base::fail("passes: expected time and line");
    asset.passes.push_back(pass);
  }
  if (asset.name.empty() || (asset.kind != AssetKind::satellite && !asset.base.valid()))
    return base::fail("expected a name and a base");
  return asset;
}

base::Result<Sortie> read_sortie(const Reader& reader, const Plan& plan) {
  Sortie sortie;
  const auto& assets = plan.request.assets.assets;
  const auto asset = std::find_if(assets.begin(), assets.end(),
                                  [&](const Asset& one) { return one.name == reader.text("asset"); });
  if (asset == assets.end()) return base::fail("expected the name of an asset of the plan");
  sortie.asset = static_cast<std::size_t>(asset - assets.begin());
  sortie.number = static_cast<unsigned>(reader.whole("number", 0, 1e6));
  sortie.start = reader.time("start");
  sortie.end = reader.time("end");
  sortie.transit_h = reader.number("transit_h");
  sortie.search_h = reader.number("search_h");
  sortie.track_nm = reader.number("track_nm");
  sortie.cost = reader.number("cost");
  sortie.pos = reader.number("pos");
  if (sortie.start == base::kNoTime || sortie.end == base::kNoTime)
    return base::fail("expected start and end");
  if (!all_finite({sortie.transit_h, sortie.search_h, sortie.track_nm, sortie.cost, sortie.pos}))
    return base::fail("expected transit_h, search_h, track_nm, cost and pos");
  for (const auto& one : reader.array("points")) {
    const Reader point(one);
    const std::string_view kind = point.text("kind");
    sortie.points.push_back({point.place("lat", "lon"), point.time("time"),
                             kind == "search" ? PointKind::search
                             : kind == "base" ? PointKind::base
                                              : PointKind::transit});
    if (!sortie.points.back().at.valid() || sortie.points.back().time == base::kNoTime)
      return base::fail("point {}: expected time, lat and lon", sortie.points.size());
  }
  for (const auto& one : reader.array("legs")) {
    const Reader item(one);
    Leg leg;
    leg.start = item.time("start");
    leg.end = item.time("end");
    leg.sweep_nm = item.number("sweep_nm");
    leg.spacing_nm = item.number("spacing_nm");
    if (!read_line(item, leg.from, leg.to) || leg.start == base::kNoTime || leg.end == base::kNoTime ||
        !(leg.sweep_nm >= 0 && leg.sweep_nm <= 500) || !(leg.spacing_nm > 0 && leg.spacing_nm <= 5000) ||
        base::distance_m(leg.from, leg.to) > 2e6)
      return base::fail("leg {}: expected line, start, end, sweep_nm and spacing_nm", sortie.legs.size() + 1);
    sortie.legs.push_back(leg);
    if (sortie.legs.size() > kMostLegs) return base::fail("more than {} legs", kMostLegs);
  }
  std::size_t legs = 0;
  for (const auto& one : reader.array("visits")) {
    const Reader item(one);
    Visit visit;
    visit.legs = static_cast<unsigned>(item.whole("legs", 0, 1e6));
    visit.spacing_nm = item.number("track_spacing_nm");
    visit.coverage = item.number("coverage_factor");
    visit.pod = item.number("pod");
    visit.poc = item.number("poc");
    visit.pos = item.number("pos");
    visit.start = item.time("start");
    visit.end = item.time("end");
    if (visit.legs == 0 || visit.start == base::kNoTime || visit.end == base::kNoTime ||
        !all_finite({visit.spacing_nm, visit.coverage, visit.pod, visit.poc, visit.pos}) ||
        !read_block(item, plan.grid, visit.block))
      return base::fail("visit {}: expected block, legs, start, end and its figures",
                        sortie.visits.size() + 1);
    legs += visit.legs;
    sortie.visits.push_back(visit);
  }
  if (legs != sortie.legs.size()) return base::fail("visits of {} legs, found {}", legs, sortie.legs.size());
  return sortie;
}

}  // namespace

base::Result<Plan> read_plan(std::string_view text, std::string_view source) {
  auto state = read_map(text, source);
  if (!state) return tl::unexpected(state.error());
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(text.data(), text.size()).get(root)) return base::fail("{}: not JSON", source);
  const Reader reader(root);
  if (!reader.has("cordon_plan"))
    return base::fail("{}: expected a plan (\"cordon_plan\"), found a map", source);
  Plan plan;
  PlanRequest& request = plan.request;
  request.area = std::move(state->area);
  request.no_go = std::move(state->no_go);
  request.clearance_nm = state->clearance_nm;
  request.cell_nm = state->grid.cell_nm();
  request.from = reader.time("from");
  request.to = reader.time("to");
  request.seed = reader.whole("seed", 0, 1e18);
  if (request.from == base::kNoTime || request.to == base::kNoTime || request.to <= request.from ||
      request.to - request.from > kLongest)
    return base::fail("{}: expected from and to, at most 92 days apart", source);
  const std::string_view law = reader.text("detection");
  bool known = false;
  for (const Detection one : {Detection::definite, Detection::inverse_cube, Detection::random})
    if (law == detection_name(one)) {
      request.law = one;
      known = true;
    }
  if (!known) return base::fail("{}: detection: expected exponential, inverse-cube or definite", source);
  if (const Reader motion = reader.object("motion"); motion.given()) {
    request.motion =
        Motion{motion.number("speed_kn"), motion.number("persistence_h"), motion.number("step_h")};
    if (!(request.motion->speed_kn > 0 && request.motion->speed_kn <= 40) ||
        !(request.motion->persistence_h > 0) || !(request.motion->step_h >= 1) ||
        static_cast<double>(request.to - request.from) / base::kHour / request.motion->step_h > 61)
      return base::fail("{}: motion: expected speed_kn, persistence_h and step_h", source);
  }
  const Reader conditions = reader.object("conditions");
  request.assets.target = conditions.text("target");
  request.assets.sea_state = static_cast<int>(conditions.whole("sea_state", 0, 9));
  for (const auto& one : reader.array("assets")) {
    auto asset = read_asset(Reader(one));
    if (!asset)
      return base::fail("{}: asset {}: {}", source, request.assets.assets.size() + 1, asset.error().message);
    request.assets.assets.push_back(std::move(*asset));
  }
  plan.grid = std::move(state->grid);
  plan.prior = std::move(state->prior);
  for (const auto& one : reader.array("sorties")) {
    auto sortie = read_sortie(Reader(one), plan);
    if (!sortie)
      return base::fail("{}: sortie {}: {}", source, plan.sorties.size() + 1, sortie.error().message);
    plan.sorties.push_back(std::move(*sortie));
  }
  for (const auto& one : reader.array("looks")) {
    const Reader item(one);
    const auto& assets = request.assets.assets;
    const auto asset = std::find_if(assets.begin(), assets.end(),
                                    [&](const Asset& each) { return each.name == item.text("asset"); });
    Look look;
    look.pass = item.whole("pass", 0, 1e6);
    if (asset == assets.end() || look.pass >= asset->passes.size() ||
        asset->passes[look.pass].time < request.from || asset->passes[look.pass].time >= request.to)
      return base::fail("{}: look {}: expected an asset and its pass", source, plan.looks.size() + 1);
    look.asset = static_cast<std::size_t>(asset - assets.begin());
    look.chance = std::clamp(item.number("chance"), 0.0, 1.0);
    look.covered = item.number("poc");
    look.pos = item.number("pos");
    if (!all_finite({look.chance, look.covered, look.pos}))
      return base::fail("{}: look {}: expected chance, poc and pos", source, plan.looks.size() + 1);
    plan.looks.push_back(look);
  }
  const Reader pos = reader.object("pos");
  plan.pos = {pos.number("value"), pos.number("low"), pos.number("high")};
  plan.bound = reader.number("bound");
  plan.allocated = reader.number("divisible_effort");
  plan.hours = reader.number("hours");
  plan.cost = reader.number("cost");
  if (!all_finite(
          {plan.pos.value, plan.pos.low, plan.pos.high, plan.bound, plan.allocated, plan.hours, plan.cost}))
    return base::fail("{}: expected pos, bound, divisible_effort, hours and cost", source);
  const Reader curves = reader.object("curves");
  for (const auto& [key, to] : {std::pair{"bound", &plan.curve.bound},
                                {"planned", &plan.curve.planned},
                                {"random", &plan.curve.random}}) {
    auto curve = read_curve(curves, key);
    if (!curve) return base::fail("{}: {}", source, curve.error().message);
    *to = std::move(*curve);
  }
  if (plan.curve.bound.empty() != plan.curve.planned.empty() ||
      plan.curve.bound.empty() != plan.curve.random.empty())
    return base::fail("{}: curves: expected all three or none", source);
  for (const auto& [key, to] : {std::pair{"best_coverage", &plan.coverage}, {"posterior", &plan.posterior}}) {
    auto cells = read_cells(reader, key, plan.grid.cells());
    if (!cells) return base::fail("{}: {}", source, cells.error().message);
    *to = std::move(*cells);
  }
  for (const auto& note : reader.array("notes")) {
    std::string_view words;
    if (!note.get(words)) plan.notes.emplace_back(words);
  }
  return plan;
}

}  // namespace cordon::patrol
