// Ranked targets and their dossiers.
#include <algorithm>
#include <vector>

#include "cordon/base/json.hpp"
#include "cordon/watch/report.hpp"
#include "serve/asked.hpp"
#include "serve/router.hpp"
#include "serve/state.hpp"
#include "serve/target_text.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::string_view kGeoJson = "application/geo+json", kKml = "application/vnd.google-earth.kml+xml",
                           kCsv = "text/csv; charset=utf-8", kNdjson = "application/x-ndjson";

Response file(std::string body, std::string_view type, std::string_view name) {
  Response response = text(std::move(body), std::string(type));
  response.download(name);
  return response;
}

}  // namespace

Response targets(const Call& call) {
  Asked asked(call.request);
  const auto limit = asked.number("limit", 100, 1, 10'000);
  const auto offset = asked.number("offset", 0, 0, 1'000'000'000);
  const auto wanted = asked.text("q");
  const auto format = asked.one_of("format", {"json", "csv", "ndjson", "geojson", "kml"});
  if (asked.refusal()) return *asked.refusal();
  const auto& survey = *call.state->survey;
  std::vector<const watch::Dossier*> found;
  std::size_t total = 0;
  for (const auto& dossier : survey.dossiers) {
    if (!wanted.empty() && !matches(dossier, wanted)) continue;
    if (++total > offset && found.size() < limit) found.push_back(&dossier);
  }
  if (format == "csv") return file(targets_csv(found), kCsv, "targets.csv");
  if (format == "geojson") return file(targets_geojson(found, survey.run), kGeoJson, "targets.geojson");
  if (format == "kml") return file(targets_kml(found), kKml, "targets.kml");
  Response response;
  if (format == "ndjson") {
    std::string lines;
    for (const auto* dossier : found) {
      watch::append_json(lines, *dossier, survey.run);
      lines += '\n';
    }
    return file(std::move(lines), kNdjson, "targets.ndjson");
  }
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("total", static_cast<std::uint64_t>(total));
  json.key("targets");
  json.begin_array();
  for (const auto* dossier : found) append_target(json, *dossier);
  json.end_array();
  json.end_object();
  return response;
}

Response target(const Call& call) {
  Asked asked(call.request);
  const auto format = asked.one_of("format", {"json", "html", "geojson", "kml", "csv"});
  if (asked.refusal()) return *asked.refusal();
  const auto& survey = *call.state->survey;
  const auto& id = call.request.capture(0);
  const auto* dossier = call.state->dossier(id);
  if (!dossier) return error(404, "no target has this id; a reload may have changed the ranking", "id");
  const std::vector<const watch::Dossier*> one{dossier};
  if (format == "geojson") return file(targets_geojson(one, survey.run), kGeoJson, dossier->id + ".geojson");
  if (format == "kml") return file(targets_kml(one), kKml, dossier->id + ".kml");
  if (format == "csv") return file(dossier_csv(*dossier), kCsv, dossier->id + ".csv");
  if (format == "html") {
    auto page = watch::report_html({survey.run, {*dossier}});
    if (!page) return error(500, page.error().message);
    return file(std::move(*page), "text/html; charset=utf-8", dossier->id + ".html");
  }
  Response response;
  watch::append_json(response.body, *dossier, survey.run);
  return response;
}

}  // namespace cordon::serve::routes
