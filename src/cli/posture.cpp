// cordon posture compare SCENARIO.toml... | list | show NAME
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "common.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/base/text.hpp"
#include "cordon/posture/compare.hpp"
#include "cordon/posture/report.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::cli {
namespace {

// A file, or the name of a built-in posture.
base::Result<posture::Scenario> find(const std::string& name) {
  return name.ends_with(".toml") ? posture::load_scenario(name) : posture::built_in(name);
}

struct CompareOptions {
  std::vector<std::string> files;
  std::string built_in, folder, format;
  posture::Options options;
  bool quick = false;
};

base::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->write(bytes); !done) return done;
  return file->commit();
}

base::Result<void> compare(const CompareOptions& chosen) {
  std::vector<posture::Scenario> scenarios;
  std::vector<std::string> names;
  if (chosen.built_in == "all" || (chosen.built_in.empty() && chosen.files.empty()))
    names = posture::built_in_names();
  else if (!chosen.built_in.empty())
    for (const auto part : base::split(chosen.built_in, ',')) names.emplace_back(base::trim(part));
  for (const auto& name : names) {
    auto one = posture::built_in(name);
    if (!one) return tl::unexpected(one.error());
    scenarios.push_back(*std::move(one));
  }
  for (const auto& file : chosen.files) {
    auto one = find(file);
    if (!one) return tl::unexpected(one.error());
    scenarios.push_back(*std::move(one));
  }
  auto options = chosen.options;
  if (chosen.quick) {
    options.tornado = options.checks = false;
    options.assumption_sets = 0;
  }
  base::Progress progress("posture", 0, "years");
  const auto result =
      posture::compare(std::move(scenarios), options, [&](std::uint64_t years) { progress.advance(years); });
  if (!result) return tl::unexpected(result.error());

  const bool table = chosen.format.empty() ? isatty(STDOUT_FILENO) != 0 : chosen.format == "table";
  const std::string text = table                     ? posture::to_table(*result)
                           : chosen.format == "csv"  ? posture::to_csv(*result)
                           : chosen.format == "json" ? posture::to_json(*result)
                                                     : posture::to_ndjson(*result);
  if (!chosen.folder.empty()) {
    const std::filesystem::path folder = chosen.folder;
    const auto page = posture::report_html(*result);
    if (!page) return tl::unexpected(page.error());
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return base::fail("{}: cannot make the folder: {}", chosen.folder, error.message());
    if (auto done = write_file(folder / "posture.json", posture::to_json(*result)); !done) return done;
    if (auto done = write_file(folder / "report.html", *page); !done) return done;
  }
  auto out = base::OutputFile::create("-");
  if (!out) return tl::unexpected(out.error());
  if (auto done = out->write(text); !done) return done;
  if (auto done = out->commit(); !done) return done;
  if (!chosen.folder.empty())
    note(fmt::format("report: {}", (std::filesystem::path(chosen.folder) / "report.html").string()));
  return {};
}

void add_posture_compare(CLI::App& verb, Exit& exit) {
  auto chosen = std::make_shared<CompareOptions>();
  CLI::App* command = verb.add_subcommand(
      "compare", "simulate years under several postures and say how they differ and how sure that is");
  command->add_option("scenarios", chosen->files, "scenario files (.toml) or names of built-in postures");
  command->add_option(
      "--built-in", chosen->built_in,
      "built-in postures, by name with commas, or all; the default where no scenario is named");
  command->add_option("--runs", chosen->options.runs, "simulated years of each posture")
      ->capture_default_str()
      ->check(CLI::Range(100, 10'000'000));
  command->add_option("--seed", chosen->options.seed, "of the random numbers; all postures share them")
      ->capture_default_str();
  command->add_option("--baseline", chosen->options.baseline,
                      "the posture that others are compared with; without it the first");
  command->add_flag("--quick", chosen->quick,
                    "leave out what the assumptions do (tornado, ranges) and the published figures");
  command->add_option("-o,--output", chosen->folder, "folder for posture.json and report.html");
  command->add_option("--format", chosen->format, "on stdout; a table on a terminal, else ndjson")
      ->check(CLI::IsMember({"table", "ndjson", "csv", "json"}));
  command->footer(
      "Example:\n  cordon posture compare --built-in canada_alone,with_japan_and_partners --runs 20000 "
      "--output "
      "out");
  command->callback([chosen, &exit] {
    if (auto done = compare(*chosen); !done) report(exit, done.error());
  });
}

void add_posture_list(CLI::App& verb, Exit& exit) {
  auto output = std::make_shared<Output>();
  CLI::App* command = verb.add_subcommand("list", "the built-in postures");
  add_output(*command, *output, {});
  command->footer("Example:\n  cordon posture list");
  command->callback([output, &exit] {
    with_output(exit, *output, [&](base::OutputFile& file) -> base::Result<void> {
      for (const auto& name : posture::built_in_names()) {
        const auto one = posture::built_in(name);
        if (!one) return tl::unexpected(one.error());
        if (auto done = file.write(fmt::format("{:<28} {}\n", name, one->summary)); !done) return done;
      }
      return {};
    });
  });
}

struct ShowOptions {
  std::string name;
  Output output;
};

void add_posture_show(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command =
      verb.add_subcommand("show", "one posture: its patrols, and every number with its range and source");
  command->add_option("scenario", options->name, "a file (.toml) or the name of a built-in posture")
      ->required();
  add_output(*command, options->output, {"table", "json"});
  command->footer("Example:\n  cordon posture show with_japan_and_partners");
  command->callback([options, &exit] {
    const auto one = find(options->name);
    if (!one) return report(exit, one.error());
    with_output(exit, options->output, [&](base::OutputFile& file) {
      return file.write(options->output.format == "json" ? posture::to_json(*one) : posture::to_text(*one));
    });
  });
}

}  // namespace

void add_posture(CLI::App& app, Exit& exit) {
  CLI::App* verb = app.add_subcommand(
      "posture", "compare ways to patrol and to share: what each would detect, and what would slip through");
  verb->require_subcommand(1);
  add_posture_compare(*verb, exit);
  add_posture_list(*verb, exit);
  add_posture_show(*verb, exit);
}

}  // namespace cordon::cli
