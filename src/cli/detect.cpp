// cordon detect: AIS traffic in, events out.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/progress.hpp"
#include "cordon/detect/checkpoint.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/export.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/read_feeds.hpp"
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

using Clock = std::chrono::steady_clock;

// One run over the feeds, its detector and what it found.
class Run {
 public:
  Run(const Options& options, const detect::Parameters& parameters,
      std::vector<model::RegisteredVessel> registry, std::vector<detect::ListedVessel> listed,
      TextOutput& file)
      : options_(options),
        parameters_(parameters),
        registry_(std::move(registry)),
        listed_(std::move(listed)),
        file_(file),
        writer_(detect::make_writer(options.output.format, options.feeds)) {}

  base::Result<void> all() {
    const bool going_on = streaming() || !options_.checkpoint.empty();
    if (auto done = going_on ? read_on() : read_files(); !done) return done;
    // Before what is open is closed: more of the feed may come.
    save();
    detector_->finish();
    std::stable_sort(saved_.events.begin(), saved_.events.end(), detect::event_before);
    for (const auto& event : saved_.events) put(event);
    text_ += writer_->footer();
    if (written_) written_ = file_.write(text_);
    if (written_) written_ = file_.finish();
    auto stats = detector_->stats();
    stats.unused.merge(stray_);
    report("positions not used", stats.unused);
    note(fmt::format("{} positions, {} static reports, {} vessels, {} events; {} more below the score of {}",
                     stats.positions, stats.statics, stats.vessels, stats.events, stats.withheld,
                     parameters_.report_minimum_score));
    return written_;
  }

 private:
  bool streaming() const { return options_.streaming || options_.follow; }

  void put(const model::Event& event) {
    writer_->append(text_, event);
    if (written_) written_ = file_.write(text_);
    text_.clear();
  }

  void start(detect::Order order) {
    auto numbers = parameters_;
    numbers.order = order;
    detector_.emplace(numbers, registry_, listed_, [this](const model::Event& event) {
      ++saved_.written;
      if (streaming())
        put(event);
      else
        saved_.events.push_back(event);
    });
  }

  // Files that lie there whole: read again and sorted where they are in no order of time.
  base::Result<void> read_files() {
    text_ = writer_->header();
    const std::vector<std::filesystem::path> feeds(options_.feeds.begin(), options_.feeds.end());
    detect::FeedUser user;
    user.start = [this](detect::Order order) {
      saved_ = {};
      start(order);
    };
    user.push = [this](const model::FeedBatch& batch) {
      progress_.advance(batch.positions.size());
      detector_->push(batch);
    };
    user.late = [this] { return detector_->late(); };
    const auto read = detect::read_feeds(feeds, parameters_.order, user);
    if (!read) return tl::unexpected(read.error());
    for (std::size_t i = 0; i < feeds.size(); ++i) report(options_.feeds[i], read->reports[i].rejects);
    if (read->sorted) note(detect::kSortedNote);
    stray_ = read->stray;
    return {};
  }

  // Feeds that grow, or a run that is to go on from where it was: as the rows come.
  base::Result<void> read_on() {
    if (options_.resume) {
      auto read = detect::read_checkpoint(options_.checkpoint);
      if (!read) return tl::unexpected(read.error());
      saved_ = *std::move(read);
    }
    if (!options_.resume || !streaming()) text_ = writer_->header();
    start(parameters_.order);
    if (options_.resume) {
      if (auto done = detector_->restore(saved_.state); !done)
        return base::fail("{}: {}", options_.checkpoint, done.error().message);
      note(fmt::format("{}: goes on after {} positions of feed {} and {} events", options_.checkpoint,
                       saved_.positions, saved_.feed + 1, saved_.written));
    }
    for (std::size_t i = saved_.feed; i < options_.feeds.size(); ++i) {
      // Rows that the run before had used are read again and passed over.
      std::uint64_t skip_positions = i == saved_.feed ? saved_.positions : 0;
      std::uint64_t skip_statics = i == saved_.feed ? saved_.statics : 0;
      saved_.feed = i;
      saved_.positions = skip_positions;
      saved_.statics = skip_statics;
      ais::FeedOptions feed_options;
      auto grown = Clock::now();
      if (options_.follow && i + 1 == options_.feeds.size())
        feed_options.follow = [&] {
          if (written_) written_ = file_.flush();
          save_now_and_then();
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          return written_ &&
                 (options_.idle_s == 0 || Clock::now() - grown < std::chrono::seconds(options_.idle_s));
        };
      const auto feed = ais::read_feed(
          options_.feeds[i], static_cast<std::uint16_t>(i),
          [&](const model::FeedBatch& batch) {
            grown = Clock::now();
            progress_.advance(batch.positions.size());
            if (skip_positions + skip_statics > 0)
              use(without(batch, skip_positions, skip_statics));
            else
              use(batch);
            save_now_and_then();
          },
          feed_options);
      if (!feed) return tl::unexpected(feed.error());
      report(options_.feeds[i], feed->rejects);
    }
    return {};
  }

  void use(const model::FeedBatch& batch) {
    saved_.positions += batch.positions.size();
    saved_.statics += batch.statics.size();
    detector_->push(batch);
  }

  void save_now_and_then() {
    if (!options_.checkpoint.empty() && Clock::now() - last_saved_ >= std::chrono::seconds(options_.every_s))
      save();
  }

  void save() {
    last_saved_ = Clock::now();
    if (options_.checkpoint.empty() || !written_) return;
    if (streaming()) written_ = file_.flush();
    saved_.state = detector_->save();
    if (auto done = detect::write_checkpoint(options_.checkpoint, saved_); !done) written_ = done;
    saved_.state.clear();
  }

  const Options& options_;
  const detect::Parameters& parameters_;
  std::vector<model::RegisteredVessel> registry_;
  std::vector<detect::ListedVessel> listed_;
  TextOutput& file_;
  std::unique_ptr<detect::EventWriter> writer_;
  std::optional<detect::Detector> detector_;
  detect::Checkpoint saved_;  // and the events found until now
  base::Tally stray_;
  std::string text_;
  base::Result<void> written_;
  Clock::time_point last_saved_ = Clock::now();
  base::Progress progress_{"detect", 0, "reports"};
};

base::Result<void> run(const Options& options, base::OutputFile& output) {
  auto file = TextOutput::create(output, options.output.format, detect::parquet_form());
  if (!file) return tl::unexpected(file.error());
  const auto parameters = parameters_of(options);
  if (!parameters) return tl::unexpected(parameters.error());
  std::vector<model::RegisteredVessel> registry;
  if (!options.registry.empty()) {
    base::Tally rejected;
    auto rows = detect::read_registry(options.registry, &rejected);
    if (!rows) return tl::unexpected(rows.error());
    registry = *std::move(rows);
    report("registry", rejected);
  }
  auto listed = listed_vessels(options.lists);
  if (!listed) return tl::unexpected(listed.error());
  return Run(options, *parameters, std::move(registry), *std::move(listed), *file).all();
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
