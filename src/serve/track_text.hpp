// A way over the sea as text for maps and tables. Everything from AIS is hostile text: it is escaped for each
// form, and no cell of a table begins like a formula.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::serve {

struct TrackRow {
  base::TimeMs time = base::kNoTime;
  base::LatLon at;
  std::uint16_t sog_dkn = model::kSogNone, cog_ddeg = model::kCogNone;
};

// A GeoJSON geometry: LineString, or MultiLineString cut at the antimeridian (RFC 7946, 3.1.9); a Point where
// there is one row, null where there is none.
void append_geometry(base::JsonWriter& json, std::span<const TrackRow> rows);
// A KML Placemark with a gx:Track, which carries the time of each point.
void append_kml_track(std::string& out, std::string_view name, std::span<const TrackRow> rows);
// "time,lat,lon,sog_knots,cog_deg" and a line a row.
void append_csv_track(std::string& out, std::span<const TrackRow> rows);

inline constexpr std::string_view kKmlHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" "
    "xmlns:gx=\"http://www.google.com/kml/ext/2.2\"><Document>\n";
inline constexpr std::string_view kKmlFoot = "</Document></kml>\n";

// A cell of text for a spreadsheet: what would be read as a formula (= + - @, tab) gets an apostrophe before
// it.
void append_text_cell(std::string& out, std::string_view text);

}  // namespace cordon::serve
