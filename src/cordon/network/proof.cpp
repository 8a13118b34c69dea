// Verdicts in words: which parties hold or control what, who says so, and what is not known.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "cordon/network/control.hpp"
#include "cordon/network/control_state.hpp"
#include "cordon/network/fixpoint.hpp"
#include "cordon/network/share_text.hpp"

namespace cordon::network {
namespace {

// Edges looked through when a node is explained; a hub with more is told as shortened.
constexpr std::size_t kEdgesTold = 20'000;
constexpr std::size_t kHoldersTold = 50;

class Prover {
 public:
  Prover(const Graph& graph, const Fixpoint& fixpoint, ControlVerdict asked)
      : graph_(graph), fixpoint_(fixpoint), rule_(fixpoint.rule()), day_(fixpoint.day()), asked_(asked) {}

  Proof prove(std::size_t max_steps) {
    Proof proof;
    // Backwards from the node asked about, nearest first; each party once.
    std::vector<std::pair<std::uint32_t, ProofStep>> found;
    std::vector<NodeId> open{asked_.node};
    std::unordered_set<NodeId> seen{asked_.node};
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (found.size() >= max_steps) {
        proof.shortened = true;
        break;
      }
      const Cell* cell = fixpoint_.cell(open[i]);
      if (i == 0 && asked_.verdict == Verdict::no &&
          (!cell || (cell->max[0] == 0 && cell->max[1] == 0 && !cell->unknown[0] && !cell->unknown[1])))
        break;
      ProofStep step = explain(open[i], cell, proof);
      for (const NodeId used : step.uses)
        if (seen.insert(used).second) open.push_back(used);
      found.emplace_back(cell ? cell->rank : kNoRank, std::move(step));
    }
    // A party enters after those it rests on, so this order puts every step after the steps it uses.
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [rank, step] : found) proof.steps.push_back(std::move(step));
    caution(proof);
    return proof;
  }

 private:
  std::string_view name(NodeId node) const { return graph_.caption(node); }

  Verdict verdict_of(const Cell* cell) const {
    constexpr std::array kByRound{Verdict::no, Verdict::blocked, Verdict::possible, Verdict::unknown};
    return cell ? kByRound.at(cell->round) : Verdict::no;
  }

  ProofStep explain(NodeId node, const Cell* cell, Proof& proof) const {
    ProofStep step;
    step.node = node;
    step.verdict = verdict_of(cell);
    step.basis = cell ? cell->basis : Basis::none;
    if (step.basis == Basis::listed) {
      listed(step);
    } else if (cell->via != kNoEdge) {
      carried(step, *cell);
    } else {
      owned(step, *cell, proof);
    }
    return step;
  }

  void listed(ProofStep& step) const {
    std::string which;
    for (const Listing& listing : graph_.listings(step.node)) {
      const Holds when = holds(listing.start, listing.end, day_);
      if (when == Holds::no || !rule_.counts(listing)) continue;
      if (!which.empty()) which += "; ";
      which += listing.authority;
      for (const std::string& part : {listing.text, base::to_string(listing.start)}) {
        if (part.empty() || which.find(part) != std::string::npos) continue;
        if (!which.empty() && which.back() != ' ') which += ' ';
        which += part;
      }
      if (when == Holds::maybe) which += " (the dates are too coarse to decide for this day)";
    }
    step.statement = fmt::format("{} is listed{}{}.", name(step.node), which.empty() ? "" : ": ", which);
  }

  void carried(ProofStep& step, const Cell& cell) const {
    const Edge& edge = graph_.edge(cell.via);
    const NodeId other = edge.from == step.node ? edge.to : edge.from;
    step.edges.push_back(cell.via);
    step.uses.push_back(other);
    const model::Relation relation = graph_.relation(cell.via);
    const std::string said = relation.role.empty() ? "" : fmt::format(" ({})", relation.role);
    std::string sentence;
    if (edge.kind == model::RelationKind::same_as) {
      sentence = fmt::format("{} is stated to be the same party as {}{}", name(step.node), name(other), said);
    } else if (edge.kind == model::RelationKind::acting_for) {
      sentence = fmt::format("{} acts for {}{}", name(step.node), name(other), said);
    } else {
      const std::string_view verb = edge.kind == model::RelationKind::control   ? "controls"
                                    : edge.kind == model::RelationKind::manages ? "manages"
                                    : edge.kind == model::RelationKind::operates
                                        ? "operates"
                                        : model::to_string(edge.kind);
      sentence = fmt::format("{} {} {}{}", name(other), verb, name(step.node), said);
    }
    step.statement = sentence + qualifier(edge) + ".";
    if (rule_.carries[static_cast<std::size_t>(edge.kind)] == Carries::possible)
      step.statement += " Whether this is control is for judgement.";
  }

