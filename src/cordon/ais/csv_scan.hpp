// Where the cells of a row end, and the numbers in them: the inner loops of the CSV readers, AVX2 with a
// plain form beside it.
#pragma once
#include <array>
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

// The columns that hold numbers, in the order of RowNumbers.
enum Number : std::size_t {
  kNumberMmsi,
  kNumberClock,
  kNumberLat,
  kNumberLon,
  kNumberSog,
  kNumberCog,
  kNumberHeading,
  kNumberStatus,
  kNumbers
};
using NumberColumns = std::array<std::uint8_t, kNumbers>;  // index of the cell; kMaxCells: not there

struct RowNumbers {
  std::array<std::int64_t, kNumbers> value;  // the MMSI; milliseconds of the day; else 1e-7
  // Bit i: value[i] is what the plain readers (csv_cells.hpp) would read, to seven decimals. Unset says
  // nothing: the cell is empty, or of a form that only they know (blanks, an MMSI of another length, eight
  // decimals).
  unsigned read = 0;
  bool has(Number number) const { return (read >> number & 1) != 0; }
};
// Any bytes may stand in the cells, but kRowSlack bytes must be readable behind the row.
inline constexpr std::size_t kRowSlack = 32;
void read_numbers_plain(const char* at, const RowEnds& row, const NumberColumns& columns,
                        RowNumbers& numbers);
void read_numbers_avx2(const char* at, const RowEnds& row, const NumberColumns& columns, RowNumbers& numbers);
using ReadNumbers = void (*)(const char*, const RowEnds&, const NumberColumns&, RowNumbers&);
ReadNumbers number_reader();

}  // namespace cordon::ais
