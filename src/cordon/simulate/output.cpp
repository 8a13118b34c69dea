// The forms in which a scenario leaves: batches, AIVDM text, and a folder of files.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cordon/ais/encoder.hpp"
#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/simulate/scenario.hpp"

namespace cordon::simulate {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;

// Reports as AIVDM sentences, handed on in pieces.
class NmeaWriter : public Listener {
 public:
  explicit NmeaWriter(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {}
  void on_position(const model::Position& position, unsigned station) override {
    prepare(position.receiver, station);
    ais::append_position(text_, position, options_);
    if (text_.size() >= kPiece) flush();
  }
  void on_static(const model::VesselStatic& vessel, unsigned receiver, unsigned station) override {
    prepare(receiver, station);
    ais::append_static(text_, vessel, options_);
    options_.sequence = static_cast<std::uint8_t>((options_.sequence + 1) % 10);
  }
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

 private:
  void prepare(unsigned receiver, unsigned station) {
    receiver_.clear();
    fmt::format_to(std::back_inserter(receiver_), "{}{:03}", receiver == 2 ? 's' : 'r', station);
    options_.receiver = receiver_;
    options_.channel = options_.channel == 'A' ? 'B' : 'A';
  }
  std::function<void(std::string_view)> sink_;
  std::string text_, receiver_;
  ais::EncodeOptions options_;
};

// positions.csv in the columns of MarineCadastre's daily archives. Static columns repeat what was last
// received under the MMSI, empty before.
class CsvWriter : public Listener {
 public:
  explicit CsvWriter(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {
    text_ =
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,"
        "Draft,Cargo,"
        "TransceiverClass\n";
  }
  void on_position(const model::Position& p, unsigned) override {
    if (!p.at.valid()) return;  // the archives hold only places
    std::string time = base::to_iso(p.time);
    time.pop_back();
    auto out = std::back_inserter(text_);
    fmt::format_to(out, "{},{},{:.5f},{:.5f},{:.1f},{:.1f},{},", p.mmsi, time, p.at.lat(), p.at.lon(),
                   p.sog_dkn / 10.0, p.cog_ddeg / 10.0, p.heading_deg);
    const auto found = statics_.find(p.mmsi);
    const bool known = found != statics_.end();
    text_ += known ? found->second.first : ",,,";
    text_ += ',';
    if (p.nav_status != model::kStatusNone) fmt::format_to(out, "{}", p.nav_status);
    text_ += ',';
    text_ += known ? found->second.second : ",,,";
    text_ += p.type == 18 ? ",B\n" : ",A\n";
    if (text_.size() >= kPiece) flush();
  }
  void on_static(const model::VesselStatic& v, unsigned, unsigned) override {
    auto& [before, after] = statics_[v.mmsi];
    before.clear();
    base::append_csv(before, v.name);
    fmt::format_to(std::back_inserter(before), ",{},", v.imo > 0 ? fmt::format("IMO{:07}", v.imo) : "");
    base::append_csv(before, v.callsign);
    fmt::format_to(std::back_inserter(before), ",{}", v.ship_type);
    after = fmt::format("{},{},{:.1f},{}", v.length_m(), v.beam_m(), v.draught_dm / 10.0, v.ship_type);
  }
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

 private:
  std::function<void(std::string_view)> sink_;
  std::string text_;
  std::unordered_map<std::uint32_t, std::pair<std::string, std::string>> statics_;
};

class Batches : public Listener {
 public:
  Batches(const model::FeedSink& sink, std::size_t rows)
      : sink_(sink), rows_(std::max<std::size_t>(1, rows)) {}
  void on_position(const model::Position& position, unsigned) override {
    model::Position p = position;
    p.where = model::Where::of(0, ++line_);
    batch_.positions.push_back(p);
    if (batch_.positions.size() + batch_.statics.size() >= rows_) flush();
  }
  void on_static(const model::VesselStatic& vessel, unsigned, unsigned) override {
    batch_.statics.push_back(vessel);
    batch_.statics.back().where = model::Where::of(0, ++line_);
    if (batch_.positions.size() + batch_.statics.size() >= rows_) flush();
  }
  void flush() {
    if (!batch_.empty()) sink_(batch_);
    batch_.clear();
  }

 private:
  const model::FeedSink& sink_;
  std::size_t rows_;
  std::uint64_t line_ = 0;
  model::FeedBatch batch_;
};

class Both : public Listener {
 public:
  Both(Listener* a, Listener* b) : a_(a), b_(b) {}
  void on_position(const model::Position& position, unsigned station) override {
    if (a_ != nullptr) a_->on_position(position, station);
    if (b_ != nullptr) b_->on_position(position, station);
  }
  void on_static(const model::VesselStatic& vessel, unsigned receiver, unsigned station) override {
    if (a_ != nullptr) a_->on_static(vessel, receiver, station);
    if (b_ != nullptr) b_->on_static(vessel, receiver, station);
  }

