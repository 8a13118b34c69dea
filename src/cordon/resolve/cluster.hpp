// From scored pairs to parties. Pairs that are likelier one than two are linked; within what hangs together,
// groups are joined from the strongest down as long as the evidence between the two groups is for it on
// average. One chance link between two parties does not outweigh all pairs that speak against it.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cordon/resolve/compare.hpp"

namespace cordon::resolve {

struct Link {
  RecordId a = 0, b = 0;
  Bits weight = 0;
};

// What people decided, by record.
struct Bound {
  RecordId a = 0, b = 0;
  enum class Kind : std::uint8_t { same, different, unsure } kind = Kind::same;
};

// The label of each record is the smallest record of its cluster. links: any order, weight of any sign (those
// <= 0 only matter inside a component). score: the weight of a pair that has no link. rank: an order of the
// records that does not depend on how they were numbered, to break ties by.
std::vector<RecordId> cluster_records(std::size_t records, std::span<const Link> links,
                                      std::span<const Bound> bounds, std::span<const std::uint64_t> rank,
                                      const std::function<Bits(RecordId, RecordId)>& score);

}  // namespace cordon::resolve
