#include "cordon/network/neighbourhood.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "cordon/base/text.hpp"
#include "cordon/network/paths.hpp"

namespace cordon::network {
namespace {

constexpr std::size_t kEdgesANode = 8;
// Of a hub with a million ties so many are looked at.
constexpr std::size_t kMostLooked = 200'000;

bool may_hold(const Edge& edge, const base::Date& day) {
  return holds(edge.start, edge.end, day) != Holds::no;
}

}  // namespace

Neighbourhood neighbourhood(const Graph& graph, const NeighbourhoodQuery& query) {
  Neighbourhood out;
  std::unordered_set<NodeId> in{query.from};
  out.nodes.push_back(query.from);
  std::size_t looked = 0;
  std::vector<std::pair<std::uint32_t, NodeId>> next;  // cost of the tie, node
  for (std::size_t begin = 0, hop = 0; hop < query.hops && begin < out.nodes.size(); ++hop) {
    next.clear();
    const std::size_t end = out.nodes.size();
    for (std::size_t i = begin; i < end; ++i) {
      const NodeId node = out.nodes[i];
      const auto look = [&](const Edge& edge, NodeId other) {
        if (++looked > kMostLooked)
          out.cut = true;
        else if (!in.contains(other) && may_hold(edge, query.as_of))
          next.emplace_back(step_cost(edge), other);
        return looked <= kMostLooked;
      };
      for (const Edge& edge : graph.in_edges(node))
        if (!look(edge, edge.from)) break;
      for (const EdgeId number : graph.out_edges(node))
        if (!look(graph.edge(number), graph.edge(number).to)) break;
    }
    begin = end;
    std::sort(next.begin(), next.end());
    for (const auto& [cost, node] : next) {
      if (in.contains(node)) continue;
      if (out.nodes.size() >= query.most_nodes) {
        out.cut = true;
        break;
      }
      in.insert(node);
      out.nodes.push_back(node);
    }
  }
  const std::size_t most_edges = out.nodes.size() * kEdgesANode;
  looked = 0;
  for (const NodeId node : out.nodes)
    for (const Edge& edge : graph.in_edges(node)) {
      if (++looked > kMostLooked + most_edges || out.edges.size() >= most_edges) {
        out.cut = true;
        break;
      }
      if (in.contains(edge.from) && may_hold(edge, query.as_of)) out.edges.push_back(graph.edge_id(edge));
    }
  std::sort(out.edges.begin(), out.edges.end());
  return out;
}

Graph part_of(const Graph& graph, const Neighbourhood& part) {
  Graph::Builder builder;
  for (const NodeId node : part.nodes) {
    builder.add_node(graph.id(node), graph.caption(node), graph.schema(node), graph.country(node));
    for (const Listing& listing : graph.listings(node)) builder.list(graph.id(node), listing);
  }
  for (const EdgeId edge : part.edges) builder.add(graph.relation(edge));
  return std::move(builder).build();
}

std::vector<NodeId> find_named(const Graph& graph, std::string_view text, std::size_t most) {
  std::vector<NodeId> exact, begins, holds_it;
  const std::string wanted = base::ascii_upper(text);
  if (wanted.empty()) return {};
  if (const auto node = graph.find(text)) exact.push_back(*node);
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  const auto same = [&](char a, char b) { return upper(a) == b; };
  for (NodeId node = 0; node < graph.node_count(); ++node) {
    const std::string_view name = graph.caption(node);
    const auto at = std::search(name.begin(), name.end(), wanted.begin(), wanted.end(), same);
    if (at == name.end() || (!exact.empty() && exact[0] == node)) continue;
    auto& group = at == name.begin() ? begins : holds_it;
    if (group.size() < most) group.push_back(node);
    if (begins.size() >= most) break;
  }
  exact.insert(exact.end(), begins.begin(), begins.end());
  exact.insert(exact.end(), holds_it.begin(), holds_it.end());
  if (exact.size() > most) exact.resize(most);
  return exact;
}

}  // namespace cordon::network
