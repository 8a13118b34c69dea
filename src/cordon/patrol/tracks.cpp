#include "cordon/patrol/tracks.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/patrol/json_read.hpp"

namespace cordon::patrol {
namespace {

constexpr std::size_t kMostLegs = 200000;

std::string title_of(const Plan& plan, const Sortie& sortie) {
  return fmt::format("{} #{}", plan.request.assets.assets[sortie.asset].name, sortie.number);
}

std::string words_of(const TurningPoint& point) {
  return point.kind == PointKind::base     ? "base"
         : point.kind == PointKind::search ? "search leg"
                                           : "turning point";
}

// A line over the antimeridian is cut there: RFC 7946, 3.1.9. The place of the cut is on the straight line of
// the chart.
std::vector<std::vector<base::LatLon>> cut(const std::vector<TurningPoint>& points,
                                           std::vector<bool>& at_east) {
  std::vector<std::vector<base::LatLon>> parts(1);
  for (const TurningPoint& point : points) {
    auto& part = parts.back();
    if (!part.empty() && std::abs(point.at.lon() - part.back().lon()) > 180) {
      const base::LatLon before = part.back();
      const bool eastward = before.lon() > 0;
      const double edge = eastward ? 180 : -180;
      const double whole = base::lon_difference(point.at.lon(), before.lon());
      const double share = whole == 0 ? 0 : (edge - before.lon()) / whole;
      const double lat = before.lat() + share * (point.at.lat() - before.lat());
      part.push_back(base::from_degrees(lat, edge));
      at_east.push_back(eastward);
      parts.push_back({base::from_degrees(lat, -edge)});
    }
    parts.back().push_back(point.at);
  }
  return parts;
}

}  // namespace

std::string tracks_geojson(const Plan& plan) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("type", "FeatureCollection");
  json.key("features");
  json.begin_array();
  for (const Sortie& sortie : plan.sorties) {
    json.begin_object();
    json.field("type", "Feature");
    json.key("properties");
    json.begin_object();
    json.field("name", title_of(plan, sortie));
    json.field("asset", plan.request.assets.assets[sortie.asset].name);
    json.field("start", base::to_iso(sortie.start));
    json.field("end", base::to_iso(sortie.end));
    json.fixed_field("track_nm", sortie.track_nm, 1);
    json.fixed_field("hours", sortie.hours(), 2);
    json.fixed_field("pos", sortie.pos, 6);
    json.key("times");
    json.begin_array();
    for (const TurningPoint& point : sortie.points) json.value(base::to_iso(point.time));
    json.end_array();
    json.end_object();
    std::vector<bool> at_east;
    const auto parts = cut(sortie.points, at_east);
    json.key("geometry");
    json.begin_object();
    json.field("type", parts.size() > 1 ? "MultiLineString" : "LineString");
    json.key("coordinates");
    if (parts.size() > 1) json.begin_array();
    for (std::size_t p = 0; p < parts.size(); ++p) {
      json.begin_array();
      for (std::size_t i = 0; i < parts[p].size(); ++i) {
        double lon = parts[p][i].lon();
        // The line itself has two names; each piece takes the one of its side.
        const bool last = i + 1 == parts[p].size() && p < at_east.size(), first = i == 0 && p > 0;
        if (last) lon = at_east[p] ? 180 : -180;
        if (first) lon = at_east[p - 1] ? -180 : 180;
        json.begin_array();
        json.fixed(lon, 6);
        json.fixed(parts[p][i].lat(), 6);
        json.end_array();
      }
      json.end_array();
    }
    if (parts.size() > 1) json.end_array();
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out += '\n';
  return out;
}

std::string tracks_gpx(const Plan& plan) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gpx version=\"1.1\" creator=\"cordon\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n";
  for (const Sortie& sortie : plan.sorties) {
    out += fmt::format("  <rte>\n    <name>{}</name>\n", base::escape_markup(title_of(plan, sortie)));
    for (std::size_t i = 0; i < sortie.points.size(); ++i) {
      const TurningPoint& point = sortie.points[i];
      out += fmt::format(
          "    <rtept lat=\"{:.6f}\" "
          "lon=\"{:.6f}\"><time>{}</time><name>{:03}</name><desc>{}</desc></rtept>\n",
          point.at.lat(), point.at.lon(), base::to_iso(point.time), i + 1, words_of(point));
    }
    out += "  </rte>\n";
  }
  return out + "</gpx>\n";
}

