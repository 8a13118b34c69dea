#include "cordon/network/control.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cordon/network/control_reference.hpp"
#include "cordon/network/test_graphs.hpp"

namespace cordon::network {
namespace {

using model::RelationKind;
using testing::graph_of;
using testing::owns;
using testing::tie;

constexpr base::Date kDay{2026, 1, 15};

ControlVerdict verdict(const Graph& graph, Rule rule, std::string_view id, base::Date day = kDay) {
  const auto assessed = Control::assess(graph, rule, day);
  EXPECT_TRUE(assessed) << (assessed ? "" : assessed.error().message);
  return assessed->of(*graph.find(id));
}

std::string proof_text(const Graph& graph, Rule rule, std::string_view id) {
  const auto assessed = Control::assess(graph, rule, kDay);
  std::string text;
  const Proof proof = assessed->prove(*graph.find(id));
  for (const ProofStep& step : proof.steps) text += step.statement + "\n";
  for (const std::string& note : proof.notes) text += note + "\n";
  return text;
}

TEST(Control, HoldingsThroughACaughtCompanyCountInFull) {
  const Graph graph = graph_of({owns("X", "A", 50), owns("A", "B", 50)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "B").verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::uk, "A").verdict, Verdict::no);
  EXPECT_NEAR(economic_interest(graph, kDay)[*graph.find("B")], 25, 1e-9);
}

TEST(Control, ARangeThatMayReachTheThresholdIsPossible) {
  auto range = owns("X", "A", 25);
  range.share_max = 50;
  const Graph graph = graph_of({range}, {"X"});
  const ControlVerdict v = verdict(graph, Rule::ofac, "A");
  EXPECT_EQ(v.verdict, Verdict::possible);
  EXPECT_DOUBLE_EQ(v.share_min, 25);
  EXPECT_DOUBLE_EQ(v.share_max, 50);
}

TEST(Control, AnUnstatedShareIsUnknownNeverNo) {
  const Graph graph = graph_of({owns("X", "A", std::nullopt), owns("A", "B", 80)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A").verdict, Verdict::unknown);
  EXPECT_EQ(verdict(graph, Rule::ofac, "B").verdict, Verdict::unknown);
  // The text of the UN rule has no number: a stated owner is possibly enough.
  EXPECT_EQ(verdict(graph, Rule::un, "A").verdict, Verdict::possible);
  EXPECT_NE(proof_text(graph, Rule::ofac, "A").find("a share not stated"), std::string::npos);
}

TEST(Control, DatesOpenAndCloseEdges) {
  auto edge = owns("X", "A", 60);
  edge.start = {2015, 1, 1};
  edge.end = {2016, 6, 30};
  const Graph graph = graph_of({edge}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2014, 12, 31}).verdict, Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2015, 1, 1}).verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2016, 1, 1}).verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2016, 6, 30}).verdict, Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2017, 1, 1}).verdict, Verdict::no);
}

TEST(Control, ADateTooCoarseForTheDayMakesItPossible) {
  auto edge = owns("X", "A", 60);
  edge.start = {2015, 0, 0};
  const Graph graph = graph_of({edge}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2014, 12, 31}).verdict, Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2015, 6, 1}).verdict, Verdict::possible);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2016, 1, 1}).verdict, Verdict::blocked);
}

TEST(Control, AListingCountsOnlyForItsAuthorityAndDates) {
  Graph::Builder builder;
  builder.add(owns("X", "A", 100));
  builder.list("X", {"UN", "KPe.020", {2014, 7, 28}, {2018, 3, 1}, {}});
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(verdict(graph, Rule::un, "A", {2014, 7, 27}).verdict, Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::un, "A", {2014, 7, 28}).verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::un, "A", {2018, 3, 1}).verdict, Verdict::no);
  EXPECT_EQ(verdict(graph, Rule::ofac, "A", {2015, 1, 1}).verdict, Verdict::no);
}

