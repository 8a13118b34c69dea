// What was seen at sea. An event names its rule, the parameters used, the reports that support it, and why
// its score is what it is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::model {

enum class EventType : std::uint8_t {
  encounter,
  dark_rendezvous,
  gap,
  loitering,
  port_call,
  identity_change,
  shared_mmsi,
  identity_mismatch,
  position_spoofing,
  listed_vessel,
};
std::string_view to_string(EventType type);
std::optional<EventType> parse_event_type(std::string_view name);

// A measured fact behind the event: {"median_distance_m", "43"} or {"port", "Nampo"}. Numbers carry the unit
// in the name.
struct Evidence {
  std::string name;
  std::string value;
  bool is_number = false;
};

struct Event {
  EventType type{};
  base::TimeMs start = base::kNoTime, end = base::kNoTime;
  std::vector<std::uint32_t> mmsi;  // the vessels, most relevant first
  std::vector<std::uint32_t> imo;   // same order as mmsi; 0 where not broadcast
  base::LatLon at;
  double score = 0;                  // 0..1, higher = surer
  std::string rule;                  // "encounter/1": a section of docs/detect.md
  std::vector<Evidence> evidence;    // in a fixed order
  std::vector<std::string> reasons;  // plain sentences, one reason each
  std::vector<Where> support;        // reports that show it: at least first and last
};

// {"type","start","end","mmsi":[..],"imo":[..],"lat","lon","score","rule","evidence":{..},"reasons":[..],"support":[..]}
// on one line, no newline. feeds: file name by feed number, for support.
void append_json(std::string& out, const Event& event, const std::vector<std::string>& feeds);

}  // namespace cordon::model
