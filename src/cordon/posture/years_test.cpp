#include "cordon/posture/years.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cordon/posture/posture_reference.hpp"
#include "cordon/posture/statistics.hpp"

namespace cordon::posture {
namespace {

std::vector<std::string> ids(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const Country& country : scenario.countries) out.push_back(country.id);
  return out;
}

Years run(const Scenario& scenario, bool adapts, std::size_t years, std::uint64_t seed = 5) {
  const Tables tables = compile(scenario, ids(scenario), adapts);
  const Tables* one = &tables;
  return std::move(simulate({&one, 1}, seed, years, scenario.countries.size())[0]);
}

Scenario named(std::string_view name) {
  return *built_in(name);
}

void expect_near(const Mean& found, double expected, std::string_view what) {
  EXPECT_LT(std::abs(found.mean - expected), 3 * found.error + 1e-9)
      << what << ": " << found.mean << " against " << expected << ", error " << found.error;
}

TEST(Years, WithoutLearningTheMeansAreThoseOfTheClosedForm) {
  for (const auto& name : built_in_names()) {
    Scenario scenario = named(name);
    scenario.overlap = 0.4;
    const Years years = run(scenario, false, 20000);
    const Expected expected = expect(compile(scenario, ids(scenario), false));
    expect_near(mean_of(years.of[kDeliveries]), expected.deliveries, name + " deliveries");
    expect_near(mean_of(years.of[kDetections]), expected.detections, name + " detections");
    expect_near(mean_of(years.of[kUndetected]), expected.undetected_barrels, name + " undetected barrels");
  }
}

// Another program with the same rules and other random numbers.
TEST(Years, AgreeWithTheSlowSimulation) {
  for (const auto* name : {"canada_alone", "with_japan_and_partners", "more_humanitarian_channels"}) {
    Scenario scenario = named(name);
    scenario.smugglers.wariness.value = 1.2;  // so that capacities bind and learning shows
    scenario.patrols.cue.value = 2.5;
    const Years fast = run(scenario, true, 40000);
    std::mt19937_64 random(11);
    constexpr std::size_t kSlow = 1500;
    std::array<std::vector<float>, 6> slow;
    for (std::size_t i = 0; i < kSlow; ++i) {
      const auto year = reference::year(scenario, random);
      const double values[] = {year.deliveries, year.barrels, year.detections,
                               year.named,      year.reports, year.undetected};
      for (std::size_t m = 0; m < 6; ++m) slow[m].push_back(static_cast<float>(values[m]));
    }
    const Measure measures[] = {kDeliveries, kBarrels, kDetections, kNamed, kReports, kUndetected};
    for (std::size_t m = 0; m < 6; ++m) {
      const Mean a = mean_of(fast.of[measures[m]]), b = mean_of(slow[m]);
      EXPECT_LT(std::abs(a.mean - b.mean), 4 * std::hypot(a.error, b.error))
          << name << ", measure " << m << ": fast " << a.mean << ", slow " << b.mean << " +- " << b.error;
    }
  }
}

TEST(Years, TheSameBytesAtAnyNumberOfThreads) {
  const Scenario a = named("canada_alone"), b = named("with_japan_and_partners");
  const auto countries = ids(b);
  const Tables ta = compile(a, countries), tb = compile(b, countries);
  const Tables* both[] = {&ta, &tb};
  const auto at = [&](const char* threads, bool parallel) {
    setenv("CORDON_THREADS", threads, 1);
    auto out = simulate(both, 9, 1300, countries.size(), {0, kWeeks, 100}, parallel);
    unsetenv("CORDON_THREADS");
    return out;
  };
  const auto one = at("1", true), seven = at("7", true), plain = at("1", false);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(one[i].of, seven[i].of);
    EXPECT_EQ(one[i].of, plain[i].of);
    EXPECT_EQ(one[i].weeks.seen, seven[i].weeks.seen);
    EXPECT_EQ(one[i].undetected_by, seven[i].undetected_by);
  }
  // A posture's years do not depend on which others run beside it, nor on how many years follow.
  const Tables* alone = &tb;
  const auto single = simulate({&alone, 1}, 9, 600, countries.size());
  for (std::size_t year = 0; year < 600; ++year)
    ASSERT_EQ(single[0].of[kUndetected][year], one[1].of[kUndetected][year]);
}

