// Screening and comparing as tables: a row a query in, a row a hit out. Engine-free: what a notebook, a
// server or a cluster does with them is the same call.
#pragma once
#include <cstddef>
#include <functional>

#include "arrow/table.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::arrow {

struct ScreenOptions {
  double threshold = screen::threshold();     // score from which a hit is a match
  double cutoff = screen::kDefaultCutoff;     // hits below are left out
  std::size_t limit = screen::kDefaultLimit;  // most hits a query
  // Called with rows done, from one thread; false stops.
  std::function<bool(std::size_t)> progress = {};
};

// Columns of the queries as `cordon screen` reads them: id, schema, name, and birth_date, country, imo, ...
// Out: id (text), rank (from 1), entity_id, caption, schema, dataset, score, match, reasons, measures,
// source; hits of a query side by side, best first, queries in their order; a query without a hit has no row.
// On all cores; the same answer whatever their number. Rows of an unknown schema are searched as any and
// counted in `rejects`.
base::Result<Table> screen_table(const screen::Index& index, const Table& queries,
                                 const ScreenOptions& options, base::Tally& rejects);

// id, schema, left, right and left_*, right_* in; id, score, match, reason out, a row each.
base::Result<Table> compare_table(const Table& pairs, base::Tally& rejects);

}  // namespace cordon::arrow
