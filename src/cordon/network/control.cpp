#include "cordon/network/control.hpp"

#include <algorithm>
#include <utility>

#include "cordon/network/control_state.hpp"
#include "cordon/network/fixpoint.hpp"

namespace cordon::network {
namespace {

Verdict verdict_of(const Cell& cell) {
  switch (cell.round) {
    case 1:
      return Verdict::blocked;
    case 2:
      return Verdict::possible;
    case 3:
      return Verdict::unknown;
    default:
      return Verdict::no;
  }
}

ControlVerdict result_of(const Cell& cell) {
  ControlVerdict result;
  result.node = cell.node;
  result.verdict = verdict_of(cell);
  result.basis = cell.basis;
  result.unknown_share = cell.unknown[0] || cell.unknown[1];
  result.share_min = percent(std::max(cell.min[0], cell.min[1]));
  const double known = percent(std::max(cell.max[0], cell.max[1]));
  // An unstated share may be all the rest.
  result.share_max = result.unknown_share ? std::max(known, 100.0) : known;
  return result;
}

bool weightier(const ControlVerdict& a, const ControlVerdict& b) {
  const auto key = [](const ControlVerdict& v) {
    return std::tuple(v.verdict, v.basis == Basis::listed, v.share_min, v.share_max);
  };
  return key(a) > key(b);
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kWords{"no", "unknown", "possible", "blocked"};
  return kWords.at(static_cast<std::size_t>(verdict));
}

std::string_view to_string(Basis basis) {
  constexpr std::array<std::string_view, 6> kWords{"none",       "listed",  "owned",
                                                   "controlled", "same_as", "acts_for"};
  return kWords.at(static_cast<std::size_t>(basis));
}

Control::Control(std::unique_ptr<State> state) : state_(std::move(state)) {}
Control::Control(Control&&) noexcept = default;
Control& Control::operator=(Control&&) noexcept = default;
Control::~Control() = default;

const RuleVersion& Control::rule() const {
  return state_->fixpoint.rule();
}

std::vector<Seed> seeds_of(const Graph& graph, const RuleVersion& rule, const base::Date& day) {
  std::vector<Seed> seeds;
  for (const NodeId node : graph.listed()) {
    Holds best = Holds::no;
    for (const Listing& listing : graph.listings(node))
      if (rule.counts(listing)) best = std::max(best, holds(listing.start, listing.end, day));
    if (best != Holds::no) seeds.push_back({node, best == Holds::yes});
  }
  return seeds;
}

base::Result<Control> Control::assess(const Graph& graph, Rule rule, const base::Date& as_of) {
  const auto version = rule_version(rule, as_of);
  if (!version) return tl::unexpected(version.error());
  auto state = std::make_unique<State>(graph, *version, as_of);
  const std::vector<Seed> seeds = seeds_of(graph, *version, as_of);
  if (version->aggregate) {
    state->fixpoint.run(seeds);
    return Control(std::move(state));
  }
  // One person at a time. What a party caught for certain would catch by itself is already caught with it, so
  // such a party needs no run of its own.
  state->slot_of.assign(graph.node_count(), 0);
  for (std::uint32_t i = 0; i < seeds.size(); ++i) {
    const std::uint32_t before = state->slot_of[seeds[i].node];
    if (before != 0 && state->best[before - 1].verdict == Verdict::blocked) {
      state->best[before - 1].basis = seeds[i].certain ? Basis::listed : state->best[before - 1].basis;
      continue;
    }
    state->fixpoint.run({&seeds[i], 1});
    for (const Cell& cell : state->fixpoint.cells()) {
      const ControlVerdict result = result_of(cell);
      if (result.verdict == Verdict::no && result.share_max == 0) continue;
      std::uint32_t& slot = state->slot_of[cell.node];
      if (slot == 0) {
        state->best.push_back(result);
        state->person.push_back(seeds[i]);
        slot = static_cast<std::uint32_t>(state->best.size());
      } else if (weightier(result, state->best[slot - 1])) {
        state->best[slot - 1] = result;
        state->person[slot - 1] = seeds[i];
      }
    }
  }
  return Control(std::move(state));
}

ControlVerdict Control::of(NodeId node) const {
  ControlVerdict none;
  none.node = node;
  if (!state_->slot_of.empty()) {
    const std::uint32_t slot = state_->slot_of[node];
    return slot ? state_->best[slot - 1] : none;
  }
  const Cell* cell = state_->fixpoint.cell(node);
  return cell ? result_of(*cell) : none;
}

template <class Use>
void Control::State::each(const Use& use) const {
  for (const ControlVerdict& verdict : best) use(verdict);
  if (!slot_of.empty()) return;
  for (const Cell& cell : fixpoint.cells()) use(result_of(cell));
}

std::vector<NodeId> Control::touched() const {
  std::vector<NodeId> nodes;
  state_->each([&](const ControlVerdict& verdict) {
    if (verdict.verdict != Verdict::no || verdict.share_max > 0) nodes.push_back(verdict.node);
  });
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

std::vector<ControlVerdict> Control::verdicts() const {
  std::vector<ControlVerdict> found;
  state_->each([&](const ControlVerdict& verdict) {
    if (verdict.verdict != Verdict::no) found.push_back(verdict);
  });
  std::sort(found.begin(), found.end(),
            [](const ControlVerdict& a, const ControlVerdict& b) { return a.node < b.node; });
  return found;
}

base::Result<std::vector<ControlVerdict>> control(const Graph& graph, Rule rule, const base::Date& as_of) {
  const auto assessed = Control::assess(graph, rule, as_of);
  if (!assessed) return tl::unexpected(assessed.error());
  return assessed->verdicts();
}

base::Result<Explained> control_of(const Graph& graph, Rule rule, const base::Date& as_of, NodeId node) {
  const auto assessed = Control::assess(graph, rule, as_of);
  if (!assessed) return tl::unexpected(assessed.error());
  return Explained{assessed->of(node), assessed->prove(node)};
}

}  // namespace cordon::network
