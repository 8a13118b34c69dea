#include "cordon/simulate/truth.hpp"

#include <string_view>

#include "cordon/base/json.hpp"

namespace cordon::simulate {
namespace {

using base::JsonWriter;

// Seconds without a zone, as the scorers of such files read them: UTC is understood.
std::string stamp(base::TimeMs t) {
  std::string text = base::to_iso(t - t % base::kSecond);
  if (!text.empty() && text.back() == 'Z') text.pop_back();
  return text;
}

void mmsi_list(JsonWriter& json, const std::vector<std::uint32_t>& mmsi) {
  json.key("mmsi");
  json.begin_array();
  for (const auto m : mmsi) json.value(m);
  json.end_array();
}

void place(JsonWriter& json, const base::LatLon& at) {
  json.fixed_field("lat", at.valid() ? at.lat() : 0.0, 5);
  json.fixed_field("lon", at.valid() ? at.lon() : 0.0, 5);
}

void write(JsonWriter& json, const TruthEvent& e, std::string_view id) {
  json.begin_object();
  json.field("id", id);
  json.field("type", model::to_string(e.type));
  json.field("subtype", std::string_view(e.subtype));
  mmsi_list(json, e.mmsi);
  json.field("need", e.need);
  json.field("start", std::string_view(stamp(e.start)));
  json.field("end", std::string_view(stamp(e.end)));
  place(json, e.at);
  json.field("difficulty", std::string_view(e.difficulty));
  json.field("optional", e.optional);
  json.key("vessels");
  json.begin_array();
  for (const auto& v : e.vessels) {
    json.begin_object();
    json.field("imo", v.imo);
    json.field("name", std::string_view(v.name));
    json.end_object();
  }
  json.end_array();
  json.key("params");
  json.begin_object();
  for (const auto& [name, value] : e.parameters) {
    json.key(name);
    json.raw(value);
  }
  if (e.lost > 0) json.field("expected_lost", e.lost);
  json.end_object();
  json.key("observed");
  json.begin_object();
  for (const auto& [mmsi, count] : e.observed) json.field(std::to_string(mmsi), count);
  json.end_object();
  json.field("well_observed", e.well_observed);
  json.field("detectable", e.detectable);
  json.end_object();
}

void write(JsonWriter& json, const TruthNegative& n, std::string_view id) {
  json.begin_object();
  json.field("id", id);
  json.field("type", std::string_view(n.type));
  json.key("forbids");
  json.begin_array();
  for (const auto type : n.forbids) json.value(model::to_string(type));
  json.end_array();
  mmsi_list(json, n.mmsi);
  json.field("start", std::string_view(stamp(n.start)));
  json.field("end", std::string_view(stamp(n.end)));
  place(json, n.at);
  json.field("soft", n.soft);
  json.key("params");
  json.begin_object();
  if (n.anyplace) json.field("anyplace", true);
  json.end_object();
  json.end_object();
}

void ids(JsonWriter& json, const std::vector<std::string>& listed) {
  json.key("listed_ids");
  json.begin_array();
  for (const auto& id : listed) json.value(std::string_view(id));
  json.end_array();
}

void write(JsonWriter& json, const TruthListed& l) {
  json.begin_object();
  json.field("imo", l.imo);
  json.field("mmsi", l.mmsi);
  json.field("name", std::string_view(l.name));
  json.field("listed_imo", l.listed_imo);
  json.field("listed_id", std::string_view(l.listed_id));
  ids(json, l.listed_ids);
  json.field("listed_name", std::string_view(l.listed_name));
  json.field("how", std::string_view(l.how));
  json.end_object();
}

void write(JsonWriter& json, const TruthChain& c) {
  json.begin_object();
  json.field("imo", c.imo);
  json.field("mmsi", c.mmsi);
  json.field("vessel", std::string_view(c.vessel));
  json.field("owner", std::string_view(c.owner));
  json.field("kind", std::string_view(c.kind));
  json.field("reaches", c.reaches);
  json.field("listed_id", std::string_view(c.listed_id));
  ids(json, c.listed_ids);
  json.field("listed_name", std::string_view(c.listed_name));
  json.key("steps");
  json.begin_array();
  for (const auto& s : c.steps) {
    json.begin_object();
    json.field("owner", std::string_view(s.owner));
    json.field("owned", std::string_view(s.owned));
    json.fixed_field("share", s.share, 2);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string number(char letter, std::size_t index) {
  std::string digits = std::to_string(index);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return letter + digits;
}

// Each item on its own line, so that a person can read and a diff can tell.
template <class Items, class Each>
void lines(std::string& out, std::string_view name, const Items& items, const Each& each) {
  out += ",\n\"";
  out += name;
  out += "\":[";
  for (std::size_t i = 0; i < items.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    std::string item;
    JsonWriter json(item);
    each(json, i);
    out += item;
  }
  out += items.empty() ? "]" : "\n]";
}

}  // namespace

std::string to_json(const Truth& truth, std::string_view scenario, std::uint64_t seed, base::TimeMs start,
                    base::TimeMs end) {
  std::string out = "{\"scenario\":";
  base::append_json_string(out, scenario);
  out += ",\"seed\":" + std::to_string(seed) + ",\"start\":\"" + stamp(start) + "\",\"end\":\"" + stamp(end) +
         '"';
  lines(out, "events", truth.events,
        [&](JsonWriter& json, std::size_t i) { write(json, truth.events[i], number('E', i)); });
  lines(out, "negatives", truth.negatives,
        [&](JsonWriter& json, std::size_t i) { write(json, truth.negatives[i], number('N', i)); });
  lines(out, "listed", truth.listed, [&](JsonWriter& json, std::size_t i) { write(json, truth.listed[i]); });
  lines(out, "chains", truth.chains, [&](JsonWriter& json, std::size_t i) { write(json, truth.chains[i]); });
  out += "}\n";
  return out;
}

}  // namespace cordon::simulate
