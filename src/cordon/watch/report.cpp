#include "cordon/watch/report.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/base/land.hpp"
#include "cordon/base/page.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::watch {
namespace {

// South, west, north, east in degrees. The theatre's longitudes never meet the antimeridian; a run that does
// gets the whole band, which is right and only larger.
struct Box {
  double south = 90, west = 180, north = -90, east = -180;
  void add(const base::LatLon& at) {
    if (!at.valid()) return;
    south = std::min(south, at.lat());
    north = std::max(north, at.lat());
    west = std::min(west, at.lon());
    east = std::max(east, at.lon());
  }
  bool empty() const { return south > north; }
};

Box extent(const Targets& targets) {
  Box box;
  for (const auto& dossier : targets.dossiers) {
    for (const auto& point : dossier.track) box.add(point.at);
    for (const auto& event : dossier.events) box.add(event.at);
  }
  if (box.empty()) box = {30, 117, 42, 137};  // the Yellow Sea to the Sea of Japan
  const double margin = 2.0;
  return {std::max(-90.0, box.south - margin), std::max(-180.0, box.west - margin),
          std::min(90.0, box.north + margin), std::min(180.0, box.east + margin)};
}

// Rings that touch the box, thinned to what a screen can show: points closer than a 1500th of the box are
// dropped.
void append_land(std::string& out, const Box& box) {
  const double step = std::max(box.north - box.south, box.east - box.west) / 1500;
  base::JsonWriter json(out);
  json.begin_array();
  for (const auto& ring : base::land_rings()) {
    if (ring.north_e7 < box.south * 1e7 || ring.south_e7 > box.north * 1e7 || ring.east_e7 < box.west * 1e7 ||
        ring.west_e7 > box.east * 1e7)
      continue;
    if (std::max(ring.north_e7 - ring.south_e7, ring.east_e7 - ring.west_e7) < step * 1e7) continue;
    json.begin_array();
    double lat = 1000, lon = 1000;
    for (const auto& point : ring.points) {
      const bool inside = point.lat() > box.south && point.lat() < box.north && point.lon() > box.west &&
                          point.lon() < box.east;
      // Outside the box only the rough course of the ring is needed to fill it.
      const double least = inside ? step : step * 100;
      if (std::abs(point.lat() - lat) < least && std::abs(point.lon() - lon) < least) continue;
      lat = point.lat();
      lon = point.lon();
      json.fixed(lat, 3);
      json.fixed(lon, 3);
    }
    json.end_array();
  }
  json.end_array();
}

}  // namespace

base::Result<std::string> report_html(const Targets& targets) {
  std::string data;
  base::JsonWriter json(data);
  json.begin_object();
  json.key("run");
  std::string part;
  append_json(part, targets.run);
  json.raw(part);
  json.key("targets");
  json.begin_array();
  for (const auto& dossier : targets.dossiers) {
    part.clear();
    append_json(part, dossier, targets.run);
    json.raw(part);
  }
  json.end_array();
  const Box box = extent(targets);
  json.key("box");
  json.begin_array();
  for (const double side : {box.south, box.west, box.north, box.east}) json.fixed(side, 3);
  json.end_array();
  json.key("land");
  part.clear();
  append_land(part, box);
  json.raw(part);
  json.end_object();

  const auto words = base::resource("i18n/en.json");
  if (!words) return tl::unexpected(words.error());
  return base::assemble_page(
      "report/index.html",
      {"styles/tokens.css", "styles/base.css", "styles/dossier.css", "report/report.css"},
      {"shared/visible.js", "shared/dom.js", "shared/map.js", "shared/diagrams.js", "shared/dossier.js",
       "report/report.js"},
      {{"/*WORDS*/", *words}, {"/*DATA*/", data}});
}

}  // namespace cordon::watch
