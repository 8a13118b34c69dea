// Who stands behind a vessel: the register's owners and managers, joined with ownership records and with the
// lists into one network, and the ways from a vessel up to a listed party.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/position.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/graph.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/screen/index.hpp"
#include "cordon/watch/dossier.hpp"

namespace cordon::watch {

// What the listed parties are known by; lives as long as the run.
struct Lists {
  std::vector<model::Entity> entities;
  std::optional<screen::Index> index;  // over entities
};

class Behind {
 public:
  // ownership: files or folders that network::read_into understands. Parties are matched to the lists only
  // where they can stand behind a vessel of the register or of the ownership files (kMaxHops steps up), so
  // that a network of millions costs what its vessels cost. as_of: the day shares, roles and listings are
  // judged at.
  static base::Result<Behind> build(const Lists& lists, std::span<const model::RegisteredVessel> registry,
                                    std::shared_ptr<const model::SourceFile> registry_source,
                                    std::span<const std::filesystem::path> ownership,
                                    const base::Date& as_of);

  // Chains from the vessel to listed parties, strongest first, one a listed party; empty where none is known.
  // One thread at a time.
  std::vector<Chain> chains(std::uint32_t imo) const;
  // Statements that are missing: no owner known, shares not stated.
  std::vector<std::string> unknowns(std::uint32_t imo) const;
  const base::Tally& warnings() const { return graph_->warnings(); }
  // With the listings found by name; lives as long as this.
  const network::Graph& graph() const { return *graph_; }

  // A way through graph() in words, with what is known of the party it ends at.
  Chain chain_of(const network::Path& path, network::NodeId from) const;
  // As of the day this was built for, one a rule.
  const std::vector<network::Control>& controls() const { return controls_; }

  static constexpr unsigned kMaxHops = 8;
  // Screening answers "look at this" from its own threshold on. A chain says "this owner is that listed
  // party" and needs more: names that agree in every telling word. Between the two, the question is put to a
  // person (unknowns()).
  static constexpr double kSameParty = 0.88;

 private:
  // A list entry that a node is taken for, and why.
  struct ListedAs {
    std::uint32_t entity = 0;
    std::vector<std::string> reasons;
  };
  Behind() = default;
  void add_verdicts(Chain& chain, network::NodeId vessel) const;

  const Lists* lists_ = nullptr;
  base::Date as_of_;
  std::unique_ptr<network::Graph> graph_;
  std::unique_ptr<network::PathFinder> finder_;  // one for all vessels: it keeps arrays as long as the graph
  std::vector<network::Control> controls_;       // one a rule, in the order of network::kRules
  std::unordered_map<std::string, std::vector<ListedAs>> listed_as_;  // by node, never empty
  std::unordered_map<std::string, std::string> maybe_listed_;         // node -> the question
};

}  // namespace cordon::watch
