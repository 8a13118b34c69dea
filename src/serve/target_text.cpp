#include "serve/target_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "cordon/base/text.hpp"
#include "cordon/detect/export.hpp"
#include "serve/track_text.hpp"

namespace cordon::serve {
namespace {

bool dprk_listed(const watch::Dossier& dossier) {
  const auto dprk = [](const auto& one) { return one.dprk; };
  return std::any_of(dossier.listings.begin(), dossier.listings.end(), dprk) ||
         std::any_of(dossier.chains.begin(), dossier.chains.end(), dprk);
}

std::vector<std::string_view> types_of(const watch::Dossier& dossier) {
  std::vector<std::string_view> types;
  for (const auto& event : dossier.events) {
    const auto type = model::to_string(event.type);
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
  }
  return types;
}

std::vector<TrackRow> track_of(const watch::Dossier& dossier) {
  std::vector<TrackRow> rows;
  rows.reserve(dossier.track.size());
  for (const auto& point : dossier.track) rows.push_back({point.time, point.at});
  return rows;
}

std::string name_of(const watch::Dossier& dossier) {
  return dossier.identity.name.empty() ? dossier.id
                                       : fmt::format("{} ({})", dossier.identity.name, dossier.id);
}

}  // namespace

void append_target(base::JsonWriter& json, const watch::Dossier& dossier) {
  const auto& identity = dossier.identity;
  json.begin_object();
  json.field("rank", dossier.rank);
  json.field("id", dossier.id);
  json.fixed_field("score", dossier.score, 1);
  json.field("headline", dossier.headline);
  json.field("name", identity.name);
  json.key("imo");
  if (identity.imo)
    json.value(identity.imo);
  else
    json.null();
  json.key("mmsi");
  json.begin_array();
  for (const auto mmsi : identity.mmsi) json.value(mmsi);
  json.end_array();
  json.field("flag", identity.flag);
  const bool seen = !dossier.track.empty();
  for (const char* name : {"lat", "lon"}) {
    json.key(name);
    if (seen)
      json.fixed(name[1] == 'a' ? dossier.track.back().at.lat() : dossier.track.back().at.lon(), 5);
    else
      json.null();
  }
  json.key("last");
  if (seen)
    json.value(base::to_iso(dossier.track.back().time));
  else
    json.null();
  json.field("listed", !dossier.listings.empty());
  json.field("dprk", dprk_listed(dossier));
  json.key("types");
  json.begin_array();
  for (const auto type : types_of(dossier)) json.value(type);
  json.end_array();
  json.end_object();
}

bool matches(const watch::Dossier& dossier, std::string_view text) {
  const std::string wanted = base::ascii_upper(text);
  const auto holds = [&](std::string_view where) {
    return base::ascii_upper(where).find(wanted) != std::string::npos;
  };
  const auto& identity = dossier.identity;
  if (holds(identity.name) || holds(dossier.id) || holds(dossier.headline)) return true;
  return std::any_of(identity.mmsi.begin(), identity.mmsi.end(),
                     [&](auto mmsi) { return std::to_string(mmsi).starts_with(wanted); }) ||
         std::any_of(identity.history.begin(), identity.history.end(),
                     [&](const auto& heard) { return holds(heard.name); });
}

std::string targets_csv(std::span<const watch::Dossier* const> dossiers) {
  std::string out = "rank,id,score,name,imo,mmsi,flag,listed,dprk,last,lat,lon,seen,headline\n";
  for (const auto* dossier : dossiers) {
    const auto& identity = dossier->identity;
    auto to = std::back_inserter(out);
    fmt::format_to(to, "{},{},{:.1f},", dossier->rank, dossier->id, dossier->score);
    append_text_cell(out, identity.name);
    fmt::format_to(to, ",{},{},{},{},{},", identity.imo ? std::to_string(identity.imo) : "",
                   fmt::join(identity.mmsi, ";"), identity.flag, dossier->listings.empty() ? "no" : "yes",
                   dprk_listed(*dossier) ? "yes" : "no");
    if (dossier->track.empty()) {
      out += ",,,";
    } else {
      const auto& last = dossier->track.back();
      fmt::format_to(to, "{},{:.5f},{:.5f},", base::to_iso(last.time), last.at.lat(), last.at.lon());
    }
    fmt::format_to(to, "{},", fmt::join(types_of(*dossier), ";"));
    append_text_cell(out, dossier->headline);
    out += '\n';
  }
  return out;
}

std::string targets_geojson(std::span<const watch::Dossier* const> dossiers, const watch::RunInfo& run) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("type", "FeatureCollection");
  json.key("features");
  json.begin_array();
  for (const auto* dossier : dossiers) {
    json.begin_object();
    json.field("type", "Feature");
    json.field("id", dossier->id);
    json.key("geometry");
    append_geometry(json, track_of(*dossier));
    json.key("properties");
    append_target(json, *dossier);
    json.end_object();
    for (const auto& event : dossier->events) {
      std::string line;
      model::append_json(line, event, run.feeds);
      json.begin_object();
      json.field("type", "Feature");
      json.key("geometry");
      if (event.at.valid()) {
        const TrackRow row{event.start, event.at};
        append_geometry(json, {&row, 1});
      } else {
        json.null();
      }
      json.key("properties");
      json.raw(line);
      json.end_object();
    }
  }
  json.end_array();
  json.end_object();
  return out;
}

std::string targets_kml(std::span<const watch::Dossier* const> dossiers) {
  std::string out(kKmlHead);
  const auto writer = detect::make_writer("kml", {});
  for (const auto* dossier : dossiers) {
    out += "<Folder><name>" + base::escape_markup(name_of(*dossier)) + "</name><description>" +
           base::escape_markup(dossier->headline) + "</description>\n";
    if (!dossier->track.empty()) append_kml_track(out, "way", track_of(*dossier));
    for (const auto& event : dossier->events) writer->append(out, event);
    out += "</Folder>\n";
  }
  out += kKmlFoot;
  return out;
}

std::string dossier_csv(const watch::Dossier& dossier) {
  std::string out = "target,kind,points,statement,sources\n";
  for (const auto& finding : dossier.evidence) {
    out += fmt::format("{},{},{:.1f},", dossier.id, finding.kind, finding.weight);
    append_text_cell(out, finding.statement);
    out += ',';
    std::string sources;
    for (const auto& source : finding.sources) {
      if (!sources.empty()) sources += "; ";
      sources += model::describe(source);
    }
    append_text_cell(out, sources);
    out += '\n';
  }
  return out;
}

}  // namespace cordon::serve
