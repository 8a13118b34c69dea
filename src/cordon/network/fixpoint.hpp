// The least fixpoint behind control.hpp, for one set of starting parties. Inside the room only.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cordon/base/large.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/graph.hpp"
#include "cordon/network/rule.hpp"

namespace cordon::network {

inline constexpr EdgeId kNoEdge = UINT32_MAX;
inline constexpr std::uint32_t kNoRank = UINT32_MAX;

// What one edge, or several edges between the same two nodes, hold: known bounds, or a share nobody stated.
struct Held {
  std::int64_t min = 0, max = 0;
  bool unknown = false, any = false;
};

// Whether the edge carries anything on the day, and only softly: alleged, denied, or dates too coarse.
enum class Weight : std::uint8_t { none, soft, full };
Weight weight_of(const Edge& edge, const base::Date& day);

struct Cell {
  NodeId node = kNoNode;
  // Held by parties that are in, as shares and as votes; unknown: one of them has a share nobody stated.
  std::array<std::int64_t, 2> min{}, max{};
  std::array<bool, 2> unknown{};
  std::uint8_t round = 0;  // 0 not in; 1 certain, 2 possible, 3 unknown
  Basis basis = Basis::none;
  std::uint32_t rank = kNoRank;    // order of entering
  EdgeId via = kNoEdge;            // the edge that carried control
  std::uint8_t counted_round = 0;  // its holdings are added to others' since this round
  NodeId sponsor = kNoNode;        // counted only as partner of this party in a joint arrangement
  EdgeId joint = kNoEdge;          // that arrangement
};

struct Seed {
  NodeId node = kNoNode;
  bool certain = true;
};

class Fixpoint {
 public:
  Fixpoint(const Graph& graph, const RuleVersion& rule, const base::Date& day);

  // Forgets what was before. Work is in proportion to what the seeds reach.
  void run(std::span<const Seed> seeds);
  // Null for a node in which no party that is in holds or controls anything.
  const Cell* cell(NodeId node) const { return slot_of_[node] ? &cells_[slot_of_[node] - 1] : nullptr; }
  std::span<const Cell> cells() const { return cells_; }
  // What `edges`, all from one node into another, hold together of one interest: within a file they add up;
  // two files that state the same holding give a range.
  Held held(std::span<const EdgeId> edges, Interest interest) const;
  const RuleVersion& rule() const { return rule_; }
  const base::Date& day() const { return day_; }

 private:
  Cell& touch(NodeId node);
  void enter(NodeId node, std::uint8_t round, Basis basis, EdgeId via);
  void propose(NodeId node, std::uint8_t round, Basis basis, EdgeId via);
  void spread(NodeId node);
  void prefetch_after(std::size_t at) const;
  void count_holdings(NodeId node, std::uint8_t round);
  void count_partners(NodeId node, std::uint8_t round);
  void carry(NodeId node, std::uint8_t round);
  void weigh(NodeId node);
  bool sole_owner(const Edge& edge) const;

  struct Proposal {
    NodeId node;
    Basis basis;
    EdgeId via;
  };
  const Graph& graph_;
  RuleVersion rule_;
  base::Date day_;
  base::LargeVector<std::uint32_t> slot_of_;  // 0 = untouched, else index of the cell + 1
  base::LargeVector<Cell> cells_;
  std::array<std::vector<Proposal>, 4> waiting_;  // by round
  std::vector<NodeId> queue_;
  std::uint8_t round_ = 0;
  std::uint32_t entered_ = 0;
};

}  // namespace cordon::network
