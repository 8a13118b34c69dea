#include "serve/position_wire.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "cordon/base/json.hpp"
#include "serve/position_walk.hpp"

namespace cordon::serve {
namespace {

static_assert(std::endian::native == std::endian::little, "the columns are written as they lie in memory");

constexpr std::size_t kPiece = 64 * 1024;

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void pad(std::string& out, std::size_t bytes) {
  out.append((8 - bytes % 8) % 8, '\0');
}

class Pieces {
 public:
  Pieces(std::shared_ptr<const Snapshot> state, PositionRows rows)
      : state_(std::move(state)),
        rows_(std::make_unique<PositionRows>(std::move(rows))),
        walk_(state_->positions, *rows_) {
    const auto& table = state_->positions;
    base::TimeMs first = std::numeric_limits<base::TimeMs>::max();
    std::uint32_t row = 0;
    while (!walk_.done()) {
      const auto at = walk_.row(), vessel = table.vessel[at];
      if (vessels_.empty() || vessels_.back() != vessel) {
        vessels_.push_back(vessel);
        first_row_.push_back(row);
        first = std::min(first, table.time[at]);  // rows of a vessel are in order of time
      }
      if (rows_->every > 1) {
        walk_.next();
        ++row;
      } else {
        const auto step =
            std::min(walk_.straight(), static_cast<std::uint32_t>(table.rows_of(vessel).end) - at);
        walk_.skip(step);
        row += step;
      }
    }
    walk_.restart();
    count_ = row;
    base_ = row == 0 ? 0 : first;
    // Its length stands before the table of names, so it is made twice: a table of 200,000 vessels is never
    // held as text.
    std::string one;
    json_bytes_ = 1 + std::max<std::size_t>(vessels_.size(), 1);  // brackets and commas
    for (std::size_t i = 0; i < vessels_.size(); ++i) {
      one.clear();
      append_name(one, i);
      json_bytes_ += one.size();
    }
  }

  std::optional<std::string> next() {
    const auto& t = state_->positions;
    std::string out;
    out.reserve(kPiece + 64);
    while (out.size() < kPiece && stage_ < 9) {
      switch (stage_) {
        case 0:
          out += "CRDN";
          put(out, std::uint32_t{1});
          put(out, static_cast<std::uint32_t>(count_));
          put(out, static_cast<std::uint32_t>(vessels_.size()));
          put(out, static_cast<double>(base_) / 1000);
          ++stage_;
          break;
        case 1:
          column<double>(out, [&](auto row) { return static_cast<double>(t.time[row] - base_) / 1000; });
          break;
        case 2:
          column<float>(out, [&](auto row) { return static_cast<float>(t.lat_e7[row] * 1e-7); });
          break;
        case 3:
          column<float>(out, [&](auto row) { return static_cast<float>(t.lon_e7[row] * 1e-7); });
          break;
        case 4:
          column<float>(out, [&](auto row) { return knots(t.sog_dkn[row]); });
          break;
        case 5:
          column<float>(out, [&](auto row) { return degrees(t.cog_ddeg[row]); });
          break;
        case 6:
          vessel_column(out);
          break;
        case 7:
          numbers(out);
          break;
        default:
          names(out);
          break;
      }
    }
    if (out.empty()) return std::nullopt;
    return out;
  }

 private:
  template <class T, class Value>
  void column(std::string& out, const Value& value) {
    while (!walk_.done() && out.size() < kPiece) {
      const std::uint32_t run = std::min<std::uint32_t>(
          walk_.straight(), static_cast<std::uint32_t>((kPiece - out.size()) / sizeof(T) + 1));
      const std::uint32_t row = walk_.row();
      const std::size_t at = out.size();
      out.resize(at + run * sizeof(T));
      for (std::uint32_t i = 0; i < run; ++i) {
        const T one = value(row + i);
        std::memcpy(out.data() + at + i * sizeof(T), &one, sizeof(T));
      }
      if (rows_->every == 1)
        walk_.skip(run);
      else
        walk_.next();
    }
    if (walk_.done()) end_column(out, count_ * sizeof(T));
  }
  void vessel_column(std::string& out) {
    const auto& of = state_->positions.vessel;
    column<std::uint32_t>(out, [&](auto row) {
      if (of[row] != vessels_[index_]) ++index_;  // rows come vessel by vessel
      return static_cast<std::uint32_t>(index_);
    });
  }
  void end_column(std::string& out, std::size_t bytes) {
    pad(out, bytes);
    walk_.restart();
    ++stage_;
  }

