// Plans against formulas, certificates, a plain method of another kind, and the published cases.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "cordon/patrol/case.hpp"
#include "cordon/patrol/closed_forms.hpp"
#include "cordon/patrol/plan_reference.hpp"

namespace cordon::patrol {
namespace {

// The formula of the normal prior against the plan on a fine grid of that prior.
TEST(Allocation, OnAGridReachesTheFormulaOfTheNormalPrior) {
  constexpr int kSide = 400;
  constexpr double kReach = 6;  // sigmas
  constexpr double kCell = 2 * kReach / kSide;
  for (const double h : {1.0, 4.0, 9.0}) {
    Stationary problem;
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) {
        const double u = -kReach + (x + 0.5) * kCell, v = -kReach + (y + 0.5) * kCell;
        problem.p.push_back(std::exp(-(u * u + v * v) / 2) / (2 * M_PI) * kCell * kCell);
        problem.w.push_back(1 / (kCell * kCell));
      }
    problem.effort = {h * M_PI};
    const Allocation plan = allocate(problem);
    EXPECT_NEAR(plan.pos, search_normal(h).chance, 1e-6) << h;
    EXPECT_NEAR(plan.gap(), 0, 1e-12);
  }
  EXPECT_NEAR(search_normal(4).radius_over_sigma, 2, 1e-12);
}

Stationary random_problem(std::mt19937_64& random, std::size_t areas, std::size_t resources) {
  std::uniform_real_distribution<double> unit(0, 1);
  Stationary problem;
  for (std::size_t i = 0; i < areas; ++i)
    problem.p.push_back(unit(random) < 0.1 ? 0 : std::pow(unit(random), 3));
  for (std::size_t r = 0; r < resources; ++r)
    problem.effort.push_back(unit(random) < 0.1 ? 0 : std::exp(6 * unit(random) - 3));
  for (std::size_t k = 0; k < areas * resources; ++k)
    problem.w.push_back(unit(random) < 0.15 ? 0 : std::exp(4 * unit(random) - 2));
  return problem;
}

TEST(Allocation, IsCertifiedAndKeepsToTheEffort) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 500; ++trial) {
    const Stationary problem = random_problem(random, 1 + random() % 40, 1 + random() % 6);
    ASSERT_TRUE(problem.check());
    const Allocation plan = allocate(problem);
    EXPECT_LE(plan.gap(), 1e-8 * std::max(1.0, plan.bound)) << trial;
    EXPECT_GE(plan.gap(), -1e-9) << trial;
    for (std::size_t r = 0; r < problem.resources(); ++r) {
      double spent = 0;
      for (std::size_t i = 0; i < problem.areas(); ++i) {
        EXPECT_GE(plan.z[i * problem.resources() + r], 0);
        spent += plan.z[i * problem.resources() + r];
      }
      EXPECT_LE(spent, problem.effort[r] * (1 + 1e-9)) << trial;
    }
  }
}

// The bound must be one: a plain ascent by small pieces of effort may come near it and never pass it.
TEST(Allocation, AgreesWithGivingEffortInSmallPieces) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 20; ++trial) {
    const Stationary problem = random_problem(random, 6, 1 + random() % 3);
    const Allocation plan = allocate(problem);
    const double plain = reference::frank_wolfe(problem, 20'000);
    EXPECT_LE(plain, plan.bound + 1e-9);
    EXPECT_NEAR(plain, plan.pos, 2e-3 * std::max(0.05, plan.pos)) << trial;
  }
}

TEST(Moving, WithOneStepIsTheStationaryProblem) {
  std::mt19937_64 random(3);
  Stationary still = random_problem(random, 30, 1);
  still.effort = {2.5};
  Moving moving;
  moving.areas = 30;
  moving.steps = 1;
  moving.p0 = still.p;
  moving.w = still.w;
  moving.effort = still.effort;
  ASSERT_TRUE(moving.check());
  EXPECT_NEAR(plan_moving(moving, 1e-9).pos, allocate(still).pos, 1e-9);
}

TEST(Moving, IsCertifiedAgainstEveryPathAndCountsWhatLeaves) {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int trial = 0; trial < 60; ++trial) {
    Moving problem;
    problem.areas = 2 + random() % 4;
    problem.steps = 1 + random() % 4;
    for (std::size_t i = 0; i < problem.areas; ++i) problem.p0.push_back(unit(random));
    for (std::uint32_t t = 0; t + 1 < problem.steps; ++t) {
      std::vector<Kernel::Move> moves;
      for (std::uint32_t i = 0; i < problem.areas; ++i)
        for (std::uint32_t j = 0; j < problem.areas; ++j)
          moves.push_back({i, j, unit(random) / static_cast<double>(problem.areas)});
      problem.kernels.emplace_back(problem.areas, moves);
      problem.kernel_of.push_back(t);
    }
    for (std::size_t k = 0; k < problem.areas * problem.steps; ++k) problem.w.push_back(unit(random) * 2);
    for (std::size_t t = 0; t < problem.steps; ++t) problem.effort.push_back(unit(random) * 2);
    const MovingPlan plan = plan_moving(problem, 1e-8);
    EXPECT_LE(plan.gap(), 1e-8) << trial;
    EXPECT_NEAR(plan.pos, reference::detected_on_paths(problem, plan.z), 1e-12) << trial;
    for (int other = 0; other < 20; ++other) {  // no plan passes the bound
      std::vector<double> z(problem.w.size());
      for (std::size_t t = 0; t < problem.steps; ++t) {
        double total = 0;
        for (std::size_t i = 0; i < problem.areas; ++i)
          total += z[t * problem.areas + i] = plan.z[t * problem.areas + i] + 0.2 * unit(random);
        for (std::size_t i = 0; i < problem.areas; ++i) z[t * problem.areas + i] *= problem.effort[t] / total;
      }
      EXPECT_LE(reference::detected_on_paths(problem, z), plan.bound + 1e-12);
    }
  }
}

