// MarineCadastre and Danish CSV to columns. One reader: the header says where each field is, whatever the
// year's spelling of it.
#include <array>
#include <utility>

#include "cordon/ais/csv_cells.hpp"
#include "cordon/ais/csv_scan.hpp"
#include "cordon/ais/csv_words.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/last_static.hpp"
#include "cordon/ais/units.hpp"
#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ais {

namespace {

enum Field : std::size_t {
  kMmsi,
  kTime,
  kLat,
  kLon,
  kSog,
  kCog,
  kHeading,
  kStatus,
  kClass,
  kName,
  kImo,
  kCallsign,
  kShipType,
  kLength,
  kWidth,
  kDraught,
  kDestination,
  kBow,
  kStern,
  kPort,
  kStarboard,
  kFields,
};
constexpr std::size_t kFirstStatic = kName;
constexpr std::size_t kAbsent = kMaxCells;

struct Spelling {
  std::string_view name;  // lower case letters and digits only
  Field field;
};
constexpr Spelling kSpellings[] = {
    {"mmsi", kMmsi},
    {"basedatetime", kTime},
    {"timestamp", kTime},
    {"lat", kLat},
    {"latitude", kLat},
    {"lon", kLon},
    {"longitude", kLon},
    {"sog", kSog},
    {"cog", kCog},
    {"heading", kHeading},
    {"status", kStatus},
    {"navigationalstatus", kStatus},
    {"transceiverclass", kClass},
    {"transcieverclass", kClass},
    {"transceiver", kClass},
    {"typeofmobile", kClass},
    {"vesselname", kName},
    {"name", kName},
    {"imo", kImo},
    {"callsign", kCallsign},
    {"vesseltype", kShipType},
    {"shiptype", kShipType},
    {"length", kLength},
    {"width", kWidth},
    {"draft", kDraught},
    {"draught", kDraught},
    {"destination", kDestination},
    {"a", kBow},
    {"b", kStern},
    {"c", kPort},
    {"d", kStarboard},
};

std::string plain_name(std::string_view cell) {
  std::string name;
  for (const char c : base::ascii_lower(cell))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name.push_back(c);
  return name;
}

std::array<std::size_t, kFields> map_columns(std::string_view header) {
  std::array<std::size_t, kFields> column;
  column.fill(kAbsent);
  std::size_t index = 0;
  for (const std::string_view cell : base::split(header, ',')) {
    const std::string name = plain_name(cell);
    for (const Spelling& spelling : kSpellings)
      if (spelling.name == name && column[spelling.field] == kAbsent && index < kMaxCells)
        column[spelling.field] = index;
    ++index;
  }
  return column;
}

// 0..65535, rounded; 0 for text that is no number.
std::uint16_t read_length(std::string_view cell, int decimals) {
  std::int64_t value = 0;
  if (!read_fixed(cell, decimals, value) || value < 0 || value > 65535) return 0;
  return static_cast<std::uint16_t>(value);
}

class CsvReader final : public FeedReader {
 public:
  CsvReader(const FeedContext& context, Batcher& batcher, FeedFormat format,
            const std::array<std::size_t, kFields>& column)
      : context_(context), batcher_(batcher), format_(format), column_(column), split_(row_splitter()) {
    counts_.add(Outcome::header, 1);
  }

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end) {
      split_(at, end, row_);
      ++line_;
      const std::size_t size = row_.size;
      if (row_.quoted) {
        at_ = at;
        unquote(at, size);
      } else {
        at_ = at;
      }
      counts_.add(row(), line_);
      at += size;
    }
  }

  void overlong() override { counts_.add(Outcome::overlong_line, ++line_); }

  void finish(FeedReport& report) override {
    report.format = format_;
    report.lines = line_;
    report.messages = counts_.of(Outcome::row);
    report.rejects = counts_.rejects();
  }

 private:
  std::string_view raw(Field field) const {
    const std::size_t i = column_[field];
    if (i >= row_.cells) return {};
    const std::uint32_t from = i == 0 ? 0 : row_.end[i - 1] + 1;
    return {at_ + from, row_.end[i] - from};
  }
  std::string_view cell(Field field) const { return trim_cell(raw(field)); }

  // Copies the row with its quotes resolved (RFC 4180), so that the rest need not know of them.
  void unquote(const char* at, std::size_t size) {
    plain_.clear();
    row_.cells = 0;
    bool inside = false;
    for (std::size_t i = 0; i < size; ++i) {
      const char c = at[i];
      if (c == '"') {
        if (inside && i + 1 < size && at[i + 1] == '"') {
          plain_.push_back('"');
          ++i;
        } else {
          inside = !inside;
        }
      } else if ((c == ',' && !inside) || c == '\n') {
        if (row_.cells < kMaxCells) row_.end[row_.cells++] = static_cast<std::uint32_t>(plain_.size());
        plain_.push_back(c);
      } else {
        plain_.push_back(c);
      }
    }
    at_ = plain_.data();
  }

  Outcome row() {
    if (row_.cells == 1 && cell_at(0).empty()) return Outcome::blank;
    if (row_.cells <= column_[kMmsi] || row_.cells <= column_[kTime] || row_.cells <= column_[kLat] ||
        row_.cells <= column_[kLon])
      return Outcome::bad_fields;
    model::Position p;
    if (!read_unsigned(cell(kMmsi), 9, p.mmsi)) return Outcome::bad_mmsi;
    if (!time_.read(cell(kTime), format_ == FeedFormat::danish, p.time)) return Outcome::bad_time;
    if (!place(p.at)) return Outcome::bad_position;
    motion(p);
    p.where = model::Where::of(context_.feed, line_);
    batcher_.position(p);
    statics(p);
    return Outcome::row;
  }

  std::string_view cell_at(std::size_t i) const {
    const std::uint32_t from = i == 0 ? 0 : row_.end[i - 1] + 1;
    return trim_cell({at_ + from, row_.end[i] - from});
  }

  // Blank cells, and places that are not on earth (91, 181), mean "not available".
  bool place(base::LatLon& at) const {
    const std::string_view lat_text = cell(kLat), lon_text = cell(kLon);
    if (lat_text.empty() && lon_text.empty()) return true;
    std::int64_t lat = 0, lon = 0;
    if (!read_fixed(lat_text, 7, lat) || !read_fixed(lon_text, 7, lon)) return false;
    constexpr std::int64_t kDegree = 10000000;
    if (lat < -90 * kDegree || lat > 90 * kDegree || lon < -180 * kDegree || lon > 180 * kDegree) return true;
    if (lon == 180 * kDegree) lon = -lon;
    at = {static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)};
    return true;
  }

  void motion(model::Position& p) const {
    std::int64_t value = 0;
    if (read_fixed(cell(kSog), 1, value) && value >= 0 && value < model::kSogNone)
      p.sog_dkn = static_cast<std::uint16_t>(value);
    if (read_fixed(cell(kCog), 1, value)) {
      // Until 2022 MarineCadastre printed courses above 204.7 as negative: the field had 12 bits and a sign.
      if (value < 0) value += 4096;
      if (value >= 0 && value < model::kCogNone) p.cog_ddeg = static_cast<std::uint16_t>(value);
    }
    if (read_fixed(cell(kHeading), 0, value) && value >= 0 && value < 360)
      p.heading_deg = static_cast<std::uint16_t>(value);
    if (const std::string_view status = cell(kStatus); !status.empty()) p.nav_status = nav_status_of(status);
    if (column_[kClass] != kAbsent) p.type = message_type_of(cell(kClass));
  }

  // A row repeats its vessel's static data: told only where it differs from the vessel's last.
  void statics(const model::Position& p) {
    StaticHash hash;
    for (std::size_t field = kFirstStatic; field < kFields; ++field) hash.add(raw(static_cast<Field>(field)));
    if (hash.empty() || !last_.changed(p.mmsi, hash.value())) return;
    model::VesselStatic vessel;
    vessel.time = p.time;
    vessel.mmsi = p.mmsi;
    vessel.where = p.where;
    vessel.imo = base::parse_imo(cell(kImo)).value_or(0);
    vessel.name = base::to_utf8(cell(kName));
    vessel.callsign = base::to_utf8(cell(kCallsign));
    vessel.destination = base::to_utf8(cell(kDestination));
    vessel.ship_type = ship_type_of(cell(kShipType));
    vessel.draught_dm = read_length(cell(kDraught), 1);
    vessel.to_bow_m = read_length(cell(kBow), 0);
    vessel.to_stern_m = read_length(cell(kStern), 0);
    vessel.to_port_m = read_length(cell(kPort), 0);
    vessel.to_starboard_m = read_length(cell(kStarboard), 0);
    // Where only length and width are told, the antenna is taken to stand at stern and starboard.
    if (vessel.length_m() == 0) vessel.to_bow_m = read_length(cell(kLength), 0);
    if (vessel.beam_m() == 0) vessel.to_port_m = read_length(cell(kWidth), 0);
    batcher_.vessel(std::move(vessel));
  }

  FeedContext context_;
  Batcher& batcher_;
  FeedFormat format_;
  std::array<std::size_t, kFields> column_;
  SplitRow split_;
  RowEnds row_;
  const char* at_ = nullptr;  // the row's text: in the block, or plain_
  std::string plain_;
  TimeReader time_;
  LastStatic last_;
  OutcomeCounts counts_;
  std::uint64_t line_ = 1;  // the header
};

}  // namespace

