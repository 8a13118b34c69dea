#include "serve/area.hpp"

#include <algorithm>
#include <set>

namespace cordon::serve {

AreaReport survey_area(const Snapshot& state, const Polygon& area, std::optional<base::TimeMs> from,
                       std::optional<base::TimeMs> to, const Request& request) {
  AreaReport out;
  std::set<std::uint32_t> dossiers;
  const auto& table = state.positions;
  const auto south = static_cast<std::int32_t>(area.south() * 1e7) - 1,
             north = static_cast<std::int32_t>(area.north() * 1e7) + 1;
  for (std::uint32_t vessel = 0; vessel < table.mmsi.size(); ++vessel) {
    if (vessel % 64 == 0 && request.is_cancelled()) {
      out.cut_off = true;
      return out;
    }
    AreaReport::Presence presence;
    bool before = false;
    const auto rows = table.rows_of(vessel);
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      const auto time = table.time[row];
      const auto lat = table.lat_e7[row];
      const bool inside = lat >= south && lat <= north && (!from || time >= *from) && (!to || time <= *to) &&
                          area.contains({lat, table.lon_e7[row]});
      if (inside) {
        ++presence.reports;
        if (presence.first == base::kNoTime) presence.first = time;
        presence.last = time;
        if (before && time - table.time[row - 1] <= AreaReport::kLongestStep)
          presence.inside += time - table.time[row - 1];
      }
      before = inside;
    }
    if (presence.reports == 0) continue;
    presence.mmsi = table.mmsi[vessel];
    out.positions += presence.reports;
    out.vessels.push_back(presence);
    if (const auto found = state.dossier_by_mmsi.find(presence.mmsi); found != state.dossier_by_mmsi.end())
      dossiers.insert(found->second);
  }
  std::stable_sort(out.vessels.begin(), out.vessels.end(),
                   [](const auto& a, const auto& b) { return a.inside > b.inside; });
  const auto& events = state.survey->events;
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    const auto& event = events[i];
    const auto end = event.end == base::kNoTime ? event.start : event.end;
    if ((from && end < *from) || (to && event.start > *to) || !area.contains(event.at)) continue;
    out.events.push_back(i);
    if (event.type == model::EventType::gap) ++out.gaps;
    if (const auto dossier = state.survey->dossier_of_event[i]; dossier != watch::Survey::kNoDossier)
      dossiers.insert(dossier);
  }
  out.dossiers.assign(dossiers.begin(), dossiers.end());
  return out;
}

}  // namespace cordon::serve
