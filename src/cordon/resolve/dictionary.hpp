// Each distinct text once, numbered from 1 in order of arrival; 0 is "no value". Open addressing; the bytes
// lie in one arena, so a million values cost their bytes and about 20 more each.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::resolve {

using ValueId = std::uint32_t;

// Of the bytes alone: the same on every machine and in every run, so that samples drawn by it are too.
std::uint64_t hash_text(std::string_view text);
// Two hashes as one, order counts.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15u ^ (b + 0x7F4A7C159E3779B9u + (a << 6) + (a >> 2));
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93u;
  return x ^ (x >> 29);
}

class Dictionary {
 public:
  Dictionary() : starts_(1, 0) {}
  // The number of the text, new or known; fresh says which. Empty text is 0.
  ValueId put(std::string_view text, bool* fresh = nullptr) { return put(text, hash_text(text), fresh); }
  ValueId put(std::string_view text, std::uint64_t hash, bool* fresh);
  // 0 where the text is unknown.
  ValueId find(std::string_view text) const;
  // Ask the memory for what put() will look at, each call a step further: the slot, where its text begins,
  // the text. Made for a row of cells at a time, they wait for the memory together and not one by one.
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  void prefetch_place(std::uint64_t hash) const {
    if (const ValueId id = likely(hash); id != 0) prefetch_start(id);
  }
  void prefetch_bytes(std::uint64_t hash) const {
    if (const ValueId id = likely(hash); id != 0) prefetch_text(id);
  }
  void prefetch_start(ValueId id) const { __builtin_prefetch(&starts_[id - 1]); }
  void prefetch_text(ValueId id) const { __builtin_prefetch(bytes_.data() + starts_[id - 1]); }
  std::string_view operator[](ValueId id) const {
    return id == 0 ? std::string_view{}
                   : std::string_view(bytes_).substr(starts_[id - 1], starts_[id] - starts_[id - 1]);
  }
  // Numbers run from 1 to size() inclusive.
  std::size_t size() const { return starts_.size() - 1; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    ValueId id = 0;
  };
  void grow();
  ValueId likely(std::uint64_t hash) const {
    if (slots_.empty()) return 0;
    const Slot& slot = slots_[hash & (slots_.size() - 1)];
    return slot.hash == static_cast<std::uint32_t>(hash) ? slot.id : 0;
  }
  std::string bytes_;
  std::vector<std::uint64_t> starts_;
  std::vector<Slot> slots_;
};

}  // namespace cordon::resolve
