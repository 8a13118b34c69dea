#include "cordon/resolve/decisions.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/resolve/state.hpp"

namespace cordon::resolve {

using base::fail;
using base::Result;

std::string_view to_string(Ruling ruling) {
  switch (ruling) {
    case Ruling::same:
      return "same";
    case Ruling::different:
      return "different";
    case Ruling::unsure:
      break;
  }
  return "unsure";
}

Result<std::vector<Decision>> parse_decisions(std::string_view csv, std::string name) {
  const auto table = base::CsvTable::parse(csv, name);
  if (!table) return tl::unexpected(table.error());
  const auto left = table->require({"left", "a", "left_id"}),
             right = table->require({"right", "b", "right_id"}),
             ruling = table->require({"decision", "ruling", "judgement"});
  for (const auto* column : {&left, &right, &ruling})
    if (!*column) return tl::unexpected(column->error());
  const auto who = table->column({"who", "user", "by"}), when = table->column({"when", "date", "time"}),
             note = table->column({"note", "comment", "reason"});
  std::vector<Decision> decisions;
  for (std::size_t row = 0; row < table->size(); ++row) {
    Decision decision;
    decision.left = base::trim(table->cell(row, *left)),
    decision.right = base::trim(table->cell(row, *right));
    const std::string word = base::ascii_lower(base::trim(table->cell(row, *ruling)));
    if (word == "same" || word == "positive")
      decision.ruling = Ruling::same;
    else if (word == "different" || word == "negative")
      decision.ruling = Ruling::different;
    else if (word == "unsure")
      decision.ruling = Ruling::unsure;
    else
      return fail("{}: line {}: expected same, different or unsure, found '{}'", name, table->line(row),
                  base::printable(word));
    decision.who = base::trim(table->cell(row, who)), decision.when = base::trim(table->cell(row, when));
    decision.note = base::trim(table->cell(row, note));
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

int decision_on(std::span<const Bound> bounds, RecordId a, RecordId b) {
  for (std::size_t i = 0; i < bounds.size(); ++i)
    if ((bounds[i].a == a && bounds[i].b == b) || (bounds[i].a == b && bounds[i].b == a))
      return static_cast<int>(i);
  return -1;
}

Result<std::vector<Bound>> bind_decisions(const Table& table, std::span<const Decision> decisions,
                                          std::vector<Decision>& kept) {
  kept.clear();
  std::vector<Bound> bounds;
  std::map<std::pair<RecordId, RecordId>, std::size_t> place;
  for (const Decision& decision : decisions) {
    const RecordId a = table.find(decision.left), b = table.find(decision.right);
    for (const auto& [record, id] : {std::pair(a, &decision.left), std::pair(b, &decision.right)})
      if (record == table.size())
        return fail("decision on '{}': no record has this id", base::printable(*id));
    if (a == b)
      return fail("decision on '{}' and itself: expected two records", base::printable(decision.left));
    const Bound bound{a, b,
                      decision.ruling == Ruling::same        ? Bound::Kind::same
                      : decision.ruling == Ruling::different ? Bound::Kind::different
                                                             : Bound::Kind::unsure};
    const auto [at, fresh] = place.emplace(std::minmax(a, b), bounds.size());
    if (fresh) {
      bounds.push_back(bound), kept.push_back(decision);
    } else {
      bounds[at->second] = bound, kept[at->second] = decision;
    }
  }
  // Records named by decisions, numbered densely, and what "same" joins.
  std::map<RecordId, RecordId> root;
  const auto find = [&](RecordId record) {
    root.emplace(record, record);
    while (root[record] != record) record = root[record];
    return record;
  };
  for (const Bound& bound : bounds)
    if (bound.kind == Bound::Kind::same) {
      const RecordId a = find(bound.a), b = find(bound.b);
      root[std::max(a, b)] = std::min(a, b);
    }
  for (std::size_t i = 0; i < bounds.size(); ++i)
    if (bounds[i].kind == Bound::Kind::different && find(bounds[i].a) == find(bounds[i].b))
      return fail("decisions contradict: '{}' and '{}' are decided different, and same by others in between",
                  base::printable(kept[i].left), base::printable(kept[i].right));
  return bounds;
}

}  // namespace cordon::resolve
