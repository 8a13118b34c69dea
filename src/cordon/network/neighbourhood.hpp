// The part of a network around a node, as much of it as can be drawn.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "cordon/network/graph.hpp"

namespace cordon::network {

struct Neighbourhood {
  std::vector<NodeId> nodes;  // nearest first; the first is the one asked about
  std::vector<EdgeId> edges;  // all that hold between them, in rising order
  bool cut = false;           // more lay within reach than the limit
};
struct NeighbourhoodQuery {
  NodeId from = kNoNode;
  unsigned hops = 1;
  std::size_t most_nodes = 500;
  base::Date as_of;  // empty: any time. An edge that may hold on the day counts.
};
// Of equally near nodes those behind the surer ties come first (step_cost). Edges against their direction
// count like others. At most 8 edges a node are kept.
Neighbourhood neighbourhood(const Graph& graph, const NeighbourhoodQuery& query);

// That part as a network of its own, for export: nodes with their listings, edges with their sources.
Graph part_of(const Graph& graph, const Neighbourhood& part);

// Nodes whose id is the text, or whose name holds it (case of Latin letters does not matter): first those
// that begin with it, then in order of their number.
std::vector<NodeId> find_named(const Graph& graph, std::string_view text, std::size_t most);

}  // namespace cordon::network
