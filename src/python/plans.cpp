// Plans of patrols, and postures compared.
#include <algorithm>

#include "bind.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/patrol/briefing.hpp"
#include "cordon/patrol/evaluate.hpp"
#include "cordon/patrol/map_json.hpp"
#include "cordon/patrol/plan_json.hpp"
#include "cordon/patrol/tracks.hpp"
#include "cordon/patrol/update.hpp"
#include "cordon/posture/compare.hpp"
#include "cordon/posture/report.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::python {
namespace {

// `area` and `no_go`: a box begins with a number, GeoJSON with a brace.
std::vector<patrol::Region> regions_of(const std::string& text, std::string_view name) {
  if (text.find('{') != text.npos) return take(patrol::read_regions(text, name));
  std::vector<patrol::Region> out;
  out.push_back(take(patrol::parse_box(text)));
  return out;
}

base::TimeMs time_of(const std::string& text, std::string_view name) {
  if (const auto time = base::parse_time(text)) return *time;
  const auto date = base::parse_date(text);
  if (!date || !date->complete())
    throw Failure{std::string(name) + ": expected a day or a time such as 2024-02-08T06:00:00Z, found '" +
                  text + "'"};
  return base::start_of(*date);
}

patrol::PriorInput evidence_of(const std::string& events, const std::string& targets,
                               const std::string& settings, std::string* rejected) {
  patrol::PriorInput input;
  base::Tally bad;
  input.sightings = patrol::read_sightings(events, bad);
  input.ranks = patrol::read_ranks(targets, bad);
  input.settings = take(settings.empty() ? patrol::default_prior_settings()
                                         : patrol::read_prior_settings(settings, "settings"));
  if (rejected && bad.total() > 0) *rejected = bad.summary();
  return input;
}

struct Plan {
  patrol::Plan plan;
  std::string rejected;  // records that were not used; empty where all were
};

Plan make_plan(const std::string& assets, const std::string& area, const std::string& from,
               const std::string& to, const std::string& events, const std::string& targets,
               const std::vector<std::string>& no_go, const std::string& prior,
               const std::optional<std::string>& sites, const std::string& settings,
               const std::string& detection, double cell_nm, double clearance_nm, double motion_kn,
               double motion_step_h, std::uint64_t seed) {
  return unlocked([&] {
    Plan out;
    patrol::PlanRequest request;
    request.assets = take(patrol::read_assets(assets, "assets"));
    request.from = time_of(from, "start");
    request.to = time_of(to, "end");
    request.clearance_nm = clearance_nm;
    for (const auto& one : no_go)
      for (auto& region : regions_of(one, "no_go")) request.no_go.push_back(std::move(region));
    request.evidence = evidence_of(events, targets, settings, &out.rejected);
    if (!prior.empty()) {
      auto map = take(patrol::read_map(prior, "prior"));
      request.area = std::move(map.area);
      for (auto& region : map.no_go) request.no_go.push_back(std::move(region));
      request.clearance_nm = map.clearance_nm;
      request.prior_grid = std::move(map.grid);
      request.prior = std::move(map.prior);
    } else {
      request.area = regions_of(area, "area");
      if (!sites || !sites->empty())
        request.evidence.sites = take(patrol::read_sites(
            sites ? std::string_view(*sites) : take(base::resource("patrol/sites.json")), "sites"));
    }
    request.cell_nm = cell_nm;
    if (detection == "definite")
      request.law = patrol::Detection::definite;
    else if (detection == "inverse-cube")
      request.law = patrol::Detection::inverse_cube;
    else if (detection != "exponential")
      throw Failure{"detection: expected exponential, inverse-cube or definite, found '" + detection + "'"};
    if (motion_kn > 0) request.motion = patrol::Motion{motion_kn, 6, motion_step_h};
    request.seed = seed;
    out.plan = take(patrol::make_plan(std::move(request)));
    return out;
  });
}

std::string evaluate(const Plan& self, std::uint64_t runs, std::uint64_t seed) {
  if (runs == 0) throw Failure{"runs: expected at least 1"};
  return unlocked(
      [&] { return patrol::evaluation_json(self.plan, patrol::evaluate(self.plan, runs, seed)); });
}

std::string update(const Plan& self, const std::vector<std::pair<double, double>>& found,
                   const std::string& events) {
  return unlocked([&] {
    patrol::Update what;
    for (const auto& [lat, lon] : found) {
      if (!(lat >= -90 && lat <= 90) || !(lon >= -180 && lon <= 180))
        throw Failure{"found: expected (latitude, longitude) in degrees"};
      what.found.push_back(base::from_degrees(lat, lon));
    }
    what.evidence = evidence_of(events, "", "", nullptr);
    what.evidence.now = self.plan.request.to;
    return patrol::map_json(take(patrol::update(self.plan, what)).map);
  });
}

std::string tracks(const Plan& self, const std::string& format) {
  if (format == "gpx") return patrol::tracks_gpx(self.plan);
  if (format == "kml") return patrol::tracks_kml(self.plan);
  if (format == "geojson") return patrol::tracks_geojson(self.plan);
  throw Failure{"format: expected geojson, gpx or kml, found '" + format + "'"};
}

struct Comparison {
  posture::Comparison comparison;
};

// names: of built-in postures, or paths that end in .toml.
Comparison compare(const std::vector<std::string>& names, std::size_t runs, std::uint64_t seed,
                   const std::string& baseline, bool quick, nb::object progress) {
  Ticker ticker(std::move(progress));
  posture::Options options;
  options.runs = runs;
  options.seed = seed;
  options.baseline = baseline;
  if (quick) {
    options.tornado = options.checks = false;
    options.assumption_sets = 0;
  }
  auto out = unlocked([&]() -> std::optional<Comparison> {
    std::vector<posture::Scenario> scenarios;
    for (const auto& name : names.empty() ? posture::built_in_names() : names)
      scenarios.push_back(
          take(name.ends_with(".toml") ? posture::load_scenario(name) : posture::built_in(name)));
    try {
      return Comparison{take(
          posture::compare(std::move(scenarios), options, [&](std::uint64_t years) { ticker.step(years); }))};
    } catch (const Ticker::Interrupted&) {
      return std::nullopt;
    }
  });
  ticker.finish();
  return std::move(*out);
}

}  // namespace

