#include "cordon/posture/scenario.hpp"

#include "cordon/base/bytes.hpp"
#include "cordon/base/resource.hpp"

namespace cordon::posture {
namespace {

// One walk for both kinds of scenario.
template <class Any, class Visit>
void walk(Any& scenario, const Visit& visit) {
  auto& s = scenario.smugglers;
  visit("smugglers.fleet", s.fleet);
  visit("smugglers.deliveries", s.deliveries);
  visit("smugglers.full_load", s.full_load);
  visit("smugglers.load_part", s.load_part);
  visit("smugglers.load_spread", s.load_spread);
  visit("smugglers.precision", s.precision);
  visit("smugglers.noticed", s.noticed);
  visit("smugglers.wariness", s.wariness);
  visit("smugglers.spill", s.spill);
  visit("smugglers.memory_weeks", s.memory_weeks);
  visit("smugglers.layup_weeks", s.layup_weeks);
  auto& p = scenario.patrols;
  visit("patrols.effectiveness", p.effectiveness);
  visit("patrols.availability", p.availability);
  visit("patrols.cue", p.cue);
  visit("patrols.recognised_listed", p.recognised_listed);
  visit("patrols.recognised_unlisted", p.recognised_unlisted);
  visit("patrols.reported", p.reported);
  auto& l = scenario.lawful;
  visit("lawful.cap", l.cap);
  visit("lawful.reported_barrels", l.reported_barrels);
  visit("lawful.deliveries", l.deliveries);
  visit("lawful.barrels_each", l.barrels_each);
  visit("lawful.check_h", l.check_h);
  visit("lawful.displacement", l.displacement);
  visit("lawful.cover", l.cover);
  for (std::size_t m = 0; m < kMethods; ++m) {
    const std::string at = "method." + std::string(to_string(static_cast<Method>(m)));
    visit(at + ".exposure_h", scenario.habits[m].exposure_h);
    visit(at + ".conspicuous", scenario.habits[m].conspicuous);
  }
  for (auto& place : scenario.places) {
    visit("place." + place.id + ".area_km2", place.area_km2);
    visit("place." + place.id + ".access", place.access);
  }
  for (auto& way : scenario.ways) {
    visit("way." + way.id + ".share", way.share);
    visit("way." + way.id + ".capacity", way.capacity);
  }
  for (auto& country : scenario.countries)
    if (country.ships.empty()) visit("country." + country.id + ".listed", country.listed);
  for (auto& asset : scenario.assets) {
    visit("asset." + asset.id + ".days_a_week", asset.days_a_week);
    visit("asset." + asset.id + ".swept_km2_a_day", asset.swept_km2_a_day);
    visit("asset." + asset.id + ".cost_a_day", asset.cost_a_day);
  }
  for (auto& sharing : scenario.sharing) {
    const std::string at =
        "share." + scenario.countries[sharing.from].id + "_" + scenario.countries[sharing.to].id;
    visit(at + ".detections", sharing.detections);
    visit(at + ".delay_weeks", sharing.delay_weeks);
  }
}

}  // namespace

std::string_view to_string(Method method) {
  return method == Method::ship_to_ship ? "ship_to_ship" : method == Method::direct ? "direct" : "barge";
}

bool Scenario::paused(std::size_t country, std::size_t week) const {
  for (const Pause& pause : pauses) {
    if (!pause.weeks[week]) continue;
    if (pause.countries.empty()) return true;
    for (const std::size_t one : pause.countries)
      if (one == country) return true;
  }
  return false;
}

double Scenario::days(const Asset& asset, std::size_t week) const {
  return asset.weeks[week] && !paused(asset.country, week) ? asset.days_a_week.value : 0;
}

void for_each_parameter(Scenario& scenario,
                        const std::function<void(const std::string&, Parameter&)>& visit) {
  walk(scenario, visit);
}

void for_each_parameter(const Scenario& scenario,
                        const std::function<void(const std::string&, const Parameter&)>& visit) {
  walk(scenario, visit);
}

base::Result<Scenario> load_scenario(const std::filesystem::path& file) {
  constexpr std::size_t kLimit = std::size_t{4} << 20;
  const auto text = base::read_file(file, kLimit);
  if (!text) return tl::unexpected(text.error());
  const auto folder = file.parent_path();
  return read_scenario(*text, file.string(), folder.empty() ? std::filesystem::path(".") : folder);
}

std::vector<std::string> built_in_names() {
  return {"canada_alone", "with_united_states", "with_japan_and_partners", "pause_spring_2020",
          "more_humanitarian_channels"};
}

base::Result<Scenario> built_in(std::string_view name) {
  const std::string file = "posture/" + std::string(name) + ".toml";
  const auto text = base::resource(file);
  if (!text) {
    std::string known;
    for (const auto& one : built_in_names()) known += (known.empty() ? "" : ", ") + one;
    return base::fail("posture '{}': expected one of {}", name, known);
  }
  return read_scenario(*text, file);
}

}  // namespace cordon::posture
