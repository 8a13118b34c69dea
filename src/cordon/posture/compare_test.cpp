#include "cordon/posture/compare.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cordon/posture/assumptions.hpp"
#include "cordon/posture/report.hpp"
#include "cordon/posture/write.hpp"

namespace cordon::posture {
namespace {

std::vector<Scenario> some(std::initializer_list<const char*> names) {
  std::vector<Scenario> out;
  for (const auto* name : names) out.push_back(*built_in(name));
  return out;
}

Options quick(std::size_t runs) {
  Options options;
  options.runs = runs;
  options.tornado = options.checks = false;
  options.assumption_sets = 0;
  return options;
}

TEST(Compare, TheSameBytesAtAnyNumberOfThreads) {
  Options options;
  options.runs = 600;
  options.assumption_sets = 16;
  const auto at = [&](const char* threads) {
    setenv("CORDON_THREADS", threads, 1);
    const auto result = compare(some({"canada_alone", "pause_spring_2020"}), options);
    unsetenv("CORDON_THREADS");
    return to_json(*result);
  };
  const std::string one = at("1");
  EXPECT_EQ(one, at("5"));
  EXPECT_EQ(one.find("nan"), std::string::npos);
  EXPECT_EQ(one.find("inf"), std::string::npos);
}

TEST(Compare, FaultsAreOneLine) {
  EXPECT_FALSE(compare({}, quick(1000)));
  EXPECT_FALSE(compare(some({"canada_alone"}), quick(1)));
  EXPECT_NE(compare(some({"canada_alone", "canada_alone"}), quick(100)).error().message.find("twice"),
            std::string::npos);
  Options options = quick(100);
  options.baseline = "nobody";
  EXPECT_EQ(compare(some({"canada_alone"}), options).error().message,
            "posture: expected a baseline among canada_alone, found 'nobody'");
}

TEST(Compare, DifferencesAreThoseOfTheSameYears) {
  const auto result = compare(some({"with_japan_and_partners", "pause_spring_2020"}), quick(4000));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->baseline, "with_japan_and_partners");
  const Outcome& pause = result->outcomes[1];
  EXPECT_EQ(pause.against, "with_japan_and_partners");
  const Difference& found = pause.from_baseline[kDetections];
  EXPECT_NEAR(found.mean, pause.of[kDetections].mean - result->outcomes[0].of[kDetections].mean, 1e-4);
  EXPECT_LT(found.high, 0);  // a pause detects less
  EXPECT_LT(found.high - found.low, found.unpaired_high - found.unpaired_low);
  EXPECT_EQ(result->outcomes[0].from_baseline[kDetections].mean, 0);
}

TEST(Compare, AssumptionsSwingAndSpan) {
  Options options;
  options.runs = 500;
  options.checks = false;
  options.assumption_sets = 32;
  const auto result = compare(some({"canada_alone", "with_united_states"}), options);
  ASSERT_TRUE(result);
  EXPECT_GT(result->swings.size(), 30U);
  bool found = false;
  for (const Swing& swing : result->swings) {
    EXPECT_EQ(swing.detections.size(), 2U);
    EXPECT_NE(swing.label, swing.path) << "no words for " << swing.path;
    if (swing.path != "asset.*.swept_km2_a_day") continue;
    found = true;
    EXPECT_LT(swing.detections[1][0], 0);  // less swept, less detected
    EXPECT_GT(swing.detections[1][1], 0);
  }
  EXPECT_TRUE(found);
  const Estimate& us = result->outcomes[1].of[kDetections];
  EXPECT_LT(us.assumed_low, us.mean);
  EXPECT_GT(us.assumed_high, us.mean);
}

// If this fails after a change of the built-in numbers, patrols.effectiveness is to be set anew
// (docs/posture.md).
TEST(Published, TheCalibrationIsNotStale) {
  const auto checks = check_published(77, 8000);
  ASSERT_TRUE(checks) << checks.error().message;
  bool found = false;
  for (const Check& check : *checks) {
    EXPECT_GT(check.mean, 0) << check.figure.source;
    if (check.figure.measure != kReports) continue;
    found = true;
    EXPECT_TRUE(check.figure.calibrates);
    EXPECT_NEAR(check.mean, check.figure.value, 0.3);
  }
  EXPECT_TRUE(found);
}

TEST(Report, HostileTextEndsNothing) {
  auto scenarios = some({"canada_alone"});
  scenarios[0].name = "</script><script>alert(1)</script><!-- /*STYLE*/";
  scenarios[0].assets[0].name = "\x1b[2J\xff";
  const auto result = compare(scenarios, quick(100));
  ASSERT_TRUE(result);
  const auto page = report_html(*result);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->find("<script>alert"), std::string::npos);
  EXPECT_NE(page->find("\\u003c/script>\\u003cscript>alert(1)"), std::string::npos);
  EXPECT_EQ(page->find("http://www.w3.org") != std::string::npos, true);
  EXPECT_EQ(page->find("https://"), std::string::npos);
  EXPECT_EQ(to_table(*result).find('\x1b'), std::string::npos);
  EXPECT_EQ(to_text(scenarios[0]).find('\x1b'), std::string::npos);
}

TEST(Assumptions, GroupsHaveOneName) {
  EXPECT_EQ(group_of("asset.ca_aircraft.swept_km2_a_day"), "asset.*.swept_km2_a_day");
  EXPECT_EQ(group_of("way.barges.share"), "way.barges.share");
  EXPECT_EQ(group_of("way.barges.capacity"), "way.*.capacity");
  EXPECT_EQ(group_of("smugglers.fleet"), "smugglers.fleet");
}

}  // namespace
}  // namespace cordon::posture
