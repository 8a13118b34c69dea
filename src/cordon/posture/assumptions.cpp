#include "cordon/posture/assumptions.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cordon/base/parallel.hpp"
#include "cordon/base/text.hpp"
#include "cordon/posture/philox.hpp"
#include "cordon/posture/statistics.hpp"

namespace cordon::posture {
namespace {

double mean_of_first(const std::vector<float>& values, std::size_t n) {
  return mean_of(std::span(values).first(n)).mean;
}

// The triangle from low over value to high.
double triangle(const Parameter& p, double u) {
  const double width = p.high - p.low;
  if (!(width > 0)) return p.value;
  const double peak = (p.value - p.low) / width;
  return u < peak ? p.low + std::sqrt(u * width * (p.value - p.low))
                  : p.high - std::sqrt((1 - u) * width * (p.high - p.value));
}

// FNV-1a: the same group draws the same number in every posture.
std::uint32_t hash(std::string_view text) {
  std::uint32_t h = 2166136261;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 16777619;
  return h;
}

}  // namespace

std::string group_of(std::string_view path) {
  const auto parts = base::split(path, '.');
  if (parts.size() != 3) return std::string(path);
  const bool together = parts[0] == "share" || parts[0] == "asset" || parts[0] == "country" ||
                        parts[0] == "place" || parts[2] == "capacity";
  return together ? std::string(parts[0]) + ".*." + std::string(parts[2]) : std::string(path);
}

std::string label_of(std::string_view group, const std::vector<Scenario>& scenarios) {
  static const std::map<std::string_view, std::string_view> words = {
      {"smugglers.fleet", "Ships in the smugglers' fleet"},
      {"smugglers.deliveries", "Deliveries a year"},
      {"smugglers.full_load", "Barrels of a full load"},
      {"smugglers.load_part", "How full the tankers are"},
      {"smugglers.load_spread", "Spread of the loads"},
      {"smugglers.precision", "How well smugglers foresee the patrols"},
      {"smugglers.noticed", "Chance that a detection is noticed"},
      {"smugglers.wariness", "How much a noticed detection deters"},
      {"smugglers.spill", "Wariness of the place as a whole"},
      {"smugglers.memory_weeks", "How long smugglers remember"},
      {"smugglers.layup_weeks", "Weeks a reported ship lies up"},
      {"patrols.effectiveness", "Effectiveness of search (calibrated)"},
      {"patrols.availability", "Weeks with weather to patrol"},
      {"patrols.cue", "How much a list helps to find a ship"},
      {"patrols.recognised_listed", "Chance to name a listed ship"},
      {"patrols.recognised_unlisted", "Chance to name an unlisted ship"},
      {"patrols.reported", "Named cases that get reported"},
      {"lawful.cap", "The cap"},
      {"lawful.reported_barrels", "Reported lawful supply"},
      {"lawful.deliveries", "Exempted deliveries a year"},
      {"lawful.barrels_each", "Barrels in an exempted delivery"},
      {"lawful.check_h", "Hours to clear a lawful delivery"},
      {"lawful.displacement", "Smuggled barrels that lawful ones replace"},
      {"lawful.cover", "Direct deliveries that pass as lawful"},
      {"method.ship_to_ship.exposure_h", "Hours a ship-to-ship transfer is exposed"},
      {"method.ship_to_ship.conspicuous", "Chance to see a transfer for what it is"},
      {"method.direct.exposure_h", "Hours a direct delivery is exposed"},
      {"method.direct.conspicuous", "Chance to see a direct delivery for what it is"},
      {"method.barge.exposure_h", "Hours a barge is exposed"},
      {"method.barge.conspicuous", "Chance to see a barge for what it is"},
      {"place.*.area_km2", "Sizes of the sea areas"},
      {"place.*.access", "Where patrols may go"},
      {"way.*.capacity", "Most that each way can carry"},
      {"country.*.listed", "Ships on the lists"},
      {"asset.*.days_a_week", "Patrol days a week"},
      {"asset.*.swept_km2_a_day", "Area swept in a day"},
      {"asset.*.cost_a_day", "Cost of a patrol day"},
      {"share.*.detections", "Detections told to partners"},
      {"share.*.delay_weeks", "Weeks until partners are told"},
  };
  if (const auto found = words.find(group); found != words.end()) return std::string(found->second);
  const auto parts = base::split(group, '.');
  if (parts.size() == 3 && parts[0] == "way")
    for (const Scenario& scenario : scenarios)
      for (const Way& way : scenario.ways)
        if (way.id == parts[1]) {
          std::string method(to_string(way.method));
          std::replace(method.begin(), method.end(), '_', ' ');
          return "Usual share: " + method + ", " + scenario.places[way.place].name;
        }
  return std::string(group);
}

Ranges draw_assumptions(const std::vector<Scenario>& scenarios, std::span<const std::string> countries,
                        std::uint64_t seed, std::size_t sets, std::size_t years,
                        const std::function<bool()>& stop) {
  Ranges out(scenarios.size(), std::vector<std::array<double, kTold>>(sets));
  Span span;
  span.stop = stop;
  base::parallel_for(sets, 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t set = first; set < last; ++set) {
      std::vector<Tables> tables;
      for (const Scenario& scenario : scenarios) {
        Scenario drawn = scenario;
        for_each_parameter(drawn, [&](const std::string& path, Parameter& p) {
          const Words u = philox({hash(group_of(path)), static_cast<std::uint32_t>(set), 0,
                                  static_cast<std::uint32_t>(Purpose::assumptions)},
                                 static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32));
          p.value = triangle(p, unit64(u[0]));
        });
        tables.push_back(compile(drawn, countries));
      }
      std::vector<const Tables*> pointers;
      for (const Tables& each : tables) pointers.push_back(&each);
      const auto run = simulate(pointers, seed, years, countries.size(), span, false);
      for (std::size_t i = 0; i < scenarios.size(); ++i)
        for (std::size_t m = 0; m < kTold; ++m) out[i][set][m] = mean_of(run[i].of[m]).mean;
    }
  });
  return out;
}

