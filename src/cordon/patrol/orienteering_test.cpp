#include "cordon/patrol/orienteering.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <sstream>

namespace cordon::patrol {
namespace {

Orienteering random_problem(std::uint64_t seed, std::size_t places, bool round_trip) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Orienteering problem;
  problem.name = "random";
  std::vector<std::pair<double, double>> at;
  for (std::size_t i = 0; i < places; ++i) {
    at.emplace_back(unit(random), unit(random));
    problem.score.push_back(std::floor(10 * unit(random)));
  }
  for (const auto& [x, y] : at)
    for (const auto& [u, v] : at) problem.distance.push_back(std::hypot(x - u, y - v));
  problem.end = round_trip ? 0 : 1;
  problem.budget = problem.between(0, problem.end) + 1.5 * unit(random);
  return problem;
}

// Every order of every choice of places.
double best_of_all(const Orienteering& problem) {
  std::vector<std::uint32_t> order(problem.places());
  std::iota(order.begin(), order.end(), 0u);
  std::erase_if(order, [&](std::uint32_t v) { return v == problem.start || v == problem.end; });
  const double ends =
      problem.score[problem.start] + (problem.start == problem.end ? 0 : problem.score[problem.end]);
  double best = ends;
  do {
    double length = 0, score = ends;
    std::uint32_t at = problem.start;
    for (const std::uint32_t v : order) {
      length += problem.between(at, v);
      score += problem.score[v];
      at = v;
      if (length + problem.between(at, problem.end) <= problem.budget) best = std::max(best, score);
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(Route, IsTheBestOfAllOnSmallFields) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto problem = random_problem(seed, 3 + seed % 6, seed % 2 == 0);
    const auto tour = route(problem, seed, 3000);
    ASSERT_TRUE(tour) << tour.error().message;
    EXPECT_NEAR(tour->score, best_of_all(problem), 1e-9) << seed;
  }
}

TEST(Route, IsATourAndTheSameForTheSameSeed) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto problem = random_problem(seed, 2 + 7 * seed, seed % 3 == 0);
    const auto tour = route(problem, seed, 2000), again = route(problem, seed, 2000);
    ASSERT_TRUE(tour && again);
    EXPECT_EQ(tour->places, again->places);
    const auto checked = check_tour(problem, tour->places);
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_EQ(checked->score, tour->score);
  }
}

TEST(Route, EndsOutOfReachIsAnError) {
  auto problem = random_problem(1, 5, false);
  problem.budget = problem.between(0, 1) / 2;
  EXPECT_FALSE(route(problem, 1, 10));
}

TEST(Route, ATourThatIsNoneIsSaidToBe) {
  const auto problem = random_problem(2, 6, true);
  EXPECT_FALSE(check_tour(problem, {}));
  EXPECT_FALSE(check_tour(problem, {1, 2}));
  EXPECT_FALSE(check_tour(problem, {0, 2, 2}));
  EXPECT_FALSE(check_tour(problem, {0, 99}));
  EXPECT_TRUE(check_tour(problem, {0}));
}

TEST(Read, BothFormats) {
  const auto plain = read_orienteering("12.5 1\n0 0 0\n3 4 0\n1 1 7.5\n", "plain");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->budget, 12.5);
  EXPECT_EQ(plain->end, 1u);
  EXPECT_DOUBLE_EQ(plain->between(0, 1), 5);
  const auto oplib = read_orienteering(
      "NAME : three\nTYPE : OP\nDIMENSION : 3\nCOST_LIMIT : 20\nEDGE_WEIGHT_TYPE : EUC_2D\n"
      "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 1 1\nNODE_SCORE_SECTION\n1 4\n2 0\n3 9\n"
      "DEPOT_SECTION\n2\n-1\nEOF\n",
      "oplib");
  ASSERT_TRUE(oplib) << oplib.error().message;
  EXPECT_EQ(oplib->start, 1u);
  EXPECT_EQ(oplib->end, 1u);
  EXPECT_EQ(oplib->between(0, 2), 1);  // sqrt 2, rounded
  EXPECT_EQ(oplib->score[2], 9);
}

TEST(Read, SaysWhatIsWrong) {
  const auto problem_of = [](std::string_view text) {
    const auto read = read_orienteering(text, "f");
    return read ? std::string() : read.error().message;
  };
  EXPECT_EQ(problem_of(""), "f: is empty, expected \"budget paths\" in the first line");
  EXPECT_EQ(problem_of("10 2\n"), "f: line 1: expected one path, found '10 2'");
  EXPECT_EQ(problem_of("10 1\n1 2\n"), "f: line 2: expected \"x y score\", found '1 2'");
  EXPECT_EQ(problem_of("10 1\n1 2 3\n"), "f: expected a start and an end, found 1 places");
  EXPECT_EQ(problem_of("DIMENSION : 2\nCOST_LIMIT : x\n"),
            "f: line 2: expected COST_LIMIT, a length, found 'COST_LIMIT : x'");
  EXPECT_EQ(problem_of("DIMENSION : 99999999\n"),
            "f: line 1: expected DIMENSION of 1 to 5000, found 'DIMENSION : 99999999'");
  EXPECT_EQ(
      problem_of("DIMENSION : 1\nCOST_LIMIT : 1\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n"),
      "f: place 1 has no score");
}

// Scored against the best known of the shared instances; the floor only rises.
TEST(Shared, BestKnownTours) {
  const std::filesystem::path folder = CORDON_SOURCE_DIR "/../shared/data/patrol/op";
  std::ifstream file(folder / "best_known.json");
  if (!file) GTEST_SKIP() << "no ../shared/data/patrol here";
  const auto best = nlohmann::json::parse(file);
  double gaps = 0, worst = 0;
  for (const auto& [name, known] : best.items()) {
    std::ifstream instance(folder / name);
    std::stringstream text;
    text << instance.rdbuf();
    const auto problem = read_orienteering(text.str(), name);
    ASSERT_TRUE(problem) << problem.error().message;
    const auto tour = route(*problem, 1, rounds_for(*problem, 0.3));
    ASSERT_TRUE(tour);
    const double gap = 1 - tour->score / known["score"].get<double>();
    if (known["proven_optimal"].get<bool>()) {
      EXPECT_EQ(tour->score, known["score"].get<double>()) << name;
    }
    gaps += gap;
    worst = std::max(worst, gap);
  }
  const double mean = gaps / static_cast<double>(best.size());
  std::printf("tours against the best known: mean gap %.3f %%, worst %.2f %% of %zu\n", 100 * mean,
              100 * worst, best.size());
  EXPECT_LE(mean, 0.003);
  EXPECT_LE(worst, 0.03);
}

}  // namespace
}  // namespace cordon::patrol
