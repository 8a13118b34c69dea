// AIS traffic: decoding, detecting, inventing.
#include "arrow/traffic.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "arrow/cells.hpp"
#include "arrow/slices.hpp"
#include "bind.hpp"
#include "cordon/ais/transcode.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/land.hpp"
#include "cordon/base/large.hpp"
#include "cordon/detect/detector.hpp"
#include "cordon/detect/export.hpp"
#include "cordon/detect/listing.hpp"
#include "cordon/detect/read_feeds.hpp"
#include "cordon/detect/registry.hpp"
#include "cordon/simulate/scenario.hpp"
#include "lists.hpp"

namespace cordon::python {
namespace {

constexpr std::size_t kBatchRows = std::size_t{1} << 20, kBatchStatics = std::size_t{1} << 14;  // of tables
// Of a table's rows given to the detector at a time: they stay in the processor's cache.
constexpr std::int64_t kPieceRows = 4096;

// Gathers a feed's batches into larger ones.
class Gatherer {
 public:
  explicit Gatherer(arrow::Form form) : form_(form) {}
  void add(const model::FeedBatch& batch) {
    append(rows_, batch.positions);
    if (rows_.size() >= kBatchRows) flush();
    for (const auto& row : batch.statics) said_.add(row);
    if (said_.size() >= kBatchStatics) flush_statics();
  }
  std::pair<Frame, Frame> finish() {
    if (rows_.size() > 0 || positions_.batches.empty()) flush();
    if (said_.size() > 0 || statics_.batches.empty()) flush_statics();
    return {Frame{std::move(positions_)}, Frame{std::move(statics_)}};
  }

