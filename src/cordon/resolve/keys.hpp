// Which records are worth comparing: those that share a key. A key is one part of a field (a value, a word, a
// house number with a street word) or two parts of different fields together. The data choose the keys: for
// each, its pairs are counted on a sample and its reach is played through on the sample's own records with
// the fields' expected agreement; then keys are taken by reach per pair until the budget is spent.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cordon/resolve/values.hpp"

namespace cordon::resolve {

// Records that share a key beyond this many say only that the key is common.
inline constexpr std::size_t kLargestBlock = 64;
inline constexpr std::size_t kMostKeys = 24;

enum class Part : std::uint8_t { value, word, name, number_and_word, local_number };

struct KeyPart {
  std::uint8_t field = 0;
  Part part = Part::value;
  bool operator==(const KeyPart&) const = default;
};

struct Key {
  KeyPart first, second;  // equal for a key of one part
  bool single() const { return first == second; }
};

// The hashes of a record under a key or part; a record whose field holds several words has several.
class Hashes {
 public:
  static constexpr std::size_t kMost = 12;
  void add(std::uint64_t hash) {
    if (size_ < kMost) at_[size_++] = hash;
  }
  const std::uint64_t* begin() const { return at_.data(); }
  const std::uint64_t* end() const { return at_.data() + size_; }
  std::size_t size() const { return size_; }
  void sort_unique();

 private:
  std::array<std::uint64_t, kMost> at_;  // its first size_ are written
  std::size_t size_ = 0;
};

// The hashes of many records under one part, one record after the other.
struct Column {
  std::vector<std::uint32_t> starts;  // by place in the list of records, and the end
  std::vector<std::uint64_t> hashes;
  std::span<const std::uint64_t> of(std::size_t place) const {
    return {hashes.data() + starts[place], starts[place + 1] - starts[place]};
  }
};
Column column_of(std::span<const FieldValues> fields, std::span<const RecordId> records, const KeyPart& part);

Hashes hashes_of(std::span<const FieldValues> fields, const KeyPart& part, RecordId record);
Hashes hashes_of(std::span<const FieldValues> fields, const Key& key, RecordId record);
// Of a key of two parts, from the hashes of its parts.
Hashes combine(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right);
std::string describe(std::span<const FieldValues> fields, const Key& key);

// sample: records drawn without regard to their order; of `records` in all.
std::vector<Key> choose_keys(std::span<const FieldValues> fields, std::span<const RecordId> sample,
                             std::size_t records, std::size_t pair_budget);

// A pair of records and how many keys reach it (at most 255).
struct Candidate {
  RecordId a = 0, b = 0;  // a < b
  std::uint8_t keys = 0;
};
// All pairs that share a key in a block of at most kLargestBlock, ordered by (a, b). At most `limit` pairs
// per key are taken, smallest blocks first: hostile data cannot make this grow.
std::vector<Candidate> find_candidates(std::span<const FieldValues> fields, std::span<const Key> keys,
                                       std::span<const RecordId> records, std::size_t limit);

}  // namespace cordon::resolve
