#include "cordon/ais/csv_scan.hpp"

#include <cstring>

#include "cordon/ais/armour.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cordon::ais {

void split_row_plain(const char* at, const char* end, RowEnds& row) {
  row.cells = 0;
  row.quoted = false;
  for (const char* p = at; p < end; ++p) {
    if (*p == '"') row.quoted = true;
    if (*p != ',' && *p != '\n') continue;
    if (row.cells < kMaxCells) row.end[row.cells++] = static_cast<std::uint32_t>(p - at);
    if (*p == '\n') {
      row.size = static_cast<std::size_t>(p - at) + 1;
      return;
    }
  }
  row.size = static_cast<std::size_t>(end - at);
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi"))) void split_row_avx2(const char* at, const char* end, RowEnds& row) {
  const __m256i comma = _mm256_set1_epi8(','), newline = _mm256_set1_epi8('\n'),
                quote = _mm256_set1_epi8('"');
  std::size_t cells = 0;
  std::uint32_t quotes = 0;
  for (const char* p = at; end - p >= 32; p += 32) {
    const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    const auto lines = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, newline)));
    const std::uint32_t inside = lines ^ (lines - 1);  // up to and with the first newline; all where none
    quotes |= static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, quote))) & inside;
    std::uint32_t ends =
        (static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, comma))) | lines) & inside;
    const auto base = static_cast<std::uint32_t>(p - at);
    for (; ends != 0 && cells < kMaxCells; ends &= ends - 1)
      row.end[cells++] = base + static_cast<std::uint32_t>(__builtin_ctz(ends));
    if (lines != 0) {
      row.cells = cells;
      row.quoted = quotes != 0;
      row.size = base + static_cast<std::size_t>(__builtin_ctz(lines)) + 1;
      return;
    }
  }
  split_row_plain(at, end, row);  // the last row of a block
}
#else
void split_row_avx2(const char* at, const char* end, RowEnds& row) {
  split_row_plain(at, end, row);
}
#endif

SplitRow row_splitter() {
  return has_avx2() ? split_row_avx2 : split_row_plain;
}

}  // namespace cordon::ais
