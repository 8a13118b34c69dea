// The report on an area drawn on the map.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cordon/base/json.hpp"
#include "serve/area.hpp"
#include "serve/body.hpp"
#include "serve/event_text.hpp"
#include "serve/router.hpp"
#include "serve/target_text.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kMostRows = 5000;  // of vessels and of events in the answer

std::optional<base::TimeMs> time_member(Body& body, std::string_view name) {
  const auto text = body.text(name, 64);
  if (text.empty()) return std::nullopt;
  const auto time = base::parse_time(text);
  if (!time)
    body.refuse(fmt::format("{}: expected a time such as 2024-02-07T11:22:33Z, found '{:.40}'", name, text),
                name);
  return time;
}

std::optional<Polygon> polygon_member(Body& body) {
  const auto* json = body.find("polygon");
  if (!json || !json->is_array()) {
    body.refuse("polygon: expected a list of [longitude, latitude]", "polygon");
    return std::nullopt;
  }
  if (json->size() > Polygon::kMostCorners + 1) {
    body.refuse(
        fmt::format("polygon: expected at most {} corners, found {}", Polygon::kMostCorners, json->size()),
        "polygon");
    return std::nullopt;
  }
  std::vector<Polygon::Corner> corners;
  for (std::size_t i = 0; i < json->size(); ++i) {
    const auto& one = (*json)[i];
    if (!one.is_array() || one.size() != 2 || !one[0].is_number() || !one[1].is_number()) {
      body.refuse(fmt::format("polygon[{}]: expected [longitude, latitude]", i),
                  fmt::format("polygon[{}]", i));
      return std::nullopt;
    }
    corners.push_back({one[0].get<double>(), one[1].get<double>()});
  }
  auto polygon = Polygon::make(corners);
  if (polygon) return std::move(*polygon);
  body.refuse("polygon: " + polygon.error().message, "polygon");
  return std::nullopt;
}

}  // namespace

Response area(const Call& call) {
  Body body(call.request);
  const auto polygon = polygon_member(body);
  const auto from = time_member(body, "from"), to = time_member(body, "to");
  if (body.refusal()) return *body.refusal();
  const auto found = survey_area(*call.state, *polygon, from, to, call.request);
  if (found.cut_off) return error(503, "the time for this request is over");

  const Snapshot& state = *call.state;
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("positions", found.positions);
  json.field("gaps", found.gaps);
  json.key("total");
  json.begin_object();
  json.field("vessels", static_cast<std::uint64_t>(found.vessels.size()));
  json.field("events", static_cast<std::uint64_t>(found.events.size()));
  json.end_object();
  json.key("vessels");
  json.begin_array();
  for (std::size_t i = 0; i < std::min(found.vessels.size(), kMostRows); ++i) {
    const auto& presence = found.vessels[i];
    json.begin_object();
    if (const auto* row = state.vessels.find(presence.mmsi)) append_fields(json, *row, state);
    json.field("reports_inside", presence.reports);
    json.field("entered", base::to_iso(presence.first));
    json.field("left", base::to_iso(presence.last));
    json.fixed_field("minutes", static_cast<double>(presence.inside) / base::kMinute, 1);
    json.end_object();
  }
  json.end_array();
  json.key("events");
  json.begin_array();
  for (std::size_t i = 0; i < std::min(found.events.size(), kMostRows); ++i) {
    std::string line;
    append_event(line, state, found.events[i]);
    json.raw(line);
  }
  json.end_array();
  json.key("targets");
  json.begin_array();
  for (const auto dossier : found.dossiers) append_target(json, state.survey->dossiers[dossier]);
  json.end_array();
  json.end_object();
  return response;
}

}  // namespace cordon::serve::routes
