#include "cordon/posture/published.hpp"

#include <array>
#include <map>

#include "cordon/base/resource.hpp"
#include "cordon/posture/statistics.hpp"
#include "cordon/posture/toml_reader.hpp"

namespace cordon::posture {
namespace {

constexpr std::array<std::string_view, kMeasures> kNames = {"deliveries",
                                                            "barrels",
                                                            "detections",
                                                            "named",
                                                            "reports",
                                                            "unique_ships",
                                                            "undetected_barrels",
                                                            "cap_exceeded_unseen",
                                                            "undetected_over_cap",
                                                            "planned_barrels"};

}  // namespace

std::string_view to_string(Measure measure) {
  return kNames[measure];
}

base::Result<std::vector<Figure>> published_figures() {
  constexpr std::string_view kFile = "posture/published.toml";
  const auto text = base::resource(kFile);
  if (!text) return tl::unexpected(text.error());
  std::vector<Figure> out;
  const auto parsed = base::parse_toml(*text, kFile);
  if (!parsed) return tl::unexpected(parsed.error());
  const toml::table& root = *parsed;
  Faults faults;
  const auto* list = root.get_as<toml::array>("figure");
  if (!list) return base::fail("{}: expected [[figure]], found none", kFile);
  for (const auto& item : *list) {
    if (!item.is_table()) return base::fail("{}: line {}: expected a table", kFile, item.source().begin.line);
    const Table t(*item.as_table(), "figure", faults);
    t.only({"use", "posture", "weeks", "measure", "value", "bound", "period", "source"});
    Figure figure;
    figure.calibrates = t.text("use", true) == "calibrates";
    figure.posture = t.text("posture", true);
    figure.period = t.text("period", true);
    figure.bound = t.text("bound", true);
    figure.source = t.text("source", true);
    figure.value = t.number("value", 1e-9, 1e12);
    const Weeks weeks = t.weeks("weeks");
    if (weeks.any()) {
      while (!weeks[figure.first_week]) ++figure.first_week;
      while (!weeks[figure.end_week - 1]) --figure.end_week;
    }
    const auto name = t.text("measure", true);
    std::size_t m = 0;
    while (m < kMeasures && kNames[m] != name) ++m;
    if (m == kMeasures) t.fault("measure", "a measure such as deliveries", "'" + name + "'");
    figure.measure = static_cast<Measure>(m % kMeasures);
    out.push_back(std::move(figure));
  }
  if (faults.first()) return tl::unexpected(*faults.first());
  return out;
}

base::Result<std::vector<Check>> check_published(std::uint64_t seed, std::size_t years) {
  const auto figures = published_figures();
  if (!figures) return tl::unexpected(figures.error());
  std::vector<Check> out;
  std::map<std::tuple<std::string, std::size_t, std::size_t>, Years> runs;
  for (const Figure& figure : *figures) {
    auto& run = runs[{figure.posture, figure.first_week, figure.end_week}];
    if (run.of[0].empty()) {
      const auto scenario = built_in(figure.posture);
      if (!scenario) return tl::unexpected(scenario.error());
      std::vector<std::string> countries;
      for (const Country& country : scenario->countries) countries.push_back(country.id);
      const Tables tables = compile(*scenario, countries);
      const Tables* one = &tables;
      run = std::move(simulate({&one, 1}, seed, years, countries.size(),
                               Span{figure.first_week, figure.end_week, 0, {}})[0]);
    }
    Check check{figure, 0, 0, 0};
    auto values = run.of[figure.measure];
    check.mean = mean_of(values).mean;
    check.low = quantile(values, 0.05);
    check.high = quantile(values, 0.95);
    out.push_back(std::move(check));
  }
  return out;
}

}  // namespace cordon::posture
