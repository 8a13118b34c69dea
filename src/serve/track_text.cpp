#include "serve/track_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

void append_place(base::JsonWriter& json, double lat, double lon) {
  json.begin_array();
  json.fixed(lon, 6);
  json.fixed(lat, 6);
  json.end_array();
}

bool crosses(const base::LatLon& a, const base::LatLon& b) {
  return a.lon() - b.lon() > 180 || b.lon() - a.lon() > 180;
}

void append_line(base::JsonWriter& json, std::span<const TrackRow> rows, bool parts) {
  if (parts) json.begin_array();
  json.begin_array();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& at = rows[i].at;
    if (i > 0 && crosses(rows[i - 1].at, at)) {
      const auto& before = rows[i - 1].at;
      const double edge = before.lon() < 0 ? -180 : 180;
      const double way = base::lon_difference(at.lon(), before.lon());
      const double lat =
          way == 0 ? at.lat() : before.lat() + (at.lat() - before.lat()) * (edge - before.lon()) / way;
      append_place(json, lat, edge);
      json.end_array();
      json.begin_array();
      append_place(json, lat, -edge);
    }
    append_place(json, at.lat(), at.lon());
  }
  json.end_array();
  if (parts) json.end_array();
}

}  // namespace

void append_geometry(base::JsonWriter& json, std::span<const TrackRow> rows) {
  if (rows.empty()) return json.null();
  bool parts = false;
  for (std::size_t i = 1; i < rows.size(); ++i) parts = parts || crosses(rows[i - 1].at, rows[i].at);
  json.begin_object();
  json.field("type", rows.size() == 1 ? "Point" : parts ? "MultiLineString" : "LineString");
  json.key("coordinates");
  if (rows.size() == 1)
    append_place(json, rows[0].at.lat(), rows[0].at.lon());
  else
    append_line(json, rows, parts);
  json.end_object();
}

void append_kml_track(std::string& out, std::string_view name, std::span<const TrackRow> rows) {
  out += "<Placemark><name>" + base::escape_markup(name) + "</name><gx:Track>\n";
  auto to = std::back_inserter(out);
  for (const auto& row : rows) fmt::format_to(to, "<when>{}</when>\n", base::to_iso(row.time));
  for (const auto& row : rows)
    fmt::format_to(to, "<gx:coord>{:.6f} {:.6f} 0</gx:coord>\n", row.at.lon(), row.at.lat());
  out += "</gx:Track></Placemark>\n";
}

void append_csv_track(std::string& out, std::span<const TrackRow> rows) {
  out += "time,lat,lon,sog_knots,cog_deg\n";
  auto to = std::back_inserter(out);
  for (const auto& row : rows) {
    fmt::format_to(to, "{},{:.6f},{:.6f},", base::to_iso(row.time), row.at.lat(), row.at.lon());
    if (row.sog_dkn != model::kSogNone) fmt::format_to(to, "{:.1f}", row.sog_dkn * 0.1);
    out += ',';
    if (row.cog_ddeg < model::kCogNone) fmt::format_to(to, "{:.1f}", row.cog_ddeg * 0.1);
    out += '\n';
  }
}

void append_text_cell(std::string& out, std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos)
    return base::append_csv(out, text);
  base::append_csv(out, '\'' + std::string(text));
}

}  // namespace cordon::serve