std::vector<Swing> swing_assumptions(const std::vector<Scenario>& scenarios,
                                     std::span<const std::string> countries, std::uint64_t seed,
                                     std::size_t years, std::span<const Years> base,
                                     const std::function<bool()>& stop) {
  std::map<std::string, Swing> groups;
  for (const Scenario& scenario : scenarios)
    for_each_parameter(scenario, [&](const std::string& path, const Parameter& p) {
      // What only money depends on changes neither detections nor barrels.
      if (!(p.high > p.low) || path.ends_with(".cost_a_day")) return;
      Swing& swing = groups[group_of(path)];
      if (!swing.path.empty()) return;
      swing = {group_of(path), label_of(group_of(path), scenarios), p.unit, p.low, p.high, p.assumed, {}, {}};
    });
  std::vector<Swing> out;
  for (auto& [path, swing] : groups) {
    swing.detections.resize(scenarios.size());
    swing.undetected.resize(scenarios.size());
    out.push_back(std::move(swing));
  }
  Span span;
  span.stop = stop;
  // A task is one assumption at one end: every posture that has it, in the same years.
  base::parallel_for(out.size() * 2, 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t task = first; task < last; ++task) {
      Swing& swing = out[task / 2];
      const std::size_t end = task % 2;
      std::vector<Tables> tables;
      std::vector<std::size_t> which;
      for (std::size_t i = 0; i < scenarios.size(); ++i) {
        Scenario changed = scenarios[i];
        bool has = false;
        for_each_parameter(changed, [&](const std::string& path, Parameter& p) {
          if (!(p.high > p.low) || group_of(path) != swing.path) return;
          has = true;
          p.value = end == 0 ? p.low : p.high;
        });
        if (!has) continue;
        tables.push_back(compile(changed, countries));
        which.push_back(i);
      }
      std::vector<const Tables*> pointers;
      for (const Tables& each : tables) pointers.push_back(&each);
      const auto run = simulate(pointers, seed, years, countries.size(), span, false);
      for (std::size_t k = 0; k < which.size(); ++k) {
        const std::size_t i = which[k];
        swing.detections[i][end] =
            mean_of_first(run[k].of[kDetections], years) - mean_of_first(base[i].of[kDetections], years);
        swing.undetected[i][end] =
            mean_of_first(run[k].of[kUndetected], years) - mean_of_first(base[i].of[kUndetected], years);
      }
    }
  });
  const auto width = [](const Swing& swing) {
    double widest = 0;
    for (const auto& [low, high] : swing.detections)
      widest = std::max({widest, std::abs(low), std::abs(high), std::abs(high - low)});
    return widest;
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Swing& a, const Swing& b) { return width(a) > width(b); });
  return out;
}

}  // namespace cordon::posture
