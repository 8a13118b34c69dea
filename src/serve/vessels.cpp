#include "serve/vessels.hpp"

#include <algorithm>
#include <unordered_map>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"
#include "cordon/watch/identify.hpp"
#include "serve/state.hpp"

namespace cordon::serve {
namespace {

void append_time(base::JsonWriter& json, std::string_view name, base::TimeMs time) {
  json.key(name);
  if (time == base::kNoTime)
    json.null();
  else
    json.value(base::to_iso(time));
}

VesselRow row_of(const watch::Heard& heard) {
  VesselRow row;
  row.mmsi = heard.mmsi;
  row.first = heard.first;
  row.last = heard.last;
  row.reports = heard.positions;
  const watch::BroadcastIdentity* most = nullptr;
  for (const auto& identity : heard.identities)
    if (!most || identity.reports > most->reports) most = &identity;
  if (most) {
    row.imo = most->imo;
    row.name = most->name;
    row.type = watch::ship_type_words(most->ship_type);
  }
  row.flag = base::mid_country(base::mmsi_mid(heard.mmsi));
  return row;
}

}  // namespace

VesselTable::VesselTable(const watch::Survey& survey) {
  std::unordered_map<std::uint32_t, const model::RegisteredVessel*> by_imo, by_mmsi;
  for (const auto& row : survey.registry) {
    if (row.imo) by_imo.try_emplace(row.imo, &row);
    if (row.mmsi) by_mmsi.try_emplace(row.mmsi, &row);
  }
  rows_.reserve(survey.heard.heard().size());
  for (const auto& heard : survey.heard.heard()) {
    VesselRow row = row_of(heard);
    const auto& index = row.imo ? by_imo : by_mmsi;
    if (const auto found = index.find(row.imo ? row.imo : row.mmsi); found != index.end()) {
      const auto& registered = *found->second;
      if (row.name.empty()) row.name = registered.name;
      if (!registered.type.empty()) row.type = registered.type;
      if (row.flag.empty()) row.flag = registered.flag;
      if (!row.imo) row.imo = registered.imo;
    }
    row.folded = base::ascii_upper(row.name);
    rows_.push_back(std::move(row));
  }
  std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.mmsi < b.mmsi; });
}

const VesselRow* VesselTable::find(std::uint32_t mmsi) const {
  const auto at =
      std::lower_bound(rows_.begin(), rows_.end(), mmsi,
                       [](const VesselRow& row, std::uint32_t wanted) { return row.mmsi < wanted; });
  return at == rows_.end() || at->mmsi != mmsi ? nullptr : &*at;
}

std::vector<const VesselRow*> VesselTable::search(std::string_view text, std::size_t limit,
                                                  std::size_t& found) const {
  const std::string wanted = base::ascii_upper(text);
  const bool number = !wanted.empty() && wanted.find_first_not_of("0123456789") == wanted.npos;
  std::vector<const VesselRow*> first, second;
  found = 0;
  for (const auto& row : rows_) {
    const std::size_t at = wanted.empty() ? 0 : row.folded.find(wanted);
    const bool begins = at == 0 || (number && (std::to_string(row.mmsi).starts_with(wanted) ||
                                               (row.imo && std::to_string(row.imo).starts_with(wanted))));
    if (!begins && at == std::string::npos) continue;
    ++found;
    auto& group = begins ? first : second;
    if (group.size() < limit) group.push_back(&row);
  }
  first.insert(first.end(), second.begin(), second.end());
  if (first.size() > limit) first.resize(limit);
  return first;
}

void append_fields(base::JsonWriter& json, const VesselRow& row, const Snapshot& state) {
  json.field("mmsi", row.mmsi);
  json.key("imo");
  if (row.imo)
    json.value(row.imo);
  else
    json.null();
  json.field("name", row.name);
  json.field("flag", row.flag);
  json.field("type", row.type);
  append_time(json, "first", row.first);
  append_time(json, "last", row.last);
  json.field("reports", row.reports);
  json.key("target");
  if (const auto* dossier = state.dossier_of(row.mmsi))
    json.value(dossier->id);
  else
    json.null();
}

}  // namespace cordon::serve
