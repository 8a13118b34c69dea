// Graphs for tests and benchmarks: from a few words, or at random from a seed.
#pragma once
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/relation.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network::testing {

inline model::Relation owns(std::string from, std::string to, std::optional<double> share) {
  model::Relation relation;
  relation.from = std::move(from);
  relation.to = std::move(to);
  relation.kind = model::RelationKind::ownership;
  relation.share_min = relation.share_max = share;
  return relation;
}

inline model::Relation tie(std::string from, std::string to, model::RelationKind kind,
                           std::string role = {}) {
  model::Relation relation;
  relation.from = std::move(from);
  relation.to = std::move(to);
  relation.kind = kind;
  relation.role = std::move(role);
  return relation;
}

inline Graph graph_of(const std::vector<model::Relation>& relations, const std::vector<std::string>& listed) {
  Graph::Builder builder;
  for (const model::Relation& relation : relations) builder.add(relation);
  for (const std::string& id : listed) builder.list(id, {});
  return std::move(builder).build();
}

struct RandomNetwork {
  std::vector<model::Relation> relations;
  std::vector<std::string> listed;
};
// A few parties, dense enough for rings, parallel edges, ranges, unknown shares and every status.
inline RandomNetwork random_network(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const unsigned nodes = 3 + below(8), edges = 2 + below(20);
  const auto id = [](unsigned n) { return "n" + std::to_string(n); };
  RandomNetwork network;
  for (unsigned i = 0; i < edges; ++i) {
    model::Relation relation = owns(id(below(nodes)), id(below(nodes)), std::nullopt);
    const unsigned shape = below(10);
    constexpr double kShares[] = {10, 20, 25, 30, 33.3333, 40, 49.99, 50, 50.01, 60, 100};
    if (shape < 7) relation.share_min = relation.share_max = kShares[below(11)];
    if (shape == 7) {
      relation.share_min = 25;
      relation.share_max = below(2) ? 50 : 75;
    }
    if (shape == 9) {
      constexpr model::RelationKind kKinds[] = {model::RelationKind::control, model::RelationKind::acting_for,
                                                model::RelationKind::operates, model::RelationKind::same_as,
                                                model::RelationKind::directorship};
      relation.kind = kKinds[below(5)];
    }
    if (below(8) == 0) relation.role = "votes";
    if (below(12) == 0) {
      relation.kind = model::RelationKind::associate;
      relation.role = "joint arrangement";
      relation.share_min = relation.share_max = std::nullopt;
    }
    if (below(4) == 0) relation.status = static_cast<model::Status>(below(7));
    if (below(6) == 0) relation.start = {2020, static_cast<std::uint8_t>(below(2) ? 6 : 0), 0};
    if (below(6) == 0) relation.end = {2021, 1, static_cast<std::uint8_t>(below(2))};
    network.relations.push_back(std::move(relation));
  }
  for (unsigned i = 0; i < 1 + below(3); ++i) network.listed.push_back(id(below(nodes)));
  return network;
}

}  // namespace cordon::network::testing
