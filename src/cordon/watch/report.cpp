#include "cordon/watch/report.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/base/land.hpp"
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

// "</script>" and "<!--" must not end or hide the element the data stands in.
std::string escape_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

// web/shared is written as modules, which one file cannot hold: joined in order, they need neither their
// imports nor the word `export`. One import stands on one line there.
void append_without_modules(std::string& out, std::string_view script) {
  while (!script.empty()) {
    const auto end = script.find('\n');
    std::string_view line = script.substr(0, end);
    script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
    if (line.starts_with("import ")) continue;
    if (line.starts_with("export ")) line.remove_prefix(7);
    out += line;
    out += '\n';
  }
}

base::Result<void> replace(std::string& page, std::string_view mark, std::string_view text) {
  const auto at = page.find(mark);
  if (at == std::string::npos) return base::fail("report/index.html: the mark {} is missing", mark);
  page.replace(at, mark.size(), text);
  return {};
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

  const auto page = base::resource("report/index.html"), words = base::resource("i18n/en.json");
  if (!page) return tl::unexpected(page.error());
  if (!words) return tl::unexpected(words.error());
  std::string style, script("'use strict';\n");
  for (const auto* name :
       {"styles/tokens.css", "styles/base.css", "styles/dossier.css", "report/report.css"}) {
    const auto file = base::resource(name);
    if (!file) return tl::unexpected(file.error());
    style += *file;
  }
  for (const auto* name : {"shared/visible.js", "shared/dom.js", "shared/map.js", "shared/diagrams.js",
                           "shared/dossier.js", "report/report.js"}) {
    const auto file = base::resource(name);
    if (!file) return tl::unexpected(file.error());
    append_without_modules(script, *file);
  }
  std::string html(*page);
  // The data goes in last: nothing in it can be taken for a mark.
  if (auto done = replace(html, "/*STYLE*/", style); !done) return tl::unexpected(done.error());
  if (auto done = replace(html, "/*SCRIPT*/", script); !done) return tl::unexpected(done.error());
  if (auto done = replace(html, "/*WORDS*/", escape_for_script(*words)); !done)
    return tl::unexpected(done.error());
  if (auto done = replace(html, "/*DATA*/", escape_for_script(data)); !done)
    return tl::unexpected(done.error());
  return html;
}

}  // namespace cordon::watch
