#include "cordon/network/fixpoint.hpp"

#include <algorithm>

namespace cordon::network {
namespace {

constexpr std::uint8_t kCertain = 1, kPossible = 2, kUnknown = 3;
constexpr std::array kInterests{Interest::shares, Interest::votes};
// A vessel with more owner entries than this is not looked through for a sole owner.
constexpr std::size_t kOwnerEntries = 256;

}  // namespace

Weight weight_of(const Edge& edge, const base::Date& day) {
  if (edge.status == model::Status::withdrawn || edge.status == model::Status::set_aside) return Weight::none;
  const Holds when = holds(edge.start, edge.end, day);
  if (when == Holds::no) return Weight::none;
  const bool contested = edge.status == model::Status::alleged || edge.status == model::Status::denied;
  return contested || when == Holds::maybe ? Weight::soft : Weight::full;
}

Fixpoint::Fixpoint(const Graph& graph, const RuleVersion& rule, const base::Date& day)
    : graph_(graph), rule_(rule), day_(day), slot_of_(graph.node_count(), 0) {}

void Fixpoint::run(std::span<const Seed> seeds) {
  for (const Cell& cell : cells_) slot_of_[cell.node] = 0;
  cells_.clear();
  for (auto& list : waiting_) list.clear();
  entered_ = 0;
  for (const Seed& seed : seeds)
    waiting_[seed.certain ? kCertain : kPossible].push_back({seed.node, Basis::listed, kNoEdge});
  for (round_ = kCertain; round_ <= kUnknown; ++round_) {
    queue_.clear();
    for (std::size_t i = 0, known = cells_.size(); rule_.joint && round_ == kPossible && i < known; ++i)
      if (cells_[i].counted_round != 0) count_partners(cells_[i].node, round_);
    for (std::size_t i = 0; i < waiting_[round_].size(); ++i) {
      const Proposal proposal = waiting_[round_][i];
      enter(proposal.node, round_, proposal.basis, proposal.via);
    }
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      prefetch_after(i);
      spread(queue_[i]);
    }
  }
}

// What the next nodes of the queue will look at, fetched in the order in which one leads to the other.
void Fixpoint::prefetch_after(std::size_t at) const {
  constexpr std::size_t kEdges = 8;  // of a hub the rest comes by itself
  const auto ahead = [&](std::size_t steps) { return at + steps < queue_.size(); };
  const auto first_edges = [&](NodeId node) {
    const auto edges = graph_.out_edges(node);
    return edges.first(std::min(kEdges, edges.size()));
  };
  if (ahead(12)) graph_.prefetch_index(queue_[at + 12]);
  if (ahead(9)) graph_.prefetch_edges(queue_[at + 9]);
  if (ahead(6))
    for (const EdgeId id : first_edges(queue_[at + 6])) __builtin_prefetch(&graph_.edge(id));
  if (ahead(3))
    for (const EdgeId id : first_edges(queue_[at + 3])) __builtin_prefetch(&slot_of_[graph_.edge(id).to]);
}

Cell& Fixpoint::touch(NodeId node) {
  if (slot_of_[node] == 0) {
    cells_.emplace_back().node = node;
    slot_of_[node] = static_cast<std::uint32_t>(cells_.size());
  }
  return cells_[slot_of_[node] - 1];
}

void Fixpoint::enter(NodeId node, std::uint8_t round, Basis basis, EdgeId via) {
  Cell& cell = touch(node);
  if (cell.round != 0) return;
  cell.round = round;
  cell.basis = basis;
  cell.via = via;
  cell.rank = entered_++;
  queue_.push_back(node);
}

void Fixpoint::propose(NodeId node, std::uint8_t round, Basis basis, EdgeId via) {
  if (round <= round_) {
    enter(node, round_, basis, via);
  } else if (touch(node).round == 0) {
    waiting_[round].push_back({node, basis, via});
  }
}

void Fixpoint::spread(NodeId node) {
  count_holdings(node, round_);
  if (rule_.joint) count_partners(node, round_);
  carry(node, round_);
}

// A vessel's register names its owner without a share: the only one it names owns the whole vessel.
bool Fixpoint::sole_owner(const Edge& edge) const {
  if (graph_.schema(edge.to) != model::Schema::Vessel) return false;
  const auto edges = graph_.in_edges(edge.to);
  if (edges.size() > kOwnerEntries) return false;
  return std::none_of(edges.begin(), edges.end(), [&](const Edge& other) {
    return other.kind == model::RelationKind::ownership && other.from != edge.from &&
           weight_of(other, day_) != Weight::none;
  });
}

