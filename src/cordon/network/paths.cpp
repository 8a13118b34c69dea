#include "cordon/network/paths.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

#include "cordon/network/bounds.hpp"

namespace cordon::network {
namespace {

using model::RelationKind;
using model::Status;

constexpr std::uint32_t kNoLabel = UINT32_MAX;
// Ways begun before the plain enumeration gives up: enough where a network is sparse, as most are.
constexpr std::size_t kBegunWays = 60'000;

std::uint32_t kind_cost(RelationKind kind) {
  switch (kind) {
    case RelationKind::same_as:
      return 5;
    case RelationKind::ownership:
    case RelationKind::control:
      return 10;
    case RelationKind::acting_for:
      return 12;
    case RelationKind::manages:
    case RelationKind::operates:
    case RelationKind::ism_manager:
      return 15;
    case RelationKind::directorship:
      return 20;
    case RelationKind::family:
    case RelationKind::associate:
      return 25;
    case RelationKind::link:
      return 30;
    case RelationKind::insures:
    case RelationKind::classes:
    case RelationKind::flags:
      return 40;  // one insurer, class or flag serves thousands: sharing it says little
  }
  return 40;
}

// A way as found: nodes has one more entry than steps.
struct Way {
  Path path;
  std::vector<NodeId> nodes;
  std::size_t deviates = 0;  // index of the node at which it left the way it was made from
};

}  // namespace

std::uint32_t step_cost(const Edge& edge) {
  std::uint32_t cost = kind_cost(edge.kind);
  if (edge.status == Status::alleged) cost += 10;
  if (edge.status == Status::denied || edge.status == Status::withdrawn || edge.status == Status::set_aside)
    cost += 20;
  return cost;
}

struct PathFinder::State {
  explicit State(const Graph& of)
      : graph(&of), stamp(of.node_count(), 0), hops(of.node_count(), 0), banned(of.node_count(), 0) {}

  struct Label {
    std::uint32_t cost = 0;
    NodeId node = kNoNode;
    std::uint32_t parent = kNoLabel;
    std::uint32_t hops = 0;
    Step step;
  };
  // Cost and hops of the way so far, with the least that is still to come; label.
  using Open = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

  bool listed(NodeId node, const base::Date& day) const {
    if (!graph->ever_listed(node)) return false;
    for (const Listing& listing : graph->listings(node))
      if (holds(listing.start, listing.end, day) != Holds::no) return true;
    return false;
  }

  // What is still to come from `node` at best; nothing is known (all zero) where no bounds were made.
  struct Guide {
    const Bound* bounds = nullptr;
    Bound of(NodeId node) const { return bounds ? bounds[node] : Bound{}; }
  };
  Guide guide(const PathQuery& query) const {
    const auto& bounds = query.owners_only ? behind_bounds : all_bounds;
    const bool usable = query.to == kNoNode && !bounds.empty() && query.max_hops < kNever;
    return {usable ? bounds.data() : nullptr};
  }

  bool is_target(NodeId node, const PathQuery& query) const {
    if (query.to != kNoNode) return node == query.to;
    return node != query.from && listed(node, query.as_of);
  }

  bool walkable(const Edge& edge, const PathQuery& query) const {
    const bool contested =
        edge.status == Status::denied || edge.status == Status::withdrawn || edge.status == Status::set_aside;
    if (contested && !query.all_statuses) return false;
    if (edge.start.empty() && edge.end.empty()) return true;
    return holds(edge.start, edge.end, query.as_of) != Holds::no;
  }

  void begin_at(NodeId node) {
    labels.clear();
    open = {};
    push({0, node, kNoLabel, 0, {}}, {});
  }
  void push(const Label& label, const Bound& rest) {
    open.push({label.cost + rest.cost, label.hops + rest.hops, static_cast<std::uint32_t>(labels.size())});
    labels.push_back(label);
  }

  // The cheapest way from spur within the hops left, avoiding nodes whose ban stamp is current and, as the
  // first step, the nodes in `not_next`. Cost first, then hops: a label counts where no earlier one of its
  // node had as few hops, so the limit on hops is exact.
  bool search(const PathQuery& query, NodeId spur, unsigned hops_left, const std::vector<NodeId>& not_next) {
    ++now;
    begin_at(spur);
    const Guide ahead = guide(query);
    while (!open.empty()) {
      const std::uint32_t index = std::get<2>(open.top());
      open.pop();
      const auto [cost, node, parent, hop, step] = labels[index];
      if (stamp[node] == now && hops[node] <= hop) continue;
      stamp[node] = now;
      hops[node] = hop;
      if (index != 0 && is_target(node, query)) {
        found = index;
        return true;
      }
      if (hop == hops_left) continue;
      const auto relax = [&, cost = cost, node = node, hop = hop](const Edge& edge, EdgeId id, bool forward) {
        const NodeId next = forward ? edge.to : edge.from;
        ++visits;
        const Bound rest = ahead.of(next);
        if (hop + 1 + rest.fewest > hops_left) return;
        if (banned[next] == ban_now || next == node || !walkable(edge, query)) return;
        if (stamp[next] == now && hops[next] <= hop + 1) return;
        if (index == 0 && std::find(not_next.begin(), not_next.end(), next) != not_next.end()) return;
        push({cost + step_cost(edge), next, index, hop + 1, {id, forward}}, rest);
      };
      for (const Edge& edge : graph->in_edges(node))
        if (!query.owners_only || is_behind(edge)) relax(edge, graph->edge_id(edge), false);
      if (!query.owners_only)
        for (const EdgeId id : graph->out_edges(node)) relax(graph->edge(id), id, true);
      if (visits > query.max_visits) return false;
    }
    return false;
  }

