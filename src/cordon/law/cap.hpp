// Totals over time against a yearly cap of a measure, in the Committee's way: barrels where given, else
// converted from tonnes by product, else 8.33 barrels a tonne where no product is named.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {

struct CapEntry {
  base::Date date;
  std::string product;  // as stated
  double barrels = 0, tonnes = 0;
  base::Date period;                           // first day of the cap's year
  double total_barrels = 0, total_tonnes = 0;  // of that year, this entry included
  double percent = 0;                          // of the cap, the nearer one where a measure has two
  double notice = 0;                           // highest notice level reached, per cent; 0 = none
  bool over = false;                           // the cap is exceeded with this entry
};

struct CapTable {
  const model::Measure* measure = nullptr;
  double barrels_cap = 0, tonnes_cap = 0;  // 0 = the measure has none
  std::vector<CapEntry> entries;           // in order of date, then of the file
  base::Tally rejects;
};

// csv: header with date, quantity, unit (bbl, t, kl) and, where known, product. A row that cannot be read is
// counted, not fatal. Fails where the measure is unknown or has no yearly cap in barrels or tonnes.
base::Result<CapTable> cap_totals(const LawBook& book, std::string_view measure_id, std::string_view csv,
                                  std::string name);

}  // namespace cordon::law
