// cordon patrol plan | update | evaluate
#include "patrol_plan.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/patrol/briefing.hpp"
#include "cordon/patrol/evaluate.hpp"
#include "cordon/patrol/map_json.hpp"
#include "cordon/patrol/plan_json.hpp"
#include "cordon/patrol/tracks.hpp"
#include "cordon/patrol/update.hpp"

namespace cordon::cli {
namespace {

constexpr std::size_t kInputLimit = std::size_t{1} << 30, kSmallLimit = std::size_t{16} << 20;

struct EvidenceOptions {
  std::vector<std::string> events;
  std::string targets, sites, settings;
  bool no_sites = false;
};

void add_evidence(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("--events", options.events, "events NDJSON of `cordon detect`; several files may follow")
      ->type_name("FILE ...");
  command.add_option("--targets", options.targets,
                     "targets.ndjson of `cordon watch`: what each vessel is worth");
  command.add_option("--prior-settings", options.settings,
                     "TOML in place of data/patrol/prior.toml: weights, ages, reach");
}

base::Result<patrol::PriorInput> read_evidence(const EvidenceOptions& options, bool with_sites) {
  patrol::PriorInput input;
  base::Tally bad_events, bad_targets;
  for (const std::string& path : options.events) {
    const auto text = base::read_file(path, kInputLimit);
    if (!text) return tl::unexpected(text.error());
    base::Tally rejected;
    auto sightings = patrol::read_sightings(*text, rejected);
    if (sightings.empty() && !base::trim(*text).empty())
      return base::fail("{}: expected events, one JSON object a line, as `cordon detect` writes them: {}",
                        path, rejected.summary());
    bad_events.merge(rejected);
    for (auto& one : sightings) input.sightings.push_back(std::move(one));
  }
  if (!options.targets.empty()) {
    const auto text = base::read_file(options.targets, kInputLimit);
    if (!text) return tl::unexpected(text.error());
    input.ranks = patrol::read_ranks(*text, bad_targets);
    if (input.ranks.targets == 0 && !base::trim(*text).empty())
      return base::fail("{}: expected targets, as `cordon watch` writes them: {}", options.targets,
                        bad_targets.summary());
  }
  report("events not used", bad_events);
  report("targets not used", bad_targets);
  std::string settings_text;
  if (!options.settings.empty()) {
    auto text = base::read_file(options.settings, kSmallLimit);
    if (!text) return tl::unexpected(text.error());
    settings_text = std::move(*text);
  }
  auto settings = options.settings.empty() ? patrol::default_prior_settings()
                                           : patrol::read_prior_settings(settings_text, options.settings);
  if (!settings) return tl::unexpected(settings.error());
  input.settings = std::move(*settings);
  if (with_sites && !options.no_sites) {
    std::string own;
    if (!options.sites.empty()) {
      auto text = base::read_file(options.sites, kSmallLimit);
      if (!text) return tl::unexpected(text.error());
      own = std::move(*text);
    }
    const auto embedded = base::resource("patrol/sites.json");
    if (!embedded) return tl::unexpected(embedded.error());
    auto sites = options.sites.empty() ? patrol::read_sites(*embedded, "patrol/sites.json")
                                       : patrol::read_sites(own, options.sites);
    if (!sites) return tl::unexpected(sites.error());
    input.sites = std::move(*sites);
  }
  return input;
}

struct PlanOptions {
  EvidenceOptions evidence;
  std::string assets, area, prior, from, to, detection = "exponential", output;
  std::vector<std::string> no_go;
  double cell_nm = 10, clearance_nm = 12;
  std::optional<double> motion_kn;
  double motion_step_h = 24;
  std::uint64_t seed = 1;
};

base::Result<base::TimeMs> time_of(const std::string& text, std::string_view option) {
  if (const auto time = base::parse_time(text)) return *time;
  const auto date = base::parse_date(text);
  if (!date || !date->complete())
    return base::fail("{}: expected a day or a time such as 2024-02-08T06:00:00Z, found '{}'", option,
                      base::printable(text));
  return base::start_of(*date);
}

base::Result<std::vector<patrol::Region>> regions_of(const std::string& text, std::string_view option) {
  // A box begins with a number; a file may not.
  if (!text.empty() && text.find_first_not_of("0123456789+-., eE") == std::string::npos &&
      text.find(',') != std::string::npos) {
    auto box = patrol::parse_box(text);
    if (!box) return base::fail("{}: {}", option, box.error().message);
    return std::vector<patrol::Region>{std::move(*box)};
  }
  const auto file = base::read_file(text, kSmallLimit);
  if (!file) return tl::unexpected(file.error());
  return patrol::read_regions(*file, text);
}

base::Result<patrol::PlanRequest> request_of(const PlanOptions& options) {
  patrol::PlanRequest request;
  const auto assets_text = base::read_file(options.assets, kSmallLimit);
  if (!assets_text) return tl::unexpected(assets_text.error());
  auto assets = patrol::read_assets(*assets_text, options.assets);
  if (!assets) return tl::unexpected(assets.error());
  request.assets = std::move(*assets);
  const auto from = time_of(options.from, "--from"), to = time_of(options.to, "--to");
  if (!from) return tl::unexpected(from.error());
  if (!to) return tl::unexpected(to.error());
  request.from = *from;
  request.to = *to;
  request.clearance_nm = options.clearance_nm;
  for (const std::string& one : options.no_go) {
    auto regions = regions_of(one, "--no-go");
    if (!regions) return tl::unexpected(regions.error());
    for (auto& region : *regions) request.no_go.push_back(std::move(region));
  }
  if (!options.prior.empty()) {
    const auto text = base::read_file(options.prior, kInputLimit);
    if (!text) return tl::unexpected(text.error());
    auto map = patrol::read_map(*text, options.prior);
    if (!map) return tl::unexpected(map.error());
    request.area = std::move(map->area);
    for (auto& region : map->no_go) request.no_go.push_back(std::move(region));
    request.clearance_nm = map->clearance_nm;
    request.prior_grid = std::move(map->grid);
    request.prior = std::move(map->prior);
  } else {
    auto area = regions_of(options.area, "--area");
    if (!area) return tl::unexpected(area.error());
    request.area = std::move(*area);
  }
  auto evidence = read_evidence(options.evidence, options.prior.empty());
  if (!evidence) return tl::unexpected(evidence.error());
  request.evidence = std::move(*evidence);
  request.cell_nm = options.cell_nm;
  request.law = options.detection == "definite"       ? patrol::Detection::definite
                : options.detection == "inverse-cube" ? patrol::Detection::inverse_cube
                                                      : patrol::Detection::random;
  if (options.motion_kn) request.motion = patrol::Motion{*options.motion_kn, 6, options.motion_step_h};
  request.seed = options.seed;
  return request;
}

base::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->write(bytes); !done) return done;
  return file->commit();
}