 private:
  Listener *a_, *b_;
};

// The files of a folder: all of them appear, or none. A folder made for them goes again with a failure.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& path) : path_(path) {
    std::error_code error;
    made_ = std::filesystem::create_directories(path, error);
    if (error) result_ = base::fail("{}: cannot make the folder: {}", path.string(), error.message());
  }
  ~Folder() {
    files_.clear();  // removes what was not committed
    std::error_code ignored;
    if (made_ && !result_) std::filesystem::remove(path_, ignored);  // only when empty
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // A writer into a new file; after a failure it does nothing.
  std::function<void(std::string_view)> add(const char* name) {
    if (!result_) return [](std::string_view) {};
    auto made = base::OutputFile::create(path_ / name);
    if (!made) {
      result_ = tl::unexpected(made.error());
      return [](std::string_view) {};
    }
    files_.push_back(std::make_unique<base::OutputFile>(std::move(*made)));
    return [this, file = files_.back().get()](std::string_view text) {
      if (result_) result_ = file->write(text);
    };
  }
  bool failed() const { return !result_; }
  base::Result<void> commit() {
    for (const auto& file : files_) {
      if (result_) result_ = file->commit();
    }
    return result_;
  }

 private:
  std::filesystem::path path_;
  bool made_ = false;
  base::Result<void> result_;
  std::vector<std::unique_ptr<base::OutputFile>> files_;
};

std::string registry_csv(std::span<const model::RegisteredVessel> rows) {
  std::string out = "IMO,name,flag,type,length,beam,built,owner,manager\n";
  for (const auto& row : rows) {
    out += std::to_string(row.imo);
    for (const std::string* cell : {&row.name, &row.flag, &row.type}) {
      out += ',';
      base::append_csv(out, *cell);
    }
    out += fmt::format(",{},{},{},", row.length_m, row.beam_m, row.built);
    base::append_csv(out, row.owner);
    out += ',';
    base::append_csv(out, row.manager);
    out += '\n';
  }
  return out;
}

std::string readme(const Scenario& scenario, const FolderOptions& files) {
  const ScenarioOptions& o = scenario.options();
  const Truth& truth = scenario.truth();
  return fmt::format(
      "Simulated traffic: seed {}, {} days from {}, {} hulls.\n"
      "\n"
      "Everything here is invented: tracks, ships, companies and shares. The exceptions are the names and "
      "numbers of\n"
      "designated vessels and parties, taken from published sanctions lists and placed in invented tracks "
      "and invented\n"
      "ownership. No track says anything about a real ship, and no share says anything about a real company "
      "or person.\n"
      "\n"
      "{} positions and {} static reports were received; {} events ({} of them optional side effects), {} "
      "innocents,\n"
      "{} listed vessels, {} owner chains.\n"
      "\n"
      "{}{}"
      "registry.csv         what a ship register would say; more ships than are seen\n"
      "ownership.ftm.json   companies, persons and shares, FollowTheMoney JSON lines\n"
      "truth.json           what happened: events, innocents, listed vessels, chains (docs/simulate.md)\n",
      o.seed, o.days, base::to_iso(o.start), o.vessels, scenario.positions(), scenario.statics(),
      truth.events.size(),
      std::count_if(truth.events.begin(), truth.events.end(), [](const auto& e) { return e.optional; }),
      truth.negatives.size(), truth.listed.size(), truth.chains.size(),
      files.nmea ? "feed.nmea            AIVDM sentences with tag blocks: receiver (r coast, s satellite) "
                   "and UTC second\n"
                 : "",
      files.csv ? "positions.csv        the positions in the columns of MarineCadastre, in time order\n"
                : "");
}

}  // namespace

void Scenario::run(const model::FeedSink& sink, std::size_t batch_rows) {
  Batches batches(sink, batch_rows);
  run(batches);
  batches.flush();
}

void Scenario::run_nmea(const std::function<void(std::string_view)>& sink) {
  NmeaWriter writer(sink);
  run(writer);
  writer.flush();
}

base::Result<void> write_folder(Scenario& scenario, const std::filesystem::path& folder,
                                const FolderOptions& options) {
  Folder out(folder);
  const auto nothing = [](std::string_view) {};
  NmeaWriter nmea(options.nmea ? out.add("feed.nmea") : nothing);
  CsvWriter csv(options.csv ? out.add("positions.csv") : nothing);
  if (out.failed()) return out.commit();
  Both both(options.nmea ? &nmea : nullptr, options.csv ? &csv : nullptr);
  scenario.run(both);
  nmea.flush();
  csv.flush();
  out.add("registry.csv")(registry_csv(scenario.registry()));
  std::string ownership;
  for (const auto& e : scenario.ownership()) {
    model::append_ftm(ownership, e);
    ownership += '\n';
  }
  out.add("ownership.ftm.json")(ownership);
  const ScenarioOptions& o = scenario.options();
  const auto end = o.start + static_cast<base::TimeMs>(o.days * static_cast<double>(base::kDay));
  out.add("truth.json")(to_json(scenario.truth(), fmt::format("cordon-{}", o.seed), o.seed, o.start, end));
  out.add("README.txt")(readme(scenario, options));
  return out.commit();
}

}  // namespace cordon::simulate
