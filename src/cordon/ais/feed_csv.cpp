// MarineCadastre and Danish CSV to columns. One reader: the header says where each field is, whatever the
// year's spelling of it.
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cordon/ais/csv_cells.hpp"
#include "cordon/ais/csv_columns.hpp"
#include "cordon/ais/csv_scan.hpp"
#include "cordon/ais/csv_words.hpp"
#include "cordon/ais/feed_reader.hpp"
#include "cordon/ais/last_static.hpp"
#include "cordon/ais/units.hpp"
#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ais {

namespace {

// 0..65535, rounded; 0 for text that is no number.
std::uint16_t read_length(std::string_view cell, int decimals) {
  std::int64_t value = 0;
  if (!read_fixed(cell, decimals, value) || value < 0 || value > 65535) return 0;
  return static_cast<std::uint16_t>(value);
}

// Archives repeat few words: the last one's code is kept.
class LastWord {
 public:
  explicit LastWord(std::uint8_t (*look_up)(std::string_view)) : look_up_(look_up) {}
  std::uint8_t of(std::string_view word) {
    if (word != word_) {
      word_ = word;
      code_ = look_up_(word);
    }
    return code_;
  }

 private:
  std::uint8_t (*look_up_)(std::string_view);
  std::string word_;
  std::uint8_t code_ = look_up_({});
};

class CsvReader final : public FeedReader {
 public:
  CsvReader(const FeedContext& context, Batcher& batcher, FeedFormat format, const Columns& column)
      : context_(context),
        batcher_(batcher),
        format_(format),
        column_(column),
        split_(row_splitter()),
        numbers_of_(number_reader()) {
    counts_.add(Outcome::header, 1);
    constexpr std::array<Field, kNumbers> kNumberFields = {kMmsi, kTime, kLat,     kLon,
                                                           kSog,  kCog,  kHeading, kStatus};
    for (std::size_t i = 0; i < kNumbers; ++i)
      number_columns_[i] = static_cast<std::uint8_t>(column_[kNumberFields[i]]);
    find_static_runs();
  }