  // Words a source uses, and dates that leave the day open.
  std::string qualifier(const Edge& edge) const {
    std::string text;
    if (edge.status != model::Status::stated) text = fmt::format(", {}", model::to_string(edge.status));
    if (holds(edge.start, edge.end, day_) == Holds::maybe)
      text += ", dates too coarse to decide for this day";
    return text;
  }

  void owned(ProofStep& step, const Cell& cell, Proof& proof) const {
    const auto in = graph_.in_edges(step.node);
    std::vector<EdgeId> edges;
    for (const Edge& edge : in.first(std::min(in.size(), kEdgesTold)))
      if (counts(edge, cell)) edges.push_back(graph_.edge_id(edge));
    proof.shortened = proof.shortened || in.size() > kEdgesTold;
    std::stable_sort(edges.begin(), edges.end(),
                     [&](EdgeId a, EdgeId b) { return graph_.edge(a).from < graph_.edge(b).from; });
    const bool votes = by_votes(edges, cell.round);
    const Interest interest = votes ? Interest::votes : Interest::shares;
    const Held sum = total(edges, interest);
    std::string sentence;
    std::size_t holders = 0, told = 0;
    for (std::size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
      const NodeId holder = graph_.edge(edges[begin]).from;
      for (end = begin; end < edges.size() && graph_.edge(edges[end]).from == holder;) ++end;
      const auto between = std::span(edges).subspan(begin, end - begin);
      const Held held = fixpoint_.held(between, interest);
      if (!held.any) continue;
      ++holders;
      const Cell& from = *fixpoint_.cell(holder);
      if (told == kHoldersTold) {
        proof.shortened = true;
        continue;
      }
      ++told;
      if (!sentence.empty()) sentence += ", ";
      sentence += fmt::format("{} holds {}{}", name(holder), held_text(held), status_words(between));
      step.edges.insert(step.edges.end(), between.begin(), between.end());
      step.uses.push_back(from.sponsor == kNoNode ? holder : from.sponsor);
      if (from.sponsor != kNoNode) {
        step.edges.push_back(from.joint);
        sentence += fmt::format(" in joint arrangement with {}", name(from.sponsor));
      }
    }
    const std::string_view what = votes ? "the votes in" : "";
    step.statement = fmt::format("{} of {}{}{}", sentence.empty() ? "Nothing is held" : sentence, what,
                                 what.empty() ? "" : " ", name(step.node));
    if (holders > 1) step.statement += ": together " + held_text(sum);
    step.statement += conclusion(step.verdict, sum);
  }

  // The interest that decides: votes only where they weigh more than shares. Parties that entered later are
  // left out here as in the proof itself, so the choice is the one that let this party in.
  bool by_votes(std::span<const EdgeId> edges, std::uint8_t round) const {
    const auto weight = [&](Interest interest) {
      const Held sum = total(edges, interest);
      return round == 1   ? std::tuple(sum.min, sum.max, sum.unknown)
             : round == 3 ? std::tuple(std::int64_t{sum.unknown}, sum.max, sum.any)
                          : std::tuple(sum.max, std::int64_t{sum.unknown}, sum.any);
    };
    return rule_.votes && weight(Interest::votes) > weight(Interest::shares);
  }

  // edges: sorted by holder.
  Held total(std::span<const EdgeId> edges, Interest interest) const {
    Held sum;
    for (std::size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
      const NodeId holder = graph_.edge(edges[begin]).from;
      for (end = begin; end < edges.size() && graph_.edge(edges[end]).from == holder;) ++end;
      const Held held = fixpoint_.held(edges.subspan(begin, end - begin), interest);
      sum.min += fixpoint_.cell(holder)->counted_round == 1 ? held.min : 0;
      sum.max += held.max;
      sum.unknown = sum.unknown || held.unknown;
      sum.any = sum.any || held.any;
    }
    return sum;
  }

  // Only what was in before this party entered proves it; a party that never entered is told all.
  bool counts(const Edge& edge, const Cell& cell) const {
    if (edge.kind != model::RelationKind::ownership || edge.from == edge.to) return false;
    const Cell* holder = fixpoint_.cell(edge.from);
    if (!holder || holder->counted_round == 0) return false;
    const Cell* entered = holder->sponsor == kNoNode ? holder : fixpoint_.cell(holder->sponsor);
    return entered->rank < cell.rank && weight_of(edge, day_) != Weight::none;
  }