Held Fixpoint::held(std::span<const EdgeId> edges, Interest interest) const {
  std::vector<EdgeId> sorted;
  if (edges.size() > 1) {
    sorted.assign(edges.begin(), edges.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](EdgeId a, EdgeId b) { return graph_.edge(a).file < graph_.edge(b).file; });
    edges = sorted;
  }
  Held total;
  bool known = false;
  for (std::size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
    const std::uint16_t file = graph_.edge(edges[begin]).file;
    Held one;
    bool sole_counted = false;
    for (end = begin; end < edges.size() && graph_.edge(edges[end]).file == file; ++end) {
      const Edge& edge = graph_.edge(edges[end]);
      if (edge.interest != interest || edge.kind != model::RelationKind::ownership) continue;
      const Weight weight = weight_of(edge, day_);
      if (weight == Weight::none) continue;
      one.any = true;
      if (edge.known()) {
        one.min += weight == Weight::full ? edge.min : 0;
        one.max += edge.max;
      } else if (!sole_owner(edge)) {
        one.unknown = true;
      } else if (!sole_counted) {
        sole_counted = true;
        one.min += weight == Weight::full ? kWhole : 0;
        one.max += kWhole;
      }
    }
    if (!one.any) continue;
    total.any = true;
    if (one.unknown && one.max == 0) {  // tells less than a file that has a number
      total.unknown = total.unknown || !known;
      continue;
    }
    total.min = known ? std::min(total.min, one.min) : one.min;
    total.max = std::max(total.max, one.max);
    total.unknown = one.unknown;
    known = true;
  }
  return total;
}

void Fixpoint::count_holdings(NodeId node, std::uint8_t round) {
  Cell& own = touch(node);
  if (own.counted_round != 0) return;
  own.counted_round = round;
  const auto edges = graph_.out_edges(node);
  for (std::size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
    const NodeId other = graph_.edge(edges[begin]).to;
    bool owns = false;
    for (end = begin; end < edges.size() && graph_.edge(edges[end]).to == other; ++end)
      owns = owns || graph_.edge(edges[end]).kind == model::RelationKind::ownership;
    if (!owns || other == node) continue;  // a company's own shares decide nothing
    const auto between = edges.subspan(begin, end - begin);
    bool any = false;
    for (std::size_t i = 0; i < kInterests.size(); ++i) {
      if (kInterests[i] == Interest::votes && !rule_.votes) continue;
      const Held held_here = held(between, kInterests[i]);
      if (!held_here.any) continue;
      any = true;
      Cell& cell = touch(other);
      if (round == kCertain) cell.min[i] += held_here.min;
      cell.max[i] += held_here.max;
      cell.unknown[i] = cell.unknown[i] || held_here.unknown;
    }
    if (any) weigh(other);
  }
}

void Fixpoint::weigh(NodeId node) {
  const Cell& cell = touch(node);
  if (cell.round != 0) return;
  const Basis basis = rule_.share_word == "controlled" ? Basis::controlled : Basis::owned;
  const std::int64_t min = std::max(cell.min[0], cell.min[1]), max = std::max(cell.max[0], cell.max[1]);
  const bool unknown = cell.unknown[0] || cell.unknown[1];
  // Without a number in the text a holding of any size may be ownership, but only of a party caught for
  // certain: a chain of small holdings, each merely possible, says nothing.
  const bool may_be = rule_.reached(max) || (!rule_.threshold && round_ == kCertain && (max > 0 || unknown));
  if (rule_.reached(min)) {
    propose(node, kCertain, basis, kNoEdge);
  } else if (may_be) {
    propose(node, kPossible, basis, kNoEdge);
  } else if (unknown) {
    propose(node, kUnknown, basis, kNoEdge);
  }
}

// Each party to a joint arrangement is treated as holding what the others hold; the arrangement is all
// parties joined by such edges. Partners are counted, but are not themselves caught. Doubtful arrangements
// wait for the round of what is possible.
void Fixpoint::count_partners(NodeId node, std::uint8_t round) {
  const NodeId sponsor = touch(node).sponsor == kNoNode ? node : touch(node).sponsor;
  std::vector<NodeId> open{node};
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    const auto join = [&](const Edge& edge, NodeId partner) {
      if (edge.interest != Interest::joint) return;
      const Weight weight = weight_of(edge, day_);
      if (weight == Weight::none || (weight == Weight::soft && round < kPossible)) return;
      if (touch(partner).counted_round != 0) return;
      touch(partner).sponsor = sponsor;
      touch(partner).joint = graph_.edge_id(edge);
      count_holdings(partner, round);
      open.push_back(partner);
    };
    for (const EdgeId edge : graph_.out_edges(at)) join(graph_.edge(edge), graph_.edge(edge).to);
    for (const Edge& edge : graph_.in_edges(at)) join(edge, edge.from);
  }
}

void Fixpoint::carry(NodeId node, std::uint8_t round) {
  const auto pass = [&](const Edge& edge, NodeId other, Basis basis) {
    const Carries carries = rule_.carries[static_cast<std::size_t>(edge.kind)];
    if (carries == Carries::no || other == node || edge.interest == Interest::joint) return;
    const Weight weight = weight_of(edge, day_);
    if (weight == Weight::none) return;
    const bool full = weight == Weight::full && carries == Carries::yes;
    propose(other, full ? round : std::max(round, kPossible), basis, graph_.edge_id(edge));
  };
  for (const EdgeId id : graph_.out_edges(node)) {
    const Edge& edge = graph_.edge(id);
    if (edge.kind == model::RelationKind::ownership || edge.kind == model::RelationKind::acting_for) continue;
    pass(edge, edge.to, edge.kind == model::RelationKind::same_as ? Basis::same_as : Basis::controlled);
  }
  // Who acts for a listed party is reached against the edge; an identity holds both ways.
  for (const Edge& edge : graph_.in_edges(node)) {
    if (edge.kind == model::RelationKind::same_as) pass(edge, edge.from, Basis::same_as);
    if (edge.kind == model::RelationKind::acting_for) pass(edge, edge.from, Basis::acts_for);
  }
}

}  // namespace cordon::network
