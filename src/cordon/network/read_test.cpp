#include "cordon/network/read.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "cordon/network/control.hpp"
#include "cordon/network/listed.hpp"

namespace cordon::network {
namespace {

namespace fs = std::filesystem;

Graph read(std::string_view text) {
  Graph::Builder builder;
  const auto done = read_text(builder, text, "test");
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(builder).build();
}

std::string refusal(std::string_view text) {
  Graph::Builder builder;
  const auto done = read_text(builder, text, "test");
  return done ? "" : done.error().message;
}

const Edge& only_edge(const Graph& graph) {
  EXPECT_EQ(graph.edge_count(), 1u);
  return graph.edge(0);
}

TEST(ReadEdgeList, PlainRangesDatesAndStatus) {
  const Graph graph = read(
      "owner,owned,pct,kind,start,end,status\r\n"
      "X,A,50.01,,2020-01-01,2021-01-01,alleged\r\n"
      "X,B,25-50,,,,\r\n"
      "X,C,,controls_board,,,\r\n"
      "child,parent lei,,IS_DIRECTLY_CONSOLIDATED_BY,,,\r\n"
      "\r\n"
      "X,D,120,,,,\r\n"
      ",D,20,,,,\r\n"
      "X,E");
  EXPECT_EQ(graph.edge_count(), 6u);
  const model::Relation first = graph.relation(0);
  EXPECT_EQ(first.from, "X");
  EXPECT_DOUBLE_EQ(*first.share_min, 50.01);
  EXPECT_EQ(first.status, model::Status::alleged);
  EXPECT_EQ(base::to_string(first.end), "2021-01-01");
  EXPECT_EQ(first.source.line, 2u);
  EXPECT_EQ(first.source.file->file, "test");
  const Edge& range = graph.in_edges(*graph.find("B"))[0];
  EXPECT_EQ(range.min, 25 * kPercent);
  EXPECT_EQ(range.max, 50 * kPercent);
  EXPECT_EQ(graph.in_edges(*graph.find("C"))[0].kind, model::RelationKind::control);
  // GLEIF names the child first, and consolidation is no percentage.
  const Edge& gleif = graph.in_edges(*graph.find("child"))[0];
  EXPECT_EQ(graph.id(gleif.from), "parent lei");
  EXPECT_EQ(gleif.kind, model::RelationKind::control);
  EXPECT_FALSE(graph.in_edges(*graph.find("D"))[0].known());
  EXPECT_FALSE(graph.in_edges(*graph.find("E"))[0].known());
  EXPECT_EQ(graph.warnings().total(), 2u) << graph.warnings().summary();
}

TEST(ReadEdgeList, QuotedCellsAndOtherSeparators) {
  const Graph quoted = read("owner;owned;pct\n\"Acme; Ltd\";B;33,3\n");
  EXPECT_EQ(quoted.id(only_edge(quoted).from), "Acme; Ltd");
  EXPECT_EQ(only_edge(quoted).min, 333'000'000);
}

TEST(ReadEdgeList, AnUnknownKindIsKeptAsALinkWithItsWord) {
  const Graph graph = read("owner,owned,pct,kind\nX,A,60,shares_address\n");
  EXPECT_EQ(only_edge(graph).kind, model::RelationKind::link);
  EXPECT_EQ(graph.relation(0).role, "shares_address");
}

TEST(Listed, IdsWithOrWithoutColumns) {
  Graph::Builder builder;
  ASSERT_TRUE(read_text(builder, "owner,owned,pct\na,b,60\n", "test"));
  EXPECT_EQ(*mark_listed_ids(builder, "a\nnobody\n", "ids"), 1u);
  EXPECT_EQ(*mark_listed_ids(builder, "id,authority,start\nb,UN,2014-07-28\n", "ids"), 1u);
  EXPECT_FALSE(mark_listed_ids(builder, " \n", "ids"));
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(graph.listed().size(), 2u);
  EXPECT_EQ(graph.listings(*graph.find("b"))[0].authority, "UN");
  EXPECT_EQ(graph.warnings().total(), 1u);
}

TEST(ReadGleif, ConsolidationIsControlFromParentToChild) {
  const Graph graph = read(
      "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
      "Relationship.RelationshipStatus,Relationship.Period.1.startDate,Relationship.Period.1.endDate,"
      "Relationship.Period.1.periodType\n"
      "CHILD,PARENT,IS_ULTIMATELY_CONSOLIDATED_BY,ACTIVE,2018-01-01T00:00:00Z,,RELATIONSHIP_PERIOD\n");
  EXPECT_EQ(graph.id(only_edge(graph).from), "PARENT");
  EXPECT_EQ(only_edge(graph).kind, model::RelationKind::control);
  EXPECT_FALSE(only_edge(graph).known());
  EXPECT_EQ(base::to_string(only_edge(graph).start), "2018-01-01");
}

TEST(ReadFtm, EntitiesEdgesSanctionsAndOwnersOfVessels) {
  const Graph graph = read(
      R"({"id":"p","schema":"Person","caption":"Kim","properties":{"topics":["sanction"],"country":["kp"]},"datasets":["un_sc_sanctions"]}
{"id":"c","schema":"Company","properties":{"name":["Alpha"]},"datasets":["reg"]}
{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["51%"],"startDate":["2020"]},"datasets":["reg"]}
not json
{"id":"v","schema":"Vessel","caption":"Ship","properties":{"owner":["c"],"operator":["Some Name Ltd"]},"datasets":["reg"]}
{"id":"s","schema":"Sanction","properties":{"entity":["p"],"startDate":["2019-05-01"],"authorityId":["KPi.001"]},"datasets":["un_sc_sanctions"]}
)");
  EXPECT_EQ(graph.caption(*graph.find("c")), "Alpha");
  EXPECT_EQ(graph.country(*graph.find("p")), "kp");
  ASSERT_EQ(graph.listings(*graph.find("p")).size(), 1u);
  EXPECT_EQ(graph.listings(*graph.find("p"))[0].authority, "UN");
  EXPECT_EQ(base::to_string(graph.listings(*graph.find("p"))[0].start), "2019-05-01");
  EXPECT_EQ(graph.in_edges(*graph.find("c"))[0].min, 51 * kPercent);
  EXPECT_EQ(graph.in_edges(*graph.find("v")).size(), 1u);
  EXPECT_EQ(graph.warnings().rows().count("line is no JSON"), 1u);
  const auto un = Control::assess(graph, Rule::un, {2025, 1, 1});
  EXPECT_EQ(un->of(*graph.find("v")).verdict, Verdict::blocked);
}

TEST(ReadBods, SharesBoundsClosedRecordsAndComponents) {
  const Graph graph = read(R"([
{"statementId":"1","recordId":"A","recordType":"entity","statementDate":"2020-01-01","recordDetails":{"name":"Alpha","entityType":{"type":"registeredEntity"},"jurisdiction":{"code":"GB"}}},
{"statementId":"2","recordId":"P","recordType":"person","statementDate":"2020-01-01","recordDetails":{"names":[{"fullName":"Pat"}]}},
{"statementId":"3","recordId":"r","recordType":"relationship","statementDate":"2020-01-01","recordStatus":"new","recordDetails":{"subject":"A","interestedParty":"P","interests":[{"type":"shareholding","share":{"exclusiveMinimum":50,"maximum":75}},{"type":"boardMember"}]}},
{"statementId":"4","recordId":"r","recordType":"relationship","statementDate":"2021-01-01","recordStatus":"closed","recordDetails":{"subject":"A","interestedParty":"P","interests":[{"type":"shareholding","share":{"exact":60}}]}},
{"statementId":"5","recordId":"q","recordType":"relationship","statementDate":"2020-01-01","recordDetails":{"subject":"A","interestedParty":{"reason":"interestedPartyExemptFromDisclosure"}}}
])");
  EXPECT_EQ(graph.caption(*graph.find("P")), "Pat");
  EXPECT_EQ(graph.schema(*graph.find("P")), model::Schema::Person);
  EXPECT_EQ(graph.country(*graph.find("A")), "gb");
  EXPECT_EQ(only_edge(graph).min, 60 * kPercent);
  EXPECT_EQ(base::to_string(only_edge(graph).end), "2021-01-01");
  EXPECT_EQ(graph.warnings().total(), 1u);
}

