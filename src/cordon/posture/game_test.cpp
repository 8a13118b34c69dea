#include "cordon/posture/game.hpp"

#include <gtest/gtest.h>

#include <random>

#include "cordon/posture/posture_reference.hpp"
#include "cordon/posture/statistics.hpp"
#include "cordon/posture/years.hpp"

namespace cordon::posture {
namespace {

Game any_game(std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit(0, 1);
  Game game;
  game.places = 1 + random() % 8;
  const std::size_t ways = game.places + random() % 6;
  double capacity = 0;
  for (std::size_t o = 0; o < ways; ++o) {
    game.place.push_back(o < game.places ? o : random() % game.places);
    game.rate.push_back(random() % 6 == 0 ? 0 : 0.05 + 2 * unit(random));
    game.capacity.push_back(0.1 + 0.9 * unit(random));
    capacity += game.capacity.back();
  }
  for (double& each : game.capacity) each = std::min(1.0, each * std::max(1.0, 1.05 / capacity));
  game.effort = 0.1 + 5 * unit(random);
  return game;
}

TEST(Game, IsSolvedToACertificate) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    const Game game = any_game(random);
    const Solution solution = solve(game);
    EXPECT_LE(solution.gap(), 1e-7) << round;
    EXPECT_GE(solution.gap(), -1e-12);
    double effort = 0, mixed = 0;
    for (const double each : solution.effort) {
      EXPECT_GE(each, 0);
      effort += each;
    }
    for (std::size_t o = 0; o < solution.ways.size(); ++o) {
      EXPECT_LE(solution.ways[o], game.capacity[o] * (1 + 1e-9) + 1e-12);
      mixed += solution.ways[o];
    }
    EXPECT_NEAR(effort, game.effort, 1e-9 * game.effort);
    EXPECT_NEAR(mixed, 1, 1e-9);
  }
}

TEST(Game, LiesBetweenTheBoundsOfFictitiousPlay) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 8; ++round) {
    const Game game = any_game(random);
    const Solution solution = solve(game);
    const auto [value, bound] = reference::fictitious_play(game, 600);
    EXPECT_GE(solution.bound, value - 1e-9) << round;
    EXPECT_LE(solution.value, bound + 1e-3) << round;
    EXPECT_LT(bound - value, 0.05) << round;
  }
}

// One way that takes everything: the patrols put all there.
TEST(Game, TrivialGames) {
  EXPECT_NEAR(solve({{0.7}, {1}, {0}, 1, 2}).value, 1 - std::exp(-1.4), 1e-8);
  EXPECT_EQ(solve({{0.7}, {1}, {0}, 1, 0}).bound, 0);
  // Two alike places, both open: half the effort each.
  EXPECT_NEAR(solve({{1, 1}, {1, 1}, {0, 1}, 2, 2}).value, 1 - std::exp(-1.0), 1e-8);
  // A way that nobody can watch takes what it can.
  EXPECT_NEAR(solve({{1, 0}, {1, 0.25}, {0, 1}, 2, 1}).value, 0.75 * (1 - std::exp(-1.0)), 1e-7);
}

TEST(Game, SimulatedSmugglersDoNoBetterThanTheFloor) {
  for (const auto& name : built_in_names()) {
    const Scenario scenario = *built_in(name);
    std::vector<std::string> countries;
    for (const Country& country : scenario.countries) countries.push_back(country.id);
    const Tables tables = compile(scenario, countries);
    const Tables* one = &tables;
    const Bounds found = bounds(scenario, tables);
    EXPECT_LE(found.floor, found.ceiling + 1e-12);
    EXPECT_LE(found.gap, 1e-7);
    const auto years = simulate({&one, 1}, 3, 3000, countries.size());
    const Mean seen = mean_of(years[0].of[kDetections]);
    EXPECT_GE(seen.mean + 3 * seen.error, found.floor * mean_of(years[0].of[kDeliveries]).mean) << name;
  }
}

}  // namespace
}  // namespace cordon::posture
