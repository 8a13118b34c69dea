// What happened inside an area somebody drew, between two times.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "serve/http.hpp"
#include "serve/polygon.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

struct AreaReport {
  struct Presence {
    std::uint32_t mmsi = 0;
    std::uint64_t reports = 0;
    base::TimeMs first = base::kNoTime, last = base::kNoTime;  // inside
    // Time between reports that follow each other and both lie inside. Silence longer than kLongestStep is
    // not counted: nobody knows where the ship was.
    base::TimeMs inside = 0;
  };
  static constexpr base::TimeMs kLongestStep = base::kHour;

  std::vector<Presence> vessels;        // longest first
  std::vector<std::uint32_t> events;    // whose place lies inside and whose time touches the span
  std::vector<std::uint32_t> dossiers;  // of these vessels and events, by rank
  std::uint64_t positions = 0, gaps = 0;
  bool cut_off = false;  // the request was given up while counting
};

AreaReport survey_area(const Snapshot& state, const Polygon& area, std::optional<base::TimeMs> from,
                       std::optional<base::TimeMs> to, const Request& request);

}  // namespace cordon::serve