std::optional<FeedFormat> csv_format(std::string_view first_line) {
  // Sentences have a letter for their channel where a header may name a dimension: only words count.
  std::size_t known = 0;
  FeedFormat format = FeedFormat::marine_cadastre;
  for (const std::string_view cell : base::split(first_line.substr(0, 4096), ',')) {
    const std::string name = plain_name(cell);
    if (name == "typeofmobile") format = FeedFormat::danish;
    for (const Spelling& spelling : kSpellings) known += name.size() > 1 && spelling.name == name;
  }
  if (known < 2) return std::nullopt;
  return format;
}

std::unique_ptr<FeedReader> make_csv_reader(const FeedContext& context, Batcher& batcher,
                                            std::string_view header, FeedFormat format,
                                            std::string* missing) {
  const auto column = map_columns(header);
  constexpr std::pair<Field, std::string_view> kNeeded[] = {{kMmsi, "MMSI"},
                                                            {kTime, "BaseDateTime or Timestamp"},
                                                            {kLat, "LAT or Latitude"},
                                                            {kLon, "LON or Longitude"}};
  for (const auto& [field, name] : kNeeded)
    if (column[field] == kAbsent) {
      *missing = name;
      return nullptr;
    }
  return std::make_unique<CsvReader>(context, batcher, format, column);
}

}  // namespace cordon::ais
