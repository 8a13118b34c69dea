// What was seen at sea: events, positions, tracks, vessels.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "arrow/ipc.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "serve/asked.hpp"
#include "serve/event_text.hpp"
#include "serve/position_wire.hpp"
#include "serve/router.hpp"
#include "serve/track_text.hpp"

namespace cordon::serve::routes {
namespace {

constexpr std::size_t kMostVesselsAsked = 1000;

Response pieces(std::function<std::optional<std::string>()> more, std::string_view type) {
  Response response;
  response.content_type = type;
  response.more = std::move(more);
  return response;
}

std::string_view type_of(std::string_view format) {
  if (format == "geojson") return "application/geo+json";
  if (format == "kml") return "application/vnd.google-earth.kml+xml";
  if (format == "csv") return "text/csv; charset=utf-8";
  if (format == "ndjson") return "application/x-ndjson";
  return "application/json";
}

struct EventQuery {
  std::vector<model::EventType> types;  // empty = all
  std::optional<base::TimeMs> from, to;
  std::optional<Box> box;
  std::vector<std::uint32_t> mmsi;
  double least_score = 0;

  bool fits(const model::Event& event) const {
    if (!types.empty() && std::find(types.begin(), types.end(), event.type) == types.end()) return false;
    if (event.score < least_score) return false;
    if (from && (event.end == base::kNoTime ? event.start : event.end) < *from) return false;
    if (to && event.start > *to) return false;
    if (box && !box->contains(event.at)) return false;
    if (mmsi.empty()) return true;
    return std::find_first_of(event.mmsi.begin(), event.mmsi.end(), mmsi.begin(), mmsi.end()) !=
           event.mmsi.end();
  }
};

EventQuery event_query(Asked& asked) {
  EventQuery query;
  for (const auto word : asked.words("type", 32)) {
    if (const auto type = model::parse_event_type(word))
      query.types.push_back(*type);
    else
      asked.refuse(fmt::format("type: expected types of events such as gap or encounter, found '{}'",
                               word.substr(0, 40)),
                   "type");
  }
  query.from = asked.time("from");
  query.to = asked.time("to", true);
  query.box = asked.box("bbox");
  query.mmsi = asked.numbers("mmsi", kMostVesselsAsked);
  query.least_score = asked.decimal("least_score", 0, 0, 1);
  return query;
}

void append_points(base::JsonWriter& json, std::span<const TrackRow> rows) {
  json.begin_array();
  for (const auto& row : rows) {
    json.begin_array();
    json.fixed(static_cast<double>(row.time) / 1000, 3);
    json.fixed(row.at.lat(), 6);
    json.fixed(row.at.lon(), 6);
    if (row.sog_dkn == model::kSogNone)
      json.null();
    else
      json.fixed(row.sog_dkn * 0.1, 1);
    if (row.cog_ddeg >= model::kCogNone)
      json.null();
    else
      json.fixed(row.cog_ddeg * 0.1, 1);
    json.end_array();
  }
  json.end_array();
}

std::vector<TrackRow> track_rows(const Snapshot& state, const PositionRows& found) {
  const auto& table = state.positions;
  std::vector<TrackRow> rows;
  std::size_t number = 0;
  for (const auto& run : found.runs)
    for (std::uint32_t row = run.begin; row < run.end; ++row)
      if (number++ % found.every == 0)
        rows.push_back({table.time[row],
                        {table.lat_e7[row], table.lon_e7[row]},
                        table.sog_dkn[row],
                        table.cog_ddeg[row]});
  return rows;
}

}  // namespace

Response events(const Call& call) {
  Asked asked(call.request);
  const EventQuery query = event_query(asked);
  const auto limit = asked.number("limit", 1000, 1, 1'000'000);
  const auto offset = asked.number("offset", 0, 0, 1'000'000'000);
  const auto format = asked.one_of("format", {"json", "geojson", "kml", "csv", "ndjson"});
  if (asked.refusal()) return *asked.refusal();
  const auto& all = call.state->survey->events;
  std::vector<std::uint32_t> found;
  std::size_t total = 0;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!query.fits(all[i])) continue;
    if (++total > offset && found.size() < limit) found.push_back(i);
  }
  Response response = pieces(event_pieces(call.state, std::move(found), format, total), type_of(format));
  if (format != "json") response.download(fmt::format("events.{}", format));
  return response;
}

