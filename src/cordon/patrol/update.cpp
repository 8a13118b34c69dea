#include "cordon/patrol/update.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/text.hpp"
#include "cordon/patrol/cloud.hpp"
#include "cordon/patrol/json_read.hpp"

namespace cordon::patrol {
namespace {

constexpr double kFoundReachNm = 20;  // as of an encounter

base::Result<Misses> misses_of(const Effort& effort, const Plan& plan, const Cloud& cloud) {
  const Asset& asset = plan.request.assets.assets[effort.asset];
  double area = 0;
  for (std::size_t cell = 0; cell < plan.grid.cells(); ++cell)
    if (plan.grid.searchable(cell) && effort.box.contains(plan.grid.middle(cell)))
      area += plan.grid.area_nm2(cell);
  if (area <= 0) return base::fail("effort of {}: no open sea of the plan in the area given", asset.name);
  const double missed = std::exp(-asset.effective_sweep_nm() * asset.speed_kn.value * effort.hours / area);
  Misses out;
  out.time = plan.request.from;
  for (std::uint32_t p = 0; p < cloud.points(); ++p)
    if (plan.grid.searchable(cloud.cell(p)) && effort.box.contains(plan.grid.middle(cloud.cell(p))))
      out.points.push_back({p, static_cast<float>(missed)});
  return out;
}

}  // namespace

base::Result<std::vector<Effort>> read_effort(std::string_view json, std::string_view source,
                                              const Plan& plan) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root))
    return base::fail("{}: expected JSON: {}", source, simdjson::error_message(error));
  std::vector<Effort> out;
  for (const auto& one : Reader(root).array("effort")) {
    const std::string where = fmt::format("{}: effort {}", source, out.size() + 1);
    const Reader item(one);
    const auto& assets = plan.request.assets.assets;
    const auto asset = std::find_if(assets.begin(), assets.end(),
                                    [&](const Asset& each) { return each.name == item.text("asset"); });
    const double hours = item.number("hours");
    if (asset == assets.end() || asset->kind == AssetKind::satellite)
      return base::fail("{}: expected the name of a ship or aircraft of the plan, found '{}'", where,
                        base::printable(item.text("asset").substr(0, 80)));
    if (!(hours > 0 && hours <= 10000))
      return base::fail("{}: hours: expected more than 0 and at most 10000", where);
    auto box = parse_box(item.text("area"));
    if (!box) return base::fail("{}: {}", where, box.error().message);
    out.push_back({static_cast<std::size_t>(asset - assets.begin()), hours, std::move(*box)});
  }
  if (out.empty())
    return base::fail("{}: expected {{\"effort\": [{{\"asset\", \"hours\", \"area\"}}]}}", source);
  return out;
}

base::Result<Updated> update(const Plan& plan, const Update& what) {
  const PlanRequest& request = plan.request;
  const Cloud cloud(plan.grid, request.seed);
  Course course(plan.grid, cloud, plan.prior.mass, request.motion, request.from, request.to);
  std::string how;
  std::size_t owner = 0;
  if (!what.effort.empty()) {
    for (const Effort& effort : what.effort) {
      auto misses = misses_of(effort, plan, cloud);
      if (!misses) return tl::unexpected(misses.error());
      misses->owner = owner;
      course.replace(owner++, {std::move(*misses)});
    }
    how = fmt::format("{} searches by hours and area", what.effort.size());
  } else if (what.legs) {
    for (const Leg& leg : *what.legs) {
      Misses misses = cloud.misses({&leg, 1}, request.law, std::clamp(leg.start, request.from, request.to));
      misses.owner = owner;
      course.replace(owner++, {std::move(misses)});
    }
    how = fmt::format("{} legs as sailed or flown", what.legs->size());
  } else {
    for (const Sortie& sortie : plan.sorties)
      for (const Leg& leg : sortie.legs) {
        Misses misses = cloud.misses({&leg, 1}, request.law, std::clamp(leg.start, request.from, request.to));
        misses.owner = owner;
        course.replace(owner++, {std::move(misses)});
      }
    for (const Look& look : plan.looks) {
      const Asset& asset = request.assets.assets[look.asset];
      Misses misses = cloud.misses(asset.passes[look.pass], asset.swath_nm(), asset.glimpse());
      misses.owner = owner;
      course.replace(owner++, {std::move(misses)});
    }
    how =
        fmt::format("{} sorties and {} satellite passes as planned", plan.sorties.size(), plan.looks.size());
  }
  const auto outcome = course.run();
  Updated out;
  for (const auto& one : outcome.detected) out.searched += one.mass;
  double left = 0;
  for (const double mass : outcome.left) left += mass;
  if (left <= 1e-12)
    return base::fail("by this plan's map the search could not have missed: nothing of the map is left");
  MapState& map = out.map;
  map.area = request.area;
  map.no_go = request.no_go;
  map.clearance_nm = request.clearance_nm;
  map.grid = plan.grid;
  map.prior = plan.prior;
  map.prior.mass = outcome.left;
  for (double& mass : map.prior.mass) mass /= left;
  map.prior.out_of_bounds = 0;
  for (std::size_t cell = 0; cell < plan.grid.cells(); ++cell)
    if (!plan.grid.searchable(cell)) map.prior.out_of_bounds += map.prior.mass[cell];
  // What was searched in vain weighs less than it did: the evidence that is left is what is still unfound.
  map.prior.evidence *= left;
  PriorInput added = what.evidence;
  for (const base::LatLon& at : what.found)
    added.sites.push_back({"found", "a find of this search", "", at, kFoundReachNm, 1});
  auto prior = add_evidence(plan.grid, map.prior, added);
  if (!prior) return tl::unexpected(prior.error());
  map.prior = std::move(*prior);
  map.history.push_back(
      fmt::format("{} to {}: {}; the map gave it {:.1f} % of finding the target; {} found, {} new sightings",
                  base::to_iso(request.from), base::to_iso(request.to), how, 100 * out.searched,
                  what.found.size(), what.evidence.sightings.size()));
  return out;
}

}  // namespace cordon::patrol
