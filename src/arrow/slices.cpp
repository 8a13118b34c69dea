#include "arrow/slices.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "arrow/traffic.hpp"

namespace cordon::arrow {
namespace {

using base::Result;

// As the detector's own test of a clock (detect/sequencer.cpp).
bool plausible(base::TimeMs time) {
  return time >= 0 && time < 200 * 366 * base::kDay;
}

Result<model::PositionColumns> all_positions(const Table& table) {
  model::PositionColumns out;
  for (const Batch& batch : table.batches)
    if (auto done = append_positions(out, table.schema, batch, out.size()); !done)
      return tl::unexpected(done.error());
  return out;
}

// Integers that every engine reads as they are.
void name_time(Table& table) {
  table.schema[0].name = "time_ms";
  table.schema[0].format = "l";
}

void add_slices(Table& table, const std::vector<base::TimeMs>& times, std::int64_t slice_ms) {
  std::vector<std::int64_t> slices;
  slices.reserve(times.size());
  for (const base::TimeMs time : times) slices.push_back(time / slice_ms);
  Table one = std::move(Builder().numbers("slice", "l", std::move(slices))).finish();
  table.schema.push_back(std::move(one.schema[0]));
  table.batches[0].columns.push_back(std::move(one.batches[0].columns[0]));
}

auto key(const model::Position& row) {
  return std::tuple(row.time, row.mmsi, row.where.packed, row.at.lat_e7, row.at.lon_e7, row.sog_dkn,
                    row.cog_ddeg, row.heading_deg, row.nav_status, row.type, row.receiver);
}

}  // namespace

Result<Table> cut_positions(const Table& positions, std::int64_t slice_ms) {
  auto rows = all_positions(positions);
  if (!rows) return tl::unexpected(rows.error());
  if (!std::all_of(rows->time.begin(), rows->time.end(), plausible)) {
    model::PositionColumns kept;
    for (std::size_t i = 0; i < rows->size(); ++i)
      if (plausible(rows->time[i])) kept.push_back(rows->row(i));
    *rows = std::move(kept);
  }
  const std::vector<base::TimeMs> times = rows->time;
  Table out = positions_table(std::move(*rows), Form::wire);
  name_time(out);
  add_slices(out, times, slice_ms);
  return out;
}

Result<Table> cut_statics(const Table& statics, std::int64_t slice_ms) {
  std::vector<model::VesselStatic> rows;
  for (const Batch& batch : statics.batches)
    if (auto done = append_statics(rows, statics.schema, batch, rows.size()); !done)
      return tl::unexpected(done.error());
  std::erase_if(rows, [](const model::VesselStatic& row) { return !plausible(row.time); });
  std::vector<base::TimeMs> times;
  for (const auto& row : rows) times.push_back(row.time);
  Table out = statics_table(rows);
  name_time(out);
  add_slices(out, times, slice_ms);
  return out;
}

Result<Table> sorted_positions(const Table& positions) {
  auto columns = all_positions(positions);
  if (!columns) return tl::unexpected(columns.error());
  std::vector<model::Position> rows;
  rows.reserve(columns->size());
  for (std::size_t i = 0; i < columns->size(); ++i) rows.push_back(columns->row(i));
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return key(a) < key(b); });
  columns->clear();
  for (const auto& row : rows) columns->push_back(row);
  Table out = positions_table(std::move(*columns), Form::wire);
  name_time(out);
  return out;
}

}  // namespace cordon::arrow
