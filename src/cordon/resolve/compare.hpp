// How two values of one field agree: the level (field.hpp), and, where the level is about a value that can be
// rare or common, how likely two different parties agree on just that value.
#pragma once
#include <cstdint>

#include "cordon/resolve/values.hpp"

namespace cordon::resolve {

// Evidence is counted in whole 1/1024 bits, so that sums are the same in any order.
inline constexpr std::int32_t kBit = 1024;
using Bits = std::int32_t;

inline constexpr std::uint8_t kMissing = 15;  // one side says nothing: no evidence

struct Outcome {
  std::uint8_t level = kMissing;
  // log2 of the chance that another party has what agrees, <= 0; 0 where that is asked of the level as a
  // whole (by_value() false).
  Bits chance = 0;
};

// Whether the chance of a level is that of the value, not of the level.
bool by_value(FieldType type, std::uint8_t level);

// Values must not be 0.
Outcome compare_values(const FieldValues& field, ValueId a, ValueId b);
// The best agreement among the values of the two cells.
Outcome compare_cells(const FieldValues& field, RecordId a, RecordId b);

// log2 of the chance that a party drawn at random has a value (or, of persons, a word) which `count` parties
// have, the two in question not counted. given_name: as a given name, of which there are fewer.
Bits chance_of(const FieldValues& field, std::uint32_t count, bool given_name = false);
// Fills FieldValues::chances.
void table_chances(FieldValues& field);

}  // namespace cordon::resolve
