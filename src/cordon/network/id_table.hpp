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
  // What an id is found by: itself where it is short (its length in the highest byte of tail), else a hash
  // of it; and where it is looked for. Made once for callers that ask the memory beforehand.
  struct Key {
    std::uint64_t head = 0;
    std::uint32_t tail = 0;
    std::uint64_t place = 0;
  };

  IdTable();
  static Key key_of(std::string_view id);
  // Brings the slot an id will be looked for in closer, for callers that know their next ids.
  void prefetch(const Key& key) const { __builtin_prefetch(&slots_[key.place >> shift_]); }

  std::uint32_t add(std::string_view id) { return add(id, key_of(id)); }
  std::uint32_t add(std::string_view id, const Key& key);
  std::optional<std::uint32_t> find(std::string_view id) const;
  std::string_view text(std::uint32_t number) const { return {texts_[number].data, texts_[number].size}; }
  std::size_t size() const { return texts_.size(); }
  void reserve(std::size_t ids);

 private:
  struct Slot {
    std::uint64_t head = 0;
    std::uint32_t tail = 0;
    std::uint32_t number = 0;  // 0 = free, else number + 1
  };
  struct Text {
    const char* data;
    std::uint32_t size;
  };
  bool matches(const Slot& slot, const Key& key, std::string_view id) const;
  void grow(unsigned bits);

  base::LargeVector<Slot> slots_;
  unsigned shift_;
  base::LargeVector<Text> texts_;
  StringPool pool_;
};

}  // namespace cordon::network
