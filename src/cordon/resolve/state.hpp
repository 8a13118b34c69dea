// What a Resolver holds; shared by its .cpp files.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "cordon/resolve/cluster.hpp"
#include "cordon/resolve/keys.hpp"
#include "cordon/resolve/model.hpp"
#include "cordon/resolve/resolver.hpp"
#include "cordon/resolve/values.hpp"

namespace cordon::resolve {

// What add() and decide() need beyond the batch: who has a key, and who is linked with whom. Built when first
// needed.
struct Reach {
  std::vector<std::vector<std::uint64_t>> blocks;  // by key: hash << 32 | record, sorted
  std::unordered_map<std::uint64_t, std::vector<RecordId>>
      fresh;  // of records that came later, by key and hash
  std::unordered_map<std::uint64_t, std::vector<RecordId>> alike;  // by rank: records that are no twins
  std::unordered_map<RecordId, std::vector<RecordId>> twins;       // of a record
  std::vector<std::vector<Link>> links;                            // by record, both ways
};

inline constexpr RecordId kNoLabel = static_cast<RecordId>(-1);  // of a record not yet grouped

struct Resolver::State {
  Table table;
  Plan plan;
  std::shared_ptr<Cells> cells = std::make_shared<Cells>();
  std::vector<FieldValues> fields;
  std::vector<Key> keys;
  Model model;
  std::vector<std::uint64_t> rank;  // of each record: a hash of its content
  std::vector<RecordId> order;      // one record of each content, in an order that their content decides
  std::vector<RecordId> twin;       // the first record of the same content; itself where there is none before
  std::vector<Link> links;          // of candidates that came near to being one
  std::vector<Bound> bounds;        // decisions, by record
  std::vector<Decision> decisions;  // as given, one a pair, for explanations
  std::vector<RecordId> label;      // the smallest record of the cluster
  std::vector<RecordId> name_of;    // by label: the record whose id names the cluster
  std::unordered_map<RecordId, std::string> kept_names;  // by label: a name from an earlier run
  std::vector<Change> history;
  std::unique_ptr<Reach> reach;
  Report report;

  // resolver.cpp: the batch
  void read_fields();
  std::uint64_t rank_of(RecordId record) const;
  bool same_content(RecordId a, RecordId b) const;
  void find_twins();
  void resolve();
  Bits score(RecordId a, RecordId b) const;
  void ahead(std::span<const RecordId> records, std::size_t at) const;
  std::vector<Evidence> compare(std::span<const Candidate> pairs) const;
  void name_clusters();
  std::string_view name(RecordId label_of_cluster) const;

  // incremental.cpp
  void build_reach();
  void attach(RecordId record);
  void regroup(std::span<const RecordId> touched, std::string_view because);
  // Gives the clusters of these records their names, from the names they had ("" for none), and writes down
  // what was joined and parted.
  void settle(std::span<const RecordId> records, std::span<const std::string> before,
              std::string_view because);

  // explain.cpp: the chain of links, each as strong as can be, that leads from a to b inside their cluster.
  std::vector<RecordId> chain(RecordId a, RecordId b) const;
};

// Index of the decision on a pair, or -1.
int decision_on(std::span<const Bound> bounds, RecordId a, RecordId b);
// The record numbers of decisions, later ones replacing earlier ones on the same pair; fails on an unknown
// id, on two equal ids, and where "same" along a chain contradicts a "different".
base::Result<std::vector<Bound>> bind_decisions(const Table& table, std::span<const Decision> decisions,
                                                std::vector<Decision>& kept);

}  // namespace cordon::resolve
