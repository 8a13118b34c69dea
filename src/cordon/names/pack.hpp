// A prepared name as one block of bytes without pointers: an index keeps millions of them in one piece,
// writes them to a file and maps them back. A block is the same bytes wherever the same name is packed with
// the same table. It holds numbers in the byte order of the machine; who keeps blocks in a file says so
// there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/names/forms.hpp"

namespace cordon::names {

// The distinct elements of many names, numbered as they are first seen: the names of a list of ten thousand
// parties hold half a million elements, of which a few thousand differ.
class ElementTable {
 public:
  static constexpr std::uint32_t kMost = 65'000, kNone = ~std::uint32_t{0};
  std::uint32_t number(const Element& element);  // kNone: new, and the table is full
  std::span<const Element> elements() const { return elements_; }

 private:
  void grow();
  std::vector<Element> elements_;
  std::vector<std::uint32_t> slots_;  // number + 1, open addressing; 0: free
};

// Blocks start and end at multiples of this.
inline constexpr std::size_t kBlock = 8;

// Appends the block of a name; out.size() is a multiple of kBlock before and after.
void pack(const NameForms& forms, ElementTable& table, std::string& out);

// Reads a block that starts at a multiple of kBlock and may be longer than needed. The forms look into the
// block and into `room`, which is overwritten. False where the bytes are no block: nothing that a file holds
// makes a later comparison read outside of it.
bool unpack(std::string_view block, std::span<const Element> table, std::vector<Element>& room,
            NameForms& forms);

// Appends the block `from`, packed with elements numbered as in `from_table`, as pack() would with `table`.
// `renumbered` remembers the numbers found before and starts as from_table.size() times kNone.
bool repack(std::string_view from, std::span<const Element> from_table,
            std::vector<std::uint32_t>& renumbered, ElementTable& table, std::string& out);

// Bytes of the block at the start of these bytes; 0 where there is none.
std::size_t block_size(std::string_view bytes);

}  // namespace cordon::names
