// What really happened in a scenario: injected events, innocents that look like events, listed vessels, and
// the ways from vessels up to listed parties. Written as truth.json (docs/simulate.md).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/time.hpp"
#include "cordon/model/event.hpp"

namespace cordon::simulate {

struct TruthVessel {
  std::uint32_t imo = 0;
  std::string name;
};

// A parameter of an event, its value already JSON.
using TruthParameters = std::vector<std::pair<std::string, std::string>>;

struct TruthEvent {
  model::EventType type{};
  std::string subtype;              // "open", "one_side_dark", "imo_alias", ...
  std::vector<std::uint32_t> mmsi;  // as broadcast
  unsigned need = 1;                // how many of them a detection must name
  base::TimeMs start = 0, end = 0;
  base::LatLon at;
  std::string difficulty;  // easy, medium, hard
  bool optional = false;   // a true side effect of another event: neither required nor a false alarm
  std::vector<TruthVessel> vessels;
  TruthParameters parameters;
  // Filled while the scenario runs: reports received inside, by MMSI, and reports that silence cost.
  std::map<std::uint32_t, std::uint32_t> observed;
  std::uint32_t lost = 0;
  bool detectable = false;     // enough was received to find it at all
  bool well_observed = false;  // the best heard vessels: at least 4 reports, at least one an hour
};

// An innocent: reporting one of `forbids` here is a false alarm.
struct TruthNegative {
  std::string type;  // "pair_trawlers", "bunkering_in_port", ...
  std::vector<model::EventType> forbids;
  std::vector<std::uint32_t> mmsi;
  base::TimeMs start = 0, end = 0;
  base::LatLon at;
  bool soft = false;  // physically true but legal
  bool anyplace = false;
};

// A vessel that is itself on a list, under its own or another identity.
struct TruthListed {
  std::uint32_t imo = 0;  // as broadcast; 0 where none is
  std::uint32_t mmsi = 0;
  std::uint32_t listed_imo = 0;
  std::string name, listed_id, listed_name;
  std::vector<std::string> listed_ids;  // the same ship in all lists, listed_id among them
  std::string how;                      // "open", "renamed", "imo_alias", "name_only"
};

struct TruthStep {
  std::string owner, owned;  // names
  double share = 0;          // percent
};

// From the registered owner of a vessel up to a listed party.
struct TruthChain {
  std::uint32_t imo = 0, mmsi = 0;
  std::string vessel, owner;     // owner: as in registry.csv
  std::vector<TruthStep> steps;  // from the listed party down to the registered owner
  std::string listed_id, listed_name;
  std::vector<std::string> listed_ids;  // entries of the same name in all lists, listed_id among them
  bool reaches = true;  // false: a decoy (minority share, ended share): control is not made out
  std::string kind;     // "60_then_50", "two_holdings_25_25", "minority_49", ...
};

struct Truth {
  std::vector<TruthEvent> events;
  std::vector<TruthNegative> negatives;
  std::vector<TruthListed> listed;
  std::vector<TruthChain> chains;
};

// {"scenario","seed","start","end","events":[..],"negatives":[..],"listed":[..],"chains":[..]}, indented by
// line.
std::string to_json(const Truth& truth, std::string_view scenario, std::uint64_t seed, base::TimeMs start,
                    base::TimeMs end);

}  // namespace cordon::simulate
