// What cordon has seen, as far as it says where to look: the events of `cordon detect`, the ranks of `cordon
// watch`, and curated sites.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/base/time.hpp"

namespace cordon::patrol {

struct Sighting {
  std::string type;  // of the event
  base::TimeMs start = base::kNoTime, end = base::kNoTime;
  base::LatLon at;
  double score = 0;  // 0..1
  std::vector<std::uint32_t> mmsi, imo;
  // Of a gap: last and first place heard, and the speed that the way between them takes at least.
  base::LatLon last_heard, first_heard;
  double implied_kn = 0;
};

// Events NDJSON. A line that is no event is counted and left out; `rejected` tells why.
std::vector<Sighting> read_sightings(std::string_view ndjson, base::Tally& rejected);

// How much a vessel matters, by MMSI and IMO number, from targets.ndjson.
struct Ranked {
  double score = 0;
  bool listed = false;
};
struct Ranks {
  std::map<std::uint32_t, Ranked> by_mmsi, by_imo;
  std::size_t targets = 0;
};
Ranks read_ranks(std::string_view ndjson, base::Tally& rejected);

struct Site {
  std::string name, source, placed;
  base::LatLon at;
  double reach_nm = 0, weight = 0;
};
// data/patrol/sites.json, or text of that form.
base::Result<std::vector<Site>> read_sites(std::string_view json, std::string_view source);

}  // namespace cordon::patrol