Response event(const Call& call) {
  const auto* found = call.state->event(call.request.capture(0));
  if (!found) return error(404, "no event has this id", "id");
  Response response;
  append_event(response.body, *call.state,
               static_cast<std::uint32_t>(found - call.state->survey->events.data()));
  return response;
}

Response positions(const Call& call) {
  Asked asked(call.request);
  PositionQuery query;
  query.from = asked.time("from");
  query.to = asked.time("to", true);
  query.box = asked.box("bbox");
  query.mmsi = asked.numbers("mmsi", kMostVesselsAsked);
  query.limit = asked.number("limit", 2'000'000, 1, 20'000'000);
  const auto format = asked.one_of("format", {"columns", "arrow"});
  if (asked.refusal()) return *asked.refusal();
  PositionRows rows = find_positions(*call.state, query);
  const std::size_t found = rows.rows, every = rows.every;
  const bool as_arrow = format == "arrow";
  Response response = as_arrow
                          ? pieces(position_arrow(call.state, std::move(rows)), arrow::kStreamType)
                          : pieces(position_pieces(call.state, std::move(rows)), "application/octet-stream");
  if (as_arrow) response.download("positions.arrows");
  response.header("X-Cordon-Found", std::to_string(found));
  response.header("X-Cordon-Every", std::to_string(every));
  return response;
}

Response track(const Call& call) {
  Asked asked(call.request);
  const auto mmsi = base::parse_number<std::uint32_t>(call.request.capture(0));
  if (!mmsi) asked.refuse("mmsi: expected a number of nine digits", "mmsi");
  PositionQuery query;
  query.from = asked.time("from");
  query.to = asked.time("to", true);
  query.limit = asked.number("limit", 20'000, 1, 200'000);
  const auto format = asked.one_of("format", {"json", "geojson", "kml", "csv"});
  if (asked.refusal()) return *asked.refusal();
  const auto* vessel = call.state->vessels.find(*mmsi);
  if (!vessel) return error(404, "this MMSI was never heard", "mmsi");
  query.mmsi = {*mmsi};
  const PositionRows found = find_positions(*call.state, query);
  const auto rows = track_rows(*call.state, found);

  Response response;
  response.content_type = type_of(format);
  if (format != "json") response.download(fmt::format("track-{}.{}", *mmsi, format));
  if (format == "csv") {
    append_csv_track(response.body, rows);
    return response;
  }
  if (format == "kml") {
    response.body += kKmlHead;
    append_kml_track(response.body, vessel->name.empty() ? fmt::to_string(*mmsi) : vessel->name, rows);
    response.body += kKmlFoot;
    return response;
  }
  base::JsonWriter json(response.body);
  json.begin_object();
  if (format == "geojson") {
    json.field("type", "Feature");
    json.key("geometry");
    append_geometry(json, rows);
    json.key("properties");
    json.begin_object();
    append_fields(json, *vessel, *call.state);
    json.key("times");
    json.begin_array();
    for (const auto& row : rows) json.value(base::to_iso(row.time));
    json.end_array();
    json.end_object();
  } else {
    json.field("mmsi", *mmsi);
    json.field("found", static_cast<std::uint64_t>(found.rows));
    json.field("every", static_cast<std::uint64_t>(found.every));
    json.key("points");
    append_points(json, rows);
  }
  json.end_object();
  return response;
}

Response vessels(const Call& call) {
  Asked asked(call.request);
  const auto limit = asked.number("limit", 50, 1, 10'000);
  const auto wanted = asked.text("q");
  if (asked.refusal()) return *asked.refusal();
  std::size_t total = 0;
  const auto found = call.state->vessels.search(wanted, limit, total);
  Response response;
  base::JsonWriter json(response.body);
  json.begin_object();
  json.field("total", static_cast<std::uint64_t>(total));
  json.key("vessels");
  json.begin_array();
  for (const auto* row : found) {
    json.begin_object();
    append_fields(json, *row, *call.state);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return response;
}

}  // namespace cordon::serve::routes
