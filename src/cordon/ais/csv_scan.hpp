// Where the cells of a row end: the inner loop of the CSV readers, AVX2 with a plain form beside it.
#pragma once
#include <cstddef>
#include <cstdint>

namespace cordon::ais {

// More columns than any AIS archive has; what lies beyond is not looked at.
inline constexpr std::size_t kMaxCells = 64;

struct RowEnds {
  // Offsets from the row's start of the comma or newline that ends each cell.
  std::uint32_t end[kMaxCells];
  std::size_t cells = 0;
  std::size_t size = 0;  // bytes of the row with its newline
  bool quoted = false;   // a '"' was seen: ends are not to be trusted, size is
};

// [at, end) holds at least one '\n'.
void split_row_plain(const char* at, const char* end, RowEnds& row);
void split_row_avx2(const char* at, const char* end, RowEnds& row);  // only where has_avx2()
using SplitRow = void (*)(const char*, const char*, RowEnds&);
SplitRow row_splitter();

}  // namespace cordon::ais
