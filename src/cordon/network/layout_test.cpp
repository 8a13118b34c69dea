#include "cordon/network/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "cordon/network/repulsion_reference.hpp"

namespace cordon::network {
namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

Edges square(std::uint32_t side) {
  Edges edges;
  for (std::uint32_t row = 0; row < side; ++row)
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t node = row * side + column;
      if (column + 1 < side) edges.emplace_back(node, node + 1);
      if (row + 1 < side) edges.emplace_back(node, node + side);
    }
  return edges;
}

TEST(Repulsion, IsThatOfEveryPair) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit(-1, 1);
  for (const std::size_t count : {2u, 17u, 500u, 3000u}) {
    std::vector<Point> points(count);
    // A crowd in a corner, the rest spread out, some at one place.
    for (std::size_t i = 0; i < count; ++i) {
      const float far = i % 3 == 0 ? 0.01f : 30;
      points[i] = i % 50 == 1 ? points[i - 1] : Point{unit(random) * far, unit(random) * far};
    }
    std::vector<Point> fast(count), slow(count);
    Repulsion().add(points, fast);
    reference::repel(points, slow);
    double error = 0, size = 0;
    for (std::size_t i = 0; i < count; ++i) {
      error += std::pow(distance(fast[i], slow[i]), 2);
      size += std::pow(distance(slow[i], {}), 2);
    }
    EXPECT_LE(std::sqrt(error), 0.03 * std::sqrt(size)) << count;
  }
}

TEST(Layout, IsTheSameEachTimeAndFinite) {
  const auto edges = square(20);
  const auto first = layout(400, edges), second = layout(400, edges);
  ASSERT_EQ(first.size(), 400u);
  EXPECT_EQ(std::memcmp(first.data(), second.data(), first.size() * sizeof(Point)), 0);
  for (const auto& point : first) EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y));
}

TEST(Layout, UnfoldsASquare) {
  constexpr std::uint32_t kSide = 20;
  const auto places = layout(kSide * kSide, square(kSide));
  // Distances in the drawing go with distances in the graph.
  double sum_g = 0, sum_d = 0, gg = 0, dd = 0, gd = 0, n = 0;
  for (std::uint32_t a = 0; a < kSide * kSide; a += 3)
    for (std::uint32_t b = a + 1; b < kSide * kSide; ++b) {
      const double g = std::abs(static_cast<int>(a / kSide) - static_cast<int>(b / kSide)) +
                       std::abs(static_cast<int>(a % kSide) - static_cast<int>(b % kSide));
      const double d = distance(places[a], places[b]);
      sum_g += g;
      sum_d += d;
      gg += g * g;
      dd += d * d;
      gd += g * d;
      ++n;
    }
  const double correlation = (gd / n - sum_g / n * sum_d / n) /
                             std::sqrt((gg / n - sum_g / n * sum_g / n) * (dd / n - sum_d / n * sum_d / n));
  EXPECT_GT(correlation, 0.9);
}

TEST(Layout, PutsNeighboursTogetherAndGroupsApart) {
  // Two crowds of forty, each well tied, with one tie between them.
  std::mt19937 random(5);
  Edges edges;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const std::uint32_t group = i % 2 * 40;
    edges.emplace_back(group + random() % 40, group + random() % 40);
  }
  edges.emplace_back(0, 40);
  const auto places = layout(80, edges);
  double within = 0, between = 0;
  for (std::uint32_t a = 0; a < 40; ++a)
    for (std::uint32_t b = 0; b < 40; ++b) {
      within += distance(places[a], places[b]);
      between += distance(places[a], places[40 + b]);
    }
  EXPECT_GT(between, 1.5 * within);
}

TEST(Layout, NoTwoNodesLieOnOneAnother) {
  Edges star;
  for (std::uint32_t i = 1; i < 3000; ++i) star.emplace_back(0, i);
  for (const auto& [nodes, edges] : {std::pair<std::size_t, Edges>{3000, star}, {500, {}}, {2, {{0, 1}}}}) {
    auto places = layout(nodes, edges);
    std::sort(places.begin(), places.end(),
              [](const Point& a, const Point& b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); });
    for (std::size_t i = 1; i < places.size(); ++i) ASSERT_GT(distance(places[i - 1], places[i]), 1e-3);
  }
}

TEST(Layout, TakesAnyGraph) {
  EXPECT_TRUE(layout(0, {}).empty());
  EXPECT_EQ(layout(1, {}).size(), 1u);
  const Edges loops{{0, 0}, {1, 0}, {0, 1}, {0, 1}};
  const auto places = layout(3, loops);
  EXPECT_LT(distance(places[0], places[1]), distance(places[0], places[2]));
}

}  // namespace
}  // namespace cordon::network