TEST(ReadBods, OlderStatementsReferToEachOther) {
  const Graph graph = read(R"([
{"statementID":"e","statementType":"entityStatement","name":"Alpha","entityType":"registeredEntity"},
{"statementID":"p","statementType":"personStatement","names":[{"fullName":"Pat"}]},
{"statementID":"o","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e"},"interestedParty":{"describedByPersonStatement":"p"},"interests":[{"type":"voting-rights","interestLevel":"direct","share":{"minimum":25,"maximum":50,"exclusiveMinimum":true}}]}
])");
  EXPECT_EQ(only_edge(graph).interest, Interest::votes);
  EXPECT_EQ(only_edge(graph).min, 25 * kPercent + 1);
  EXPECT_EQ(only_edge(graph).max, 50 * kPercent);
}

TEST(ReadNetwork, OwnFormKeepsSourcesStatusAndListings) {
  const Graph graph = read(R"({"sources":{"t":"Treasury 2014"},
"nodes":[{"id":"a","schema":"Company","name":"Alpha","country":"kp","listed":[{"authority":"UN","text":"KPe.020","start":"2014-07-28"}]},{"id":"b","schema":"Vessel"}],
"edges":[{"from":"a","to":"b","kind":"operates","status":"set aside","share":[10,20],"start":"2014","src":"t","note":"n"}]})");
  const model::Relation relation = graph.relation(0);
  EXPECT_EQ(relation.kind, model::RelationKind::operates);
  EXPECT_EQ(relation.status, model::Status::set_aside);
  EXPECT_EQ(relation.source.record, "Treasury 2014");
  EXPECT_EQ(relation.source.dataset(), "t");
  EXPECT_EQ(graph.listings(*graph.find("a"))[0].text, "KPe.020");
}

