#include "cordon/law/cap.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/law/compile.hpp"

namespace cordon::law {
namespace {

constexpr double kBarrelsPerKilolitre = 6.2898;

double cap_of(const Rule& rule, const char* name) {
  const auto place = rule.caps.find(name);
  return place == rule.caps.end() ? 0 : place->second;
}

// The factor of the longest product phrase in the text; the row without a tag where none is known.
const Petroleum* factor_of(const Compiled& book, std::string_view product) {
  std::vector<Vocabulary::Match> matches;
  book.vocabulary.find(product, matches);
  std::sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) { return a.length > b.length; });
  for (const auto& match : matches) {
    const auto says = book.goods_words.find(match.phrase);
    if (says == book.goods_words.end()) continue;
    for (const Petroleum& row : book.petroleum)
      for (const std::uint32_t tag : says->second.tags)
        if (row.tag == tag) return &row;
  }
  for (const Petroleum& row : book.petroleum)
    if (row.tag == kNoWord) return &row;
  return nullptr;
}

base::Date period_of(const Rule& rule, const base::Date& date) {
  base::Date start{date.year, static_cast<std::uint8_t>(rule.period_month),
                   static_cast<std::uint8_t>(rule.period_day)};
  if (date < start) --start.year;
  return start;
}

bool convert(const Petroleum& factor, std::string_view unit, double quantity, CapEntry& entry) {
  const std::string u = base::ascii_lower(unit);
  if (u == "bbl" || u == "barrel" || u == "barrels") {
    entry.barrels = quantity;
    entry.tonnes = quantity / factor.barrels_per_tonne;
  } else if (u == "t" || u == "mt" || u == "tonne" || u == "tonnes" || u == "ton" || u == "tons") {
    entry.tonnes = quantity;
    entry.barrels = quantity * factor.barrels_per_tonne;
  } else if (u == "kl" || u == "m3" || u == "kilolitre" || u == "kilolitres") {
    entry.barrels = quantity * kBarrelsPerKilolitre;
    entry.tonnes = factor.tonnes_per_kilolitre > 0 ? quantity * factor.tonnes_per_kilolitre
                                                   : entry.barrels / factor.barrels_per_tonne;
  } else {
    return false;
  }
  return true;
}

}  // namespace

base::Result<CapTable> cap_totals(const LawBook& law, std::string_view measure_id, std::string_view csv,
                                  std::string name) {
  const Compiled& book = law.compiled();
  const auto place = book.measure_index.find(std::string(measure_id));
  if (place == book.measure_index.end()) return base::fail("no measure '{}'", measure_id);
  const Rule& rule = book.rules[place->second];
  CapTable table;
  table.measure = &book.measures[place->second];
  table.barrels_cap = cap_of(rule, "barrels_per_year");
  table.tonnes_cap = cap_of(rule, "tonnes_per_year");
  if (table.tonnes_cap == 0) table.tonnes_cap = cap_of(rule, "coal_tonnes_per_year");
  if (table.barrels_cap == 0 && table.tonnes_cap == 0)
    return base::fail("{} has no yearly cap in barrels or tonnes", measure_id);

  auto rows = base::CsvTable::parse(csv, name);
  if (!rows) return tl::unexpected(rows.error());
  const auto date = rows->require({"date"}), quantity = rows->require({"quantity", "qty", "amount"}),
             unit = rows->require({"unit"});
  if (!date) return tl::unexpected(date.error());
  if (!quantity) return tl::unexpected(quantity.error());
  if (!unit) return tl::unexpected(unit.error());
  const auto product = rows->column({"product", "goods", "cargo"});
  for (std::size_t row = 0; row < rows->size(); ++row) {
    const auto reject = [&](std::string_view reason, std::string_view found) {
      table.rejects.add(reason, fmt::format("line {}: '{}'", rows->line(row), found));
    };
    CapEntry entry;
    const auto day = base::parse_date(base::trim(rows->cell(row, *date)));
    if (!day || !day->complete()) {
      reject("date", rows->cell(row, *date));
      continue;
    }
    const auto amount = base::parse_number<double>(base::trim(rows->cell(row, *quantity)));
    if (!amount || !std::isfinite(*amount) || *amount < 0) {
      reject("quantity", rows->cell(row, *quantity));
      continue;
    }
    entry.date = *day;
    entry.product = rows->cell(row, product);
    const Petroleum* factor = factor_of(book, entry.product);
    if (!factor || !convert(*factor, base::trim(rows->cell(row, *unit)), *amount, entry)) {
      reject("unit", rows->cell(row, *unit));
      continue;
    }
    entry.period = period_of(rule, entry.date);
    table.entries.push_back(std::move(entry));
  }
  std::stable_sort(table.entries.begin(), table.entries.end(),
                   [](const CapEntry& a, const CapEntry& b) { return a.date < b.date; });
  std::map<base::Date, std::pair<double, double>> totals;
  for (CapEntry& entry : table.entries) {
    auto& [barrels, tonnes] = totals[entry.period];
    entry.total_barrels = barrels += entry.barrels;
    entry.total_tonnes = tonnes += entry.tonnes;
    if (table.barrels_cap > 0) entry.percent = 100 * barrels / table.barrels_cap;
    if (table.tonnes_cap > 0) entry.percent = std::max(entry.percent, 100 * tonnes / table.tonnes_cap);
    entry.over = entry.percent > 100 + 1e-9;
    for (const double level : rule.notify_pct)
      if (entry.percent >= level) entry.notice = std::max(entry.notice, level);
  }
  return table;
}

}  // namespace cordon::law