TEST(ClosedForms, OfGamesEqualTheirDefinition) {
  const std::array values{4.0, 3.0, 2.0, 1.0}, rates{1.0, 0.5, 2.0, 1.0};
  // Cover so much of each place that it is worth lambda: the resources needed are what is there.
  const double lambda = coverage_game(values, 1.5);
  double needed = 0;
  for (const double v : values) needed += std::max(0.0, 1 - lambda / v);
  EXPECT_NEAR(needed, 1.5, 1e-12);
  const double level = effort_game(values, rates, 2);
  double effort = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    effort += std::max(0.0, std::log(values[i] / level)) / rates[i];
  EXPECT_NEAR(effort, 2, 1e-12);
}

using Json = nlohmann::json;

Json shared(const char* name) {
  std::ifstream file(std::string(CORDON_SOURCE_DIR "/../shared/data/patrol/") + name);
  return file ? Json::parse(file) : Json();
}

TEST(Shared, ClosedForms) {
  const Json all = shared("closed_forms.json");
  if (all.is_null()) GTEST_SKIP() << "no ../shared/data/patrol here";
  for (const Json& row : all["circular_or_elliptical_normal_exponential"]["rows"]) {
    EXPECT_NEAR(search_normal(row["H"]).chance, row["P"].get<double>(), 1e-12);
    EXPECT_NEAR(search_normal(row["H"]).radius_over_sigma, row["radius_over_sigma"].get<double>(), 1e-12);
  }
  for (const Json& row : all["normal_1d_exponential"]["rows"])
    EXPECT_NEAR(search_normal_line(row["Z_over_sigma"]), row["P"].get<double>(), 1e-12);
  for (const Json& row : all["pod_curves"]["rows"])
    for (const char* law : {"definite", "inverse_cube", "random"})
      EXPECT_NEAR(detection_chance(*parse_detection(law), row["C"]), row[law].get<double>(), 1e-12);
  for (const Json& row : all["zero_sum_coverage_game"]["rows"])
    EXPECT_NEAR(coverage_game(row["v"].get<std::vector<double>>(), row["m"]), row["lam"].get<double>(),
                1e-12);
  for (const Json& row : all["zero_sum_exponential_effort_game"]["rows"])
    EXPECT_NEAR(
        effort_game(row["v"].get<std::vector<double>>(), row["w"].get<std::vector<double>>(), row["Z"]),
        row["lam"].get<double>(), 1e-12);
}

TEST(Shared, PublishedAllocations) {
  for (const auto& [file, found] :
       {std::pair{"soral_cases.json", "POS_unnormalised"}, {"fab_cases.json", "P_detect"}}) {
    const Json all = shared(file);
    if (all.is_null()) GTEST_SKIP() << "no ../shared/data/patrol here";
    const auto cases = read_cases(all.dump(), file);
    ASSERT_TRUE(cases) << cases.error().message;
    for (std::size_t i = 0; i < cases->size(); ++i) {
      const Answer answer = solve((*cases)[i], 1e-9);
      EXPECT_NEAR(answer.pos, all[i][found].get<double>(), 1e-6) << (*cases)[i].name;
      EXPECT_LE(answer.bound - answer.pos, 1e-8) << (*cases)[i].name;
    }
  }
}

TEST(Case, SaysWhatIsWrong) {
  const auto problem_of = [](std::string_view json) {
    const auto cases = read_cases(json, "f");
    return cases ? std::string() : cases.error().message;
  };
  EXPECT_EQ(problem_of(R"({"p":[1],"T":[1],"w":[[1]]})"), "");
  EXPECT_EQ(problem_of(R"({"p":[1,1],"T":[1],"w":[[1]]})"), "f: w: expected 2 rows of 1, found 1 numbers");
  EXPECT_EQ(problem_of(R"([{"p":[1],"T":[1],"w":[[1]]},{"p":[1],"T":["a"],"w":[[1]]}])"),
            "f: case 2: T[0]: expected a number");
  EXPECT_EQ(problem_of(R"({"p":[-1],"T":[1],"w":[[1]]})"), "f: p: expected numbers of 0 or more");
  EXPECT_EQ(problem_of(R"({"p0":[1],"effort":[1,1],"w":[[1],[1]],"K":[[[1.5]]]})"),
            "f: K[0][0]: the chances add up to 1.5, more than 1");
  EXPECT_EQ(problem_of("[]"), "f: expected at least one case");
  EXPECT_NE(problem_of("{"), "");
}

}  // namespace
}  // namespace cordon::patrol
