#include "cordon/posture/write.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/posture/assumptions.hpp"

namespace cordon::posture {
namespace {

// Whole weeks as ranges: "18-21, 38-43".
std::string words(const Weeks& weeks) {
  std::string out;
  for (std::size_t w = 0; w < kWeeks; ++w) {
    if (!weeks[w]) continue;
    std::size_t last = w;
    while (last + 1 < kWeeks && weeks[last + 1]) ++last;
    out += fmt::format("{}{}", out.empty() ? "" : ", ", w + 1);
    if (last > w) out += fmt::format("-{}", last + 1);
    w = last;
  }
  return out.empty() ? "none" : out;
}

// Digits that mean something: six. JSON has no infinity: null.
std::string six(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "null";
}

void number(base::JsonWriter& json, std::string_view name, double value) {
  json.key(name);
  json.raw(six(value));
}

void pair(base::JsonWriter& json, std::string_view name, double low, double high) {
  json.key(name);
  json.begin_array();
  json.raw(six(low));
  json.raw(six(high));
  json.end_array();
}

template <class Values>
void numbers(base::JsonWriter& json, std::string_view name, const Values& values) {
  json.key(name);
  json.begin_array();
  for (const double value : values) json.raw(fmt::format("{:.5g}", value));
  json.end_array();
}

void append(base::JsonWriter& json, const Parameter& p) {
  json.begin_object();
  number(json, "value", p.value);
  pair(json, "range", p.low, p.high);
  json.field("unit", p.unit);
  json.field("assumed", p.assumed);
  json.field("basis", p.basis);
  json.end_object();
}

void append(base::JsonWriter& json, const Scenario& s) {
  json.begin_object();
  json.field("id", s.id);
  json.field("name", s.name);
  json.field("summary", s.summary);
  json.field("extends", s.extends);
  json.field("file", s.file);
  json.key("caveats");
  json.begin_array();
  for (const auto& caveat : s.caveats) json.value(caveat);
  json.end_array();
  number(json, "list_overlap", s.overlap);
  json.key("places");
  json.begin_array();
  for (const Place& place : s.places) {
    json.begin_object();
    json.field("id", place.id);
    json.field("name", place.name);
    number(json, "lat", place.lat);
    number(json, "lon", place.lon);
    json.end_object();
  }
  json.end_array();
  json.key("ways");
  json.begin_array();
  for (const Way& way : s.ways) {
    json.begin_object();
    json.field("id", way.id);
    json.field("place", s.places[way.place].id);
    json.field("method", to_string(way.method));
    json.end_object();
  }
  json.end_array();
  json.key("countries");
  json.begin_array();
  for (const Country& country : s.countries) {
    json.begin_object();
    json.field("id", country.id);
    json.field("name", country.name);
    if (!country.ships.empty()) numbers(json, "ships", country.ships);
    json.end_object();
  }
  json.end_array();
  json.key("assets");
  json.begin_array();
  for (const Asset& asset : s.assets) {
    json.begin_object();
    json.field("id", asset.id);
    json.field("name", asset.name);
    json.field("kind", asset.kind);
    json.field("country", s.countries[asset.country].id);
    json.field("weeks", words(asset.weeks));
    std::array<double, kWeeks> days{};
    for (std::size_t w = 0; w < kWeeks; ++w) days[w] = s.days(asset, w);
    numbers(json, "days", days);
    json.key("where");
    json.begin_object();
    for (std::size_t p = 0; p < s.places.size(); ++p)
      if (asset.where[p] > 0) number(json, s.places[p].id, asset.where[p]);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.key("sharing");
  json.begin_array();
  for (const Sharing& sharing : s.sharing) {
    json.begin_object();
    json.field("from", s.countries[sharing.from].id);
    json.field("to", s.countries[sharing.to].id);
    json.field("lists", sharing.lists);
    number(json, "detections", sharing.detections.value);
    number(json, "delay_weeks", sharing.delay_weeks.value);
    json.end_object();
  }
  json.end_array();
  json.key("pauses");
  json.begin_array();
  for (const Pause& pause : s.pauses) {
    json.begin_object();
    json.field("id", pause.id);
    json.field("weeks", words(pause.weeks));
    json.key("countries");
    json.begin_array();
    for (const std::size_t country : pause.countries) json.value(s.countries[country].id);
    json.end_array();
    json.field("assumed", pause.assumed);
    json.field("basis", pause.basis);
    json.end_object();
  }
  json.end_array();
  json.key("parameters");
  json.begin_object();
  for_each_parameter(s, [&](const std::string& path, const Parameter& p) {
    json.key(path);
    append(json, p);
  });
  json.end_object();
  json.end_object();
}

// drawn: the assumptions were; else what they would span is left out, not told as none.
void append(base::JsonWriter& json, const Estimate& e, bool drawn) {
  json.begin_object();
  number(json, "mean", e.mean);
  pair(json, "mean_95", e.low, e.high);
  pair(json, "years_90", e.year_low, e.year_high);
  if (drawn) pair(json, "assumptions_90", e.assumed_low, e.assumed_high);
  json.end_object();
}

void append(base::JsonWriter& json, const Difference& d, bool drawn) {
  json.begin_object();
  number(json, "mean", d.mean);
  pair(json, "mean_95", d.low, d.high);
  pair(json, "mean_95_unpaired", d.unpaired_low, d.unpaired_high);
  if (drawn) pair(json, "assumptions_90", d.assumed_low, d.assumed_high);
  if (drawn) number(json, "same_sign", d.same_sign);
  json.end_object();
}

void differences(base::JsonWriter& json, std::string_view name, const std::array<Difference, kTold>& all,
                 bool drawn) {
  json.key(name);
  json.begin_object();
  for (std::size_t m = 0; m < kTold; ++m) {
    json.key(to_string(static_cast<Measure>(m)));
    append(json, all[m], drawn);
  }
  json.end_object();
}

void append(base::JsonWriter& json, const Outcome& outcome, bool drawn) {
  json.begin_object();
  json.key("posture");
  append(json, outcome.scenario);
  json.key("measures");
  json.begin_object();
  for (std::size_t m = 0; m < kTold; ++m) {
    json.key(to_string(static_cast<Measure>(m)));
    append(json, outcome.of[m], drawn);
  }
  json.end_object();
  number(json, "cost_cad", outcome.cost);
  json.key("cost_per_detection_cad");
  append(json, outcome.cost_per_detection, drawn);
  json.key("detection_chance");
  json.begin_object();
  number(json, "habit_closed_form", outcome.habit);
  number(json, "simulated", outcome.simulated);
  number(json, "floor_of_this_plan", outcome.bounds.floor);
  number(json, "ceiling_of_any_plan", outcome.bounds.ceiling);
  number(json, "certificate_gap", outcome.bounds.gap);
  json.end_object();
  numbers(json, "coverage_by_week", outcome.coverage);
  numbers(json, "seen_by_week", outcome.seen);
  json.key("undetected_by_week");
  json.begin_object();
  numbers(json, "q05", outcome.fan.low);
  numbers(json, "q50", outcome.fan.middle);
  numbers(json, "q95", outcome.fan.high);
  json.end_object();
  differences(json, "from_baseline", outcome.from_baseline, drawn);
  if (!outcome.against.empty()) {
    json.field("against", outcome.against);
    differences(json, "from_parent", outcome.from_parent, drawn);
  }
  json.end_object();
}

struct Row {
  const Outcome* outcome;
  std::string_view measure;
  const Estimate* estimate;
  const Difference* difference;  // nullptr: not told
};

std::vector<Row> rows(const Comparison& comparison) {
  std::vector<Row> out;
  for (const Outcome& outcome : comparison.outcomes) {
    for (std::size_t m = 0; m < kTold; ++m)
      out.push_back(
          {&outcome, to_string(static_cast<Measure>(m)), &outcome.of[m], &outcome.from_baseline[m]});
    if (outcome.cost > 0)
      out.push_back({&outcome, "cost_per_detection_cad", &outcome.cost_per_detection, nullptr});
  }
  return out;
}

// As many digits as the evidence bears: 2,200,000; 155,000; 34; 4.6; 0.43.
std::string people(double value) {
  const double size = std::abs(value);
  if (size < 10) return fmt::format("{:.{}f}", value, size < 1 ? 2 : 1);
  if (size >= 1e4) {
    const double unit = std::pow(10, std::floor(std::log10(size)) - 2);
    value = std::round(value / unit) * unit;
  }
  std::string digits = fmt::format("{:.0f}", value);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

std::string to_json(const Scenario& scenario) {
  std::string out;
  base::JsonWriter json(out);
  append(json, scenario);
  out += '\n';
  return out;
}

std::string to_json(const Comparison& comparison) {
  std::string out;
  base::JsonWriter json(out);
  json.begin_object();
  json.field("format", "cordon-posture-comparison/1");
  json.field("runs", std::uint64_t{comparison.options.runs});
  json.field("seed", comparison.options.seed);
  json.field("assumption_sets", std::uint64_t{comparison.options.assumption_sets});
  json.field("simulated_years", std::uint64_t{comparison.simulated_years});
  json.field("baseline", comparison.baseline);
  number(json, "cap_barrels", comparison.cap);
  json.key("outcomes");
  json.begin_array();
  for (const Outcome& outcome : comparison.outcomes)
    append(json, outcome, comparison.options.assumption_sets > 0);
  json.end_array();
  json.key("assumptions_one_at_a_time");
  json.begin_array();
  for (const Swing& swing : comparison.swings) {
    json.begin_object();
    json.field("path", swing.path);
    json.field("label", swing.label);
    json.field("unit", swing.unit);
    pair(json, "range", swing.low, swing.high);
    json.field("assumed", swing.assumed);
    for (const auto& [name, all] :
         {std::pair{"detections", &swing.detections}, {"undetected_barrels", &swing.undetected}}) {
      json.key(name);
      json.begin_object();
      for (std::size_t i = 0; i < all->size(); ++i)
        pair(json, comparison.outcomes[i].scenario.id, (*all)[i][0], (*all)[i][1]);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  json.key("published");
  json.begin_array();
  for (const Check& check : comparison.checks) {
    const Figure& figure = check.figure;
    json.begin_object();
    json.field("use", figure.calibrates ? "calibrates" : "checks");
    json.field("period", figure.period);
    json.field("measure", to_string(figure.measure));
    number(json, "published", figure.value);
    json.field("bound", figure.bound);
    json.field("posture", figure.posture);
    number(json, "model", check.mean);
    pair(json, "years_90", check.low, check.high);
    number(json, "miss", check.miss());
    json.field("source", figure.source);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out += '\n';
  return out;
}

std::string to_ndjson(const Comparison& comparison) {
  const bool drawn = comparison.options.assumption_sets > 0;
  std::string out;
  for (const Row& row : rows(comparison)) {
    base::JsonWriter json(out);
    json.begin_object();
    json.field("posture", row.outcome->scenario.id);
    json.field("measure", row.measure);
    number(json, "mean", row.estimate->mean);
    pair(json, "mean_95", row.estimate->low, row.estimate->high);
    pair(json, "years_90", row.estimate->year_low, row.estimate->year_high);
    if (drawn) pair(json, "assumptions_90", row.estimate->assumed_low, row.estimate->assumed_high);
    if (row.difference) {
      json.field("baseline", comparison.baseline);
      json.key("difference");
      append(json, *row.difference, drawn);
    }
    json.end_object();
    out += '\n';
  }
  return out;
}

std::string to_csv(const Comparison& comparison) {
  std::string out =
      "posture,measure,mean,mean_low,mean_high,year_low,year_high,assumed_low,assumed_high,baseline,"
      "difference,"
      "difference_low,difference_high,difference_assumed_low,difference_assumed_high,same_sign\n";
  const bool drawn = comparison.options.assumption_sets > 0;
  for (const Row& row : rows(comparison)) {
    const Estimate& e = *row.estimate;
    // What was not drawn is empty, not as sure as the mean.
    const auto assumed = [&](double low, double high) {
      return drawn ? fmt::format("{:.6g},{:.6g}", low, high) : std::string(",");
    };
    out += fmt::format("{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{},{},", row.outcome->scenario.id,
                       row.measure, e.mean, e.low, e.high, e.year_low, e.year_high,
                       assumed(e.assumed_low, e.assumed_high), comparison.baseline);
    if (const Difference* d = row.difference)
      out += fmt::format("{:.6g},{:.6g},{:.6g},{},{}\n", d->mean, d->low, d->high,
                         assumed(d->assumed_low, d->assumed_high),
                         drawn ? fmt::format("{:.4g}", d->same_sign) : "");
    else
      out += ",,,,,\n";
  }
  return out;
}

std::string to_table(const Comparison& comparison) {
  const bool drawn = comparison.options.assumption_sets > 0;
  std::string out = fmt::format("{:<28}{:>17}{:>12}{:>9}{:>36}{:>15}\n", "a simulated year", "detections",
                                "ships named", "reports", "undetected barrels", "CAD/detection");
  const auto range = [&](const Estimate& e) {
    return people(e.mean) +
           (drawn ? fmt::format(" ({} to {})", people(e.assumed_low), people(e.assumed_high)) : "");
  };
  for (const Outcome& outcome : comparison.outcomes)
    out += fmt::format(
        "{:<28}{:>17}{:>12}{:>9}{:>36}{:>15}\n", base::printable(outcome.scenario.id),
        range(outcome.of[kDetections]), people(outcome.of[kShips].mean), people(outcome.of[kReports].mean),
        range(outcome.of[kUndetected]),
        outcome.cost > 0 && outcome.of[kDetections].mean > 0 ? people(outcome.cost_per_detection.mean) : "");
  if (drawn) out += "In brackets nine results in ten with all assumptions drawn in their ranges.\n";

  if (comparison.outcomes.size() > 1)
    out += fmt::format("\n{:<28}{:>17}{:>25}{}\n", "against " + base::printable(comparison.baseline),
                       "detections", "undetected barrels",
                       drawn ? fmt::format("{:>27}", "same direction in") : "");
  for (const Outcome& outcome : comparison.outcomes) {
    if (outcome.scenario.id == comparison.baseline) continue;
    const Difference& found = outcome.from_baseline[kDetections];
    const Difference& missed = outcome.from_baseline[kUndetected];
    const auto with_sign = [](double value) { return (value > 0 ? "+" : "") + people(value); };
    out += fmt::format("{:<28}{:>17}{:>25}{}\n", base::printable(outcome.scenario.id), with_sign(found.mean),
                       with_sign(missed.mean),
                       drawn ? fmt::format("{:>13.0f} % of the draws", 100 * found.same_sign) : "");
  }
  out += fmt::format("\n{:<28}{:>17}{:>12}{:>21}{:>24}\n", "a delivery is detected", "of habit", "simulated",
                     "floor of this plan", "ceiling of any plan");
  for (const Outcome& outcome : comparison.outcomes)
    out += fmt::format("{:<28}{:>15.1f} %{:>10.1f} %{:>19.1f} %{:>22.1f} %\n",
                       base::printable(outcome.scenario.id), 100 * outcome.habit, 100 * outcome.simulated,
                       100 * outcome.bounds.floor, 100 * outcome.bounds.ceiling);
  out += fmt::format("\nYears of 100 in which supplies exceed {} barrels and the record does not show it:\n",
                     people(comparison.cap));
  for (const Outcome& outcome : comparison.outcomes)
    out += fmt::format("{:<28}{:>17.1f}\n", base::printable(outcome.scenario.id),
                       100 * outcome.of[kUnseen].mean);
  out +=
      "Most of what this rests on is assumed: see cordon posture show NAME, or --output DIR for the "
      "report.\n";
  return out;
}

std::string to_text(const Scenario& s) {
  std::string out = fmt::format("{} ({})\n{}\n\n", base::printable(s.name), base::printable(s.id),
                                base::printable(s.summary));
  for (const Asset& asset : s.assets)
    out += fmt::format("{:<14} {:<34} weeks {}, {:g} days a week\n",
                       base::printable(s.countries[asset.country].name), base::printable(asset.name),
                       words(asset.weeks), asset.days_a_week.value);
  for (const Pause& pause : s.pauses)
    out += fmt::format("pause          weeks {}: {}\n", words(pause.weeks), base::printable(pause.basis));
  out += "\n";
  for_each_parameter(s, [&](const std::string& path, const Parameter& p) {
    out += fmt::format("{:<40} {:>10g} {:<22} {:>18}  {}: {}\n", path, p.value, p.unit,
                       p.high > p.low ? fmt::format("{:g} to {:g}", p.low, p.high) : "",
                       p.assumed ? "assumed" : "source", base::printable(p.basis));
  });
  for (const auto& caveat : s.caveats) out += "\n" + base::printable(caveat) + "\n";
  return out;
}

}  // namespace cordon::posture
