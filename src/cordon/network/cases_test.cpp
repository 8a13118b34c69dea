// The published examples of the rules, where the file with them is at hand.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include "cordon/network/control.hpp"
#include "cordon/network/test_graphs.hpp"
#include "cordon/network/words.hpp"

namespace cordon::network {
namespace {

namespace dom = simdjson::dom;

std::string word_of(const ControlVerdict& v, std::string_view expected) {
  // The cases speak of owned and controlled where the rule does, and of blocked elsewhere.
  if (v.verdict != Verdict::blocked || expected == "blocked") return std::string(to_string(v.verdict));
  return std::string(to_string(v.basis));
}

TEST(Cases, EveryMachineCheckableCaseUnderEveryRule) {
  const std::string path = CORDON_SOURCE_DIR "/../shared/data/network/ownership_cases.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "shared ownership cases are not here";
  dom::parser parser;
  dom::element root;
  ASSERT_EQ(parser.load(path).get(root), simdjson::SUCCESS);
  std::map<std::string, std::pair<int, int>> score;
  for (const dom::element one : root["cases"]) {
    const auto text_at = [](const dom::element& object, std::string_view key) {
      return std::string(std::string_view(object[key]));
    };
    const std::string name = text_at(one, "id");
    std::vector<model::Relation> relations;
    for (const dom::element edge : one["edges"]) {
      const auto word = relation_word(text_at(edge, "kind"));
      ASSERT_TRUE(word) << name;
      auto relation =
          testing::tie(text_at(edge, "owner"), text_at(edge, "owned"), word->kind, text_at(edge, "kind"));
      double share = 0;
      std::string_view text;
      if (edge["pct"].get(share) == simdjson::SUCCESS) relation.share_min = relation.share_max = share;
      if (edge["pct"].get(text) == simdjson::SUCCESS) {
        const auto range = parse_share_range(text);
        ASSERT_TRUE(range) << text;
        relation.share_min = percent(range->min);
        relation.share_max = percent(range->max);
      }
      relations.push_back(std::move(relation));
    }
    std::vector<std::string> listed;
    for (const dom::element id : one["listed"]) listed.emplace_back(std::string_view(id));
    const Graph graph = testing::graph_of(relations, listed);
    for (const auto& [key, wanted] : dom::object(one["expected"])) {
      dom::object by_node;
      if (wanted.get(by_node) != simdjson::SUCCESS) continue;  // prose
      const std::string rule_name(key.substr(0, key.find('@')));
      const base::Date day = key.find('@') == std::string_view::npos
                                 ? base::Date{2026, 1, 1}
                                 : *base::parse_date(key.substr(key.find('@') + 1));
      for (const auto& [id, expected] : by_node) {
        const NodeId node = *graph.find(id);
        ++score[rule_name].second;
        if (rule_name == "multiplicative") {
          const double value = economic_interest(graph, day)[node];
          EXPECT_NEAR(value, double(expected), 0.00005) << name << ' ' << id;
          score[rule_name].first += std::abs(value - double(expected)) < 0.00005;
          continue;
        }
        const auto rule = parse_rule(rule_name);
        ASSERT_TRUE(rule) << rule_name;
        const auto assessed = Control::assess(graph, *rule, day);
        ASSERT_TRUE(assessed);
        const std::string_view word(expected);
        const std::string found = word_of(assessed->of(node), word);
        EXPECT_EQ(found, word) << name << ' ' << key << ' ' << id;
        score[rule_name].first += found == word;
      }
    }
  }
  int checked = 0;
  for (const auto& [rule, right] : score) {
    std::cout << "ownership cases, " << rule << ": " << right.first << " of " << right.second << '\n';
    checked += right.second;
  }
  EXPECT_GE(checked, 70);
}

}  // namespace
}  // namespace cordon::network
