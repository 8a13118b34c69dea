#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "common.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/watch/report.hpp"
#include "cordon/watch/watch.hpp"
#include "watch_inputs.hpp"

namespace cordon::cli {
namespace {

struct Options {
  watch::Inputs inputs;
  WatchTexts texts;
  std::string output = "out";
};

base::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->write(bytes); !done) return done;
  return file->commit();
}

// The first words of a headline that fit a terminal's row.
std::string shortened(std::string_view text, std::size_t width) {
  if (text.size() <= width) return std::string(text);
  std::size_t end = width - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return std::string(text.substr(0, end)) + "...";
}

void print_table(const watch::Targets& targets) {
  fmt::print("{:>4} {:>6}  {:<12} {:<22} {:<4} {}\n", "rank", "score", "vessel", "name", "flag", "why");
  constexpr std::size_t kRows = 25;
  for (const auto& dossier : targets.dossiers) {
    if (dossier.rank > kRows) break;
    fmt::print("{:>4} {:>6.1f}  {:<12} {:<22} {:<4} {}\n", dossier.rank, dossier.score, dossier.id,
               shortened(dossier.identity.name.empty() ? "-" : dossier.identity.name, 22),
               dossier.identity.flag, shortened(dossier.headline, 110));
  }
  if (targets.dossiers.size() > kRows)
    fmt::print("     and {} more in targets.ndjson\n", targets.dossiers.size() - kRows);
}

base::Result<void> run(Options& options) {
  auto& inputs = options.inputs;
  const auto weights = read_watch_inputs(inputs, options.texts);
  if (!weights) return tl::unexpected(weights.error());

  base::Progress progress("watch", 0, "reports");
  const auto targets = watch::watch(inputs, *weights, {.batch = [&](const model::FeedBatch& batch) {
                                      progress.advance(batch.positions.size() + batch.statics.size());
                                    }});
  if (!targets) return tl::unexpected(targets.error());
  for (const auto& warning : targets->run.warnings) note(warning);

  const std::filesystem::path folder = options.output;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::fail("{}: cannot make the folder: {}", options.output, error.message());
  std::string lines;
  for (const auto& dossier : targets->dossiers) {
    watch::append_json(lines, dossier, targets->run);
    lines += '\n';
  }
  const auto page = watch::report_html(*targets);
  if (!page) return tl::unexpected(page.error());
  if (auto done = write_file(folder / "targets.ndjson", lines); !done) return done;
  if (auto done = write_file(folder / "report.html", *page); !done) return done;

  print_table(*targets);
  fmt::print("{} positions, {} vessels, {} events, {} targets, judged at {}.\nReport: {}\n",
             targets->run.positions, targets->run.vessels, targets->run.events, targets->dossiers.size(),
             targets->run.as_of, (folder / "report.html").string());
  return {};
}

}  // namespace

void add_watch(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("watch", "rank vessels: behaviour, owners, lists and law in one chain");
  auto options = std::make_shared<Options>();
  auto& inputs = options->inputs;
  command->add_option("feeds", inputs.feeds, "AIS traffic: NMEA or CSV, plain or .gz .zst .xz; - is stdin")
      ->required();
  add_watch_inputs(*command, inputs, options->texts,
                   "day to judge shares and law at; without it the day of the last report");
  command->add_option("-o,--output", options->output, "folder for targets.ndjson and report.html")
      ->capture_default_str();
  command->footer(
      "Example:\n  cordon watch feed.nmea.gz --registry registry.csv --ownership owners.csv --lists lists/ "
      "--output out");
  command->callback([options, &exit] {
    if (auto done = run(*options); !done) report(exit, done.error());
  });
}

}  // namespace cordon::cli
