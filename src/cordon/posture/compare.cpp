#include "cordon/posture/compare.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cordon/posture/assumptions.hpp"
#include "cordon/posture/statistics.hpp"

namespace cordon::posture {
namespace {

// Years kept week by week for the fan.
constexpr std::size_t kFanYears = 2000;

std::vector<std::string> countries_of(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> out;
  for (const Scenario& scenario : scenarios)
    for (const Country& country : scenario.countries)
      if (std::find(out.begin(), out.end(), country.id) == out.end()) out.push_back(country.id);
  return out;
}

// Undetected barrels hang on how many were planned, and of those the mean is known.
Mean told_mean(const Years& years, std::size_t measure, const Tables& tables) {
  if (measure != kUndetected && measure != kBarrels) return mean_of(years.of[measure]);
  const double planned = tables.counts.mean() * kWeeks * (tables.load_least + tables.load_range / 2);
  return controlled(years.of[measure], years.of[kPlanned], planned);
}

// A chance stays one, and a count is not below zero.
double kept_in(std::size_t measure, double value) {
  return std::clamp(value, 0.0, measure == kUnseen || measure == kOver ? 1.0 : 1e300);
}

// Near 0 and 1 the normal interval of a chance says too much: Wilson's.
void wilson(Estimate& out, double n) {
  const double z = 1.96, p = out.mean, middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  out.low = std::min(p, middle - half);
  out.high = std::max(p, middle + half);
}

Estimate estimate(const Years& years, std::size_t measure, const Tables& tables) {
  const Mean mean = told_mean(years, measure, tables);
  Estimate out{mean.mean, mean.low(), mean.high(), 0, 0, mean.mean, mean.mean};
  if (measure == kUnseen || measure == kOver) wilson(out, static_cast<double>(years.of[measure].size()));
  auto values = years.of[measure];
  out.year_low = quantile(values, 0.05);
  out.year_high = quantile(values, 0.95);
  return out;
}

Difference difference(const Years& here, const Years& there, std::size_t measure) {
  const auto& a = here.of[measure];
  const auto& b = there.of[measure];
  const Mean paired = mean_of(a.size(), [&](std::size_t i) { return double{a[i]} - b[i]; });
  const double apart = std::hypot(mean_of(a).error, mean_of(b).error);
  Difference out;
  out.mean = paired.mean;
  out.low = paired.low();
  out.high = paired.high();
  out.unpaired_low = paired.mean - 1.96 * apart;
  out.unpaired_high = paired.mean + 1.96 * apart;
  out.assumed_low = out.assumed_high = paired.mean;
  return out;
}

void add_range(Difference& out, const std::vector<std::array<double, kTold>>& here,
               const std::vector<std::array<double, kTold>>& there, std::size_t measure) {
  std::vector<double> apart;
  double same = 0;
  for (std::size_t set = 0; set < here.size(); ++set) {
    apart.push_back(here[set][measure] - there[set][measure]);
    same += out.mean > 0 ? apart.back() > 0 : out.mean < 0 ? apart.back() < 0 : apart.back() == 0;
  }
  out.same_sign = same / static_cast<double>(here.size());
  out.assumed_low = quantile(apart, 0.05);
  out.assumed_high = quantile(apart, 0.95);
}

base::Result<void> check(const std::vector<Scenario>& scenarios, const Options& options) {
  if (scenarios.empty()) return base::fail("posture: expected at least one posture, found none");
  if (scenarios.size() > 64)
    return base::fail("posture: expected at most 64 postures, found {}", scenarios.size());
  if (options.runs < 100 || options.runs > 10'000'000)
    return base::fail("posture: expected 100 to 10,000,000 runs, found {}", options.runs);
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (scenarios[i].id == scenarios[j].id)
        return base::fail("posture: '{}' is there twice ({} and {})", scenarios[i].id, scenarios[j].file,
                          scenarios[i].file);
  return {};
}

}  // namespace

base::Result<Comparison> compare(std::vector<Scenario> scenarios, const Options& options,
                                 const std::function<void(std::uint64_t)>& progress) {
  if (auto good = check(scenarios, options); !good) return tl::unexpected(good.error());
  Comparison out;
  out.options = options;
  out.baseline = options.baseline.empty() ? scenarios.front().id : options.baseline;
  const auto place_of = [&](const std::string& id) {
    return static_cast<std::size_t>(
        std::find_if(scenarios.begin(), scenarios.end(), [&](const Scenario& s) { return s.id == id; }) -
        scenarios.begin());
  };
  const std::size_t base = place_of(out.baseline);
  if (base == scenarios.size()) {
    std::string known;
    for (const Scenario& scenario : scenarios) known += (known.empty() ? "" : ", ") + scenario.id;
    return base::fail("posture: expected a baseline among {}, found '{}'", known, out.baseline);
  }
  const auto countries = countries_of(scenarios);
  const auto stopped = [&] { return options.stop && options.stop(); };
  const auto given_up = [] { return base::fail("posture: the comparison was given up half way"); };
  const auto tell = [&](std::size_t years) {
    out.simulated_years += years;
    if (progress) progress(years);
  };

  std::vector<Tables> tables;
  for (const Scenario& scenario : scenarios) tables.push_back(compile(scenario, countries));
  std::vector<const Tables*> pointers;
  for (const Tables& each : tables) pointers.push_back(&each);
  Span span;
  span.fan = std::min(kFanYears, options.runs);
  span.stop = options.stop;
  std::vector<Years> years = simulate(pointers, options.seed, options.runs, countries.size(), span);
  if (stopped()) return given_up();
  tell(options.runs * scenarios.size());

  Ranges ranges;
  if (options.assumption_sets > 0) {
    const std::size_t each = std::min<std::size_t>(options.runs, 400);
    ranges =
        draw_assumptions(scenarios, countries, options.seed, options.assumption_sets, each, options.stop);
    if (stopped()) return given_up();
    // These years' luck is known from the unchanged postures: it is taken out.
    for (std::size_t i = 0; i < scenarios.size(); ++i)
      for (std::size_t m = 0; m < kTold; ++m) {
        const std::span<const float> all = years[i].of[m];
        const double luck = mean_of(all.first(each)).mean - mean_of(all).mean;
        for (auto& set : ranges[i]) set[m] = kept_in(m, set[m] - luck);
      }
    tell(options.assumption_sets * each * scenarios.size());
  }
  out.cap = scenarios[base].lawful.cap.value;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    Outcome one;
    one.cost = tables[i].cost;
    for (std::size_t m = 0; m < kTold; ++m) {
      one.of[m] = estimate(years[i], m, tables[i]);
      one.from_baseline[m] = difference(years[i], years[base], m);
      if (ranges.empty()) continue;
      std::vector<double> means;
      for (const auto& set : ranges[i]) means.push_back(set[m]);
      one.of[m].assumed_low = quantile(means, 0.05);
      one.of[m].assumed_high = quantile(means, 0.95);
      add_range(one.from_baseline[m], ranges[i], ranges[base], m);
    }
    const std::size_t parent = place_of(scenarios[i].extends);
    if (parent < scenarios.size() && parent != i) {
      one.against = scenarios[parent].id;
      for (std::size_t m = 0; m < kTold; ++m) {
        one.from_parent[m] = difference(years[i], years[parent], m);
        if (!ranges.empty()) add_range(one.from_parent[m], ranges[i], ranges[parent], m);
      }
    }
    const auto per = [&](double detections) {
      return one.cost <= 0    ? 0
             : detections > 0 ? one.cost / detections
                              : std::numeric_limits<double>::infinity();
    };
    const Estimate& found = one.of[kDetections];
    one.cost_per_detection = {per(found.mean),       per(found.high),     per(found.low),
                              per(found.year_high),  per(found.year_low), per(found.assumed_high),
                              per(found.assumed_low)};
    const Expected expected = expect(compile(scenarios[i], countries, false));
    one.coverage = expected.coverage;
    one.habit = expected.deliveries > 0 ? expected.detections / expected.deliveries : 0;
    one.simulated = one.of[kDeliveries].mean > 0 ? found.mean / one.of[kDeliveries].mean : 0;
    for (std::size_t w = 0; w < kWeeks; ++w) {
      const auto& weeks = years[i].weeks;
      one.seen[w] =
          weeks.made[w] ? static_cast<double>(weeks.seen[w]) / static_cast<double>(weeks.made[w]) : 0;
      one.fan.low[w] = quantile(years[i].undetected_by[w], 0.05);
      one.fan.middle[w] = quantile(years[i].undetected_by[w], 0.5);
      one.fan.high[w] = quantile(years[i].undetected_by[w], 0.95);
    }
    one.bounds = bounds(scenarios[i], tables[i]);
    one.scenario = scenarios[i];
    out.outcomes.push_back(std::move(one));
  }
  if (options.tornado) {
    const std::size_t each = std::min(options.runs, std::max<std::size_t>(500, options.runs / 50));
    out.swings = swing_assumptions(scenarios, countries, options.seed, each, years, options.stop);
    if (stopped()) return given_up();
    tell(out.swings.size() * 2 * each * scenarios.size());
  }
  if (options.checks) {
    const std::size_t each = std::min<std::size_t>(options.runs, 4000);
    auto checks = check_published(options.seed, each);
    if (!checks) return tl::unexpected(checks.error());
    out.checks = *std::move(checks);
    tell(each * 6);
  }
  return out;
}

}  // namespace cordon::posture