  // All ways at once, cheapest first: exact, and quick where few ways lead anywhere. Nothing where a dense
  // network makes too many; then the search by deviations is the quicker one.
  std::optional<std::vector<Path>> enumerate(const PathQuery& query) {
    begin_at(query.from);
    const Guide ahead = guide(query);
    std::vector<Way> ways;
    Way start;
    start.nodes.push_back(query.from);
    while (!open.empty() && ways.size() < query.k) {
      const std::uint32_t index = std::get<2>(open.top());
      open.pop();
      const auto [cost, node, parent, hop, step] = labels[index];
      if (index != 0 && is_target(node, query)) {
        found = index;
        Way way = joined(start, 0);
        // Two edges between the same parties make one way, by the cheaper of them.
        const bool known =
            std::any_of(ways.begin(), ways.end(), [&](const Way& w) { return w.nodes == way.nodes; });
        if (!known) ways.push_back(std::move(way));
        continue;
      }
      if (hop == query.max_hops) continue;
      const auto begin = [&, cost = cost, hop = hop](const Edge& edge, EdgeId id, bool forward) {
        const NodeId next = forward ? edge.to : edge.from;
        const Bound rest = ahead.of(next);
        if (hop + 1 + rest.fewest > query.max_hops || !walkable(edge, query)) return;
        for (std::uint32_t at = index; at != kNoLabel; at = labels[at].parent)
          if (labels[at].node == next) return;
        push({cost + step_cost(edge), next, index, hop + 1, {id, forward}}, rest);
      };
      for (const Edge& edge : graph->in_edges(node)) {
        if (!query.owners_only || is_behind(edge)) begin(edge, graph->edge_id(edge), false);
        if (labels.size() > kBegunWays) return std::nullopt;
      }
      if (query.owners_only) continue;
      for (const EdgeId id : graph->out_edges(node)) {
        begin(graph->edge(id), id, true);
        if (labels.size() > kBegunWays) return std::nullopt;
      }
    }
    std::vector<Path> paths;
    for (Way& way : ways) paths.push_back(std::move(way.path));
    return paths;
  }

  // Breadth-first against ownership and control edges, by ways that can end within max_hops.
  std::optional<Path> nearest(const PathQuery& query, NodeId from, unsigned max_hops, const Guide& ahead) {
    ++now;
    ring.assign(1, {from, 0});
    ring_edge.assign(1, 0);
    stamp[from] = now;
    hops[from] = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const NodeId node = ring[i].first;
      const unsigned next_hop = hops[node] + 1;
      if (next_hop > max_hops) continue;
      for (const Edge& edge : graph->in_edges(node)) {
        if (next_hop + ahead.of(edge.from).fewest > max_hops) continue;
        if (stamp[edge.from] == now || !is_behind(edge) || !walkable(edge, query)) continue;
        stamp[edge.from] = now;
        hops[edge.from] = next_hop;
        ring.push_back({edge.from, static_cast<std::uint32_t>(i)});
        ring_edge.push_back(graph->edge_id(edge));
        if (!listed(edge.from, query.as_of)) continue;
        Path path;
        path.target = edge.from;
        for (std::size_t at = ring.size() - 1; at != 0; at = ring[at].second) {
          path.steps.push_back({ring_edge[at], false});
          path.cost += step_cost(graph->edge(ring_edge[at]));
        }
        std::reverse(path.steps.begin(), path.steps.end());
        return path;
      }
    }
    return std::nullopt;
  }

  // root (its first `keep` steps) followed by what search() found.
  Way joined(const Way& root, std::size_t keep) const {
    Way way;
    way.deviates = keep;
    for (std::uint32_t at = found; labels[at].parent != kNoLabel; at = labels[at].parent)
      way.path.steps.push_back(labels[at].step);
    std::reverse(way.path.steps.begin(), way.path.steps.end());
    way.path.steps.insert(way.path.steps.begin(), root.path.steps.begin(),
                          root.path.steps.begin() + static_cast<std::ptrdiff_t>(keep));
    way.nodes.push_back(root.nodes.front());
    for (const Step& step : way.path.steps) {
      const Edge& edge = graph->edge(step.edge);
      way.nodes.push_back(step.forward ? edge.to : edge.from);
      way.path.cost += step_cost(edge);
    }
    way.path.target = way.nodes.back();
    return way;
  }

