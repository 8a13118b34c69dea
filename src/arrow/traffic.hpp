// AIS traffic and events as tables, and tables as traffic.
//
// Positions leave in one of two forms. Degrees: time, mmsi, lat, lon, sog_kn, cog_deg, heading_deg,
// nav_status, type, receiver, where; "not available" is null. Wire: the columns of model::PositionColumns as
// they lie in memory, no copy (time, mmsi, lat_e7, lon_e7, sog_dkn, cog_ddeg, heading_deg, nav_status, type,
// receiver, where; "not available" keeps its own value, signed types of the same width, since not every
// engine knows unsigned ones). Both, and the usual spellings of others (BaseDateTime, LAT, SOG, ...), are
// read back; what one form says the other says exactly.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "arrow/table.hpp"
#include "cordon/model/event.hpp"
#include "cordon/model/position.hpp"

namespace cordon::arrow {

enum class Form : std::uint8_t { degrees, wire };

Table positions_table(model::PositionColumns&& positions, Form form);
// Static reports as they come, a column each.
class StaticColumns {
 public:
  void add(const model::VesselStatic& row);
  std::size_t size() const { return time_.size(); }
  Table finish() &&;

 private:
  std::vector<std::int64_t> time_, where_;
  std::vector<std::int32_t> mmsi_, imo_;
  Texts name_, callsign_, destination_;
  std::vector<std::int16_t> ship_type_, to_bow_m_, to_stern_m_, to_port_m_, to_starboard_m_, draught_dm_;
  std::vector<std::int8_t> type_, part_;
};
Table statics_table(const std::vector<model::VesselStatic>& statics);
// support: "file:line", or "feed N:line" where the feed has no name here.
Table events_table(std::span<const model::Event> events, const std::vector<std::string>& feeds);

// Appends the batch. where: the column of that name, else feed 0 and the number of the row, counted from
// first_row + 1. Fails where time, mmsi, lat or lon are missing or of a type that cannot be read.
base::Result<void> append_positions(model::PositionColumns& out, const Schema& schema, const Batch& batch,
                                    std::uint64_t first_row);
// Columns time, mmsi, and of imo, name, callsign, destination, ship_type, length, beam, to_bow_m, ...,
// draught_dm what there is.
base::Result<void> append_statics(std::vector<model::VesselStatic>& out, const Schema& schema,
                                  const Batch& batch, std::uint64_t first_row);

}  // namespace cordon::arrow
