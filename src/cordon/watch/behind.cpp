#include "cordon/watch/behind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cordon/network/listed.hpp"
#include "cordon/network/share_text.hpp"
#include "cordon/screen/query.hpp"
#include "cordon/watch/parties.hpp"

namespace cordon::watch {
namespace {

using network::NodeId;

// Every node from which a vessel can be reached against the edges within the hop limit.
std::vector<NodeId> nodes_behind_vessels(const network::Graph& graph, unsigned max_hops) {
  std::vector<char> seen(graph.node_count(), 0);
  std::vector<NodeId> front, all;
  for (NodeId node = 0; node < graph.node_count(); ++node)
    if (graph.schema(node) == model::Schema::Vessel) {
      seen[node] = 1;
      front.push_back(node);
    }
  for (unsigned hop = 0; hop < max_hops && !front.empty(); ++hop) {
    std::vector<NodeId> next;
    for (const NodeId node : front)
      for (const auto& edge : graph.in_edges(node))
        if (!seen[edge.from]) {
          seen[edge.from] = 1;
          next.push_back(edge.from);
        }
    all.insert(all.end(), next.begin(), next.end());
    front = std::move(next);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::optional<model::Schema> query_schema(model::Schema schema) {
  switch (schema) {
    case model::Schema::Person:
    case model::Schema::Vessel:
      return schema;
    case model::Schema::Organization:
    case model::Schema::Company:
    case model::Schema::PublicBody:
      return model::Schema::Organization;
    default:
      return std::nullopt;
  }
}

// The edge read from the lower party to the upper one: "ALPHA, owned by BETA LTD".
std::string_view words_of(model::RelationKind kind, bool upper_is_from) {
  switch (kind) {
    case model::RelationKind::ownership:
      return upper_is_from ? "owned by" : "owner of";
    case model::RelationKind::control:
      return upper_is_from ? "controlled by" : "in control of";
    case model::RelationKind::directorship:
      return upper_is_from ? "directed by" : "director of";
    case model::RelationKind::acting_for:
      return upper_is_from ? "represented by" : "acting for";
    case model::RelationKind::manages:
      return upper_is_from ? "managed by" : "manager of";
    case model::RelationKind::operates:
      return upper_is_from ? "operated by" : "operator of";
    case model::RelationKind::ism_manager:
      return upper_is_from ? "ISM-managed by" : "ISM manager of";
    case model::RelationKind::insures:
      return upper_is_from ? "insured by" : "insurer of";
    case model::RelationKind::classes:
      return upper_is_from ? "classed by" : "class society of";
    case model::RelationKind::flags:
      return upper_is_from ? "flagged by" : "flag State of";
    case model::RelationKind::family:
      return "family of";
    case model::RelationKind::associate:
      return "associate of";
    case model::RelationKind::same_as:
      return "the same as";
    case model::RelationKind::link:
      break;
  }
  return "linked to";
}

void add_once(std::vector<std::string>& to, std::string_view value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.emplace_back(value);
}

int strength(std::string_view verdict) {
  return verdict == "blocked" ? 3 : verdict == "possible" ? 2 : verdict == "unknown" ? 1 : 0;
}

int strength(const Chain& chain) {
  int best = 0;
  for (const auto& verdict : chain.verdicts) best = std::max(best, strength(verdict.verdict));
  return best * 2 + (chain.dprk ? 1 : 0);
}

}  // namespace

base::Result<Behind> Behind::build(const Lists& lists, std::span<const model::RegisteredVessel> registry,
                                   std::shared_ptr<const model::SourceFile> registry_source,
                                   std::span<const std::filesystem::path> ownership,
                                   const base::Date& as_of) {
  Behind behind;
  behind.lists_ = &lists;
  behind.as_of_ = as_of;

  auto network = parties_network(ownership, registry, registry_source, lists.entities);
  if (!network) return tl::unexpected(network.error());
  behind.graph_ = std::make_unique<network::Graph>(std::move(*network));
  const network::Graph& graph = *behind.graph_;

  std::vector<std::pair<NodeId, network::Listing>> listings;
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < lists.entities.size(); ++i) by_id.emplace(lists.entities[i].id, i);
  for (const NodeId node : nodes_behind_vessels(graph, kMaxHops)) {
    const std::string id(graph.id(node));
    // The same party may be on several lists: each counts for the rules of its own authority.
    std::vector<ListedAs> listed;
    if (const auto same = by_id.find(id); same != by_id.end())
      listed.push_back({same->second, {"Named by the id of its list entry."}});
    if (lists.index) {
      screen::Query query;
      query.schema = query_schema(graph.schema(node));
      query.names = {std::string(graph.caption(node))};
      if (const auto country = graph.country(node); !country.empty())
        query.countries = {std::string(country)};
      constexpr std::size_t kListsOfOneParty = 8;
      for (auto& hit : lists.index->search(query, kListsOfOneParty, lists.index->threshold())) {
        const auto& entity = lists.entities[hit.entity];
        if (hit.score >= kSameParty)
          listed.push_back({hit.entity, std::move(hit.reasons)});
        else if (hit.match && listed.empty())
          behind.maybe_listed_.emplace(
              id, fmt::format("Whether {} is the listed {} ({}): the names are alike (score {:.2f}), a "
                              "person must decide.",
                              graph.caption(node), entity.caption, entity.source.dataset(), hit.score));
      }
    }
    for (const auto& entry : listed) {
      const model::Entity& entity = lists.entities[entry.entity];
      network::Listing listing = network::listing_of(entity);
      listing.text = entity.caption;
      listings.emplace_back(node, std::move(listing));
    }
    if (!listed.empty()) behind.listed_as_.emplace(id, std::move(listed));
  }
  behind.graph_->list(listings);
  behind.finder_ = std::make_unique<network::PathFinder>(graph);
  // A question a vessel: a network of millions is not looked through for a handful.
  if (registry.size() >= network::PathFinder::kWorthPreparing) behind.finder_->prepare();
  for (const auto rule : network::kRules) {
    auto control = network::Control::assess(graph, rule, as_of);
    if (!control) return tl::unexpected(control.error());
    behind.controls_.push_back(std::move(*control));
  }
  return behind;
}

Chain Behind::chain_of(const network::Path& path, NodeId from) const {
  Chain chain;
  std::string sentence{graph_->caption(from)};
  for (const auto& step : path.steps) {
    const auto& edge = graph_->edge(step.edge);
    const auto relation = graph_->relation(step.edge);
    const NodeId above = step.forward ? edge.to : edge.from;
    ChainStep said;
    said.from_id = graph_->id(edge.from);
    said.from_name = graph_->caption(edge.from);
    said.from_schema = model::to_string(graph_->schema(edge.from));
    said.from_country = graph_->country(edge.from);
    said.to_id = graph_->id(edge.to);
    said.to_name = graph_->caption(edge.to);
    said.to_schema = model::to_string(graph_->schema(edge.to));
    said.kind = relation.kind;
    said.share = network::share_words(relation);
    said.start = base::to_string(relation.start);
    said.end = base::to_string(relation.end);
    said.status = relation.status;
    said.note = relation.role.empty() || relation.note.empty() ? relation.role + relation.note
                                                               : relation.role + "; " + relation.note;
    said.source = relation.source;
    const std::string share = said.share.empty() ? "" : fmt::format(" ({})", said.share);
    const std::string status = relation.status == model::Status::stated
                                   ? ""
                                   : fmt::format(" [{}]", model::to_string(relation.status));
    sentence += fmt::format(", {}{}{} {}", words_of(relation.kind, above == edge.from), share, status,
                            graph_->caption(above));
    chain.steps.push_back(std::move(said));
  }
  const std::string target(graph_->id(path.target));
  chain.listed_id = target;
  chain.listed_name = graph_->caption(path.target);
  if (const auto found = listed_as_.find(target); found != listed_as_.end()) {
    const auto& entity = lists_->entities[found->second.front().entity];
    chain.listed_id = entity.id;
    chain.listed_caption = entity.caption;
    chain.listing_date = entity.first("listingDate");
    chain.match_reasons = found->second.front().reasons;
    chain.source = entity.source;
    for (const auto& entry : found->second) {
      const auto& each = lists_->entities[entry.entity];
      add_once(chain.listed_ids, each.id);
      add_once(chain.datasets, each.source.dataset());
      for (const auto program : each.all("program")) add_once(chain.programs, program);
      chain.dprk |= each.has("regime", "dprk");
    }
  } else if (const auto listings = graph_->listings(path.target); !listings.empty()) {
    // Listed by the ownership file alone.
    chain.listed_caption = listings[0].text;
    chain.listing_date = base::to_string(listings[0].start);
    chain.match_reasons = {"The ownership record itself says that this party is listed."};
    chain.source = listings[0].source;
  }
  chain.summary = std::move(sentence);
  if (graph_->ever_listed(path.target))
    chain.summary += fmt::format(", listed as {}",
                                 chain.listed_caption.empty() ? chain.listed_name : chain.listed_caption);
  return chain;
}

void Behind::add_verdicts(Chain& chain, NodeId vessel) const {
  for (const auto& control : controls_) {
    const auto verdict = control.of(vessel);
    if (verdict.verdict == network::Verdict::no && verdict.share_max <= 0) continue;
    Chain::RuleVerdict said;
    said.rule = network::to_string(control.rule().rule);
    said.verdict = network::to_string(verdict.verdict);
    if (verdict.share_max > 0) said.share = network::share_words(verdict.share_min, verdict.share_max);
    for (const auto& step : control.prove(vessel, 20).steps) said.proof.push_back(step.statement);
    chain.verdicts.push_back(std::move(said));
  }
}

std::vector<Chain> Behind::chains(std::uint32_t imo) const {
  const auto vessel = graph_->find(vessel_node(imo));
  if (!vessel) return {};
  std::vector<Chain> found;
  std::set<std::string> targets;
  for (const bool owners_only : {true, false}) {
    network::PathQuery query;
    query.from = *vessel;
    query.k = 8;
    query.as_of = as_of_;
    query.max_hops = kMaxHops;
    query.owners_only = owners_only;
    for (const auto& path : finder_->paths(query)) {
      if (path.steps.empty()) continue;
      auto chain = chain_of(path, *vessel);
      if (!targets.insert(chain.listed_id).second) continue;
      // The verdicts are about the vessel as a whole: they belong to the ways up through ownership and
      // control.
      if (owners_only) add_verdicts(chain, *vessel);
      found.push_back(std::move(chain));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Chain& a, const Chain& b) { return strength(a) > strength(b); });
  return found;
}

std::vector<std::string> Behind::unknowns(std::uint32_t imo) const {
  std::vector<std::string> missing;
  const auto vessel = graph_->find(vessel_node(imo));
  if (!vessel || graph_->in_edges(*vessel).empty()) {
    missing.push_back("Owner and manager: no register row or ownership record names this vessel.");
    return missing;
  }
  // Upwards from the vessel: where does the record stop, and where are shares not stated?
  std::vector<NodeId> front{*vessel};
  std::set<NodeId> seen{*vessel};
  std::vector<std::string> ends, unstated;
  for (unsigned hop = 0; hop < kMaxHops && !front.empty(); ++hop) {
    std::vector<NodeId> next;
    for (const NodeId node : front) {
      if (const auto found = maybe_listed_.find(std::string(graph_->id(node))); found != maybe_listed_.end())
        missing.push_back(found->second);
      const auto edges = graph_->in_edges(node);
      bool owned = false;
      for (const auto& edge : edges) {
        if (edge.kind != model::RelationKind::ownership && edge.kind != model::RelationKind::control)
          continue;
        owned = true;
        if (edge.kind == model::RelationKind::ownership && !edge.known())
          unstated.push_back(fmt::format("The share of {} in {} is not stated.", graph_->caption(edge.from),
                                         graph_->caption(edge.to)));
        if (seen.insert(edge.from).second) next.push_back(edge.from);
      }
      if (!owned && graph_->schema(node) != model::Schema::Person &&
          !listed_as_.contains(std::string(graph_->id(node))))
        ends.push_back(std::string(graph_->caption(node)));
    }
    front = std::move(next);
  }
  if (!ends.empty()) {
    constexpr std::size_t kShown = 3;
    std::string names;
    for (std::size_t i = 0; i < std::min(ends.size(), kShown); ++i) names += (i ? ", " : "") + ends[i];
    if (ends.size() > kShown) names += fmt::format(" and {} more", ends.size() - kShown);
    missing.push_back(fmt::format("Who owns {}: the records end there.", names));
  }
  missing.insert(missing.end(), unstated.begin(), unstated.end());
  return missing;
}

}  // namespace cordon::watch
