#include "cordon/network/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cordon/network/repulsion.hpp"

namespace cordon::network {
namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::size_t kCoarsest = 24;
constexpr unsigned kRounds = 50, kCoarsestRounds = 200;
// Toward the middle, so that parts without ties stay in the picture.
constexpr float kGravity = 0.02f;

struct Level {
  std::size_t nodes = 0;
  Edges edges;                        // each once, first < second
  std::vector<std::uint32_t> parent;  // of its nodes in the next, coarser level; empty in the coarsest
};

Edges tidy(Edges edges) {
  for (auto& [a, b] : edges)
    if (a > b) std::swap(a, b);
  std::erase_if(edges, [](const auto& edge) { return edge.first == edge.second; });
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

// Each free node becomes a sun and takes its free neighbours with it, those with the most ties first: a hub
// keeps its own.
Level coarser(Level& fine) {
  std::vector<std::uint32_t> begin(fine.nodes + 1, 0), near(fine.edges.size() * 2);
  for (const auto& [a, b] : fine.edges) {
    ++begin[a + 1];
    ++begin[b + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  auto next = begin;
  for (const auto& [a, b] : fine.edges) {
    near[next[a]++] = b;
    near[next[b]++] = a;
  }
  const auto degree = [&](std::uint32_t node) { return begin[node + 1] - begin[node]; };
  std::vector<std::uint32_t> order(fine.nodes);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return degree(a) > degree(b); });
  constexpr std::uint32_t kFree = UINT32_MAX;
  fine.parent.assign(fine.nodes, kFree);
  Level coarse;
  for (const auto sun : order) {
    if (fine.parent[sun] != kFree) continue;
    const auto number = static_cast<std::uint32_t>(coarse.nodes++);
    fine.parent[sun] = number;
    for (auto i = begin[sun]; i < begin[sun + 1]; ++i)
      if (fine.parent[near[i]] == kFree) fine.parent[near[i]] = number;
  }
  for (const auto& [a, b] : fine.edges) coarse.edges.emplace_back(fine.parent[a], fine.parent[b]);
  coarse.edges = tidy(std::move(coarse.edges));
  return coarse;
}

// Seeds of a sunflower: even, and never two at one place.
Point seed(std::size_t number, float step) {
  const float angle = static_cast<float>(number) * 2.3999632f,
              away = step * std::sqrt(static_cast<float>(number));
  return {away * std::cos(angle), away * std::sin(angle)};
}

void settle(const Level& level, std::vector<Point>& places, unsigned rounds, float step) {
  Repulsion repulsion;
  std::vector<Point> force(level.nodes);
  const float cooling = std::pow(0.02f / step, 1.0f / static_cast<float>(rounds));
  for (unsigned round = 0; round < rounds; ++round, step *= cooling) {
    for (std::size_t i = 0; i < level.nodes; ++i)
      force[i] = {-kGravity * places[i].x, -kGravity * places[i].y};
    repulsion.add(places, force);
    for (const auto& [a, b] : level.edges) {
      const float dx = places[b].x - places[a].x, dy = places[b].y - places[a].y;
      const float length = std::sqrt(dx * dx + dy * dy);
      force[a].x += dx * length;
      force[a].y += dy * length;
      force[b].x -= dx * length;
      force[b].y -= dy * length;
    }
    for (std::size_t i = 0; i < level.nodes; ++i) {
      const float length = std::sqrt(force[i].x * force[i].x + force[i].y * force[i].y);
      if (!(length > 0)) continue;
      const float part = std::min(length, step) / length;
      places[i].x += force[i].x * part;
      places[i].y += force[i].y * part;
    }
  }
}

}  // namespace

std::vector<Point> layout(std::size_t nodes, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges) {
  if (nodes == 0) return {};
  std::vector<Level> levels(1);
  levels[0].nodes = nodes;
  levels[0].edges = tidy(Edges(edges.begin(), edges.end()));
  while (levels.back().nodes > kCoarsest && !levels.back().edges.empty()) {
    Level coarse = coarser(levels.back());
    levels.push_back(std::move(coarse));
  }
  std::vector<Point> places(levels.back().nodes);
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = seed(i, 1);
  settle(levels.back(), places, kCoarsestRounds, std::sqrt(static_cast<float>(places.size())));
  for (std::size_t number = levels.size() - 1; number-- > 0;) {
    const Level& level = levels[number];
    const float scale =
        std::sqrt(static_cast<float>(level.nodes) / static_cast<float>(levels[number + 1].nodes));
    std::vector<Point> finer(level.nodes);
    std::vector<std::uint32_t> seeds(places.size(), 0);
    for (std::size_t i = 0; i < level.nodes; ++i) {
      const auto parent = level.parent[i];
      const Point offset = seed(++seeds[parent], 0.3f);
      finer[i] = {places[parent].x * scale + offset.x, places[parent].y * scale + offset.y};
    }
    places = std::move(finer);
    settle(level, places, kRounds, 1.5f);
  }
  double x = 0, y = 0;
  for (const Point& point : places) {
    x += point.x;
    y += point.y;
  }
  for (Point& point : places) {
    point.x -= static_cast<float>(x / static_cast<double>(nodes));
    point.y -= static_cast<float>(y / static_cast<double>(nodes));
  }
  return places;
}

}  // namespace cordon::network
