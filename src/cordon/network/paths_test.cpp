#include "cordon/network/paths.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cordon/network/paths_reference.hpp"
#include "cordon/network/test_graphs.hpp"

namespace cordon::network {
namespace {

using model::RelationKind;
using testing::graph_of;
using testing::owns;
using testing::tie;

PathQuery from(const Graph& graph, std::string_view id) {
  PathQuery query;
  query.from = *graph.find(id);
  return query;
}

TEST(Paths, GoEitherWayAndKeepTheEdge) {
  const Graph graph =
      graph_of({tie("Agent", "X", RelationKind::acting_for), owns("Agent", "Ship", 100)}, {"X"});
  const auto found = paths(graph, from(graph, "Ship"));
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_FALSE(found[0].steps[0].forward);
  EXPECT_TRUE(found[0].steps[1].forward);
  EXPECT_EQ(graph.relation(found[0].steps[1].edge).kind, RelationKind::acting_for);
  EXPECT_EQ(found[0].cost, 22u);
}

TEST(Paths, EndAtTheFirstListedParty) {
  const Graph graph = graph_of({owns("X", "A", 50), owns("Y", "X", 50)}, {"X", "Y"});
  EXPECT_EQ(paths(graph, from(graph, "A")).size(), 1u);
  PathQuery to = from(graph, "A");
  to.to = *graph.find("Y");
  EXPECT_EQ(paths(graph, to).size(), 1u);
}

TEST(Paths, RespectTheDayAndTheStatus) {
  auto old = owns("X", "A", 50);
  old.end = {2016, 1, 1};
  auto withdrawn = owns("Y", "A", 50);
  withdrawn.status = model::Status::withdrawn;
  const Graph graph = graph_of({old, withdrawn}, {"X", "Y"});
  PathQuery query = from(graph, "A");
  query.as_of = {2020, 1, 1};
  ASSERT_EQ(paths(graph, query).size(), 1u);
  EXPECT_EQ(paths(graph, query)[0].target, *graph.find("Y"));
  query.all_statuses = false;
  EXPECT_TRUE(paths(graph, query).empty());
}

TEST(Paths, AgreeWithTryingEveryWay) {
  std::size_t ways = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const auto network = testing::random_network(seed);
    const Graph graph = graph_of(network.relations, network.listed);
    PathFinder finder(graph);
    if (seed % 2 == 0) finder.prepare();
    for (NodeId node = 0; node < graph.node_count(); ++node) {
      PathQuery query;
      query.from = node;
      query.k = 1 + seed % 6;
      query.max_hops = 2 + seed % 4;
      query.as_of = {2020, 8, 1};
      query.owners_only = seed % 5 == 0;
      if (seed % 3 == 0) query.to = 0;
      if (query.to == node) continue;
      const auto expected = reference::AllWays(graph, query).costs();
      reference::Costs deviating;
      for (const Path& path : finder.by_deviations(query))
        deviating.emplace_back(path.cost, path.steps.size());
      ASSERT_EQ(deviating, expected) << "seed " << seed << " node " << node;
      const auto found = finder.paths(query);
      reference::Costs costs;
      std::set<std::vector<NodeId>> different;
      for (const Path& path : found) {
        costs.emplace_back(path.cost, path.steps.size());
        std::vector<NodeId> nodes{node};
        for (const Step& step : path.steps) {
          const Edge& edge = graph.edge(step.edge);
          ASSERT_EQ(step.forward ? edge.from : edge.to, nodes.back());
          nodes.push_back(step.forward ? edge.to : edge.from);
        }
        EXPECT_EQ(nodes.back(), path.target);
        EXPECT_EQ(std::set<NodeId>(nodes.begin(), nodes.end()).size(), nodes.size());
        different.insert(nodes);
      }
      EXPECT_EQ(different.size(), found.size());
      ASSERT_EQ(costs, expected) << "seed " << seed << " node " << node;
      ways += found.size();
    }
  }
  EXPECT_GT(ways, 2000u);
}

TEST(Paths, NearestListedHasTheFewestHops) {
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const auto network = testing::random_network(seed);
    const Graph graph = graph_of(network.relations, network.listed);
    PathFinder finder(graph), prepared(graph);
    prepared.prepare();
    for (NodeId node = 0; node < graph.node_count(); ++node) {
      const auto nearest = finder.nearest_listed(node, {2020, 8, 1});
      const auto quicker = prepared.nearest_listed(node, {2020, 8, 1});
      ASSERT_EQ(quicker.has_value(), nearest.has_value()) << seed;
      if (nearest) {
        const auto edges = [](const Path& path) {
          std::vector<EdgeId> of;
          for (const Step& step : path.steps) of.push_back(step.edge);
          return of;
        };
        EXPECT_EQ(edges(*quicker), edges(*nearest)) << seed;
      }
      PathQuery query;
      query.from = node;
      query.as_of = {2020, 8, 1};
      query.owners_only = true;
      query.k = 1000;
      std::size_t fewest = SIZE_MAX;
      for (const Path& path : finder.paths(query)) fewest = std::min(fewest, path.steps.size());
      ASSERT_EQ(nearest.has_value(), fewest != SIZE_MAX) << seed;
      if (nearest) {
        EXPECT_EQ(nearest->steps.size(), fewest) << seed;
      }
    }
  }
}

}  // namespace
}  // namespace cordon::network