void print_plan(const patrol::Plan& plan) {
  fmt::print("{:<24} {:>3}  {:<17} {:>7} {:>7} {:>7} {:>6} {:>7}\n", "sortie", "#", "start (UTC)", "hours",
             "search", "nm", "areas", "POS");
  for (const auto& sortie : plan.sorties)
    fmt::print("{:<24} {:>3}  {:<17} {:>7.1f} {:>7.1f} {:>7.0f} {:>6} {:>6.2f}%\n",
               base::printable(plan.request.assets.assets[sortie.asset].name).substr(0, 24), sortie.number,
               base::to_iso(sortie.start).substr(0, 16) + "Z", sortie.hours(), sortie.search_h,
               sortie.track_nm, sortie.visits.size(), 100 * sortie.pos);
  for (const auto& look : plan.looks) {
    const auto& asset = plan.request.assets.assets[look.asset];
    fmt::print("{:<24} {:>3}  {:<17} {:>7} {:>7} {:>7} {:>6} {:>6.2f}%\n",
               base::printable(asset.name).substr(0, 24), look.pass + 1,
               base::to_iso(asset.passes[look.pass].time).substr(0, 16) + "Z", "", "", "", "pass",
               100 * look.pos);
  }
  fmt::print(
      "probability of success {:.2f} % ({:.2f} to {:.2f}); no plan with these assets exceeds {:.2f} %; gap "
      "{:.2f}\n",
      100 * plan.pos.value, 100 * plan.pos.low, 100 * plan.pos.high, 100 * plan.bound,
      100 * (plan.bound - plan.pos.value));
  if (!plan.curve.random.empty())
    fmt::print("the same miles of search spread without a map: {:.2f} %\n",
               100 * plan.curve.random.back().chance);
}