 private:
  static void append(model::PositionColumns& to, const model::PositionColumns& from) {
    const auto put = [](auto& a, const auto& b) { a.insert(a.end(), b.begin(), b.end()); };
    if (to.size() == 0) {
      to.reserve(kBatchRows + from.size());
      const auto ask = [](const auto& column) {
        base::ask_for_large_pages(column.data(), column.capacity() * sizeof column[0]);
      };
      ask(to.time), ask(to.mmsi), ask(to.lat_e7), ask(to.lon_e7), ask(to.where);
    }
    put(to.time, from.time);
    put(to.mmsi, from.mmsi);
    put(to.lat_e7, from.lat_e7);
    put(to.lon_e7, from.lon_e7);
    put(to.sog_dkn, from.sog_dkn);
    put(to.cog_ddeg, from.cog_ddeg);
    put(to.heading_deg, from.heading_deg);
    put(to.nav_status, from.nav_status);
    put(to.type, from.type);
    put(to.receiver, from.receiver);
    put(to.where, from.where);
  }
  void flush() {
    add(positions_, arrow::positions_table(std::move(rows_), form_));
    rows_ = {};
  }
  void flush_statics() {
    add(statics_, std::move(said_).finish());
    said_ = {};
  }
  static void add(arrow::Table& to, arrow::Table&& table) {
    to.schema = std::move(table.schema);
    to.batches.push_back(std::move(table.batches[0]));
    // A column is nullable where any batch has a null; which one comes first says nothing.
    for (arrow::Field& field : to.schema) field.nullable = true;
  }
  arrow::Form form_;
  model::PositionColumns rows_;
  arrow::StaticColumns said_;
  arrow::Table positions_, statics_;
};

std::tuple<Frame, Frame, std::vector<std::string>> decode(const std::vector<std::string>& files, bool wire,
                                                          nb::object progress, unsigned first_feed) {
  Ticker ticker(std::move(progress));
  Gatherer gatherer(wire ? arrow::Form::wire : arrow::Form::degrees);
  std::vector<std::string> rejects;
  auto tables = unlocked([&] {
    for (std::size_t i = 0; i < files.size(); ++i) {
      ais::FeedOptions options;
      bool go_on = true;
      options.more = [&] { return go_on; };
      const auto report = take(ais::read_feed(
          files[i], static_cast<std::uint16_t>(first_feed + i),
          [&](const model::FeedBatch& batch) {
            gatherer.add(batch);
            go_on = ticker.advance(batch.positions.size());
          },
          options));
      rejects.push_back(report.rejects.summary());
      if (!go_on) break;
    }
    return gatherer.finish();
  });
  ticker.finish();
  return {std::move(tables.first), std::move(tables.second), std::move(rejects)};
}

std::string messages(const std::string& file, bool scaled, bool extra) {
  std::string out;
  ais::DecodeOptions options;
  options.json.scaled = scaled;
  options.json.extra = extra;
  unlocked([&] {
    take(ais::decode_feed(file, options, [&](std::string_view text) -> base::Result<void> {
      out += text;
      return {};
    }));
  });
  return out;
}

// Ships on lists as AIS can meet them, as a table: what a cluster hands to its workers.
Frame listed_frame(const std::vector<model::Entity>& entities) {
  std::vector<detect::ListedVessel> listed;
  for (const auto& entity : entities) detect::append_listed(listed, entity);
  std::vector<std::int32_t> imo, mmsi;
  std::vector<std::string> name, callsign, entity_id, measure;
  for (const auto& one : listed) {
    imo.push_back(static_cast<std::int32_t>(one.imo));
    mmsi.push_back(static_cast<std::int32_t>(one.mmsi));
    name.push_back(one.name);
    callsign.push_back(one.callsign);
    entity_id.push_back(one.entity_id);
    measure.push_back(one.measure);
  }
  arrow::Builder out;
  out.numbers("imo", "i", std::move(imo)).numbers("mmsi", "i", std::move(mmsi)).texts("name", name);
  out.texts("callsign", callsign).texts("entity_id", entity_id).texts("measure", measure);
  return {std::move(out).finish()};
}

std::vector<detect::ListedVessel> listed_of(const Frame& frame) {
  std::vector<detect::ListedVessel> out;
  std::string scratch;
  for (const arrow::Batch& batch : frame.table.batches) {
    const auto column = [&](const char* name) {
      auto found = take(arrow::find_cells(frame.table.schema, batch, {name}));
      if (!found) throw Failure{std::string("listed: no column '") + name + "'"};
      return *std::move(found);
    };
    const auto imo = column("imo"), mmsi = column("mmsi"), name = column("name"),
               callsign = column("callsign"), entity_id = column("entity_id"), measure = column("measure");
    const auto text = [&](const arrow::Cells& cells, std::int64_t row) {
      return std::string(cells.text(row, scratch));
    };
    for (std::int64_t row = 0; row < batch.rows; ++row)
      out.push_back({static_cast<std::uint32_t>(imo.integer(row).value_or(0)),
                     static_cast<std::uint32_t>(mmsi.integer(row).value_or(0)), text(name, row),
                     text(callsign, row), text(entity_id, row), text(measure, row)});
  }
  return out;
}

// The detector and the events it gave.
class Watcher {
 public:
  // slices: the rows come as complete slices of time, each in any order (slice()).
  Watcher(const std::string& registry_csv, const std::string& registry_name, const Frame& listed,
          const std::string& parameters, bool all, bool slices) {
    parameters_ =
        parameters.empty() ? detect::default_parameters() : take(detect::load_parameters(parameters));
    if (all) parameters_.report_minimum_score = 0;
    if (slices) parameters_.order = detect::Order::day;
    if (!registry_csv.empty()) registry_ = take(detect::parse_registry(registry_csv, registry_name));
    listed_ = listed_of(listed);
    start(parameters_.order);
  }
  // All rows of a slice of time that begins at `begin`; slices come in order.
  void slice(std::int64_t begin, const Frame& positions, const Frame& statics) {
    unlocked([&] {
      detector_->settled(begin);
      model::FeedBatch batch;
      for (const arrow::Batch& part : statics.table.batches)
        take(arrow::append_statics(batch.statics, statics.table.schema, part, batch.statics.size()));
      detector_->push(batch);
      std::uint64_t row = 0;
      for (const arrow::Batch& part : positions.table.batches) {
        batch.clear();
        take(arrow::append_positions(batch.positions, positions.table.schema, part, row));
        row += batch.positions.size();
        detector_->push(batch);
      }
    });
  }
  nb::bytes save() const {
    const std::string state = unlocked([&] { return detector_->save(); });
    return nb::bytes(state.data(), state.size());
  }
  void restore(const nb::bytes& state) { take(detector_->restore({state.c_str(), state.size()})); }
  // The events since the last call, in no order that means anything.
  Frame drain() {
    Frame out{arrow::events_table(events_, feeds_)};
    events_.clear();
    return out;
  }
  void files(const std::vector<std::string>& files, nb::object progress) {
    Ticker ticker(std::move(progress));
    unlocked([&] {
      bool go_on = true;
      detect::FeedUser user;
      user.start = [this](detect::Order order) { start(order); };
      user.push = [&](const model::FeedBatch& batch) {
        detector_->push(batch);
        go_on = ticker.advance(batch.positions.size());
      };
      user.late = [this] { return detector_->late(); };
      user.more = [&] { return go_on; };
      const std::vector<std::filesystem::path> feeds(files.begin(), files.end());
      const auto read = take(detect::read_feeds(feeds, parameters_.order, user));
      for (const auto& report : read.reports) rejects_.merge(report.rejects);
      rejects_.merge(read.stray);
    });
    feeds_ = files;
    ticker.finish();
  }
  // Rows of both tables together, in the order of their column `where` where both have it and keep it, else
  // of time.
  void tables(const Frame& positions, const Frame& statics, nb::object progress);
  Frame finish() {
    unlocked([&] {
      detector_->finish();
      std::stable_sort(events_.begin(), events_.end(), detect::event_before);
    });
    return {arrow::events_table(events_, feeds_)};
  }
  std::string text(const std::string& format) const {
    const auto writer = detect::make_writer(format, feeds_);
    std::string out = writer->header();
    for (const model::Event& event : events_) writer->append(out, event);
    return out + writer->footer();
  }
  std::string stats() const {
    const detect::Stats stats = detector_->stats();
    return fmt::format(R"({{"positions":{},"statics":{},"vessels":{},"events":{},"withheld":{}}})",
                       stats.positions, stats.statics, stats.vessels, stats.events, stats.withheld);
  }
  std::string unused() const {
    base::Tally all = detector_->stats().unused;
    all.merge(rejects_);
    return all.summary();
  }

