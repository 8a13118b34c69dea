// cordon patrol plan | update | evaluate (patrol_plan.cpp), allocate CASE.json, route INSTANCE
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "common.hpp"
#include "cordon/base/json.hpp"
#include "cordon/patrol/case.hpp"
#include "cordon/patrol/orienteering.hpp"
#include "patrol_plan.hpp"

namespace cordon::cli {
namespace {

constexpr std::size_t kInputLimit = std::size_t{256} << 20;

struct AllocateOptions {
  std::filesystem::path file;
  double gap = 1e-6;
  Output output;
};

void allocate(const AllocateOptions& options, Exit& exit) {
  const auto text = base::read_file(options.file, kInputLimit);
  if (!text) return report(exit, text.error());
  const auto cases = patrol::read_cases(*text, options.file.string());
  if (!cases) return report(exit, cases.error());
  with_output(exit, options.output, [&](base::OutputFile& file) -> base::Result<void> {
    for (const patrol::Case& one : *cases) {
      const patrol::Answer answer = patrol::solve(one, options.gap);
      std::string line;
      patrol::append_answer(line, one, answer);
      if (auto done = file.write(line); !done) return done;
      if (answer.bound - answer.pos > options.gap)
        note(fmt::format("patrol allocate: {}the gap of {:.1e} was not reached: it is {:.1e}",
                         one.name.empty() ? "" : one.name + ": ", options.gap, answer.bound - answer.pos));
    }
    return {};
  });
}

void add_allocate(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<AllocateOptions>();
  CLI::App* command = verb.add_subcommand(
      "allocate", "search effort over areas, best for a target that stands still or moves");
  command
      ->add_option("case", options->file, "JSON: {p, T, w}, or {n, T, p0, K, w, effort}; or a list of such")
      ->required();
  command->add_option("--gap", options->gap, "for moving targets: how near to the bound is near enough")
      ->capture_default_str()
      ->check(CLI::Range(1e-12, 1.0));
  add_output(*command, options->output, {"ndjson"});
  command->footer("cordon patrol allocate areas.json");
  command->callback([options, &exit] { allocate(*options, exit); });
}

struct RouteOptions {
  std::filesystem::path file;
  double seconds = 1;
  std::uint64_t seed = 1;
  Output output;
};

void route(const RouteOptions& options, Exit& exit) {
  const auto text = base::read_file(options.file, kInputLimit);
  if (!text) return report(exit, text.error());
  const auto problem = patrol::read_orienteering(*text, options.file.string());
  if (!problem) return report(exit, problem.error());
  const auto tour = patrol::route(*problem, options.seed, patrol::rounds_for(*problem, options.seconds));
  if (!tour) return report(exit, tour.error());
  with_output(exit, options.output, [&](base::OutputFile& file) {
    std::string line;
    base::JsonWriter json(line);
    json.begin_object();
    json.field("score", tour->score);
    json.field("length", tour->length);
    json.field("budget", problem->budget);
    json.key("tour");
    json.begin_array();
    for (const std::uint32_t place : tour->places) json.value(place);
    json.end_array();
    json.end_object();
    line += '\n';
    return file.write(line);
  });
}

void add_route(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<RouteOptions>();
  CLI::App* command =
      verb.add_subcommand("route", "the places most worth visiting within a length, and the way");
  command->add_option("instance", options->file, "OPLIB, or Tsiligirides' and Chao's text")->required();
  command
      ->add_option("--seconds", options->seconds,
                   "work in so many seconds of a common core; the same number gives the same tour anywhere")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 3600.0));
  command->add_option("--seed", options->seed, "of the random choices")->capture_default_str();
  add_output(*command, options->output, {"json"});
  command->footer("cordon patrol route sortie.oplib --seconds 1 --seed 7");
  command->callback([options, &exit] { route(*options, exit); });
}

}  // namespace

void add_patrol(CLI::App& app, Exit& exit) {
  CLI::App* verb =
      app.add_subcommand("patrol", "where to search: from events to tracks with a certified bound");
  verb->require_subcommand(1);
  add_patrol_plan(*verb, exit);
  add_patrol_update(*verb, exit);
  add_patrol_evaluate(*verb, exit);
  add_allocate(*verb, exit);
  add_route(*verb, exit);
}

}  // namespace cordon::cli