base::Result<void> run_plan(const PlanOptions& options) {
  auto request = request_of(options);
  if (!request) return tl::unexpected(request.error());
  const auto plan = patrol::make_plan(std::move(*request));
  if (!plan) return tl::unexpected(plan.error());
  const auto briefing = patrol::briefing_html(*plan);
  if (!briefing) return tl::unexpected(briefing.error());
  std::error_code error;
  const std::filesystem::path folder(options.output);
  std::filesystem::create_directories(folder, error);
  if (error) return base::fail("{}: cannot make the folder: {}", options.output, error.message());
  for (const auto& [name, text] : {std::pair<const char*, std::string>{"plan.json", patrol::plan_json(*plan)},
                                   {"curves.json", patrol::curves_json(*plan)},
                                   {"tracks.geojson", patrol::tracks_geojson(*plan)},
                                   {"tracks.gpx", patrol::tracks_gpx(*plan)},
                                   {"tracks.kml", patrol::tracks_kml(*plan)},
                                   {"briefing.html", *briefing}})
    if (auto done = write_file(folder / name, text); !done) return done;
  print_plan(*plan);
  fmt::print("Briefing: {}\n", (folder / "briefing.html").string());
  return {};
}

base::Result<patrol::Plan> load_plan(const std::string& path) {
  const auto text = base::read_file(path, kInputLimit);
  if (!text) return tl::unexpected(text.error());
  return patrol::read_plan(*text, path);
}

struct UpdateOptions {
  std::string plan, searched = "tracks";
  std::vector<std::string> found;
  bool not_found = false;
  EvidenceOptions evidence;
  Output output;
};

base::Result<std::string> run_update(const UpdateOptions& options) {
  auto plan = load_plan(options.plan);
  if (!plan) return tl::unexpected(plan.error());
  patrol::Update what;
  if (options.searched != "tracks") {
    const auto text = base::read_file(options.searched, kInputLimit);
    if (!text) return tl::unexpected(text.error());
    if (text->find("\"effort\"") != std::string::npos) {
      auto effort = patrol::read_effort(*text, options.searched, *plan);
      if (!effort) return tl::unexpected(effort.error());
      what.effort = std::move(*effort);
    } else {
      auto searched = patrol::read_searched(*text, options.searched, *plan);
      if (!searched) return tl::unexpected(searched.error());
      what.legs = std::move(searched->legs);
    }
  }
  for (const std::string& place : options.found) {
    const auto words = base::split(place, ',');
    const auto lat = words.size() == 2 ? base::parse_number<double>(base::trim(words[0])) : std::nullopt;
    const auto lon = words.size() == 2 ? base::parse_number<double>(base::trim(words[1])) : std::nullopt;
    if (!lat || !lon || !(*lat >= -90 && *lat <= 90) || !(*lon >= -180 && *lon <= 180))
      return base::fail("--found: expected latitude,longitude in degrees, found '{}'",
                        base::printable(place));
    what.found.push_back(base::from_degrees(*lat, *lon));
  }
  auto evidence = read_evidence(options.evidence, false);
  if (!evidence) return tl::unexpected(evidence.error());
  what.evidence = std::move(*evidence);
  what.evidence.now = plan->request.to;
  const auto updated = patrol::update(*plan, what);
  if (!updated) return tl::unexpected(updated.error());
  note(fmt::format("patrol update: {}", updated->map.history.back()));
  return patrol::map_json(updated->map);
}

struct EvaluateOptions {
  std::string plan;
  std::uint64_t runs = 100000, seed = 1;
  Output output;
};

}  // namespace

