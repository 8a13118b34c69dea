#include "cordon/network/bounds.hpp"

#include <utility>
#include <vector>

#include "cordon/network/paths.hpp"

namespace cordon::network {
namespace {

// Every neighbour a way could come from: use(neighbour, edge).
template <class Use>
void each_before(const Graph& graph, NodeId node, bool behind_only, const Use& use) {
  for (const EdgeId id : graph.out_edges(node)) {
    const Edge& edge = graph.edge(id);
    if (!behind_only || is_behind(edge)) use(edge.to, edge);
  }
  if (behind_only) return;
  for (const Edge& edge : graph.in_edges(node)) use(edge.from, edge);
}

void count_hops(const Graph& graph, bool behind_only, base::LargeVector<Bound>& bounds) {
  std::vector<NodeId> front(graph.listed().begin(), graph.listed().end()), next;
  for (const NodeId node : front) bounds[node].fewest = 0;
  for (unsigned hops = 1; hops < kNever && !front.empty(); ++hops) {
    next.clear();
    for (std::size_t i = 0; i < front.size(); ++i) {
      if (i + 8 < front.size()) graph.prefetch_index(front[i + 8]);
      if (i + 4 < front.size()) graph.prefetch_edges(front[i + 4]);
      each_before(graph, front[i], behind_only, [&](NodeId before, const Edge&) {
        if (bounds[before].fewest != kNever) return;
        bounds[before].fewest = static_cast<std::uint8_t>(hops);
        next.push_back(before);
      });
    }
    std::swap(front, next);
  }
}

// Dijkstra's method with a list of nodes for each cost, which are small numbers. Each step costs something,
// so nodes of one cost never improve each other. False where a cheapest way has too many hops to count.
bool count_costs(const Graph& graph, bool behind_only, base::LargeVector<Bound>& bounds) {
  std::vector<std::vector<NodeId>> at_cost(1);
  for (const NodeId node : graph.listed()) {
    bounds[node].cost = 0;
    bounds[node].hops = 0;
    at_cost[0].push_back(node);
  }
  for (std::uint32_t cost = 0; cost < at_cost.size(); ++cost) {
    const std::vector<NodeId> nodes = std::exchange(at_cost[cost], {});
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (i + 8 < nodes.size()) graph.prefetch_index(nodes[i + 8]);
      if (i + 4 < nodes.size()) graph.prefetch_edges(nodes[i + 4]);
      const Bound from = bounds[nodes[i]];
      if (from.cost != cost) continue;  // reached for less since
      if (from.hops == kNever) return false;
      each_before(graph, nodes[i], behind_only, [&](NodeId before, const Edge& edge) {
        Bound& bound = bounds[before];
        const std::uint32_t found = cost + step_cost(edge);
        const auto hops = static_cast<std::uint8_t>(from.hops + 1);
        if (found > bound.cost || (found == bound.cost && hops >= bound.hops)) return;
        const bool queued = found == bound.cost;
        bound.cost = static_cast<std::uint16_t>(found);
        bound.hops = hops;
        if (queued) return;
        if (at_cost.size() <= found) at_cost.resize(found + 1);
        at_cost[found].push_back(before);
      });
    }
  }
  return true;
}

}  // namespace

base::LargeVector<Bound> listed_bounds(const Graph& graph, bool behind_only) {
  base::LargeVector<Bound> bounds(graph.node_count(), Bound{UINT16_MAX, kNever, kNever});
  count_hops(graph, behind_only, bounds);
  if (!count_costs(graph, behind_only, bounds)) bounds.clear();
  return bounds;
}

}  // namespace cordon::network