  std::string status_words(std::span<const EdgeId> edges) const {
    std::string text;
    for (const EdgeId edge : edges) {
      const std::string words = qualifier(graph_.edge(edge));
      if (text.find(words) == std::string::npos) text += words;
    }
    return text;
  }

  std::string conclusion(Verdict verdict, const Held& sum) const {
    const std::string limit =
        rule_.threshold ? fmt::format("{}{}", rule_.strictly_more ? "more than " : "",
                                      share_text(*rule_.threshold) + (rule_.strictly_more ? "" : " or more"))
                        : "";
    switch (verdict) {
      case Verdict::blocked:
        return rule_.threshold ? fmt::format(", which is {}.", limit)
                               : ", more than half; the text of the rule has no number.";
      case Verdict::possible:
        return rule_.threshold
                   ? fmt::format(", which may be {}.", limit)
                   : ". The text of the rule has no number: whether this is ownership is for judgement.";
      case Verdict::unknown:
        return sum.unknown
                   ? fmt::format(". Without the share it cannot be said whether this is {}.", limit)
                   : fmt::format(". It is {} only if a holder whose share is not stated is caught.", limit);
      case Verdict::no:
        break;
    }
    return rule_.threshold ? fmt::format(", which is not {}.", limit) : ".";
  }

  // What a reader must know beside the verdict.
  void caution(Proof& proof) const {
    const auto in = graph_.in_edges(asked_.node);
    std::int64_t total = 0, own = 0, caught = 0;
    for (const Edge& edge : in.first(std::min(in.size(), kEdgesTold))) {
      const Cell* holder = fixpoint_.cell(edge.from);
      const bool held_by_caught = holder && holder->round == 1;
      const bool undone = edge.status == model::Status::withdrawn || edge.status == model::Status::set_aside;
      if (undone && held_by_caught && holds(edge.start, edge.end, day_) != Holds::no)
        proof.notes.push_back(fmt::format("Not counted, because {}: {} of {} by {}.",
                                          edge.status == model::Status::withdrawn ? "withdrawn" : "set aside",
                                          model::to_string(edge.kind), name(edge.to), name(edge.from)));
      if (weight_of(edge, day_) != Weight::full) continue;
      if (edge.kind == model::RelationKind::control && asked_.verdict != Verdict::blocked && held_by_caught &&
          rule_.carries[static_cast<std::size_t>(edge.kind)] == Carries::no)
        proof.notes.push_back(
            fmt::format("{} controls {}: control alone does not block under this rule; caution.",
                        name(edge.from), name(edge.to)));
      if (edge.kind != model::RelationKind::ownership || edge.interest != Interest::shares || !edge.known())
        continue;
      total += edge.min;
      if (edge.from == edge.to) own += edge.min;
      if (held_by_caught && edge.from != edge.to) caught += edge.min;
    }
    if (total > kWhole)
      proof.notes.push_back(
          fmt::format("The stated shares of {} add up to {}: the data contradict themselves.",
                      name(asked_.node), share_text(total)));
    // Own shares carry no votes while the company holds them; without them every holder weighs more.
    if (own > 0 && own < kWhole && asked_.verdict == Verdict::no && rule_.threshold &&
        rule_.reached(caught * kWhole / (kWhole - own)))
      proof.notes.push_back(
          fmt::format("Borderline: {} holds {} of itself; of the rest the parties caught hold {}.",
                      name(asked_.node), share_text(own), share_text(caught * kWhole / (kWhole - own))));
  }

  const Graph& graph_;
  const Fixpoint& fixpoint_;
  const RuleVersion& rule_;
  const base::Date& day_;
  ControlVerdict asked_;
};

}  // namespace

Proof Control::prove(NodeId node, std::size_t max_steps) const {
  const State& state = *state_;
  const ControlVerdict asked = of(node);
  if (state.slot_of.empty()) return Prover(*state.graph, state.fixpoint, asked).prove(max_steps);
  // One person's run is done again, alone: it is small, and keeping every run is not.
  Fixpoint alone(*state.graph, rule(), state.fixpoint.day());
  const std::uint32_t slot = state.slot_of[node];
  Seed person{node, true};
  if (slot != 0)
    person =
        asked.basis == Basis::listed ? Seed{node, asked.verdict == Verdict::blocked} : state.person[slot - 1];
  if (slot != 0) alone.run({&person, 1});
  return Prover(*state.graph, alone, asked).prove(max_steps);
}

}  // namespace cordon::network