  const Graph* graph;
  base::LargeVector<Bound> all_bounds, behind_bounds;  // empty until prepared
  std::vector<std::uint32_t> stamp, hops, banned;
  std::uint32_t now = 0, ban_now = 0;
  std::vector<Label> labels;
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
  std::uint32_t found = kNoLabel;
  std::size_t visits = 0;
  std::vector<std::pair<NodeId, std::uint32_t>> ring;  // breadth-first: node, index of the one before
  std::vector<EdgeId> ring_edge;
};

PathFinder::PathFinder(const Graph& graph) : state_(std::make_unique<State>(graph)) {}
PathFinder::~PathFinder() = default;

void PathFinder::prepare() {
  state_->all_bounds = listed_bounds(*state_->graph, false);
  state_->behind_bounds = listed_bounds(*state_->graph, true);
}
PathFinder::PathFinder(PathFinder&&) noexcept = default;
PathFinder& PathFinder::operator=(PathFinder&&) noexcept = default;

std::vector<Path> PathFinder::paths(const PathQuery& query) {
  if (query.k == 0 || query.from == query.to) return {};
  if (auto all = state_->enumerate(query)) return std::move(*all);
  return by_deviations(query);
}

// Yen's method on sequences of nodes, with Lawler's rule that a way deviates no earlier than it was made to.
std::vector<Path> PathFinder::by_deviations(const PathQuery& query) {
  State& state = *state_;
  state.visits = 0;
  std::vector<Way> accepted, candidates;
  ++state.ban_now;
  Way start;
  start.nodes.push_back(query.from);
  if (query.k == 0 || query.from == query.to || !state.search(query, query.from, query.max_hops, {}))
    return {};
  candidates.push_back(state.joined(start, 0));
  const auto order = [](const Way& a, const Way& b) {
    const std::size_t hops_a = a.path.steps.size(), hops_b = b.path.steps.size();
    return std::tie(a.path.cost, hops_a, a.nodes) < std::tie(b.path.cost, hops_b, b.nodes);
  };
  while (accepted.size() < query.k && !candidates.empty()) {
    const auto best = std::min_element(candidates.begin(), candidates.end(), order);
    accepted.push_back(std::move(*best));
    candidates.erase(best);
    if (accepted.size() == query.k) break;
    const Way way = accepted.back();
    ++state.ban_now;
    for (std::size_t i = 0; i < way.deviates; ++i) state.banned[way.nodes[i]] = state.ban_now;
    for (std::size_t i = way.deviates; i + 1 < way.nodes.size(); ++i) {
      std::vector<NodeId> not_next;
      for (const Way& other : accepted)
        if (other.nodes.size() > i + 1 &&
            std::equal(way.nodes.begin(), way.nodes.begin() + static_cast<std::ptrdiff_t>(i + 1),
                       other.nodes.begin()))
          not_next.push_back(other.nodes[i + 1]);
      if (state.search(query, way.nodes[i], query.max_hops - static_cast<unsigned>(i), not_next)) {
        candidates.push_back(state.joined(way, i));
        // Ways that left an earlier one at this node with the same next step come up again; one is enough.
        const auto& fresh = candidates.back().nodes;
        const auto same = std::find_if(candidates.begin(), candidates.end() - 1,
                                       [&](const Way& other) { return other.nodes == fresh; });
        if (same != candidates.end() - 1) candidates.pop_back();
      }
      state.banned[way.nodes[i]] = state.ban_now;
    }
  }
  std::vector<Path> result;
  for (Way& way : accepted) result.push_back(std::move(way.path));
  return result;
}

std::optional<Path> PathFinder::nearest_listed(NodeId from, const base::Date& as_of, unsigned max_hops) {
  State& state = *state_;
  PathQuery query;
  query.as_of = as_of;
  query.owners_only = true;
  query.max_hops = max_hops;
  const State::Guide ahead = state.guide(query);
  if (!ahead.bounds) return state.nearest(query, from, max_hops, ahead);
  // Most often the nearest way of any day is open on the day asked for: look for ways no longer than that
  // first. The limit never hides the way that a search without it would find first.
  for (unsigned limit = std::max<unsigned>(1, ahead.of(from).fewest); limit <= max_hops; ++limit)
    if (auto path = state.nearest(query, from, limit, ahead)) return path;
  return std::nullopt;
}

std::vector<Path> paths(const Graph& graph, const PathQuery& query) {
  return PathFinder(graph).paths(query);
}

}  // namespace cordon::network