TEST(Years, SharedNumbersMakeDifferencesSharper) {
  const Scenario a = named("with_japan_and_partners"), b = named("pause_spring_2020");
  const auto countries = ids(a);
  const Tables ta = compile(a, countries), tb = compile(b, countries);
  const Tables* both[] = {&ta, &tb};
  const auto years = simulate(both, 3, 5000, countries.size());
  for (const Measure measure : {kDetections, kUndetected, kDeliveries}) {
    const auto& x = years[0].of[measure];
    const auto& y = years[1].of[measure];
    const Mean paired = mean_of(x.size(), [&](std::size_t i) { return double{x[i]} - y[i]; });
    EXPECT_LT(paired.error, 0.8 * std::hypot(mean_of(x).error, mean_of(y).error)) << measure;
  }
}

TEST(Years, TheControlVariateSharpensUndetectedBarrels) {
  const Scenario scenario = named("with_japan_and_partners");
  const Tables tables = compile(scenario, ids(scenario));
  const Years years = run(scenario, true, 4000);
  const double planned = tables.counts.mean() * kWeeks * (tables.load_least + tables.load_range / 2);
  const Mean plain = mean_of(years.of[kUndetected]);
  const Mean better = controlled(years.of[kUndetected], years.of[kPlanned], planned);
  EXPECT_LT(better.error, 0.7 * plain.error);
  EXPECT_LT(std::abs(better.mean - plain.mean), 4 * plain.error);
}

TEST(Years, MorePatrolDaysNeverExpectFewerDetections) {
  double before = -1;
  for (const double days : {0.0, 0.5, 1.0, 2.0, 4.0, 7.0}) {
    Scenario scenario = named("with_united_states");
    for (Asset& asset : scenario.assets) asset.days_a_week.value = days;
    const double found = expect(compile(scenario, ids(scenario), false)).detections;
    EXPECT_GT(found, before);
    before = found;
  }
}

TEST(Years, NobodyOnStationDetectsNothing) {
  Scenario scenario = named("canada_alone");
  for (Asset& asset : scenario.assets) asset.weeks.reset();
  const Years years = run(scenario, true, 500);
  EXPECT_EQ(mean_of(years.of[kDetections]).mean, 0);
  EXPECT_EQ(years.of[kUndetected], years.of[kBarrels]);
}

TEST(Years, ExtremesStayFinite) {
  Scenario scenario = named("with_japan_and_partners");
  scenario.smugglers.deliveries.value = 5000;
  scenario.smugglers.precision.value = 1000;
  scenario.smugglers.wariness.value = 20;
  scenario.smugglers.fleet.value = 64;
  scenario.patrols.effectiveness.value = 10;
  const Years years = run(scenario, true, 60);
  for (const auto& column : years.of)
    for (const float value : column) ASSERT_TRUE(std::isfinite(value) && value >= 0);
  scenario.smugglers.deliveries.value = 0;
  EXPECT_EQ(mean_of(run(scenario, true, 60).of[kBarrels]).mean, 0);
}

TEST(Years, AWindowCountsItsWeeksOnly) {
  const Scenario scenario = named("canada_alone");
  const Tables tables = compile(scenario, ids(scenario));
  const Tables* one = &tables;
  const auto whole = simulate({&one, 1}, 2, 300, 1), head = simulate({&one, 1}, 2, 300, 1, {0, 20, 0}),
             tail = simulate({&one, 1}, 2, 300, 1, {20, kWeeks, 0});
  for (std::size_t i = 0; i < 300; ++i)
    for (const Measure measure : {kDeliveries, kDetections, kNamed, kReports})
      ASSERT_EQ(whole[0].of[measure][i], head[0].of[measure][i] + tail[0].of[measure][i]);
}

TEST(ShareOut, KeepsToCapacitiesAndSumsToOne) {
  std::mt19937 random(4);
  std::uniform_real_distribution<float> unit(0, 1);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t n = 2 + random() % 15;
    std::vector<float> weight(n), capacity(n), chance(n);
    float sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      weight[i] = random() % 5 ? unit(random) : 0;
      sum += capacity[i] = unit(random);
    }
    if (sum < 1)
      for (float& each : capacity) each = std::min(1.0F, each / sum * 1.01F);
    sum = 0;
    for (const float each : capacity) sum += each;
    if (sum < 1.001F) continue;
    share_out(weight, capacity, chance);
    float total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_LE(chance[i], capacity[i] * 1.00001F);
      ASSERT_GE(chance[i], 0);
      total += chance[i];
    }
    ASSERT_NEAR(total, 1, 1e-4);
  }
}

}  // namespace
}  // namespace cordon::posture