  void numbers(std::string& out) {
    for (const auto vessel : vessels_) put(out, state_->positions.mmsi[vessel]);
    pad(out, vessels_.size() * 4);
    for (const auto row : first_row_) put(out, row);
    pad(out, vessels_.size() * 4);
    put(out, static_cast<std::uint32_t>(json_bytes_));
    out += '[';
    index_ = 0;
    ++stage_;
  }
  void names(std::string& out) {
    for (; index_ < vessels_.size() && out.size() < kPiece; ++index_) {
      if (index_ > 0) out += ',';
      append_name(out, index_);
    }
    if (index_ < vessels_.size()) return;
    out += ']';
    ++stage_;
  }
  void append_name(std::string& out, std::size_t index) const {
    const auto mmsi = state_->positions.mmsi[vessels_[index]];
    const VesselRow* row = state_->vessels.find(mmsi);
    const auto* dossier = state_->dossier_of(mmsi);
    base::JsonWriter json(out);
    json.begin_object();
    json.field("mmsi", mmsi);
    if (row && row->imo) json.field("imo", row->imo);
    json.field("name", row ? row->name : "");
    json.field("flag", row ? row->flag : "");
    json.field("type", row ? row->type : "");
    json.key("target");
    if (dossier)
      json.value(dossier->id);
    else
      json.null();
    json.end_object();
  }

  std::shared_ptr<const Snapshot> state_;
  std::unique_ptr<const PositionRows> rows_;  // where it lies must not change: the walk refers to it
  Walk walk_;
  std::vector<std::uint32_t> vessels_, first_row_;
  std::size_t count_ = 0, index_ = 0, json_bytes_ = 0;
  base::TimeMs base_ = 0;
  int stage_ = 0;
};

}  // namespace

PositionRows find_positions(const Snapshot& state, const PositionQuery& query) {
  const auto& table = state.positions;
  PositionRows out;
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    out.rows += end - begin;
    if (!out.runs.empty() && out.runs.back().end == begin)
      out.runs.back().end = static_cast<std::uint32_t>(end);
    else
      out.runs.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  const auto take = [&](PositionTable::Rows rows) {
    const auto time = [&](std::size_t row) { return table.time.begin() + static_cast<std::ptrdiff_t>(row); };
    if (query.from)
      rows.begin = static_cast<std::size_t>(std::lower_bound(time(rows.begin), time(rows.end), *query.from) -
                                            table.time.begin());
    if (query.to)
      rows.end = static_cast<std::size_t>(std::upper_bound(time(rows.begin), time(rows.end), *query.to) -
                                          table.time.begin());
    if (!query.box) return add(rows.begin, rows.end);
    std::size_t begin = rows.begin;
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      if (query.box->contains({table.lat_e7[row], table.lon_e7[row]})) continue;
      add(begin, row);
      begin = row + 1;
    }
    add(begin, rows.end);
  };
  if (query.mmsi.empty() && !query.from && !query.to && !query.box) {
    add(0, table.size());
  } else if (query.mmsi.empty()) {
    for (std::uint32_t vessel = 0; vessel < table.mmsi.size(); ++vessel) take(table.rows_of(vessel));
  } else {
    std::vector<std::uint32_t> wanted = query.mmsi;
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    for (const auto mmsi : wanted) take(table.rows_of_mmsi(mmsi));
  }
  if (out.rows > query.limit) out.every = (out.rows + query.limit - 1) / query.limit;
  return out;
}

std::function<std::optional<std::string>()> position_pieces(std::shared_ptr<const Snapshot> state,
                                                            PositionRows rows) {
  auto pieces = std::make_shared<Pieces>(std::move(state), std::move(rows));
  return [pieces] { return pieces->next(); };
}

}  // namespace cordon::serve