TEST(Read, TablesInOtherEncodings) {
  const Graph latin = read("owner,owned,pct\na,caf\xe9,60\n");
  EXPECT_TRUE(latin.find("caf\u00e9"));
  std::string wide;
  for (const char c : std::string_view("owner,owned,pct\na,b,60\n")) wide += {c, '\0'};
  EXPECT_EQ(only_edge(read(wide)).min, 60 * kPercent);
  EXPECT_EQ(read(wide).warnings().total(), 1u);
}

TEST(Read, SaysWhatIsWrong) {
  EXPECT_NE(refusal("").find("is empty"), std::string::npos);
  EXPECT_NE(refusal("a,b\n1,2\n").find("expected columns"), std::string::npos);
  EXPECT_NE(refusal("{\"x\":1}\n").find("expected an array"), std::string::npos);
  EXPECT_NE(refusal("[1,2]").find("no FtM entity"), std::string::npos);
  EXPECT_NE(refusal("[{\"statementId\":").find("no JSON document"), std::string::npos);
  EXPECT_NE(refusal("owner,owned\n\"open,x\n"), "");
  EXPECT_FALSE(read_graph("/nonexistent"));
}

TEST(Read, EveryBodsExampleLoads) {
  const fs::path folder = CORDON_SOURCE_DIR "/../shared/data/network/bods/examples";
  if (!fs::exists(folder)) GTEST_SKIP() << "shared BODS examples are not here";
  std::size_t files = 0, edges = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto graph = read_graph(entry.path());
    ASSERT_TRUE(graph) << graph.error().message;
    ++files;
    edges += graph->edge_count();
    for (const auto& [reason, row] : graph->warnings().rows())
      EXPECT_EQ(reason, "relationship without a named party") << entry.path();
    for (NodeId node = 0; node < graph->node_count(); ++node)
      EXPECT_NE(graph->schema(node), model::Schema::Thing) << entry.path() << ' ' << graph->id(node);
  }
  EXPECT_EQ(files, 19u);
  EXPECT_GE(edges, 50u);
}

TEST(Read, TheSharedNetworkOfNodesAndEdges) {
  const fs::path folder = CORDON_SOURCE_DIR "/../shared/data/network";
  if (!fs::exists(folder)) GTEST_SKIP() << "shared network data is not here";
  for (const char* name : {"dprk_network.json", "dprk_edges.csv", "dprk_nodes.csv"}) {
    const auto graph = read_graph(folder / name);
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ(graph->node_count(), 98u) << name;
    EXPECT_EQ(graph->edge_count(), 74u) << name;
    EXPECT_EQ(graph->warnings().total(), 0u) << graph->warnings().summary();
  }
}

}  // namespace
}  // namespace cordon::network