std::string tracks_kml(const Plan& plan) {
  static constexpr std::string_view kColours[] = {"ff8a5c0b", "ff261eb3", "ff3a6b25",
                                                  "ff005a8a", "ff7a2f7a", "ff555555"};
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml "
      "xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
      "  <name>cordon patrol plan</name>\n";
  for (std::size_t i = 0; i < plan.request.assets.assets.size(); ++i)
    out +=
        fmt::format("  <Style id=\"a{}\"><LineStyle><color>{}</color><width>2</width></LineStyle></Style>\n",
                    i, kColours[i % std::size(kColours)]);
  for (const Sortie& sortie : plan.sorties) {
    out += fmt::format(
        "  <Placemark>\n    <name>{}</name>\n    <TimeSpan><begin>{}</begin><end>{}</end></TimeSpan>\n"
        "    <styleUrl>#a{}</styleUrl>\n    <LineString><tessellate>1</tessellate><coordinates>",
        base::escape_markup(title_of(plan, sortie)), base::to_iso(sortie.start), base::to_iso(sortie.end),
        sortie.asset);
    for (const TurningPoint& point : sortie.points)
      out += fmt::format("{:.6f},{:.6f} ", point.at.lon(), point.at.lat());
    out += "</coordinates></LineString>\n  </Placemark>\n";
  }
  return out + "</Document>\n</kml>\n";
}

base::Result<Searched> read_searched(std::string_view geojson, std::string_view source, const Plan& plan) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(geojson.data(), geojson.size()).get(root))
    return base::fail("{}: expected GeoJSON: {}", source, simdjson::error_message(error));
  Searched out;
  std::size_t number = 0;
  const Reader collection(root);
  if (collection.text("type") != "FeatureCollection")
    return base::fail("{}: expected a FeatureCollection", source);
  for (const auto& feature : collection.array("features")) {
    const std::string where = fmt::format("{}: feature {}", source, ++number);
    const Reader item(feature);
    const Reader properties = item.object("properties");
    const auto& assets = plan.request.assets.assets;
    const auto asset = std::find_if(assets.begin(), assets.end(),
                                    [&](const Asset& one) { return one.name == properties.text("asset"); });
    if (asset == assets.end() || asset->kind == AssetKind::satellite)
      return base::fail("{}: expected a property \"asset\", the name of a ship or aircraft of the plan",
                        where);
    const Reader geometry = item.object("geometry");
    std::vector<simdjson::dom::element> lines;
    if (geometry.text("type") == "LineString") {
      simdjson::dom::element line;
      if (!feature["geometry"]["coordinates"].get(line)) lines.push_back(line);
    } else if (geometry.text("type") == "MultiLineString") {
      for (const auto& line : geometry.array("coordinates")) lines.push_back(line);
    }
    if (lines.empty()) return base::fail("{}: expected a LineString or a MultiLineString", where);
    const double sweep = asset->effective_sweep_nm();
    const double given = properties.number("spacing_nm");
    const double spacing = given > 0 && given <= 5000 ? given : std::max(sweep, 0.1);
    const base::TimeMs start =
        properties.time("start") == base::kNoTime ? plan.request.from : properties.time("start");
    for (const auto& line : lines) {
      simdjson::dom::array points;
      if (line.get(points)) return base::fail("{}: expected coordinates", where);
      base::LatLon before;
      for (const auto& point : points) {
        simdjson::dom::array pair;
        double lon = NAN, lat = NAN;
        if (point.get(pair) || pair.size() < 2 || pair.at(0).get(lon) || pair.at(1).get(lat) ||
            !(std::abs(lat) <= 90) || !(std::abs(lon) <= 180))
          return base::fail("{}: expected [longitude, latitude] in each place", where);
        const base::LatLon at = base::from_degrees(lat, lon);
        if (before.valid() && base::distance_m(before, at) > 2e6)
          return base::fail("{}: a leg of more than 2,000 km is no search leg", where);
        if (before.valid() && before != at) out.legs.push_back({before, at, start, start, sweep, spacing});
        if (out.legs.size() > kMostLegs) return base::fail("{}: more than {} legs", source, kMostLegs);
        before = at;
      }
      ++out.lines;
    }
  }
  if (out.legs.empty()) return base::fail("{}: no track in it", source);
  return out;
}

}  // namespace cordon::patrol
