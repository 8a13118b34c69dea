// Unsupervised entity resolution: many records -> clusters that are one person, company or ship.
//   Fellegi and Sunter's model. u (how often two different parties agree) comes from the data's own
//   frequencies and from random pairs, m (how often two records of one party agree) from EM over the
//   candidate pairs, both held by priors where the data are few. Frequent values weigh less.
//   Candidates come from keys that the data choose; the share of true pairs they reach is estimated.
//   Clusters are joined by average evidence, so that one chance link does not chain two parties.
// Nothing is random: the same records give the same clusters in any order and with any number of threads.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/resolve/decisions.hpp"
#include "cordon/resolve/table.hpp"

namespace cordon::resolve {

struct Explanation;  // explain.hpp

// One join or parting, in order of time.
struct Change {
  enum class Kind : std::uint8_t { joined, parted, added };
  std::uint64_t number = 0;  // from 1
  Kind kind = Kind::added;
  std::vector<std::string> before, after;  // cluster names
  std::string because;  // "record 17 added", "decided different: a, b (A. Person, 2026-01-31)"
};

struct Report {
  std::size_t records = 0, pairs = 0, clusters = 0, joined_pairs = 0;
  // Estimated share of true pairs that the keys reach (Chao's lower bound of the unseen, from how many keys
  // reach each pair found); 1 where all pairs were compared.
  double reach = 1;
  std::vector<std::string> keys;     // what they are made of: "date_of_birth", "name + postcode"
  std::vector<std::string> fields;   // "date_of_birth: date"
  std::vector<std::string> ignored;  // columns that are no evidence, with the reason
  bool one_per_source = false;       // found in the data: no party has two records of one source
};

class Resolver {
 public:
  // Fails where the table has no record, or decisions contradict each other ("same" along a chain, and
  // "different"); the message names them. Decisions on unknown ids are errors too.
  static base::Result<Resolver> build(Table table, std::span<const Decision> decisions = {});

  std::size_t size() const;
  const Table& table() const;
  const Report& report() const;
  // A cluster's name: the smallest of its record ids when it came to be. It stays while the cluster grows; of
  // two that are joined the smaller name stays; of parts the one that holds the name's record keeps it.
  std::string_view cluster(RecordId record) const;
  // Records of the same cluster, ascending.
  std::vector<RecordId> members(RecordId record) const;

  // Adds one record under the model as learned: compares it with what its keys reach, and joins, or parts
  // what it proves different. The clusters are those a batch with the same model and the same keys finds.
  // Below 1 ms for ordinary blocks. Fails on an empty id.
  base::Result<RecordId> add(std::string_view id, const Row& row);
  // A later decision; history says what it changed. Fails, changing nothing, where it contradicts.
  base::Result<void> decide(const Decision& decision);
  // Fails where an id is unknown.
  base::Result<Explanation> explain(std::string_view left, std::string_view right) const;
  const std::vector<Change>& history() const;
  // Takes over the names of an earlier run, id -> cluster name, so that a party keeps its name; history says
  // what was joined and parted since. Ids no longer here are left out.
  void keep_names(const std::vector<std::pair<std::string, std::string>>& earlier);

  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;
  ~Resolver();

 private:
  struct State;
  explicit Resolver(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cordon::resolve