  void block(std::string_view lines) override {
    const char* at = lines.data();
    const char* const end = at + lines.size();
    while (at < end) {
      std::size_t count = 0;
      for (; count < kGroup && at < end; ++count) {
        row_ = &rows_[count];
        split_(at, end, row_->ends);
        ++line_;
        row_->at = at;
        const std::size_t size = row_->ends.size;
        if (row_->ends.quoted) {
          unquote(at, size);
        } else if (static_cast<std::size_t>(end - at) < size + kRowSlack) {
          row_->plain.assign(at, size);
          pad();
        }
        row_->outcome = read_row();
        at += size;
      }
      for (std::size_t i = 0; i < count; ++i) {
        row_ = &rows_[i];
        counts_.add(row_->outcome, line_ - count + 1 + i);
        if (row_->outcome != Outcome::row) continue;
        batcher_.position(row_->position);
        statics();
      }
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
  // Rows are read in groups, and then told: what the memory has of their vessels is on its way meanwhile.
  static constexpr std::size_t kGroup = 16;
  struct Row {
    RowEnds ends;
    RowNumbers numbers;
    const char* at = nullptr;  // its text: in the block, or plain
    std::string plain;
    model::Position position;
    std::uint64_t hash = 0;  // of its static data
    Outcome outcome = Outcome::row;
  };

  // As it stands in the row.
  std::string_view raw(Field field) const {
    const std::size_t i = column_[field];
    if (i >= row_->ends.cells) return {};
    const std::uint32_t from = i == 0 ? 0 : row_->ends.end[i - 1] + 1;
    return {row_->at + from, row_->ends.end[i] - from};
  }
  std::string_view cell(Field field) const { return trim_cell(raw(field)); }

  // Copies the row with its quotes resolved (RFC 4180), so that the rest need not know of them.
  void unquote(const char* at, std::size_t size) {
    row_->plain.clear();
    row_->ends.cells = 0;
    bool inside = false;
    for (std::size_t i = 0; i < size; ++i) {
      const char c = at[i];
      if (c == '"') {
        if (inside && i + 1 < size && at[i + 1] == '"') {
          row_->plain.push_back('"');
          ++i;
        } else {
          inside = !inside;
        }
      } else if ((c == ',' && !inside) || c == '\n') {
        if (row_->ends.cells < kMaxCells)
          row_->ends.end[row_->ends.cells++] = static_cast<std::uint32_t>(row_->plain.size());
        row_->plain.push_back(c);
      } else {
        row_->plain.push_back(c);
      }
    }
    pad();
  }
  void pad() {
    row_->plain.append(kRowSlack, '\0');
    row_->at = row_->plain.data();
  }

  Outcome read_row() {
    if (row_->ends.cells == 1 && trim_cell({row_->at, row_->ends.end[0]}).empty()) return Outcome::blank;
    if (row_->ends.cells <= column_[kMmsi] || row_->ends.cells <= column_[kTime] ||
        row_->ends.cells <= column_[kLat] || row_->ends.cells <= column_[kLon])
      return Outcome::bad_fields;
    numbers_of_(row_->at, row_->ends, number_columns_, row_->numbers);
    model::Position& p = row_->position;
    p = {};
    if (row_->numbers.has(kNumberMmsi)) {
      p.mmsi = static_cast<std::uint32_t>(row_->numbers.value[kNumberMmsi]);
    } else if (!read_unsigned(cell(kMmsi), 9, p.mmsi)) {
      return Outcome::bad_mmsi;
    }
    if (row_->numbers.has(kNumberClock) && time_.same_date(raw(kTime))) {
      p.time = time_.day() + row_->numbers.value[kNumberClock];
    } else if (!time_.read(cell(kTime), format_ == FeedFormat::danish, p.time)) {
      return Outcome::bad_time;
    }
    if (!place(p.at)) return Outcome::bad_position;
    motion(p);
    p.where = model::Where::of(context_.feed, line_);
    if (hash_statics(row_->hash)) last_.fetch(p.mmsi);
    return Outcome::row;
  }

  // Rounded to this many decimals, half away from zero; false for a cell that holds no number.
  template <int Decimals>
  bool number(Number which, Field field, std::int64_t& value) const {
    if (!row_->numbers.has(which)) {
      const std::string_view text = cell(field);
      return !text.empty() && read_fixed(text, Decimals, value);
    }
    constexpr std::int64_t kStep = Decimals == 7 ? 1 : Decimals == 1 ? 1000000 : 10000000;
    const std::int64_t fine = row_->numbers.value[which];
    value = (fine + (fine < 0 ? -kStep / 2 : kStep / 2)) / kStep;
    return true;
  }

  // Blank cells, and places that are not on earth (91, 181), mean "not available".
  bool place(base::LatLon& at) const {
    std::int64_t lat = 0, lon = 0;
    if (!number<7>(kNumberLat, kLat, lat) || !number<7>(kNumberLon, kLon, lon))
      return cell(kLat).empty() && cell(kLon).empty();
    constexpr std::int64_t kDegree = 10000000;
    if (lat < -90 * kDegree || lat > 90 * kDegree || lon < -180 * kDegree || lon > 180 * kDegree) return true;
    if (lon == 180 * kDegree) lon = -lon;
    at = {static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)};
    return true;
  }

  void motion(model::Position& p) const {
    std::int64_t value = 0;
    if (number<1>(kNumberSog, kSog, value) && value >= 0 && value < model::kSogNone)
      p.sog_dkn = static_cast<std::uint16_t>(value);
    if (number<1>(kNumberCog, kCog, value)) {
      // Until 2022 MarineCadastre printed courses above 204.7 as negative: the field had 12 bits and a sign.
      if (value < 0) value += 4096;
      if (value >= 0 && value < model::kCogNone) p.cog_ddeg = static_cast<std::uint16_t>(value);
    }
    if (number<0>(kNumberHeading, kHeading, value) && value >= 0 && value < 360)
      p.heading_deg = static_cast<std::uint16_t>(value);
    if (row_->numbers.has(kNumberStatus) && static_cast<unsigned>(raw(kStatus).front() - '0') <= 9) {
      number<0>(kNumberStatus, kStatus, value);
      p.nav_status = static_cast<std::uint8_t>(value <= 15 ? value : model::kStatusNone);
    } else if (const std::string_view status = cell(kStatus); !status.empty()) {
      p.nav_status = status_.of(status);
    }
    if (const std::string_view kind = cell(kClass); kind == "A") {
      p.type = 1;
    } else if (!kind.empty()) {
      p.type = class_.of(kind);
    }
  }

  // Neighbouring columns of static data are compared as one piece of text.
  void find_static_runs() {
    std::array<bool, kMaxCells> is_static{};
    for (std::size_t field = kFirstStatic; field < kFields; ++field)
      if (column_[field] != kAbsent) is_static[column_[field]] = true;
    for (std::size_t i = 0; i < kMaxCells; ++i) {
      if (!is_static[i]) continue;
      if (i > 0 && is_static[i - 1]) {
        runs_.back().second = i;
      } else {
        runs_.emplace_back(i, i);
      }
    }
  }

  // False, and 0, where the row has no static data.
  bool hash_statics(std::uint64_t& hash) const {
    bool any = false;
    hash = 0;
    for (const auto& [first, last] : runs_) {
      if (first >= row_->ends.cells) break;
      const std::size_t end = last < row_->ends.cells ? last : row_->ends.cells - 1;
      const std::uint32_t from = first == 0 ? 0 : row_->ends.end[first - 1] + 1,
                          size = row_->ends.end[end] - from;
      any |= size > end - first;  // more than its commas
      hash = hash_bytes(row_->at + from, size, hash);
    }
    hash = any ? hash | 1 : 0;
    return any;
  }

  // A row repeats its vessel's static data: told only where it differs from the vessel's last.
  void statics() {
    const model::Position& p = row_->position;
    if (row_->hash == 0 || !last_.changed(p.mmsi, row_->hash)) return;
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
  Columns column_;
  std::vector<std::pair<std::size_t, std::size_t>> runs_;  // first and last column
  NumberColumns number_columns_;
  SplitRow split_;
  ReadNumbers numbers_of_;
  std::array<Row, kGroup> rows_;
  Row* row_ = nullptr;  // the one at work
  TimeReader time_;
  mutable LastWord status_{nav_status_of}, class_{message_type_of};
  LastStatic last_;
  OutcomeCounts counts_;
  std::uint64_t line_ = 1;  // the header
};

}  // namespace

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
