// Key -> numbers of names (or of entities). Three flat arrays, which a snapshot maps from a file: the numbers
// of all keys one after another, the keys sorted, and where the keys with the same first bits begin.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "cordon/screen/keys.hpp"

namespace cordon::screen {

// Of a key the first 40 bits count. Two keys that agree in them share a posting: among ten million keys that
// costs one query in a hundred thousand a needless comparison.
struct Postings {
  std::span<const std::uint32_t>
      buckets;                            // 2^n + 1: by the first n bits of a key, into rests; n from 8 to 32
  std::span<const std::uint32_t> rests;   // bits 9 to 40 of each key, ascending within its first eight
  std::span<const std::uint32_t> begins;  // one more than rests: into items
  std::span<const std::uint32_t> items;   // ascending within a key

  std::span<const std::uint32_t> operator[](Key key) const;
  // Every lookup stays within the arrays and every item is below `limit`.
  bool sound(std::size_t limit) const;
};

struct PostingArrays {
  std::vector<std::uint32_t> buckets, rests, begins, items;
  Postings view() const { return {buckets, rests, begins, items}; }
};

// The arrays are the same in whatever order the pairs came.
class PostingsBuilder {
 public:
  struct Pair {
    Key key;
    std::uint32_t item;
  };
  void add(std::span<const Pair> pairs);  // from any thread
  PostingArrays build();                  // sorts on all cores; afterwards the builder is empty

 private:
  std::mutex guard_;
  std::array<std::vector<std::uint64_t>, 256> parts_;  // by first byte: rest of the key, item
};

}  // namespace cordon::screen
