// cordon detect: AIS traffic in, events out.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/export.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/registry.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::cli {
namespace {

struct Options {
  std::vector<std::string> feeds;
  std::string registry, lists, parameters;
  bool all = false, streaming = false, show_parameters = false;
  Output output;
};

base::Result<detect::Parameters> parameters_of(const Options& options) {
  detect::Parameters out = detect::default_parameters();
  if (!options.parameters.empty()) {
    const auto text = base::read_file(options.parameters);
    if (!text) return tl::unexpected(text.error());
    auto loaded = detect::load_parameters(*text, options.parameters);
    if (!loaded) return loaded;
    out = *std::move(loaded);
  }
  if (options.all) out.report_minimum_score = 0;
  return out;
}

base::Result<std::vector<detect::ListedVessel>> listed_vessels(const std::string& path) {
  std::vector<detect::ListedVessel> out;
  if (path.empty()) {
    auto embedded = lists::read_embedded();
    if (!embedded) return tl::unexpected(embedded.error());
    for (const auto& entity : embedded->entities) detect::append_listed(out, entity);
    return out;
  }
  const std::filesystem::path paths[] = {path};
  auto set = lists::read_lists(paths);
  if (!set) return tl::unexpected(set.error());
  for (const auto& file : set->files)
    for (const auto& entity : file.entities) detect::append_listed(out, entity);
  return out;
}

base::Result<void> run(const Options& options, base::OutputFile& file) {
  const auto parameters = parameters_of(options);
  if (!parameters) return tl::unexpected(parameters.error());
  std::vector<model::RegisteredVessel> registry;
  base::Tally rejected;
  if (!options.registry.empty()) {
    auto rows = detect::read_registry(options.registry, &rejected);
    if (!rows) return tl::unexpected(rows.error());
    registry = *std::move(rows);
    report("registry", rejected);
  }
  const auto listed = listed_vessels(options.lists);
  if (!listed) return tl::unexpected(listed.error());

  const auto writer = detect::make_writer(options.output.format, options.feeds);
  std::vector<model::Event> events;
  std::string text = writer->header();
  base::Result<void> written;
  const auto put = [&](const model::Event& event) {
    writer->append(text, event);
    if (written) written = file.write(text);
    text.clear();
  };
  detect::Detector detector(*parameters, registry, *listed, [&](const model::Event& event) {
    if (options.streaming)
      put(event);
    else
      events.push_back(event);
  });
  base::Progress progress("detect", 0, "reports");
  for (std::size_t i = 0; i < options.feeds.size(); ++i) {
    const auto feed =
        ais::read_feed(options.feeds[i], static_cast<std::uint16_t>(i), [&](const model::FeedBatch& batch) {
          detector.push(batch);
          progress.advance(batch.positions.size());
        });
    if (!feed) return tl::unexpected(feed.error());
    report(options.feeds[i], feed->rejects);
  }
  detector.finish();
  std::stable_sort(events.begin(), events.end(), detect::event_before);
  for (const auto& event : events) put(event);
  text += writer->footer();
  if (written) written = file.write(text);
  const auto stats = detector.stats();
  report("positions not used", stats.unused);
  note(fmt::format("{} positions, {} static reports, {} vessels, {} events; {} more below the score of {}",
                   stats.positions, stats.statics, stats.vessels, stats.events, stats.withheld,
                   parameters->report_minimum_score));
  return written;
}

void print_parameters() {
  for (const auto& row : detect::describe_parameters())
    fmt::print("{:32} {:>10} {:12} {}\n", row.name, row.value, row.unit, row.source);
}

}  // namespace

void add_detect(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "detect", "AIS traffic -> encounters, gaps, port calls, changed and false identities");
  auto options = std::make_shared<Options>();
  command->add_option("feeds", options->feeds,
                      "NMEA, or CSV of NOAA or the Danish authority; .gz .zst .xz; - is stdin");
  command->add_option("--registry", options->registry,
                      "ship register, CSV: IMO,name,flag,type,length,beam,built,owner,manager");
  command->add_option("--lists", options->lists,
                      "sanctions list or folder of lists; without it the embedded DPRK designations");
  command->add_option("--parameters", options->parameters, "TOML that changes parameters of the rules");
  command->add_flag("--show-parameters", options->show_parameters,
                    "print every parameter with unit and source");
  command->add_flag("--all", options->all,
                    "events of any score: recognised innocents too, each with its reasons");
  command->add_flag("--stream", options->streaming,
                    "write events as they become sure, not sorted at the end");
  add_output(*command, options->output, {"ndjson", "csv", "geojson", "kml"});
  command->footer(
      "Example:\n  cordon detect feed.nmea.gz --registry registry.csv --lists lists/ > events.ndjson");
  command->callback([options, &exit] {
    if (options->show_parameters) return print_parameters();
    if (options->feeds.empty()) return report(exit, base::Error{"detect: give at least one feed"}, kUsage);
    with_output(exit, options->output, [&](base::OutputFile& file) { return run(*options, file); });
  });
}

}  // namespace cordon::cli
