// All ways without a repeated node, by trying every one; then the cheapest k.
#pragma once
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "cordon/network/paths.hpp"

namespace cordon::network::reference {

// Cost and hops of each of the k cheapest, best first.
using Costs = std::vector<std::pair<std::uint32_t, std::size_t>>;

class AllWays {
 public:
  AllWays(const Graph& graph, const PathQuery& query) : graph_(graph), query_(query) {}

  Costs costs() {
    on_way_.assign(graph_.node_count(), false);
    walk(query_.from, 0, 0);
    std::sort(found_.begin(), found_.end());
    if (found_.size() > query_.k) found_.resize(query_.k);
    return found_;
  }

 private:
  bool target(NodeId node) const {
    return query_.to == kNoNode ? node != query_.from && graph_.ever_listed(node) : node == query_.to;
  }

  void walk(NodeId node, std::uint32_t cost, unsigned hops) {
    if (hops > 0 && target(node)) {
      found_.emplace_back(cost, hops);
      return;
    }
    if (hops == query_.max_hops) return;
    on_way_[node] = true;
    std::map<NodeId, std::uint32_t> next;  // the cheapest edge to each neighbour
    for (EdgeId id = 0; id < graph_.edge_count(); ++id) {
      const Edge& edge = graph_.edge(id);
      if (holds(edge.start, edge.end, query_.as_of) == Holds::no) continue;
      if (edge.from != node && edge.to != node) continue;
      const bool upward = edge.to == node && (edge.kind == model::RelationKind::ownership ||
                                              edge.kind == model::RelationKind::control);
      if (query_.owners_only && !upward) continue;
      const NodeId other = edge.from == node ? edge.to : edge.from;
      const auto [place, fresh] = next.emplace(other, step_cost(edge));
      if (!fresh) place->second = std::min(place->second, step_cost(edge));
    }
    for (const auto& [other, step] : next)
      if (!on_way_[other]) walk(other, cost + step, hops + 1);
    on_way_[node] = false;
  }

  const Graph& graph_;
  PathQuery query_;
  std::vector<bool> on_way_;
  Costs found_;
};

}  // namespace cordon::network::reference
