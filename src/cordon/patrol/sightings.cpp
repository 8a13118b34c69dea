#include "cordon/patrol/sightings.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "cordon/base/bytes.hpp"
#include "cordon/base/text.hpp"

namespace cordon::patrol {
namespace {

using Element = simdjson::dom::element;

double number_at(const Element& object, const char* key) {
  double value = NAN;
  if (object[key].get(value)) return NAN;
  return value;
}

std::string_view text_at(const Element& object, const char* key) {
  std::string_view value;
  return object[key].get(value) ? std::string_view{} : value;
}

base::LatLon place_of(double lat, double lon) {
  return std::abs(lat) <= 90 && std::abs(lon) <= 180 ? base::from_degrees(lat, lon) : base::LatLon{};
}

std::vector<std::uint32_t> numbers_at(const Element& object, const char* key) {
  std::vector<std::uint32_t> out;
  simdjson::dom::array array;
  if (object[key].get(array)) return out;
  for (const Element item : array) {
    std::uint64_t number = 0;
    out.push_back(item.get(number) || number > UINT32_MAX ? 0 : static_cast<std::uint32_t>(number));
  }
  return out;
}

// Calls use(element) for every line that is a JSON object; use returns why the line is no good, or nothing.
void each_line(std::string_view ndjson, base::Tally& rejected,
               const std::function<std::string_view(const Element&)>& use) {
  simdjson::dom::parser parser;
  base::LineSplitter lines(
      [&](std::string_view line, std::uint64_t number, std::uint64_t) {
        if (base::trim(line).empty()) return;
        Element element;
        std::string_view reason = "not_json";
        if (!parser.parse(line.data(), line.size()).get(element))
          reason = element.is_object() ? use(element) : "no_object";
        if (!reason.empty()) rejected.add(reason, fmt::format("line {}", number));
      },
      std::size_t{64} << 20);
  lines.push(ndjson);
  lines.finish();
}

}  // namespace

std::vector<Sighting> read_sightings(std::string_view ndjson, base::Tally& rejected) {
  std::vector<Sighting> out;
  each_line(ndjson, rejected, [&](const Element& event) -> std::string_view {
    Sighting one;
    one.type = text_at(event, "type");
    if (one.type.empty()) return "no_type";
    const auto start = base::parse_time(text_at(event, "start"));
    if (!start) return "no_time";
    one.start = *start;
    one.end = std::max(*start, base::parse_time(text_at(event, "end")).value_or(*start));
    one.at = place_of(number_at(event, "lat"), number_at(event, "lon"));
    if (!one.at.valid()) return "no_position";
    one.score = number_at(event, "score");
    if (!(one.score >= 0 && one.score <= 1)) return "no_score";
    one.mmsi = numbers_at(event, "mmsi");
    one.imo = numbers_at(event, "imo");
    Element evidence;
    if (!event["evidence"].get(evidence) && evidence.is_object()) {
      one.last_heard = place_of(number_at(evidence, "start_lat"), number_at(evidence, "start_lon"));
      one.first_heard = place_of(number_at(evidence, "end_lat"), number_at(evidence, "end_lon"));
      const double implied = number_at(evidence, "implied_speed_kn");
      one.implied_kn = implied >= 0 && implied <= 60 ? implied : 0;
    }
    out.push_back(std::move(one));
    return {};
  });
  return out;
}

Ranks read_ranks(std::string_view ndjson, base::Tally& rejected) {
  Ranks ranks;
  each_line(ndjson, rejected, [&](const Element& target) -> std::string_view {
    Ranked ranked;
    ranked.score = number_at(target, "score");
    if (!(ranked.score >= 0 && ranked.score <= 1e6)) return "no_score";
    Element identity;
    if (target["identity"].get(identity)) return "no_identity";
    simdjson::dom::array listings;
    if (!target["listings"].get(listings))
      for (const Element listing : listings)
        ranked.listed = ranked.listed || number_at(listing, "score") >= 1;
    const auto add = [&](std::map<std::uint32_t, Ranked>& to, std::uint32_t key) {
      if (key == 0) return;
      Ranked& known = to[key];
      known.score = std::max(known.score, ranked.score);
      known.listed = known.listed || ranked.listed;
    };
    for (const std::uint32_t mmsi : numbers_at(identity, "mmsi")) add(ranks.by_mmsi, mmsi);
    std::uint64_t imo = 0;
    if (!identity["imo"].get(imo) && imo <= UINT32_MAX) add(ranks.by_imo, static_cast<std::uint32_t>(imo));
    ++ranks.targets;
    return {};
  });
  return ranks;
}

base::Result<std::vector<Site>> read_sites(std::string_view json, std::string_view source) {
  simdjson::dom::parser parser;
  Element root;
  simdjson::dom::array array;
  if (parser.parse(json.data(), json.size()).get(root) || root["sites"].get(array))
    return base::fail("{}: expected JSON with \"sites\", an array", source);
  std::vector<Site> out;
  for (const Element one : array) {
    Site site;
    site.name = text_at(one, "name");
    site.source = text_at(one, "source");
    site.placed = text_at(one, "placed");
    site.at = place_of(number_at(one, "lat"), number_at(one, "lon"));
    site.reach_nm = number_at(one, "reach_nm");
    site.weight = number_at(one, "weight");
    const std::string where = fmt::format("{}: site {}", source, out.size() + 1);
    if (site.name.empty() || site.source.empty())
      return base::fail("{}: expected a name and a source", where);
    if (!site.at.valid()) return base::fail("{}: expected lat and lon in degrees", where);
    if (!(site.reach_nm >= 1 && site.reach_nm <= 500))
      return base::fail("{}: reach_nm: expected 1 to 500", where);
    if (!(site.weight >= 0 && site.weight <= 1000))
      return base::fail("{}: weight: expected 0 to 1000", where);
    out.push_back(std::move(site));
  }
  return out;
}

}  // namespace cordon::patrol
