// Text ids to small numbers, in order of first mention, and text that must live as long as the graph. Loading
// a large graph is mostly this lookup, so ids of up to twelve bytes lie inside the table itself.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "cordon/base/large.hpp"

namespace cordon::network {

// Owns copies of text; views stay valid while the pool (or what it was moved into) lives.
class StringPool {
 public:
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0, room_ = 0;
};

class IdTable {
 public:
  IdTable();
  static std::uint64_t hash(std::string_view id);
  // Brings the slot an id will be looked for in closer, for callers that know their next ids.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[hash >> shift_]); }

  std::uint32_t add(std::string_view id) { return add(id, hash(id)); }
  std::uint32_t add(std::string_view id, std::uint64_t hash);
  std::optional<std::uint32_t> find(std::string_view id) const;
  std::string_view text(std::uint32_t number) const { return {texts_[number].data, texts_[number].size}; }
  std::size_t size() const { return texts_.size(); }
  void reserve(std::size_t ids);

 private:
  static constexpr std::size_t kInline = 11;
  // bytes: the id itself where it fits (length in the last byte), else 8 bytes of hash and length 255.
  struct Slot {
    std::uint32_t number = 0;  // 0 = free, else number + 1
    char bytes[kInline + 1] = {};
  };
  struct Text {
    const char* data;
    std::uint32_t size;
  };
  static Slot key_of(std::string_view id, std::uint64_t hash);
  bool matches(const Slot& slot, const Slot& key, std::string_view id) const;
  void grow(unsigned bits);

  base::LargeVector<Slot> slots_;
  unsigned shift_;
  base::LargeVector<Text> texts_;
  StringPool pool_;
};

}  // namespace cordon::network
