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

// What add() needs beyond the batch: who has a key, and who is linked with whom. Built by the first add().
struct Reach {
  std::vector<std::unordered_map<std::uint64_t, std::vector<RecordId>>> blocks;  // by key
  std::vector<std::vector<Link>> links;                                          // by record, both ways
};

struct Resolver::State {
  Table table;
  Plan plan;
  std::vector<FieldValues> fields;
  std::vector<Key> keys;
  Model model;
  std::vector<std::uint64_t> rank;  // of each record: a hash of its content
  std::vector<RecordId> twin;       // the first record of the same content; itself where there is none before
  std::vector<Link> links;          // of candidates that came near to being one
  std::vector<Bound> bounds;        // decisions, by record
  std::vector<Decision> decisions;  // as given, one a pair, for explanations
  std::vector<RecordId> label;      // the smallest record of the cluster
  std::vector<RecordId> name_of;    // by label: the record whose id names the cluster
  std::vector<Change> history;
  std::unique_ptr<Reach> reach;
  Report report;

  void read_fields();
  void find_twins();
  void resolve();
  Bits score(RecordId a, RecordId b) const;
  std::vector<Evidence> compare(std::span<const Candidate> pairs) const;
  void name_clusters();
  std::vector<RecordId> chain(RecordId a, RecordId b) const;
};

// Index of the decision on a pair, or -1.
int decision_on(std::span<const Bound> bounds, RecordId a, RecordId b);
// The record numbers of decisions, later ones replacing earlier ones on the same pair; fails on an unknown
// id, on two equal ids, and where "same" along a chain contradicts a "different".
base::Result<std::vector<Bound>> bind_decisions(const Table& table, std::span<const Decision> decisions,
                                                std::vector<Decision>& kept);

}  // namespace cordon::resolve
