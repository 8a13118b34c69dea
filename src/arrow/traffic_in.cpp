#include <algorithm>
#include <cmath>
#include <utility>

#include "arrow/cells.hpp"
#include "arrow/traffic.hpp"
#include "cordon/base/text.hpp"

namespace cordon::arrow {
namespace {

using base::Result;
using Column = std::optional<Cells>;

// A column of integers from one of integers: as it lies where the width fits, else cell by cell.
template <class T>
void integers(std::vector<T>& out, const Column& column, std::int64_t rows, std::string_view format,
              std::string_view other, T none) {
  const T* plain = column ? column->plain<T>(format) : nullptr;
  if (column && !plain) plain = column->plain<T>(other);
  if (plain) {
    out.insert(out.end(), plain, plain + rows);
    return;
  }
  if (const auto wide = column ? column->integers() : std::nullopt) {
    for (const std::int64_t value : *wide)
      out.push_back(std::in_range<T>(value) ? static_cast<T>(value) : none);
    return;
  }
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto value = column ? column->integer(i) : std::nullopt;
    out.push_back(value && std::in_range<T>(*value) ? static_cast<T>(*value) : none);
  }
}

// A column that may come in units (12.3 kn) or as sent (123); beyond what AIS can say it is not available.
template <class T>
void scaled(std::vector<T>& out, const Column& wire, const Column& units, std::int64_t rows, double scale,
            double least, double most, std::string_view format, std::string_view other, T none) {
  if (wire || !units) return integers<T>(out, wire, rows, format, other, none);
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto value = units->real(i);
    out.push_back(value && *value >= least && *value <= most ? static_cast<T>(std::lround(*value * scale))
                                                             : none);
  }
}

struct Finder {
  const Schema& schema;
  const Batch& batch;
  Result<void> failed = {};
  Column operator()(std::initializer_list<std::string_view> names) {
    auto found = find_cells(schema, batch, names);
    if (found) return std::move(*found);
    if (failed) failed = tl::unexpected(found.error());
    return {};
  }
};

// milliseconds: the column is of integers and says so (cut_positions()).
Result<void> times(std::vector<base::TimeMs>& out, const Cells& column, std::int64_t rows,
                   bool milliseconds) {
  if (milliseconds) {
    integers<base::TimeMs>(out, column, rows, "l", "l", base::kNoTime);
    return {};
  }
  if (const std::int64_t* plain = column.plain_ms()) {
    out.insert(out.end(), plain, plain + rows);
    return {};
  }
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto time = column.time(i);
    if (!time && column.real(i)) return base::fail("column 'time': a time is expected, found a number");
    out.push_back(time.value_or(base::kNoTime));
  }
  return {};
}

void wheres(std::vector<std::uint64_t>& out, const Column& column, std::int64_t rows,
            std::uint64_t first_row) {
  if (const std::int64_t* plain = column ? column->plain<std::int64_t>("l") : nullptr) {
    out.insert(out.end(), plain, plain + rows);
    return;
  }
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto value = column ? column->integer(i) : std::nullopt;
    out.push_back(value ? static_cast<std::uint64_t>(*value)
                        : model::Where::of(0, first_row + static_cast<std::uint64_t>(i) + 1).packed);
  }
}

std::string names_of(const Schema& schema) {
  std::string out;
  for (const Field& field : schema) out += (out.empty() ? "" : ",") + field.name;
  return out;
}

Result<void> place(model::PositionColumns& out, Finder& find, std::int64_t rows) {
  const Column lat_e7 = find({"lat_e7"}), lon_e7 = find({"lon_e7"});
  if (lat_e7 && lon_e7) {
    integers<std::int32_t>(out.lat_e7, lat_e7, rows, "i", "i", base::LatLon::kNone);
    integers<std::int32_t>(out.lon_e7, lon_e7, rows, "i", "i", base::LatLon::kNone);
    return find.failed;
  }
  const Column lat = find({"lat", "latitude"}), lon = find({"lon", "longitude", "lng", "long"});
  if (!find.failed) return find.failed;
  if (!lat || !lon) return base::fail("expected columns 'lat' and 'lon', found '{}'", names_of(find.schema));
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto y = lat->real(i), x = lon->real(i);
    base::LatLon at;
    // 91 and 181 degrees are AIS's words for "not available".
    if (y && x && std::abs(*y) <= 90 && std::abs(*x) <= 180)
      at = {static_cast<std::int32_t>(std::lround(*y * 1e7)),
            static_cast<std::int32_t>(std::lround(*x * 1e7))};
    if (at.lon_e7 == 1'800'000'000) at.lon_e7 = -1'800'000'000;
    out.lat_e7.push_back(at.lat_e7);
    out.lon_e7.push_back(at.lon_e7);
  }
  return {};
}

}  // namespace

