// cordon simulate: seeded traffic of the theatre with known truth, as a folder of files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/time.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/simulate/scenario.hpp"

namespace cordon::cli {
namespace {

struct Arguments {
  std::string size = "small", start, output, format = "both";
  std::vector<std::string> lists;
  std::uint64_t seed = 1;
  // Those not given keep the size's value.
  std::optional<double> days, shift_lon;
  std::optional<unsigned> vessels, thin, events;
};

base::Result<simulate::ScenarioOptions> options_of(const Arguments& a) {
  auto options = simulate::preset(a.size);
  if (!options) return options;
  options->seed = a.seed;
  options->days = a.days.value_or(options->days);
  options->vessels = a.vessels.value_or(options->vessels);
  options->thin_s = a.thin.value_or(options->thin_s);
  options->event_percent = a.events.value_or(options->event_percent);
  options->shift_lon_deg = a.shift_lon.value_or(options->shift_lon_deg);
  if (!a.start.empty()) {
    std::optional<base::TimeMs> start = base::parse_time(a.start);
    if (!start) {
      if (const auto day = base::parse_date(a.start); day && day->complete()) start = base::start_of(*day);
    }
    if (!start) return base::fail("--start: expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, found '{}'", a.start);
    options->start = *start;
  }
  return options;
}

void run(const Arguments& a, Exit& exit) {
  auto options = options_of(a);
  if (!options) return report(exit, options.error(), kUsage);
  if (!a.lists.empty()) {
    const std::vector<std::filesystem::path> paths(a.lists.begin(), a.lists.end());
    auto set = lists::read_lists(paths);
    if (!set) return report(exit, set.error());
    for (auto& file : set->files) {
      for (auto& entity : file.entities) {
        if (entity.first("regime") == "dprk") options->listed.push_back(std::move(entity));
      }
    }
    if (options->listed.empty()) return report(exit, {"--lists: no entry under a DPRK programme found"});
  }
  auto scenario = simulate::Scenario::make(*options);
  if (!scenario) return report(exit, scenario.error(), kUsage);
  const simulate::FolderOptions files{a.format != "csv", a.format != "nmea"};
  if (auto done = simulate::write_folder(*scenario, a.output, files); !done)
    return report(exit, done.error());
  const auto& truth = scenario->truth();
  note(
      fmt::format("{}: {} positions, {} static reports, {} vessels, {} events, {} innocents, {} listed "
                  "vessels, {} chains",
                  a.output, scenario->positions(), scenario->statics(), scenario->options().vessels,
                  truth.events.size(), truth.negatives.size(), truth.listed.size(), truth.chains.size()));
}

}  // namespace

void add_simulate(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("simulate", "invent traffic with known truth: feed, register, owners, truth");
  auto a = std::make_shared<Arguments>();
  command->add_option("-o,--output", a->output, "folder to write into, made where missing")->required();
  command->add_option("--size", a->size, "small (200 vessels, 2 days), medium (2,000, 7), large (20,000, 7)")
      ->check(CLI::IsMember({"small", "medium", "large"}))
      ->capture_default_str();
  command->add_option("--seed", a->seed, "the same seed gives the same bytes")->capture_default_str();
  command->add_option("--days", a->days, "length; events need at least 1");
  command->add_option("--vessels", a->vessels, "hulls in all, from 100");
  command->add_option("--start", a->start, "first day or time, UTC (2024-02-05)");
  command->add_option("--thin", a->thin,
                      "seconds: no vessel reports more often; 0 = ITU-R M.1371's intervals");
  command->add_option("--events", a->events, "percent of the usual mix of events; 0 = traffic only");
  command->add_option("--lists", a->lists,
                      "take the listed ships and parties from these files, not the embedded list");
  command->add_option("--shift-longitude", a->shift_lon,
                      "degrees: moves all tracks, for tests at the antimeridian");
  command->add_option("--format", a->format, "nmea, csv or both")
      ->check(CLI::IsMember({"nmea", "csv", "both"}))
      ->capture_default_str();
  command->footer(
      "Example: cordon simulate --seed 1 --days 2 --vessels 300 --output demo\n"
      "Writes feed.nmea, positions.csv, registry.csv, ownership.ftm.json, truth.json, README.txt. All tracks "
      "are\n"
      "invented: none says anything about a real ship.");
  command->callback([a, &exit] { run(*a, exit); });
}

}  // namespace cordon::cli
