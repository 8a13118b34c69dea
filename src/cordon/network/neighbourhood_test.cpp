#include "cordon/network/neighbourhood.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "cordon/network/by_country.hpp"
#include "cordon/network/test_graphs.hpp"

namespace cordon::network {
namespace {

using testing::graph_of;
using testing::owns;
using testing::tie;

std::set<std::string> names(const Graph& graph, const Neighbourhood& part) {
  std::set<std::string> out;
  for (const auto node : part.nodes) out.emplace(graph.id(node));
  return out;
}

TEST(Neighbourhood, ReachesAsFarAsAsked) {
  const Graph graph =
      graph_of({owns("a", "b", 50), owns("b", "c", 50), owns("c", "d", 50), owns("x", "c", 10)}, {});
  NeighbourhoodQuery query{*graph.find("b"), 1, 100, {}};
  EXPECT_EQ(names(graph, neighbourhood(graph, query)), (std::set<std::string>{"a", "b", "c"}));
  query.hops = 2;
  const auto two = neighbourhood(graph, query);
  EXPECT_EQ(names(graph, two), (std::set<std::string>{"a", "b", "c", "d", "x"}));
  EXPECT_EQ(two.edges.size(), 4u);
  EXPECT_FALSE(two.cut);
  query.hops = 0;
  EXPECT_EQ(neighbourhood(graph, query).nodes.size(), 1u);
}

TEST(Neighbourhood, SurerTiesComeFirstAndTheRestIsToldAsCut) {
  std::vector<model::Relation> relations;
  for (int i = 0; i < 50; ++i)
    relations.push_back(tie("friend" + std::to_string(i), "hub", model::RelationKind::associate));
  relations.push_back(owns("owner", "hub", 60));
  const Graph graph = graph_of(relations, {});
  const auto part = neighbourhood(graph, {*graph.find("hub"), 1, 5, {}});
  EXPECT_EQ(part.nodes.size(), 5u);
  EXPECT_TRUE(part.cut);
  EXPECT_EQ(graph.id(part.nodes[1]), "owner");
}

TEST(Neighbourhood, KnowsTheDay) {
  auto past = owns("a", "b", 50);
  past.end = {2015, 1, 1};
  const Graph graph = graph_of({past, owns("c", "b", 50)}, {});
  EXPECT_EQ(neighbourhood(graph, {*graph.find("b"), 1, 100, {2020, 1, 1}}).nodes.size(), 2u);
  EXPECT_EQ(neighbourhood(graph, {*graph.find("b"), 1, 100, {2010, 1, 1}}).nodes.size(), 3u);
}

TEST(Neighbourhood, APartKeepsListingsAndSources) {
  const Graph graph = graph_of({owns("a", "b", 50), owns("b", "c", 30)}, {"a"});
  const Graph part = part_of(graph, neighbourhood(graph, {*graph.find("b"), 1, 100, {}}));
  EXPECT_EQ(part.node_count(), 3u);
  EXPECT_EQ(part.edge_count(), 2u);
  EXPECT_TRUE(part.ever_listed(*part.find("a")));
}

TEST(FindNamed, BeginsBeforeHolds) {
  Graph::Builder builder;
  builder.add_node("1", "Great Alpha");
  builder.add_node("2", "Alpha Ltd");
  builder.add_node("alpha", "Other");
  const Graph graph = std::move(builder).build();
  std::vector<std::string> ids;
  for (const auto node : find_named(graph, "alpha", 10)) ids.emplace_back(graph.id(node));
  EXPECT_EQ(ids, (std::vector<std::string>{"alpha", "2", "1"}));
  EXPECT_EQ(find_named(graph, "alpha", 1).size(), 1u);
  EXPECT_TRUE(find_named(graph, "", 10).empty());
  EXPECT_TRUE(find_named(graph, "beta", 10).empty());
}

Graph with_countries(const std::vector<model::Relation>& relations,
                     const std::vector<std::pair<std::string, std::string>>& countries) {
  Graph::Builder builder;
  for (const auto& relation : relations) builder.add(relation);
  for (const auto& [id, country] : countries) builder.add_node(id, id, model::Schema::Company, country);
  return std::move(builder).build();
}

double least(const std::vector<CountryShare>& shares, std::string_view country) {
  for (const auto& share : shares)
    if (share.country == country) return share.share_min;
  return 0;
}
double most(const std::vector<CountryShare>& shares, std::string_view country) {
  for (const auto& share : shares)
    if (share.country == country) return share.share_max;
  return 0;
}

TEST(ByCountry, MultipliesUpToTheLastOwners) {
  const Graph graph =
      with_countries({owns("mid", "ship", 60), owns("direct", "ship", 40), owns("top", "mid", 50)},
                     {{"mid", "sg"}, {"direct", "hk"}, {"top", "kp"}});
  const auto shares = ownership_by_country(graph, *graph.find("ship"), {});
  EXPECT_NEAR(least(shares, "hk"), 40, 1e-9);
  EXPECT_NEAR(least(shares, "kp"), 30, 1e-9);
  EXPECT_NEAR(least(shares, ""), 30, 1e-9);  // the half of mid of which nobody says who holds it
  EXPECT_NEAR(most(shares, "kp"), 30, 1e-9);
  EXPECT_EQ(most(shares, "sg"), 0);
}

TEST(ByCountry, UnknownSharesAreRanges) {
  const Graph graph =
      with_countries({owns("a", "ship", 70), owns("b", "ship", std::nullopt)}, {{"a", "sg"}, {"b", "kp"}});
  const auto shares = ownership_by_country(graph, *graph.find("ship"), {});
  EXPECT_NEAR(least(shares, "kp"), 0, 1e-9);
  EXPECT_NEAR(most(shares, "kp"), 30, 1e-6);
  EXPECT_NEAR(most(shares, "sg"), 70, 1e-6);
}

TEST(ByCountry, RingsAndTotalsOverTheWholeEnd) {
  const Graph ring = with_countries({owns("a", "b", 100), owns("b", "a", 100), owns("b", "ship", 100)},
                                    {{"a", "sg"}, {"b", "kp"}});
  const auto shares = ownership_by_country(ring, *ring.find("ship"), {});
  EXPECT_NEAR(most(shares, ""), 100, 1e-6);
  const Graph over =
      with_countries({owns("a", "ship", 90), owns("b", "ship", 90)}, {{"a", "sg"}, {"b", "kp"}});
  EXPECT_NEAR(most(ownership_by_country(over, *over.find("ship"), {}), "kp"), 50, 1e-6);
}

}  // namespace
}  // namespace cordon::network
