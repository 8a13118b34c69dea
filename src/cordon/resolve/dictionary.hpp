// Each distinct text once, numbered from 1 in order of arrival; 0 is "no value". Open addressing; the bytes
// lie in one arena, so a million values cost their bytes and about 40 more each.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cordon/base/large.hpp"

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
  // What finds a text: up to eleven bytes the text itself, so that it is compared without being looked up;
  // of a longer one its hash.
  struct Probe {
    std::uint64_t head = 0;
    std::uint32_t tail = 0;  // highest byte: the length of a short text, kLong for a longer one
  };
  static Probe probe_of(std::string_view text);

  Dictionary() : starts_(1, 0) {}
  // The number of the text, new or known; fresh says which. Empty text is 0.
  ValueId put(std::string_view text, bool* fresh = nullptr) { return put(text, probe_of(text), fresh); }
  ValueId put(std::string_view text, const Probe& probe, bool* fresh);
  // 0 where the text is unknown.
  ValueId find(std::string_view text) const;
  // Room for so many texts of so many bytes together.
  void reserve(std::size_t texts, std::size_t bytes);
  std::size_t bytes() const { return bytes_.size(); }
  // Ask the memory for what put() will look at, each call a step further: the slot, where its text begins,
  // the text. Made for many texts at a time, they wait for the memory together and not one by one.
  void prefetch(const Probe& probe) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[place_of(probe)]);
  }
  void prefetch_place(const Probe& probe) const {
    if (const ValueId id = likely(probe); id != 0) prefetch_start(id);
  }
  void prefetch_bytes(const Probe& probe) const {
    if (const ValueId id = likely(probe); id != 0) prefetch_text(id);
  }
  void prefetch_start(ValueId id) const { __builtin_prefetch(&starts_[id - 1]); }
  void prefetch_text(ValueId id) const { __builtin_prefetch(bytes_.data() + starts_[id - 1]); }
  std::string_view operator[](ValueId id) const {
    return id == 0 ? std::string_view{}
                   : std::string_view(bytes_.data() + starts_[id - 1], starts_[id] - starts_[id - 1]);
  }
  // Numbers run from 1 to size() inclusive.
  std::size_t size() const { return starts_.size() - 1; }

 private:
  static constexpr std::uint32_t kLong = 0xFF;
  struct Slot {
    std::uint64_t head = 0;
    std::uint32_t tail = 0;
    ValueId id = 0;
    bool is(const Probe& probe) const { return head == probe.head && tail == probe.tail; }
  };
  std::size_t place_of(const Probe& probe) const {
    const std::uint64_t x =
        (probe.head ^ std::uint64_t{probe.tail} * 0xE7037ED1A0B428DBu) * 0x9E3779B97F4A7C15u;
    return (x ^ x >> 32) & (slots_.size() - 1);
  }
  void grow(std::size_t slots);
  ValueId likely(const Probe& probe) const {
    if (slots_.empty() || probe.tail >> 24 != kLong) return 0;
    const Slot& slot = slots_[place_of(probe)];
    return slot.is(probe) ? slot.id : 0;
  }
  base::LargeVector<char> bytes_;
  base::LargeVector<std::uint64_t> starts_;
  base::LargeVector<Slot> slots_;
};

}  // namespace cordon::resolve
