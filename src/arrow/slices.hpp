// Traffic cut by time, for engines that hold it in parts and in no order: a part is a table in, rows in the
// wire form and the number of their slice out; the rows of one slice are then sorted, whoever brought them
// together.
#pragma once
#include <cstdint>

#include "arrow/table.hpp"

namespace cordon::arrow {

// Positions as positions_table(Form::wire) names them, but with `time_ms` (integer) for `time`, since engines
// know times of other units; and `slice`: time divided by slice_ms, rounded down. Rows without a time, or
// before 1970 or after 2170, are left out: no detector can use them.
base::Result<Table> cut_positions(const Table& positions, std::int64_t slice_ms);
// The same of static reports (statics_table).
base::Result<Table> cut_statics(const Table& statics, std::int64_t slice_ms);
// Rows of cut_positions() by time, MMSI, `where`, then all else: one order, however they were spread before.
base::Result<Table> sorted_positions(const Table& positions);

}  // namespace cordon::arrow