void add_patrol_plan(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command = verb.add_subcommand(
      "plan", "from events to sorties: prior map, best effort with its bound, tracks, briefing");
  add_evidence(*command, options->evidence);
  command->add_option("--sites", options->evidence.sites,
                      "JSON in place of data/patrol/sites.json: areas known for transfers");
  command->add_flag("--no-sites", options->evidence.no_sites, "leave the curated sites out");
  command->add_option("--assets", options->assets, "TOML: what there is to search with")->required();
  auto* area = command->add_option("--area", options->area,
                                   "south,west,north,east in degrees, or a GeoJSON file of polygons");
  auto* prior =
      command->add_option("--prior", options->prior, "begin with this map: what `patrol update` wrote")
          ->excludes(area);
  area->excludes(prior);
  command->add_option("--no-go", options->no_go, "areas nobody may enter: boxes or GeoJSON files")
      ->type_name("BOX|FILE ...");
  command->add_option("--from", options->from, "begin of the period, UTC")->required();
  command->add_option("--to", options->to, "end of the period, UTC")->required();
  command->add_option("--detection", options->detection, "law of detection by coverage")
      ->capture_default_str()
      ->check(CLI::IsMember({"exponential", "inverse-cube", "definite"}));
  command->add_option("--motion", options->motion_kn, "knots: the target wanders; without it, it stands")
      ->check(CLI::Range(0.01, 40.0));
  command->add_option("--motion-step", options->motion_step_h, "hours between its moves")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 240.0));
  command->add_option("--cell", options->cell_nm, "nautical miles: side of a cell of the map")
      ->capture_default_str()
      ->check(CLI::Range(0.5, 120.0));
  command->add_option("--clearance", options->clearance_nm, "nautical miles kept off every shore")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 200.0));
  command->add_option("--seed", options->seed, "of the random choices")->capture_default_str();
  command
      ->add_option("-o,--output", options->output,
                   "folder for plan.json, tracks.*, curves.json, briefing.html")
      ->required();
  command->footer(
      "cordon patrol plan --events events.ndjson --targets out/targets.ndjson --assets assets.toml \\\n"
      "    --area 24,118,39,130 --from 2024-02-08 --to 2024-02-15 --output plan");
  command->callback([options, &exit] {
    if (options->area.empty() && options->prior.empty())
      return report(exit, base::Error{"patrol plan: expected --area or --prior"}, kUsage);
    if (auto done = run_plan(*options); !done) report(exit, done.error());
  });
}

void add_patrol_update(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* command = verb.add_subcommand("update", "what a search taught: the map for the next plan");
  command->add_option("--plan", options->plan, "plan.json")->required();
  command
      ->add_option(
          "--searched", options->searched,
          "tracks: as planned; or a file: tracks as sailed (GeoJSON), or hours by area (JSON \"effort\")")
      ->capture_default_str();
  auto* not_found = command->add_flag("--not-found", options->not_found, "nothing was found");
  command->add_option("--found", options->found, "latitude,longitude of a find; may be given again")
      ->excludes(not_found);
  add_evidence(*command, options->evidence);
  add_output(*command, options->output, {"json"});
  command->footer(
      "cordon patrol update --plan plan/plan.json --not-found --output map.json\n"
      "  cordon patrol plan --prior map.json --assets assets.toml --from 2024-02-15 --to 2024-02-22 --output "
      "next");
  command->callback([options, &exit] {
    if (!options->not_found && options->found.empty())
      return report(exit, base::Error{"patrol update: expected --not-found or --found LAT,LON"}, kUsage);
    const auto text = run_update(*options);
    if (!text) return report(exit, text.error());
    with_output(exit, options->output, [&](base::OutputFile& file) { return file.write(*text); });
  });
}

void add_patrol_evaluate(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* command = verb.add_subcommand(
      "evaluate", "fly the tracks past simulated targets: does the plan do what it says?");
  command->add_option("--plan", options->plan, "plan.json")->required();
  command->add_option("--runs", options->runs, "targets")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{100000000}));
  command->add_option("--seed", options->seed, "of the targets and detections")->capture_default_str();
  add_output(*command, options->output, {"json"});
  command->footer(
      "cordon patrol evaluate --plan plan/plan.json --runs 100000 --seed 7\n"
      "  Exit status 1: simulated and planned chance differ by more than both errors allow.");
  command->callback([options, &exit] {
    const auto plan = load_plan(options->plan);
    if (!plan) return report(exit, plan.error());
    const auto evaluation = patrol::evaluate(*plan, options->runs, options->seed);
    with_output(exit, options->output, [&](base::OutputFile& file) {
      return file.write(patrol::evaluation_json(*plan, evaluation));
    });
    if (exit.code == 0 && !evaluation.agree) exit.code = 1;
  });
}

}  // namespace cordon::cli
