#include "cordon/patrol/plan_json.hpp"

#include <utility>

#include "cordon/base/json.hpp"
#include "cordon/patrol/map_json.hpp"

namespace cordon::patrol {
namespace {

using Json = base::JsonWriter;

void place(Json& json, const base::LatLon& at) {
  json.fixed_field("lat", at.lat(), 7);
  json.fixed_field("lon", at.lon(), 7);
}

void pair(Json& json, const base::LatLon& at) {
  json.fixed(at.lat(), 7);
  json.fixed(at.lon(), 7);
}

void write_asset(Json& json, const Asset& asset) {
  json.begin_object();
  json.field("name", asset.name);
  json.field("type", asset.type);
  json.field("title", asset.title);
  json.field("kind", to_string(asset.kind));
  json.field("mode", asset.mode);
  if (asset.kind != AssetKind::satellite) {
    json.key("base");
    json.begin_object();
    json.field("name", asset.base_name);
    place(json, asset.base);
    json.end_object();
    json.field("effective_sweep_nm", asset.effective_sweep_nm());
  }
  json.key("figures");
  json.begin_object();
  for (const auto& [name, figure] : figures(asset)) {
    json.key(name);
    json.begin_object();
    json.field("value", figure->value);
    json.field("assumed", figure->assumed);
    json.field("source", figure->source);
    json.end_object();
  }
  json.end_object();
  if (!asset.passes.empty()) {
    json.key("passes");
    json.begin_array();
    for (const Pass& pass : asset.passes) {
      json.begin_object();
      json.field("time", base::to_iso(pass.time));
      json.key("line");
      json.begin_array();
      pair(json, pass.from);
      pair(json, pass.to);
      json.end_array();
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void write_visit(Json& json, const Visit& visit, const Grid& grid) {
  json.begin_object();
  json.key("block");
  json.begin_array();
  for (const std::uint32_t side : {visit.block.south, visit.block.west, visit.block.north, visit.block.east})
    json.value(side);
  json.end_array();
  json.key("corners");
  json.begin_array();
  pair(json, grid.place(visit.block.south, visit.block.west));
  pair(json, grid.place(visit.block.north, visit.block.east));
  json.end_array();
  json.field("legs", visit.legs);
  json.fixed_field("track_spacing_nm", visit.spacing_nm, 3);
  json.fixed_field("coverage_factor", visit.coverage, 4);
  json.fixed_field("pod", visit.pod, 6);
  json.fixed_field("poc", visit.poc, 9);
  json.fixed_field("pos", visit.pos, 9);
  json.field("start", base::to_iso(visit.start));
  json.field("end", base::to_iso(visit.end));
  json.end_object();
}

void write_sortie(Json& json, const Sortie& sortie, const Plan& plan) {
  static constexpr std::string_view kKinds[] = {"base", "transit", "search"};
  json.begin_object();
  json.field("asset", plan.request.assets.assets[sortie.asset].name);
  json.field("number", sortie.number);
  json.field("start", base::to_iso(sortie.start));
  json.field("end", base::to_iso(sortie.end));
  json.fixed_field("transit_h", sortie.transit_h, 4);
  json.fixed_field("search_h", sortie.search_h, 4);
  json.fixed_field("track_nm", sortie.track_nm, 2);
  json.fixed_field("cost", sortie.cost, 0);
  json.fixed_field("pos", sortie.pos, 9);
  json.key("visits");
  json.begin_array();
  for (const Visit& visit : sortie.visits) write_visit(json, visit, plan.grid);
  json.end_array();
  json.key("points");
  json.begin_array();
  for (const TurningPoint& point : sortie.points) {
    json.begin_object();
    json.field("time", base::to_iso(point.time));
    place(json, point.at);
    json.field("kind", kKinds[static_cast<std::size_t>(point.kind)]);
    json.end_object();
  }
  json.end_array();
  json.key("legs");
  json.begin_array();
  for (const Leg& leg : sortie.legs) {
    json.begin_object();
    json.key("line");
    json.begin_array();
    pair(json, leg.from);
    pair(json, leg.to);
    json.end_array();
    json.field("start", base::to_iso(leg.start));
    json.field("end", base::to_iso(leg.end));
    json.field("sweep_nm", leg.sweep_nm);
    json.field("spacing_nm", leg.spacing_nm);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_curves(Json& json, const Curve& curve) {
  json.begin_object();
  for (const auto& [name, points] :
       {std::pair{"bound", &curve.bound}, {"planned", &curve.planned}, {"random", &curve.random}}) {
    json.key(name);
    json.begin_array();
    for (const CurvePoint& point : *points) {
      json.begin_array();
      json.fixed(point.hours, 3);
      json.fixed(point.chance, 9);
      json.end_array();
    }
    json.end_array();
  }
  json.end_object();
}

void write_cells(Json& json, std::string_view key, const std::vector<double>& values, int decimals) {
  json.key(key);
  json.begin_array();
  for (const double value : values) json.fixed(value, decimals);
  json.end_array();
}

}  // namespace

std::string_view detection_name(Detection law) {
  return law == Detection::definite       ? "definite"
         : law == Detection::inverse_cube ? "inverse-cube"
                                          : "exponential";
}

std::string plan_json(const Plan& plan) {
  const PlanRequest& request = plan.request;
  std::string out;
  Json json(out);
  json.begin_object();
  json.field("cordon_plan", 1);
  json.field("from", base::to_iso(request.from));
  json.field("to", base::to_iso(request.to));
  json.field("detection", detection_name(request.law));
  json.field("seed", request.seed);
  json.key("pos");
  json.begin_object();
  json.fixed_field("value", plan.pos.value, 9);
  json.fixed_field("low", plan.pos.low, 9);
  json.fixed_field("high", plan.pos.high, 9);
  json.end_object();
  json.fixed_field("bound", plan.bound, 9);
  json.fixed_field("gap", plan.bound - plan.pos.value, 9);
  json.fixed_field("divisible_effort", plan.allocated, 9);
  json.fixed_field("hours", plan.hours, 3);
  json.fixed_field("cost", plan.cost, 0);
  json.key("conditions");
  json.begin_object();
  json.field("target", request.assets.target);
  json.field("sea_state", request.assets.sea_state);
  json.end_object();
  if (request.motion) {
    json.key("motion");
    json.begin_object();
    json.field("speed_kn", request.motion->speed_kn);
    json.field("persistence_h", request.motion->persistence_h);
    json.field("step_h", request.motion->step_h);
    json.end_object();
  }
  json.key("notes");
  json.begin_array();
  for (const std::string& note : plan.notes) json.value(note);
  json.end_array();
  json.key("assets");
  json.begin_array();
  for (const Asset& asset : request.assets.assets) write_asset(json, asset);
  json.end_array();
  json.key("sorties");
  json.begin_array();
  for (const Sortie& sortie : plan.sorties) write_sortie(json, sortie, plan);
  json.end_array();
  json.key("looks");
  json.begin_array();
  for (const Look& look : plan.looks) {
    json.begin_object();
    json.field("asset", request.assets.assets[look.asset].name);
    json.field("time", base::to_iso(request.assets.assets[look.asset].passes[look.pass].time));
    json.field("pass", std::uint64_t{look.pass});
    json.field("chance", look.chance);
    json.fixed_field("poc", look.covered, 9);
    json.fixed_field("pos", look.pos, 9);
    json.end_object();
  }
  json.end_array();
  json.key("curves");
  write_curves(json, plan.curve);
  write_map(json, request.area, request.no_go, request.clearance_nm, plan.grid, plan.prior);
  write_cells(json, "best_coverage", plan.coverage, 4);
  write_cells(json, "posterior", plan.posterior, 9);
  json.end_object();
  out += '\n';
  return out;
}

std::string curves_json(const Plan& plan) {
  std::string out;
  Json json(out);
  json.begin_object();
  json.field("x", "hours away from base that the sorties so far may use");
  json.field("y", "chance of success");
  json.key("curves");
  write_curves(json, plan.curve);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace cordon::patrol
