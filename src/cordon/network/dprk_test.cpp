// The published cases shipped with the program.
#include <gtest/gtest.h>

#include <string>

#include "cordon/base/resource.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/network/read.hpp"
#include "cordon/network/write.hpp"

namespace cordon::network {
namespace {

Graph load() {
  Graph::Builder builder;
  const auto bytes = base::resource("networks/dprk/network.json");
  EXPECT_TRUE(bytes);
  EXPECT_TRUE(read_text(builder, *bytes, "networks/dprk/network.json"));
  return std::move(builder).build();
}

Verdict verdict(const Graph& graph, Rule rule, std::string_view id, base::Date day) {
  return Control::assess(graph, rule, day)->of(*graph.find(id)).verdict;
}

TEST(Dprk, EveryFactHasASourceAndNothingIsOdd) {
  const Graph graph = load();
  EXPECT_EQ(graph.node_count(), 98u);
  EXPECT_GE(graph.edge_count(), 74u);
  EXPECT_EQ(graph.warnings().total(), 0u) << graph.warnings().summary();
  for (EdgeId edge = 0; edge < graph.edge_count(); ++edge) {
    EXPECT_FALSE(graph.relation(edge).source.record.empty()) << graph.relation(edge).from;
    EXPECT_NE(graph.relation(edge).status, model::Status::stated) << graph.relation(edge).from;
  }
}

TEST(Dprk, TheChongChonGangIsOwnedByAListedCompany) {
  const Graph graph = load();
  EXPECT_EQ(verdict(graph, Rule::ofac, "ccg", {2014, 8, 1}), Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::ofac, "ccg", {2014, 7, 29}), Verdict::no);
}

TEST(Dprk, AConvictionSetAsideCarriesNothing) {
  const Graph graph = load();
  const auto assessed = Control::assess(graph, Rule::un, {2018, 1, 1});
  EXPECT_EQ(assessed->of(*graph.find("chinpo")).verdict,
            Verdict::no);  // a ship agent, and acquitted on this count
  for (const ProofStep& step : assessed->prove(*graph.find("chinpo")).steps)
    for (const EdgeId edge : step.edges) EXPECT_NE(graph.edge(edge).status, model::Status::set_aside);
  bool kept = false;
  for (const EdgeId edge : graph.out_edges(*graph.find("chinpo")))
    kept = kept || graph.edge(edge).status == model::Status::set_aside;
  EXPECT_TRUE(kept);
}

TEST(Dprk, VesselsDelistedIn2016AreNotCaughtAfterwards) {
  const Graph graph = load();
  EXPECT_EQ(verdict(graph, Rule::un, "jh-86", {2016, 3, 5}),
            Verdict::possible);  // delisted some day in March
  EXPECT_EQ(verdict(graph, Rule::un, "jh-86", {2016, 4, 1}), Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::un, "south-hill-5", {2016, 6, 1}), Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::un, "south-hill-5", {2017, 1, 1}), Verdict::no);
}

TEST(Dprk, TheShipWhoseIdentityWasBorrowedIsNotCaught) {
  const Graph graph = load();
  for (const Rule rule : kRules) EXPECT_EQ(verdict(graph, rule, "maika", {2020, 1, 1}), Verdict::no);
}

TEST(Dprk, AllegedOwnershipAndDeniedLinksNeverBlock) {
  const Graph graph = load();
  for (const Rule rule : kRules) {
    const Verdict pansys = verdict(graph, rule, "pansys-sg", {2018, 1, 1});
    EXPECT_NE(pansys, Verdict::blocked) << to_string(rule);
  }
  EXPECT_EQ(verdict(graph, Rule::un, "trendy-sunshine-hong-kong-limited", {2016, 1, 1}), Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::un, "trendy-sunshine-hong-kong-limited", {2014, 9, 1}), Verdict::possible);
}

TEST(Dprk, PathsAndExportsCarryStatusAndSource) {
  const Graph graph = load();
  PathQuery query;
  query.from = *graph.find("chinpo");
  query.as_of = {2014, 8, 1};
  const auto found = paths(graph, query);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(graph.id(found[0].target), "omm");
  std::string line;
  append_path(line, graph, query.from, found[0]);
  EXPECT_NE(line.find("\"status\":\"reported\""), std::string::npos);
  EXPECT_NE(line.find("Straits Times"), std::string::npos);
  for (const Export form : {Export::gexf, Export::graphml, Export::ftm}) {
    std::string text;
    export_graph(graph, form, [&](std::string_view piece) {
      text += piece;
      return true;
    });
    EXPECT_NE(text.find("set_aside"), std::string::npos);
    if (form != Export::ftm) continue;
    Graph::Builder again;
    ASSERT_TRUE(read_text(again, text, "export"));
    const Graph copy = std::move(again).build();
    EXPECT_EQ(copy.node_count(), graph.node_count());
    EXPECT_EQ(copy.edge_count(), graph.edge_count());
  }
}

}  // namespace
}  // namespace cordon::network
