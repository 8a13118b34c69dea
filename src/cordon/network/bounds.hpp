// How near a listed party can be at best, for every node of a graph: statuses and dates left aside, so that
// it holds for any question. A search guided by it looks at little more than the ways it returns. Inside the
// room only.
#pragma once
#include <cstdint>

#include "cordon/base/large.hpp"
#include "cordon/network/graph.hpp"

namespace cordon::network {

// Whether the edge says who stands behind its end: what nearest_listed and owners_only walk against.
inline bool is_behind(const Edge& edge) {
  return edge.kind == model::RelationKind::ownership || edge.kind == model::RelationKind::control;
}

struct Bound {
  // The least step_cost of a way to a listed party, and the fewest hops among the ways of that cost.
  std::uint16_t cost = 0;
  std::uint8_t hops = 0;
  std::uint8_t fewest = 0;  // hops of any way, whatever it costs; kNever: no way, or none so short
};
inline constexpr std::uint8_t kNever = 255;

// One a node. behind_only: against ownership and control edges, else along and against all edges. Takes time
// as reading the graph does. Empty where some cheapest way has kNever hops or more: there is no guide then.
base::LargeVector<Bound> listed_bounds(const Graph& graph, bool behind_only);

}  // namespace cordon::network