void bind_plans(nb::module_& m) {
  nb::class_<Plan>(m, "Plan")
      .def("json", [](const Plan& self) { return patrol::plan_json(self.plan); })
      .def("tracks", &tracks, nb::arg("format"))
      .def("briefing", [](const Plan& self) { return take(patrol::briefing_html(self.plan)); })
      .def("evaluate", &evaluate, nb::arg("runs"), nb::arg("seed"))
      .def("update", &update, nb::arg("found"), nb::arg("events"))
      .def_ro("rejected", &Plan::rejected);
  m.def("patrol_plan", &make_plan, nb::arg("assets"), nb::arg("area"), nb::arg("start"), nb::arg("end"),
        nb::arg("events"), nb::arg("targets"), nb::arg("no_go"), nb::arg("prior"), nb::arg("sites").none(),
        nb::arg("settings"), nb::arg("detection"), nb::arg("cell_nm"), nb::arg("clearance_nm"),
        nb::arg("motion_kn"), nb::arg("motion_step_h"), nb::arg("seed"));
  m.def(
      "read_plan",
      [](const std::string& text, const std::string& name) {
        return unlocked([&] { return Plan{take(patrol::read_plan(text, name)), {}}; });
      },
      nb::arg("text"), nb::arg("name"));
  nb::class_<Comparison>(m, "Comparison")
      .def("json", [](const Comparison& self) { return posture::to_json(self.comparison); })
      .def("table", [](const Comparison& self) { return posture::to_table(self.comparison); })
      .def("report", [](const Comparison& self) { return take(posture::report_html(self.comparison)); });
  m.def("posture_compare", &compare, nb::arg("names"), nb::arg("runs"), nb::arg("seed"), nb::arg("baseline"),
        nb::arg("quick"), nb::arg("progress").none());
  m.def("posture_names", &posture::built_in_names);
  m.def(
      "posture_show",
      [](const std::string& name) {
        return posture::to_json(
            take(name.ends_with(".toml") ? posture::load_scenario(name) : posture::built_in(name)));
      },
      nb::arg("name"));
}

}  // namespace cordon::python