Result<void> append_positions(model::PositionColumns& out, const Schema& schema, const Batch& batch,
                              std::uint64_t first_row) {
  Finder find{schema, batch};
  const std::int64_t rows = batch.rows;
  const Column time_ms = find({"time_ms"});
  const Column time =
      time_ms ? time_ms : find({"time", "timestamp", "basedatetime", "base_date_time", "datetime"});
  const Column mmsi = find({"mmsi"});
  const Column sog_dkn = find({"sog_dkn"}), sog = find({"sog_kn", "sog", "speed"});
  const Column cog_ddeg = find({"cog_ddeg"}), cog = find({"cog_deg", "cog", "course"});
  const Column heading = find({"heading_deg", "heading"}), status = find({"nav_status", "status"});
  const Column type = find({"type", "message_type", "messagetype"}), receiver = find({"receiver"});
  const Column where = find({"where"});
  if (!find.failed) return find.failed;
  if (!time || !mmsi) return base::fail("expected columns 'time' and 'mmsi', found '{}'", names_of(schema));
  if (auto done = times(out.time, *time, rows, time_ms.has_value()); !done) return done;
  integers<std::uint32_t>(out.mmsi, mmsi, rows, "I", "i", 0);
  if (auto done = place(out, find, rows); !done) return done;
  scaled<std::uint16_t>(out.sog_dkn, sog_dkn, sog, rows, 10, 0, 102.25, "S", "s", model::kSogNone);
  scaled<std::uint16_t>(out.cog_ddeg, cog_ddeg, cog, rows, 10, 0, 359.949, "S", "s", model::kCogNone);
  integers<std::uint16_t>(out.heading_deg, heading, rows, "S", "s", model::kHeadingNone);
  integers<std::uint8_t>(out.nav_status, status, rows, "C", "c", model::kStatusNone);
  integers<std::uint8_t>(out.type, type, rows, "C", "c", 0);
  integers<std::uint8_t>(out.receiver, receiver, rows, "C", "c", 0);
  wheres(out.where, where, rows, first_row);
  return {};
}

Result<void> append_statics(std::vector<model::VesselStatic>& out, const Schema& schema, const Batch& batch,
                            std::uint64_t first_row) {
  Finder find{schema, batch};
  const Column time_ms = find({"time_ms"});
  const Column time =
      time_ms ? time_ms : find({"time", "timestamp", "basedatetime", "base_date_time", "datetime"});
  const Column mmsi = find({"mmsi"}), imo = find({"imo"}), name = find({"name", "vesselname", "vessel_name"});
  const Column callsign = find({"callsign", "call_sign"}), destination = find({"destination"});
  const Column ship_type = find({"ship_type", "vesseltype", "vessel_type"});
  const Column length = find({"length", "length_m"}), beam = find({"beam", "beam_m", "width"});
  const Column bow = find({"to_bow_m"}), stern = find({"to_stern_m"}), port = find({"to_port_m"}),
               starboard = find({"to_starboard_m"});
  const Column draught_dm = find({"draught_dm"}), draught = find({"draught", "draught_m", "draft"});
  const Column type = find({"type"}), part = find({"part"}), where = find({"where"});
  if (!find.failed) return find.failed;
  if (!time || !mmsi) return base::fail("expected columns 'time' and 'mmsi', found '{}'", names_of(schema));
  std::vector<base::TimeMs> when;
  if (auto done = times(when, *time, batch.rows, time_ms.has_value()); !done) return done;
  std::vector<std::uint64_t> wheres_of;
  wheres(wheres_of, where, batch.rows, first_row);
  const auto numbers = [&]<class T>(const Column& column, T) {
    std::vector<T> values;
    if (column) integers<T>(values, column, batch.rows, "", "", 0);
    return values;
  };
  const auto mmsis = numbers(mmsi, std::uint32_t{});
  const auto imos = imo ? imo->integers() : std::nullopt;
  const auto ship_types = numbers(ship_type, std::uint8_t{}), types = numbers(type, std::uint8_t{}),
             parts = numbers(part, std::uint8_t{});
  const auto bows = numbers(bow ? bow : length, std::uint16_t{}), sterns = numbers(stern, std::uint16_t{}),
             ports = numbers(port ? port : beam, std::uint16_t{}),
             starboards = numbers(starboard, std::uint16_t{}),
             draughts = numbers(draught_dm, std::uint16_t{});
  std::string scratch;
  out.reserve(out.size() + static_cast<std::size_t>(batch.rows));
  for (std::int64_t i = 0; i < batch.rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto of = [&](const auto& values) {
      return at < values.size() ? values[at] : typename std::decay_t<decltype(values)>::value_type{};
    };
    // "IMO9187629", as MarineCadastre prints it.
    const auto imo_number = [&]() -> std::uint32_t {
      if (!imo) return 0;
      if (imos)
        return std::in_range<std::uint32_t>((*imos)[at]) ? static_cast<std::uint32_t>((*imos)[at]) : 0;
      std::string_view text = imo->text(i, scratch);
      if (text.starts_with("IMO")) text.remove_prefix(3);
      return base::parse_number<std::uint32_t>(base::trim(text)).value_or(0);
    };
    const auto text = [&](const Column& column) {
      return column ? std::string(column->text(i, scratch)) : std::string();
    };
    model::VesselStatic row;
    row.time = when[at];
    row.mmsi = of(mmsis);
    row.imo = imo_number();
    row.name = text(name);
    row.callsign = text(callsign);
    row.destination = text(destination);
    row.ship_type = of(ship_types);
    row.to_bow_m = of(bows);
    row.to_stern_m = of(sterns);
    row.to_port_m = of(ports);
    row.to_starboard_m = of(starboards);
    row.draught_dm = of(draughts);
    if (!draught_dm && draught)
      if (const auto metres = draught->real(i); metres && *metres > 0 && *metres < 26)
        row.draught_dm = static_cast<std::uint16_t>(std::lround(*metres * 10));
    row.type = of(types);
    row.part = of(parts);
    row.where.packed = wheres_of[at];
    out.push_back(std::move(row));
  }
  return {};
}

}  // namespace cordon::arrow