 private:
  void start(detect::Order order) {
    auto numbers = parameters_;
    numbers.order = order;
    events_.clear();
    detector_.emplace(numbers, registry_, listed_,
                      [this](const model::Event& event) { events_.push_back(event); });
  }

  detect::Parameters parameters_;
  std::vector<model::RegisteredVessel> registry_;
  std::vector<detect::ListedVessel> listed_;
  std::optional<detect::Detector> detector_;
  std::vector<model::Event> events_;
  std::vector<std::string> feeds_;
  base::Tally rejects_;
};

bool rising(const std::vector<std::uint64_t>& values) {
  return std::is_sorted(values.begin(), values.end());
}

// The rows have a column `where` and rise by it.
bool in_order(const arrow::Table& table) {
  std::uint64_t last = 0;
  for (const arrow::Batch& batch : table.batches) {
    const auto where = take(arrow::find_cells(table.schema, batch, {"where"}));
    const auto values = where ? where->integers() : std::nullopt;
    if (!values) return false;
    for (const std::int64_t value : *values) {
      if (static_cast<std::uint64_t>(value) < last) return false;
      last = static_cast<std::uint64_t>(value);
    }
  }
  return true;
}

void Watcher::tables(const Frame& positions, const Frame& statics, nb::object progress) {
  Ticker ticker(std::move(progress));
  unlocked([&] {
    const bool numbered = positions.table.column("where") && in_order(statics.table);
    // In the order of lines they are read piece by piece, as they are needed.
    std::vector<model::VesselStatic> said;
    std::size_t s = 0, next_batch = 0;
    std::int64_t next_row = 0;
    std::uint64_t taken = 0;
    const auto take_piece = [&] {
      const arrow::Batch& batch = statics.table.batches[next_batch];
      const std::int64_t count = std::min(kPieceRows, batch.rows - next_row);
      take(arrow::append_statics(said, statics.table.schema, arrow::rows_of(batch, next_row, count), taken));
      taken += static_cast<std::uint64_t>(count);
      next_row += count;
      if (next_row == batch.rows) ++next_batch, next_row = 0;
    };
    if (!numbered) {
      while (next_batch < statics.table.batches.size()) take_piece();
      std::stable_sort(said.begin(), said.end(),
                       [](const auto& a, const auto& b) { return a.time < b.time; });
    }
    // Whether there is a said[s].
    const auto more = [&] {
      while (s == said.size() && next_batch < statics.table.batches.size()) {
        said.clear();
        s = 0;
        take_piece();
      }
      return s < said.size();
    };
    std::uint64_t row = 0;
    model::FeedBatch out;
    model::PositionColumns rows;
    for (const arrow::Batch& batch : positions.table.batches) {
      for (std::int64_t first = 0; first < batch.rows; first += kPieceRows) {
        const auto piece = arrow::rows_of(batch, first, std::min(kPieceRows, batch.rows - first));
        rows.clear();
        take(arrow::append_positions(rows, positions.table.schema, piece, row));
        row += rows.size();
        out.clear();
        if (numbered && rising(rows.where)) {
          // The detector itself takes a batch's rows in order of `where`.
          while (more() && said[s].where.packed <= rows.where.back())
            out.statics.push_back(std::move(said[s++]));
          std::swap(out.positions, rows);
        } else if (!more() || said[s].time > *std::max_element(rows.time.begin(), rows.time.end())) {
          std::swap(out.positions, rows);
        } else {
          for (std::size_t i = 0; i < rows.size(); ++i) {
            if (more() && said[s].time <= rows.time[i]) {
              detector_->push(out);
              out.clear();
              while (more() && said[s].time <= rows.time[i]) out.statics.push_back(std::move(said[s++]));
              detector_->push(out);
              out.clear();
            }
            out.positions.push_back(rows.row(i));
          }
        }
        detector_->push(out);
        if (!ticker.advance(static_cast<std::size_t>(piece.rows))) return;
      }
    }
    while (more()) {
      out.clear();
      out.statics.assign(std::make_move_iterator(said.begin() + static_cast<std::ptrdiff_t>(s)),
                         std::make_move_iterator(said.end()));
      s = said.size();
      detector_->push(out);
    }
  });
  ticker.finish();
}

simulate::ScenarioOptions scenario_options(const std::string& size, std::uint64_t seed,
                                           std::optional<double> days, std::optional<unsigned> vessels,
                                           std::optional<unsigned> thin_s, std::optional<unsigned> events,
                                           std::optional<double> shift_lon, const std::string& start) {
  auto options = take(simulate::preset(size));
  options.seed = seed;
  options.days = days.value_or(options.days);
  options.vessels = vessels.value_or(options.vessels);
  options.thin_s = thin_s.value_or(options.thin_s);
  options.event_percent = events.value_or(options.event_percent);
  options.shift_lon_deg = shift_lon.value_or(options.shift_lon_deg);
  if (!start.empty()) {
    std::optional<base::TimeMs> time = base::parse_time(start);
    if (!time)
      if (const auto day = base::parse_date(start); day && day->complete()) time = base::start_of(*day);
    if (!time) throw Failure{"start: expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, found '" + start + "'"};
    options.start = *time;
  }
  return options;
}

Frame registry_frame(std::span<const model::RegisteredVessel> rows) {
  arrow::Builder out;
  std::vector<std::int32_t> imo, mmsi, length, beam, built;
  std::vector<std::string> name, flag, type, owner, manager;
  for (const auto& row : rows) {
    imo.push_back(static_cast<std::int32_t>(row.imo));
    mmsi.push_back(static_cast<std::int32_t>(row.mmsi));
    length.push_back(row.length_m);
    beam.push_back(row.beam_m);
    built.push_back(row.built);
    name.push_back(row.name);
    flag.push_back(row.flag);
    type.push_back(row.type);
    owner.push_back(row.owner);
    manager.push_back(row.manager);
  }
  out.numbers("imo", "i", std::move(imo))
      .numbers("mmsi", "i", std::move(mmsi))
      .texts("name", name)
      .texts("flag", flag);
  out.texts("type", type).numbers("length", "i", std::move(length)).numbers("beam", "i", std::move(beam));
  out.numbers("built", "i", std::move(built)).texts("owner", owner).texts("manager", manager);
  return {std::move(out).finish()};
}

using Maybe = std::optional<double>;
using MaybeCount = std::optional<unsigned>;

std::tuple<Frame, Frame, Frame> simulate_traffic(const std::string& size, std::uint64_t seed, Maybe days,
                                                 MaybeCount vessels, MaybeCount thin_s, MaybeCount events,
                                                 Maybe shift, const std::string& start, bool wire,
                                                 nb::object progress) {
  Ticker ticker(std::move(progress));
  const auto options = scenario_options(size, seed, days, vessels, thin_s, events, shift, start);
  Gatherer gatherer(wire ? arrow::Form::wire : arrow::Form::degrees);
  Frame registry;
  auto tables = unlocked([&] {
    auto scenario = take(simulate::Scenario::make(options));
    try {
      scenario.run([&](const model::FeedBatch& batch) {
        gatherer.add(batch);
        ticker.step(batch.positions.size());
      });
    } catch (const Ticker::Interrupted&) {  // ticker.finish() raises what it was
    }
    registry = registry_frame(scenario.registry());
    return gatherer.finish();
  });
  ticker.finish();
  return {std::move(tables.first), std::move(tables.second), std::move(registry)};
}

void simulate_folder(const std::string& folder, const std::string& size, std::uint64_t seed, Maybe days,
                     MaybeCount vessels, MaybeCount thin_s, MaybeCount events, Maybe shift,
                     const std::string& start) {
  const auto options = scenario_options(size, seed, days, vessels, thin_s, events, shift, start);
  unlocked([&] {
    auto scenario = take(simulate::Scenario::make(options));
    take(simulate::write_folder(scenario, folder));
  });
}

std::string parameters_json() {
  std::string out;
  base::JsonWriter json(out);
  json.begin_array();
  for (const auto& row : detect::describe_parameters()) {
    json.begin_object();
    json.field("name", row.name);
    json.field("value", row.value);
    json.field("unit", row.unit);
    json.field("source", row.source);
    json.end_object();
  }
  json.end_array();
  return out;
}

// The land within a box as an SVG path, hundredths of a degree, north up; for maps that ask the network for
// nothing.
std::string land_path(double west, double south, double east, double north) {
  std::string out;
  const auto e7 = [](double degrees) { return static_cast<std::int64_t>(degrees * 1e7); };
  for (const base::LandRing& ring : base::land_rings()) {
    if (ring.north_e7 < e7(south) || ring.south_e7 > e7(north) || ring.east_e7 < e7(west) ||
        ring.west_e7 > e7(east))
      continue;
    char command = 'M';
    for (const base::LatLon& at : ring.points) {
      out += fmt::format("{}{} {}", command, at.lon_e7 / 100'000, -(at.lat_e7 / 100'000));
      command = 'L';
    }
    out += 'Z';
  }
  return out;
}

}  // namespace

