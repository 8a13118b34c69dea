// Ownership and control toward a listed party, by the rule of a jurisdiction on a day. Thresholds, their
// dates, what counts and which lists count are data (data/law/ownership.json); this is the arithmetic:
//
// * Least fixpoint: listed parties are in; a party enters when what is held in it by those already in reaches
//   the threshold, or (where the rule knows control) when one of them controls it. A ring does not block
//   itself, and shares are never multiplied along a chain.
// * Some rules add the holdings of all listed parties together (OFAC, EU); others look at one person, with
//   those in a joint arrangement with it, at a time (UK, Canada).
// * Three rounds: with what is certain (-> blocked), with the upper ends of ranges, statements only alleged
//   or denied, and dates too coarse to decide (-> possible), with shares nobody stated (-> unknown). An edge
//   withdrawn or set aside carries nothing.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/network/graph.hpp"
#include "cordon/network/rule.hpp"

namespace cordon::network {

enum class Verdict : std::uint8_t { no, unknown, possible, blocked };  // in rising order of weight
enum class Basis : std::uint8_t { none, listed, owned, controlled, same_as, acts_for };
std::string_view to_string(Verdict verdict);
std::string_view to_string(Basis basis);

struct ControlVerdict {
  NodeId node = kNoNode;
  Verdict verdict = Verdict::no;
  Basis basis = Basis::none;
  bool unknown_share = false;  // a holder that counts has a share nobody stated
  // Percent held by parties that are in: at least, at most. Not capped: totals over 100 % are shown as found.
  double share_min = 0, share_max = 0;
};

// One sentence of a proof and the edges it rests on. A proof is a list in which each step uses only steps
// before it; the first are listed parties, the last is the node asked about.
struct ProofStep {
  NodeId node = kNoNode;
  Verdict verdict = Verdict::no;
  Basis basis = Basis::none;
  std::string statement;      // "Chinpo Ltd holds 60 % of Alpha Ltd, which is 50 % or more."
  std::vector<EdgeId> edges;  // Graph::relation(edge) has kind, shares, dates, status and source
  std::vector<NodeId> uses;   // nodes proven in earlier steps
};
struct Proof {
  std::vector<ProofStep> steps;
  bool shortened = false;          // more steps than the limit: the farthest are left out
  std::vector<std::string> notes;  // cautions: control under an ownership-only rule, totals over 100 %
};

class Control {
 public:
  // Fails where the rule has no version for the day. as_of empty: any time.
  static base::Result<Control> assess(const Graph& graph, Rule rule, const base::Date& as_of);
  Control(Control&&) noexcept;
  Control& operator=(Control&&) noexcept;
  ~Control();

  ControlVerdict of(NodeId node) const;
  // Nodes whose verdict is not `no`, or in which a party that is in holds something, in rising order.
  std::vector<NodeId> touched() const;
  // Those whose verdict is not `no`, in rising order of node.
  std::vector<ControlVerdict> verdicts() const;
  Proof prove(NodeId node, std::size_t max_steps = 200) const;
  const RuleVersion& rule() const;

 private:
  struct State;
  explicit Control(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Every node with a verdict other than `no`, in rising order of node.
base::Result<std::vector<ControlVerdict>> control(const Graph& graph, Rule rule, const base::Date& as_of);
// One node with its proof.
struct Explained {
  ControlVerdict verdict;
  Proof proof;
};
base::Result<Explained> control_of(const Graph& graph, Rule rule, const base::Date& as_of, NodeId node);

// Another question than any rule's: the economic interest of the listed parties (as of a day, by any
// authority) in each node, percent, shares multiplied along chains and summed over all ways, (I - W)^-1 W
// with W the lower ends of shares; unknown shares count 0, own shares are left out.
std::vector<double> economic_interest(const Graph& graph, const base::Date& as_of);

}  // namespace cordon::network
