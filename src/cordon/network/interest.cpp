// The multiplicative view: not a rule of any jurisdiction, and kept apart from them.
#include <algorithm>
#include <array>
#include <cmath>

#include "cordon/network/control.hpp"
#include "cordon/network/fixpoint.hpp"

namespace cordon::network {
namespace {

// A ring of nearly 100 % converges slowly, one of 100 % not at all: then the value is the cap below.
constexpr int kSweeps = 200;
constexpr double kEnough = 1e-9;

}  // namespace

std::vector<double> economic_interest(const Graph& graph, const base::Date& as_of) {
  std::vector<double> interest(graph.node_count(), 0);
  std::vector<NodeId> order;
  std::vector<bool> reached(graph.node_count(), false), source(graph.node_count(), false);
  for (const NodeId node : graph.listed()) {
    const auto listings = graph.listings(node);
    const bool holds_now = std::any_of(listings.begin(), listings.end(), [&](const Listing& listing) {
      return holds(listing.start, listing.end, as_of) == Holds::yes;
    });
    if (!holds_now) continue;
    source[node] = reached[node] = true;
    interest[node] = 100;
    order.push_back(node);
  }
  const auto share = [&](const Edge& edge) {
    const bool counts = edge.kind == model::RelationKind::ownership && edge.interest == Interest::shares &&
                        edge.known() && edge.from != edge.to && weight_of(edge, as_of) == Weight::full;
    return counts ? percent(edge.min) / 100 : 0.0;
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const EdgeId id : graph.out_edges(order[i])) {
      const Edge& edge = graph.edge(id);
      if (reached[edge.to] || share(edge) == 0) continue;
      reached[edge.to] = true;
      order.push_back(edge.to);
    }
  }
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double change = 0;
    for (const NodeId node : order) {
      if (source[node]) continue;
      double sum = 0;
      for (const Edge& edge : graph.in_edges(node)) sum += share(edge) * interest[edge.from];
      sum = std::min(sum, 100.0);  // contradictory data and closed rings
      change = std::max(change, std::fabs(sum - interest[node]));
      interest[node] = sum;
    }
    if (change < kEnough) break;
  }
  return interest;
}

}  // namespace cordon::network
