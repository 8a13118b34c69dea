// cordon detect: AIS traffic in, events out.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/detect/checkpoint.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/export.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/registry.hpp"
#include "cordon/lists/lists.hpp"

namespace cordon::cli {
namespace {

struct Options {
  std::vector<std::string> feeds;
  std::string registry, lists, parameters, checkpoint;
  bool all = false, streaming = false, show_parameters = false, resume = false, follow = false;
  unsigned every_s = 60, idle_s = 0;
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

// The batch without its first rows; counts down what was passed over.
model::FeedBatch without(const model::FeedBatch& batch, std::uint64_t& positions, std::uint64_t& statics) {
  model::FeedBatch out;
  const auto p = std::min<std::uint64_t>(positions, batch.positions.size());
  const auto s = std::min<std::uint64_t>(statics, batch.statics.size());
  positions -= p;
  statics -= s;
  for (std::size_t i = p; i < batch.positions.size(); ++i) out.positions.push_back(batch.positions.row(i));
  out.statics.assign(batch.statics.begin() + static_cast<std::ptrdiff_t>(s), batch.statics.end());
  return out;
}

base::Result<void> run(const Options& options, base::OutputFile& output) {
  auto opened = TextOutput::create(output, options.output.format, detect::parquet_form());
  if (!opened) return tl::unexpected(opened.error());
  TextOutput& file = *opened;
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
  const bool streaming = options.streaming || options.follow;
  detect::Checkpoint saved;
  if (options.resume) {
    auto read = detect::read_checkpoint(options.checkpoint);
    if (!read) return tl::unexpected(read.error());
    saved = *std::move(read);
  }
  std::vector<model::Event>& events = saved.events;
  std::string text = options.resume && streaming ? "" : writer->header();
  base::Result<void> written;
  const auto put = [&](const model::Event& event) {
    writer->append(text, event);
    if (written) written = file.write(text);
    text.clear();
  };
  detect::Detector detector(*parameters, registry, *listed, [&](const model::Event& event) {
    ++saved.written;
    if (streaming)
      put(event);
    else
      events.push_back(event);
  });
  if (options.resume) {
    if (auto done = detector.restore(saved.state); !done)
      return base::fail("{}: {}", options.checkpoint, done.error().message);
    note(fmt::format("{}: goes on after {} positions of feed {} and {} events", options.checkpoint,
                     saved.positions, saved.feed + 1, saved.written));
  }
  using Clock = std::chrono::steady_clock;
  auto last_saved = Clock::now();
  const auto save = [&] {
    last_saved = Clock::now();
    if (options.checkpoint.empty() || !written) return;
    if (streaming) written = file.flush();
    saved.state = detector.save();
    if (auto done = detect::write_checkpoint(options.checkpoint, saved); !done) written = done;
    saved.state.clear();
  };
  const auto every = std::chrono::seconds(options.every_s);
  base::Progress progress("detect", 0, "reports");
  for (std::size_t i = saved.feed; i < options.feeds.size(); ++i) {
    // Rows that the run before had used are read again and passed over.
    std::uint64_t skip_positions = i == saved.feed ? saved.positions : 0;
    std::uint64_t skip_statics = i == saved.feed ? saved.statics : 0;
    saved.feed = i;
    saved.positions = skip_positions;
    saved.statics = skip_statics;
    ais::FeedOptions feed_options;
    auto grown = Clock::now();
    if (options.follow && i + 1 == options.feeds.size())
      feed_options.follow = [&] {
        if (written) written = file.flush();
        if (Clock::now() - last_saved >= every) save();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return written &&
               (options.idle_s == 0 || Clock::now() - grown < std::chrono::seconds(options.idle_s));
      };
    const auto feed = ais::read_feed(
        options.feeds[i], static_cast<std::uint16_t>(i),
        [&](const model::FeedBatch& batch) {
          grown = Clock::now();
          progress.advance(batch.positions.size());
          if (skip_positions + skip_statics > 0) {
            const model::FeedBatch rest = without(batch, skip_positions, skip_statics);
            saved.positions += rest.positions.size();
            saved.statics += rest.statics.size();
            detector.push(rest);
          } else {
            saved.positions += batch.positions.size();
            saved.statics += batch.statics.size();
            detector.push(batch);
          }
          if (!options.checkpoint.empty() && Clock::now() - last_saved >= every) save();
        },
        feed_options);
    if (!feed) return tl::unexpected(feed.error());
    report(options.feeds[i], feed->rejects);
  }
  // Before what is open is closed: more of the feed may come.
  save();
  detector.finish();
  std::stable_sort(events.begin(), events.end(), detect::event_before);
  for (const auto& event : events) put(event);
  text += writer->footer();
  if (written) written = file.write(text);
  if (written) written = file.finish();
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
                      "NMEA, or CSV of NOAA or the Danish authority, .gz .zst .xz; Parquet; - is stdin");
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
  command->add_flag("--follow", options->follow,
                    "the last feed is a file that still grows: wait for more (implies --stream)");
  command
      ->add_option("--idle", options->idle_s,
                   "with --follow: end after so many seconds without anything new; 0 = never")
      ->capture_default_str();
  auto* checkpoint = command->add_option(
      "--checkpoint", options->checkpoint,
      "file for the state of the run, written now and then and when the feeds have been read");
  command->add_option("--checkpoint-every", options->every_s, "seconds between checkpoints")
      ->capture_default_str();
  command->add_flag("--resume", options->resume, "go on from the checkpoint; give the same feeds, or more")
      ->needs(checkpoint);
  add_output(*command, options->output, {"ndjson", "csv", "geojson", "kml", "parquet", "geoparquet"});
  command->footer(
      "Example:\n  cordon detect feed.nmea.gz --registry registry.csv --lists lists/ > events.ndjson");
  command->callback([options, &exit] {
    if (options->show_parameters) return print_parameters();
    if ((options->streaming || options->follow || options->resume) &&
        options->output.format.ends_with("parquet"))
      return report(exit,
                    base::Error{"detect: a Parquet file is written at the end: not with --stream, "
                                "--follow or --resume"},
                    kUsage);
    if (options->feeds.empty()) return report(exit, base::Error{"detect: give at least one feed"}, kUsage);
    with_output(exit, options->output, [&](base::OutputFile& file) { return run(*options, file); });
  });
}

}  // namespace cordon::cli
