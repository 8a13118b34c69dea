#include "cordon/network/listed.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "cordon/network/control.hpp"
#include "cordon/network/rule.hpp"
#include "cordon/network/test_graphs.hpp"

namespace cordon::network {
namespace {

model::Entity entry(std::string dataset, std::string_view authority) {
  model::Entity entity;
  entity.id = "x";
  entity.schema = model::Schema::Company;
  if (!authority.empty()) entity.add("authority", authority);
  model::SourceFile file;
  file.dataset = std::move(dataset);
  entity.source.file = std::make_shared<const model::SourceFile>(std::move(file));
  return entity;
}

TEST(Listed, AnEntryIsOfItsListUnlessItSaysOtherwise) {
  EXPECT_EQ(authority_of(entry("un_sc", "")), "UN");
  EXPECT_EQ(authority_of(entry("eu_journal", "")), "EU");
  EXPECT_EQ(authority_of(entry("eu_journal", "UN")), "UN");
  EXPECT_EQ(authority_of(entry("gb_fcdo", "somebody")), "UK");
  EXPECT_EQ(authority_of(entry("own_list", "")), "");
}

// The Security Council's designation that the EU prints binds every State; the EU's own binds the EU alone.
TEST(Listed, ADesignationPrintedByAnotherCountsForTheRulesOfItsAuthor) {
  for (const auto& [authority, verdict] : {std::pair{"UN", Verdict::blocked}, std::pair{"EU", Verdict::no}}) {
    Graph graph = testing::graph_of({testing::tie("x", "Ship", model::RelationKind::control)}, {});
    const std::pair<NodeId, Listing> found{*graph.find("x"), listing_of(entry("eu_journal", authority))};
    graph.list({&found, 1});
    const auto assessed = Control::assess(graph, Rule::un, {});
    ASSERT_TRUE(assessed);
    EXPECT_EQ(assessed->of(*graph.find("Ship")).verdict, verdict) << authority;
  }
}

}  // namespace
}  // namespace cordon::network