TEST(Control, StatusWordsWeighAsTheyShould) {
  const auto with = [](model::Status status) {
    auto edge = owns("X", "A", 100);
    edge.status = status;
    return verdict(graph_of({edge}, {"X"}), Rule::ofac, "A").verdict;
  };
  EXPECT_EQ(with(model::Status::stated), Verdict::blocked);
  EXPECT_EQ(with(model::Status::reported), Verdict::blocked);
  EXPECT_EQ(with(model::Status::final), Verdict::blocked);
  EXPECT_EQ(with(model::Status::alleged), Verdict::possible);
  EXPECT_EQ(with(model::Status::denied), Verdict::possible);
  EXPECT_EQ(with(model::Status::withdrawn), Verdict::no);
  EXPECT_EQ(with(model::Status::set_aside), Verdict::no);
}

TEST(Control, ControlAloneDoesNotBlockUnderOfacButIsTold) {
  const Graph graph = graph_of({owns("X", "A", 40), tie("X", "A", RelationKind::control)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A").verdict, Verdict::no);
  EXPECT_NE(proof_text(graph, Rule::ofac, "A").find("caution"), std::string::npos);
  for (const Rule rule : {Rule::eu, Rule::uk, Rule::ca, Rule::un, Rule::ca_un})
    EXPECT_EQ(verdict(graph, rule, "A").verdict, Verdict::blocked) << to_string(rule);
}

TEST(Control, SharesAndVotesOfOneHolderAreNotAdded) {
  auto shares = owns("X", "A", 30), votes = owns("X", "A", 30);
  votes.role = "votingRights";
  const Graph graph = graph_of({shares, votes}, {"X"});
  for (const Rule rule : kRules) EXPECT_NE(verdict(graph, rule, "A").verdict, Verdict::blocked);
  EXPECT_DOUBLE_EQ(verdict(graph, Rule::uk, "A").share_max, 30);
}

TEST(Control, TwoSourcesOfOneHoldingAreNotAdded) {
  auto first = owns("X", "A", 30), second = owns("X", "A", 30), third = owns("X", "A", 60);
  first.source.file = std::make_shared<model::SourceFile>();
  second.source.file = std::make_shared<model::SourceFile>();
  third.source.file = std::make_shared<model::SourceFile>();
  EXPECT_EQ(verdict(graph_of({first, second}, {"X"}), Rule::ofac, "A").verdict, Verdict::no);
  // Sources that differ give a range.
  const ControlVerdict differ = verdict(graph_of({first, third}, {"X"}), Rule::ofac, "A");
  EXPECT_EQ(differ.verdict, Verdict::possible);
  EXPECT_DOUBLE_EQ(differ.share_min, 30);
  EXPECT_DOUBLE_EQ(differ.share_max, 60);
}

TEST(Control, TheOnlyRegisteredOwnerOwnsTheWholeVessel) {
  Graph::Builder builder;
  builder.add_node("V", "Chong Chon Gang", model::Schema::Vessel);
  auto old = owns("P", "V", std::nullopt);
  old.end = {2012, 1, 1};
  builder.add(old);
  builder.add(owns("X", "V", std::nullopt));
  builder.list("X", {});
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(verdict(graph, Rule::ofac, "V").verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::ofac, "V", {2011, 1, 1}).verdict, Verdict::unknown);
}

TEST(Control, WhoActsForAListedPartyIsCaughtByTheUnRule) {
  const Graph graph = graph_of({tie("Agent", "X", RelationKind::acting_for)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::un, "Agent").verdict, Verdict::blocked);
  EXPECT_EQ(verdict(graph, Rule::un, "Agent").basis, Basis::acts_for);
  EXPECT_EQ(verdict(graph, Rule::uk, "Agent").verdict, Verdict::possible);
  const Graph reverse = graph_of({tie("X", "Principal", RelationKind::acting_for)}, {"X"});
  EXPECT_EQ(verdict(reverse, Rule::un, "Principal").verdict, Verdict::no);
}

TEST(Control, OwnSharesMakeItBorderline) {
  const Graph graph = graph_of({owns("X", "A", 45), owns("A", "A", 10), owns("P", "A", 45)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A").verdict, Verdict::no);
  EXPECT_NE(proof_text(graph, Rule::ofac, "A").find("Borderline"), std::string::npos);
}

TEST(Control, TotalsOverAHundredAreTold) {
  const Graph graph = graph_of({owns("X", "A", 60), owns("P", "A", 60)}, {"X"});
  EXPECT_EQ(verdict(graph, Rule::ofac, "A").verdict, Verdict::blocked);
  EXPECT_NE(proof_text(graph, Rule::ofac, "A").find("add up to 120 %"), std::string::npos);
}

TEST(Control, AProofUsesOnlyWhatItHasProven) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const auto network = testing::random_network(seed);
    const Graph graph = graph_of(network.relations, network.listed);
    for (const Rule rule : kRules) {
      const auto assessed = Control::assess(graph, rule, {2020, 8, 1});
      ASSERT_TRUE(assessed);
      for (NodeId node = 0; node < graph.node_count(); ++node) {
        const ControlVerdict v = assessed->of(node);
        const Proof proof = assessed->prove(node);
        if (v.verdict != Verdict::no) {
          ASSERT_FALSE(proof.steps.empty()) << seed << ' ' << to_string(rule);
          EXPECT_EQ(proof.steps.back().node, node) << seed << ' ' << to_string(rule);
          EXPECT_EQ(proof.steps.back().verdict, v.verdict) << seed << ' ' << to_string(rule);
          EXPECT_EQ(proof.steps.front().basis, Basis::listed)
              << seed << " " << to_string(rule) << ": " << proof.steps.front().statement << " / "
              << graph.id(node);
        }
        std::set<NodeId> proven;
        for (const ProofStep& step : proof.steps) {
          for (const NodeId used : step.uses)
            EXPECT_TRUE(proven.contains(used)) << seed << ' ' << step.statement;
          EXPECT_TRUE(step.basis == Basis::listed || !step.edges.empty());
          proven.insert(step.node);
        }
      }
    }
  }
}

TEST(Control, AgreesWithTheSlowReferenceOnRandomNetworks) {
  std::size_t compared = 0, caught = 0;
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    const auto network = testing::random_network(seed);
    const Graph graph = graph_of(network.relations, network.listed);
    for (const Rule rule : kRules) {
      for (const base::Date day : {base::Date{2020, 6, 15}, base::Date{2025, 1, 1}}) {
        const auto assessed = Control::assess(graph, rule, day);
        ASSERT_TRUE(assessed);
        for (const auto& [id, expected] :
             reference::verdicts(network.relations, network.listed, *rule_version(rule, day), day)) {
          const auto node = graph.find(id);
          ASSERT_TRUE(node);
          ++compared;
          caught += expected != Verdict::no;
          ASSERT_EQ(to_string(assessed->of(*node).verdict), to_string(expected))
              << "seed " << seed << " rule " << to_string(rule) << " node " << id;
        }
      }
    }
  }
  RecordProperty("verdicts", static_cast<int>(compared));
  EXPECT_GT(caught * 4, compared);  // the graphs are not trivial
}

TEST(Control, OneLongChainIsNoTrouble) {
  Graph::Builder builder;
  builder.list("0", {});
  for (int i = 0; i < 200'000; ++i) builder.add(owns(std::to_string(i), std::to_string(i + 1), 51));
  const Graph graph = std::move(builder).build();
  for (const Rule rule : {Rule::ofac, Rule::uk}) {
    const auto assessed = Control::assess(graph, rule, kDay);
    EXPECT_EQ(assessed->of(*graph.find("200000")).verdict, Verdict::blocked);
    const Proof proof = assessed->prove(*graph.find("200000"));
    EXPECT_TRUE(proof.shortened);
    EXPECT_EQ(proof.steps.size(), 200u);
  }
}

}  // namespace
}  // namespace cordon::network
