// Plans of patrols from what the server has loaded. Nothing is kept: a plan is the client's, who sends it
// back to have it checked, exported, or to begin the next one from.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cordon/base/json.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/patrol/briefing.hpp"
#include "cordon/patrol/evaluate.hpp"
#include "cordon/patrol/map_json.hpp"
#include "cordon/patrol/plan_json.hpp"
#include "cordon/patrol/sorties.hpp"
#include "cordon/patrol/tracks.hpp"
#include "cordon/patrol/update.hpp"
#include "serve/asked.hpp"
#include "serve/body.hpp"
#include "serve/router.hpp"
#include "serve/services.hpp"
#include "serve/state.hpp"

namespace cordon::serve::routes {
namespace {

// A plan of this size takes a few seconds on one core; larger ones are for `cordon patrol plan`.
constexpr std::size_t kMostCells = 8000, kMostSorties = 60, kMostNoGo = 50, kMostLegs = 10'000,
                      kLongestAssets = 128 * 1024;
constexpr std::uint64_t kMostRuns = 200'000;
// The seas between Shanghai, Kyushu and the DPRK, where transfers at sea were reported most.
constexpr std::string_view kArea = "28,118,39,130";

Response out_of_time() {
  return error(503, "the time for this request is over");
}

template <class T>
const T& embedded(const base::Result<T>& made) {
  if (!made) throw std::runtime_error(made.error().message);
  return *made;
}

const patrol::PriorSettings& settings() {
  static const auto made = patrol::default_prior_settings();
  return embedded(made);
}

const std::vector<patrol::Site>& sites() {
  static const auto made = [] {
    const auto text = base::resource("patrol/sites.json");
    return text ? patrol::read_sites(*text, "patrol/sites.json") : tl::unexpected(text.error());
  }();
  return embedded(made);
}

// The events and dossiers loaded, through the same lines that `cordon patrol plan` reads: the same map.
patrol::PriorInput evidence_of(const Snapshot& state, bool with_sites, const Request& request) {
  constexpr std::size_t kAtOnce = 4096;
  const auto& survey = *state.survey;
  patrol::PriorInput input;
  input.settings = settings();
  if (with_sites) input.sites = sites();
  base::Tally rejected;
  std::string lines;
  for (std::size_t i = 0; i < survey.events.size() && !request.is_cancelled(); ++i) {
    model::append_json(lines, survey.events[i], survey.run.feeds);
    lines += '\n';
    if ((i + 1) % kAtOnce != 0 && i + 1 != survey.events.size()) continue;
    for (auto& one : patrol::read_sightings(lines, rejected)) input.sightings.push_back(std::move(one));
    lines.clear();
  }
  for (const auto& dossier : survey.dossiers) {
    watch::append_json(lines, dossier, survey.run);
    lines += '\n';
  }
  input.ranks = patrol::read_ranks(lines, rejected);
  return input;
}

// "south,west,north,east", or a GeoJSON polygon.
std::vector<patrol::Region> regions_of(Body& body, const nlohmann::json& json, const std::string& where) {
  if (json.is_string()) {
    auto box = patrol::parse_box(json.get_ref<const std::string&>());
    if (box) return {std::move(*box)};
    body.refuse(where + ": " + box.error().message, where);
    return {};
  }
  if (json.is_object()) {
    auto regions = patrol::read_regions(json.dump(), where);
    if (regions) return std::move(*regions);
    body.refuse(regions.error().message, where);
    return {};
  }
  body.refuse(where + ": expected south,west,north,east in degrees, or a GeoJSON polygon", where);
  return {};
}

double number_of(Body& body, std::string_view name, double otherwise, double least, double most) {
  const auto* found = body.find(name);
  if (!found) return otherwise;
  if (found->is_number() && found->get<double>() >= least && found->get<double>() <= most)
    return found->get<double>();
  body.refuse(fmt::format("{}: expected a number from {:g} to {:g}", name, least, most), name);
  return otherwise;
}

base::TimeMs time_of(Body& body, std::string_view name) {
  const auto text = body.required(name, 64);
  if (const auto time = base::parse_time(text)) return *time;
  const auto date = base::parse_date(text);
  if (date && date->complete()) return base::start_of(*date);
  body.refuse(fmt::format("{}: expected a day or a time such as 2024-02-08T06:00:00Z", name), name);
  return 0;
}

std::optional<patrol::PlanRequest> read_request(Body& body) {
  patrol::PlanRequest out;
  const auto assets = body.find("assets");
  if (!assets || !assets->is_string() || assets->get_ref<const std::string&>().size() > kLongestAssets) {
    body.refuse(
        fmt::format("assets: expected TOML, as in docs/patrol.md, of at most {} bytes", kLongestAssets),
        "assets");
    return std::nullopt;
  }
  auto file = patrol::read_assets(assets->get_ref<const std::string&>(), "assets");
  if (file)
    out.assets = std::move(*file);
  else
    body.refuse(file.error().message, "assets");
  out.from = time_of(body, "from");
  out.to = time_of(body, "to");
  out.cell_nm = number_of(body, "cell_nm", 10, 0.5, 120);
  out.clearance_nm = number_of(body, "clearance_nm", 12, 0, 200);
  out.seed = static_cast<std::uint64_t>(number_of(body, "seed", 1, 0, 9007199254740991.0));
  const auto law = body.text("detection", 20);
  if (law == "definite")
    out.law = patrol::Detection::definite;
  else if (law == "inverse-cube")
    out.law = patrol::Detection::inverse_cube;
  else if (!law.empty() && law != "exponential")
    body.refuse("detection: expected exponential, inverse-cube or definite", "detection");
  if (const double knots = number_of(body, "motion_kn", 0, 0, 40); knots > 0)
    out.motion = patrol::Motion{knots, 6, number_of(body, "motion_step_h", 24, 1, 240)};
  if (const auto* no_go = body.find("no_go")) {
    if (!no_go->is_array() || no_go->size() > kMostNoGo) {
      body.refuse(fmt::format("no_go: expected a list of at most {} areas", kMostNoGo), "no_go");
    } else {
      for (std::size_t i = 0; i < no_go->size() && !body.refusal(); ++i)
        for (auto& region : regions_of(body, (*no_go)[i], fmt::format("no_go[{}]", i)))
          out.no_go.push_back(std::move(region));
    }
  }
  if (const auto* prior = body.find("prior")) {
    auto map = patrol::read_map(prior->dump(), "prior");
    if (!map) {
      body.refuse(map.error().message, "prior");
    } else {
      out.area = std::move(map->area);
      for (auto& region : map->no_go) out.no_go.push_back(std::move(region));
      out.clearance_nm = map->clearance_nm;
      out.prior_grid = std::move(map->grid);
      out.prior = std::move(map->prior);
    }
  } else if (const auto* area = body.find("area")) {
    out.area = regions_of(body, *area, "area");
  } else {
    body.refuse("area: is missing", "area");
  }
  if (body.refusal()) return std::nullopt;
  return out;
}

// What would take too long is refused before it begins.
void check_size(Body& body, const patrol::PlanRequest& request) {
  std::size_t cells = request.prior_grid ? request.prior_grid->cells() : 0;
  if (!request.prior_grid) {
    patrol::Extent all;
    bool first = true;
    for (const auto& region : request.area) {
      const auto& one = region.extent();
      if (first) all = one;
      first = false;
      all = {std::min(all.south, one.south), std::min(all.west, one.west), std::max(all.north, one.north),
             std::max(all.east, one.east)};
    }
    const auto grid = patrol::Grid::over(all, request.cell_nm);
    if (!grid) return body.refuse(grid.error().message, "cell_nm");
    cells = grid->cells();
  }
  if (cells > kMostCells)
    return body.refuse(fmt::format("{} cells: at most {} here; choose larger cells or a smaller area, or use "
                                   "`cordon patrol plan`",
                                   cells, kMostCells),
                       "cell_nm");
  if (request.to > request.from && request.to - request.from <= 92 * base::kDay)
    if (const auto slots = patrol::make_slots(request.assets, request.from, request.to).size();
        slots > kMostSorties)
      body.refuse(fmt::format("{} sorties: at most {} here; shorten the period, or use `cordon patrol plan`",
                              slots, kMostSorties),
                  "assets");
}

// A plan that comes back may be anyone's: no larger than those that are made here.
base::Result<patrol::Plan> plan_in(std::string_view body) {
  auto plan = patrol::read_plan(body, "body");
  if (!plan) return plan;
  std::size_t legs = 0;
  for (const auto& sortie : plan->sorties) legs += sortie.legs.size();
  if (plan->grid.cells() > kMostCells || plan->sorties.size() > kMostSorties || legs > kMostLegs)
    return base::fail("body: {} cells, {} sorties and {} legs: at most {}, {} and {} here",
                      plan->grid.cells(), plan->sorties.size(), legs, kMostCells, kMostSorties, kMostLegs);
  return plan;
}

}  // namespace

Response patrol_vocabulary(const Call& call) {
  static const auto kExample = base::resource("patrol/example.toml");
  static const auto file =
      kExample ? patrol::read_assets(*kExample, "patrol/example.toml") : tl::unexpected(kExample.error());
  const auto& example = embedded(file);
  const auto& run = call.state->survey->run;
  // The week that begins after the last report.
  const auto last = run.last == base::kNoTime ? call.state->loaded : run.last;
  const auto from = base::start_of(base::date_of(last)) + base::kDay;
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.key("types");
  json.begin_array();
  for (const auto& type : patrol::asset_types()) {
    json.begin_object();
    json.field("name", type.name);
    json.field("title", type.title);
    json.field("kind", patrol::to_string(type.kind));
    json.key("modes");
    json.begin_array();
    for (const auto& mode : type.modes) json.value(mode);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  for (const auto& [name, words] :
       {std::pair<std::string_view, std::vector<std::string_view>>{"targets", {"tanker", "coaster", "barge"}},
        {"detection", {"exponential", "inverse-cube", "definite"}},
        {"formats", {"geojson", "gpx", "kml", "html"}}}) {
    json.key(name);
    json.begin_array();
    for (const auto word : words) json.value(word);
    json.end_array();
  }
  json.key("example");
  json.begin_object();
  json.field("area", kArea);
  json.field("from", base::to_iso(from));
  json.field("to", base::to_iso(from + 7 * base::kDay));
  json.field("target", example.target);
  json.field("sea_state", example.sea_state);
  json.key("assets");
  json.begin_array();
  for (const auto& asset : example.assets) {
    json.begin_object();
    json.field("name", asset.name);
    json.field("type", asset.type);
    json.field("mode", asset.mode);
    json.key("base");
    json.begin_object();
    json.field("name", asset.base_name);
    json.fixed_field("lat", asset.base.lat(), 4);
    json.fixed_field("lon", asset.base.lon(), 4);
    json.end_object();
    json.field("sorties", asset.sorties);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.key("evidence");
  json.begin_object();
  json.field("events", static_cast<std::uint64_t>(call.state->survey->events.size()));
  json.field("targets", static_cast<std::uint64_t>(call.state->survey->dossiers.size()));
  json.key("sites");
  json.begin_array();
  for (const auto& site : sites()) {
    json.begin_object();
    json.field("name", site.name);
    json.fixed_field("lat", site.at.lat(), 4);
    json.fixed_field("lon", site.at.lon(), 4);
    json.field("reach_nm", site.reach_nm);
    json.field("source", site.source);
    json.field("placed", site.placed);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.key("limits");
  json.begin_object();
  json.field("cells", static_cast<std::uint64_t>(kMostCells));
  json.field("sorties", static_cast<std::uint64_t>(kMostSorties));
  json.field("days", std::uint64_t{92});
  json.field("runs", kMostRuns);
  json.end_object();
  json.end_object();
  return response;
}

Response patrol_plan(const Call& call) {
  Body body(call.request);
  if (body.refusal()) return *body.refusal();
  auto request = read_request(body);
  const auto* with_sites = body.find("sites");
  if (with_sites && !with_sites->is_boolean()) body.refuse("sites: expected true or false", "sites");
  const auto* with_events = body.find("events");
  if (with_events && !with_events->is_boolean()) body.refuse("events: expected true or false", "events");
  if (request) check_size(body, *request);
  if (body.refusal()) return *body.refusal();
  const LongRuns::Turn turn(call.services.long_runs);
  if (!turn) return LongRuns::busy();
  // A map that goes on from an earlier one holds its evidence already.
  if (request->prior || (with_events && !with_events->get<bool>()))
    request->evidence.settings = settings();
  else
    request->evidence = evidence_of(*call.state, false, call.request);
  if (!request->prior && (!with_sites || with_sites->get<bool>())) request->evidence.sites = sites();
  request->stop = [&] { return call.request.is_cancelled(); };
  const auto plan = patrol::make_plan(std::move(*request));
  if (call.request.is_cancelled()) return out_of_time();
  if (!plan) return error(422, plan.error().message, "body");
  return json(patrol::plan_json(*plan));
}

Response patrol_evaluate(const Call& call) {
  Asked asked(call.request);
  const auto runs = asked.number("runs", 20'000, 1000, kMostRuns),
             seed = asked.number("seed", 1, 0, UINT64_MAX);
  if (asked.refusal()) return *asked.refusal();
  const auto plan = plan_in(call.request.body);
  if (!plan) return error(400, plan.error().message, "body");
  const LongRuns::Turn turn(call.services.long_runs);
  if (!turn) return LongRuns::busy();
  const auto evaluation = patrol::evaluate(*plan, runs, seed, [&] { return call.request.is_cancelled(); });
  if (call.request.is_cancelled()) return out_of_time();
  return json(patrol::evaluation_json(*plan, evaluation));
}

Response patrol_update(const Call& call) {
  Asked asked(call.request);
  // "lat,lon" of a meeting, or several.
  patrol::Update what;
  for (const auto place : call.request.all("found")) {
    const auto comma = place.find(',');
    const auto lat = base::parse_number<double>(base::trim(place.substr(0, comma)));
    const auto lon =
        comma == place.npos ? std::nullopt : base::parse_number<double>(base::trim(place.substr(comma + 1)));
    if (!lat || !lon || !(std::abs(*lat) <= 90) || !(std::abs(*lon) <= 180)) {
      asked.refuse("found: expected latitude,longitude in degrees", "found");
      break;
    }
    what.found.push_back(base::from_degrees(*lat, *lon));
  }
  if (asked.refusal()) return *asked.refusal();
  const auto plan = plan_in(call.request.body);
  if (!plan) return error(400, plan.error().message, "body");
  const LongRuns::Turn turn(call.services.long_runs);
  if (!turn) return LongRuns::busy();
  what.evidence.settings = settings();
  what.evidence.now = plan->request.to;
  const auto updated = patrol::update(*plan, what);
  if (!updated) return error(422, updated.error().message, "body");
  return json(patrol::map_json(updated->map));
}

Response patrol_export(const Call& call) {
  Asked asked(call.request);
  const auto format = asked.one_of("format", {"geojson", "gpx", "kml", "html"});
  if (asked.refusal()) return *asked.refusal();
  const auto plan = plan_in(call.request.body);
  if (!plan) return error(400, plan.error().message, "body");
  Response response;
  if (format == "html") {
    auto page = patrol::briefing_html(*plan);
    if (!page) return error(422, page.error().message, "body");
    response = text(std::move(*page), "text/html; charset=utf-8");
    return std::move(response.download("briefing.html"));
  }
  response = format == "gpx"   ? text(patrol::tracks_gpx(*plan), "application/gpx+xml")
             : format == "kml" ? text(patrol::tracks_kml(*plan), "application/vnd.google-earth.kml+xml")
                               : text(patrol::tracks_geojson(*plan), "application/geo+json");
  return std::move(response.download(fmt::format("tracks.{}", format)));
}

}  // namespace cordon::serve::routes
