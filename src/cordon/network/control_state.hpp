// What Control keeps between assessing and proving. Inside the room only.
#pragma once
#include <cstdint>
#include <vector>

#include "cordon/network/control.hpp"
#include "cordon/network/fixpoint.hpp"

namespace cordon::network {

struct Control::State {
  State(const Graph& of, const RuleVersion& rule, const base::Date& as_of)
      : graph(&of), fixpoint(of, rule, as_of) {}
  template <class Use>
  void each(const Use& use) const;  // the verdict of every node with a cell, in the order of entering
  const Graph* graph;
  Fixpoint fixpoint;  // of all listed parties together, or of the person looked at last
  // Only for rules that look at one person at a time: the weightiest verdict of each node, and whose it is.
  std::vector<std::uint32_t> slot_of;  // 0 = none, else index + 1
  std::vector<ControlVerdict> best;
  std::vector<Seed> person;
};

std::vector<Seed> seeds_of(const Graph& graph, const RuleVersion& rule, const base::Date& day);

}  // namespace cordon::network
