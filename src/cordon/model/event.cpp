#include "cordon/model/event.hpp"

#include <array>
#include <cstddef>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"

namespace cordon::model {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 10> kTypes = {"encounter",    "dark_rendezvous",   "gap",
                                                     "loitering",    "port_call",         "identity_change",
                                                     "shared_mmsi",  "identity_mismatch", "position_spoofing",
                                                     "listed_vessel"};

void append_time(base::JsonWriter& json, std::string_view name, base::TimeMs time) {
  json.key(name);
  if (time == base::kNoTime) {
    json.null();
  } else {
    json.value(base::to_iso(time));
  }
}

}  // namespace

std::string_view to_string(EventType type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

std::optional<EventType> parse_event_type(std::string_view name) {
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (kTypes[i] == name) return static_cast<EventType>(i);
  }
  return std::nullopt;
}

void append_json(std::string& out, const Event& event, const std::vector<std::string>& feeds) {
  base::JsonWriter json(out);
  json.begin_object();
  json.field("type", to_string(event.type));
  append_time(json, "start", event.start);
  append_time(json, "end", event.end);
  json.key("mmsi");
  json.begin_array();
  for (const std::uint32_t mmsi : event.mmsi) json.value(mmsi);
  json.end_array();
  json.key("imo");
  json.begin_array();
  for (const std::uint32_t imo : event.imo) json.value(imo);
  json.end_array();
  if (event.at.valid()) {  // 5 decimals: 1.1 m, finer than any AIS fix
    json.fixed_field("lat", event.at.lat(), 5);
    json.fixed_field("lon", event.at.lon(), 5);
  } else {
    json.key("lat");
    json.null();
    json.key("lon");
    json.null();
  }
  json.fixed_field("score", event.score, 3);
  json.field("rule", event.rule);
  json.key("evidence");
  json.begin_object();
  for (const Evidence& fact : event.evidence) {
    json.key(fact.name);
    // A number is written as a number, but only where it is one: what leaves must be valid JSON.
    const auto number = fact.is_number ? base::parse_number<double>(fact.value) : std::nullopt;
    if (number) {
      json.value(*number);
    } else {
      json.value(fact.value);
    }
  }
  json.end_object();
  json.key("reasons");
  json.begin_array();
  for (const std::string& reason : event.reasons) json.value(reason);
  json.end_array();
  json.key("support");
  json.begin_array();
  for (const Where& where : event.support) {
    json.begin_object();
    if (where.feed() < feeds.size()) {
      json.field("file", feeds[where.feed()]);
    } else {
      json.field("feed", static_cast<unsigned>(where.feed()));
    }
    json.field("line", where.line());
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace cordon::model