void bind_traffic(nb::module_& m) {
  m.def("decode", &decode, nb::arg("files"), nb::arg("wire"), nb::arg("progress").none(),
        nb::arg("first_feed") = 0U);
  m.def("messages", &messages, nb::arg("file"), nb::arg("scaled"), nb::arg("extra"));
  nb::class_<Watcher>(m, "Detector")
      .def(nb::init<const std::string&, const std::string&, const Frame&, const std::string&, bool, bool>(),
           nb::arg("registry_csv"), nb::arg("registry_name"), nb::arg("listed"), nb::arg("parameters"),
           nb::arg("all"), nb::arg("slices") = false)
      .def("slice", &Watcher::slice, nb::arg("begin"), nb::arg("positions"), nb::arg("statics"))
      .def("save", &Watcher::save)
      .def("restore", &Watcher::restore, nb::arg("state"))
      .def("drain", &Watcher::drain)
      .def("files", &Watcher::files, nb::arg("files"), nb::arg("progress").none())
      .def("tables", &Watcher::tables, nb::arg("positions"), nb::arg("statics"), nb::arg("progress").none())
      .def("finish", &Watcher::finish)
      .def("text", &Watcher::text, nb::arg("format"))
      .def_prop_ro("stats", &Watcher::stats)
      .def_prop_ro("unused", &Watcher::unused);
  m.def(
      "listed", [](const Lists& lists) { return listed_frame(lists.entities); }, nb::arg("lists"));
  m.def(
      "cut_positions",
      [](const Frame& frame, std::int64_t slice_ms) {
        return unlocked([&] { return Frame{take(arrow::cut_positions(frame.table, slice_ms))}; });
      },
      nb::arg("positions"), nb::arg("slice_ms"));
  m.def(
      "cut_statics",
      [](const Frame& frame, std::int64_t slice_ms) {
        return unlocked([&] { return Frame{take(arrow::cut_statics(frame.table, slice_ms))}; });
      },
      nb::arg("statics"), nb::arg("slice_ms"));
  m.def(
      "sorted_positions",
      [](const Frame& frame) {
        return unlocked([&] { return Frame{take(arrow::sorted_positions(frame.table))}; });
      },
      nb::arg("positions"));
  m.def("parameters", &parameters_json);
  m.def("land_path", &land_path, nb::arg("west"), nb::arg("south"), nb::arg("east"), nb::arg("north"));
  m.def(
      "read_text", [](const std::string& path) { return take(base::read_file(path)); }, nb::arg("path"));
  m.def("simulate_traffic", &simulate_traffic, nb::arg("size"), nb::arg("seed"), nb::arg("days").none(),
        nb::arg("vessels").none(), nb::arg("thin_s").none(), nb::arg("events").none(),
        nb::arg("shift_lon").none(), nb::arg("start"), nb::arg("wire"), nb::arg("progress").none());
  m.def("simulate_folder", &simulate_folder, nb::arg("folder"), nb::arg("size"), nb::arg("seed"),
        nb::arg("days").none(), nb::arg("vessels").none(), nb::arg("thin_s").none(), nb::arg("events").none(),
        nb::arg("shift_lon").none(), nb::arg("start"));
}

}  // namespace cordon::python
