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

namespace {

#define CORDON_LANE __attribute__((target("avx2,bmi,bmi2"), always_inline)) inline

alignas(32) constexpr auto kFirst16 = [] {
  std::array<std::uint8_t, 32> mask{};
  for (std::size_t i = 0; i < 16; ++i) mask[i] = 0xFF;
  return mask;
}();

// [-]digits[.digits] with at most 8 and 7 digits, in 1e-7. Nine digits before the point and seven behind it
// are moved to fixed places, so that all sixteen are one number.
CORDON_LANE bool read_e7(const char* cell, std::size_t size, std::int64_t& out) {
  const bool negative = *cell == '-';
  const std::size_t count = size - negative;
  if (count - 1 > 14) return false;
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(cell + negative));
  const __m128i nine = _mm_set1_epi8(9);
  const __m128i digits =
      _mm_and_si128(_mm_sub_epi8(text, _mm_set1_epi8('0')),
                    _mm_loadu_si128(reinterpret_cast<const __m128i*>(kFirst16.data() + 16 - count)));
  const unsigned others =
      static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(digits, nine), nine))) ^ 0xFFFFU;
  const unsigned points =
      _bzhi_u32(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.')))),
                static_cast<unsigned>(count));
  const unsigned whole = _tzcnt_u32(points | 1U << count);  // digits before the point
  if (others != points || (points & (points - 1)) != 0 || whole > 8 || count - whole > 8 ||
      (count == 1 && points != 0))
    return false;
  const __m128i places = _mm_add_epi8(_mm_setr_epi8(-9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7),
                                      _mm_set1_epi8(static_cast<char>(whole)));
  const __m128i sixteen = _mm_shuffle_epi8(digits, places);  // places below zero give 0
  const __m128i pairs = _mm_maddubs_epi16(sixteen, _mm_set1_epi16(0x010A));
  const __m128i quads = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));
  const __m128i packed = _mm_packus_epi32(quads, quads);
  const auto eights =
      static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_madd_epi16(packed, _mm_set1_epi32(0x00012710))));
  const auto value = static_cast<std::int64_t>((eights & 0xFFFFFFFF) * 100000000 + (eights >> 32));
  out = negative ? -value : value;
  return true;
}

CORDON_LANE std::uint64_t word_at(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}
CORDON_LANE bool all_digits(std::uint64_t less_zero) {  // bytes less '0'
  return (((less_zero + 0x7676767676767676ULL) | less_zero) & 0x8080808080808080ULL) == 0;
}

CORDON_LANE bool read_nine_digits(const char* cell, std::size_t size, std::int64_t& out) {
  if (size != 9) return false;
  std::uint64_t word = word_at(cell) - 0x3030303030303030ULL;
  const auto last = static_cast<unsigned>(cell[8] - '0');
  if (!all_digits(word) || last > 9) return false;
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000FF000000FFULL) * 0x000F424000000064ULL +
          (word >> 16 & 0x000000FF000000FFULL) * 0x0000271000000001ULL) >>
         32;
  out = static_cast<std::int64_t>(static_cast<std::uint32_t>(word)) * 10 + last;
  return true;
}

// HH:MM:SS behind a date of ten characters and a letter.
CORDON_LANE bool read_clock(const char* cell, std::size_t size, std::int64_t& out) {
  if (size != 19) return false;
  std::uint64_t word = word_at(cell + 11) - 0x30303A30303A3030ULL;
  if ((word & 0x0000FF0000FF0000ULL) != 0 || !all_digits(word)) return false;
  word = word * 10 + (word >> 8);
  const auto hour = word & 0xFF, minute = word >> 24 & 0xFF, second = word >> 48 & 0xFF;
  if (hour > 23 || minute > 59 || second > 60) return false;
  out = static_cast<std::int64_t>(((hour * 60 + minute) * 60 + second) * 1000);
  return true;
}

}  // namespace

__attribute__((target("avx2,bmi,bmi2"))) void read_numbers_avx2(const char* at, const RowEnds& row,
                                                                const NumberColumns& columns,
                                                                RowNumbers& numbers) {
  unsigned read = 0;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const std::size_t column = columns[i];
    if (column >= row.cells) continue;
    const std::uint32_t from = column == 0 ? 0 : row.end[column - 1] + 1, size = row.end[column] - from;
    const char* cell = at + from;
    bool good = false;
    if (i == kNumberMmsi) {
      good = read_nine_digits(cell, size, numbers.value[i]);
    } else if (i == kNumberClock) {
      good = read_clock(cell, size, numbers.value[i]);
    } else {
      good = read_e7(cell, size, numbers.value[i]);
    }
    read |= static_cast<unsigned>(good) << i;
  }
  numbers.read = read;
}

#else
void read_numbers_avx2(const char*, const RowEnds&, const NumberColumns&, RowNumbers& numbers) {
  numbers.read = 0;
}
void split_row_avx2(const char* at, const char* end, RowEnds& row) {
  split_row_plain(at, end, row);
}
#endif

void read_numbers_plain(const char*, const RowEnds&, const NumberColumns&, RowNumbers& numbers) {
  numbers.read = 0;
}

ReadNumbers number_reader() {
  return has_avx2() ? read_numbers_avx2 : read_numbers_plain;
}

SplitRow row_splitter() {
  return has_avx2() ? split_row_avx2 : split_row_plain;
}

}  // namespace cordon::ais
