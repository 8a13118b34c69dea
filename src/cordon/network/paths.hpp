// Ways through the network from one party to another or to any listed one: the cheapest ways first, each
// step with its edge, so that every claim has a date, a status and a source.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cordon/network/graph.hpp"

namespace cordon::network {

struct Step {
  EdgeId edge = 0;
  bool forward = true;  // walked from Edge::from to Edge::to; false: against the edge
};
struct Path {
  NodeId target = kNoNode;
  std::uint32_t cost = 0;  // sum of step_cost
  std::vector<Step> steps;
};

struct PathQuery {
  NodeId from = kNoNode;
  NodeId to = kNoNode;  // kNoNode: any node listed on as_of, other than `from`
  unsigned k = 5;
  base::Date as_of;  // empty: any time
  unsigned max_hops = 6;
  bool owners_only = false;  // only against ownership and control edges: toward who stands behind
  // Edges withdrawn, set aside or denied are walked too, at a price, since they are part of the record.
  bool all_statuses = true;
  // Upper bound on nodes looked at, so that a hub of a million edges ends in time.
  std::size_t max_visits = 2'000'000;
};

// 10 for ownership and control; more for looser ties, and more again for a statement that is only alleged,
// denied, withdrawn or set aside.
std::uint32_t step_cost(const Edge& edge);

// Answers many questions on one graph without allocating anew. Not shared between threads.
class PathFinder {
 public:
  explicit PathFinder(const Graph& graph);
  ~PathFinder();
  PathFinder(PathFinder&&) noexcept;
  PathFinder& operator=(PathFinder&&) noexcept;

  // Finds out how near each node is to a listed party, about as long as it took to read the graph. The
  // answers stay the same, but for the choice among equal ways.
  void prepare();
  static constexpr std::size_t kWorthPreparing =
      50;  // questions; with fewer they are answered sooner without

  // The k cheapest ways without a repeated node, by cost, then hops. A way to a listed
  // party ends at the first one it meets.
  std::vector<Path> paths(const PathQuery& query);
  // The same answers (but for the choice among equals) by another method, for dense networks; paths()
  // chooses.
  std::vector<Path> by_deviations(const PathQuery& query);
  // The way with the fewest hops to a listed party against ownership and control edges.
  std::optional<Path> nearest_listed(NodeId from, const base::Date& as_of, unsigned max_hops = 6);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::vector<Path> paths(const Graph& graph, const PathQuery& query);

}  // namespace cordon::network
