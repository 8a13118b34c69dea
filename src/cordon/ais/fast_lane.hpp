// The common case at full speed: a position (types 1-4, 9, 11, 18, 27) in one sentence, with or without a tag
// block, straight from the text to columns. Whatever is not exactly that is left to the decoder, which gives
// the same rows (a test compares them); so this knows no errors.
#pragma once
#include <cstddef>
#include <cstdint>

#include "cordon/ais/outcome.hpp"
#include "cordon/ais/sentence.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ais {

// The next free row of each column.
struct ColumnPointers {
  base::TimeMs* time;
  std::uint32_t* mmsi;
  std::int32_t* lat_e7;
  std::int32_t* lon_e7;
  std::uint16_t* sog_dkn;
  std::uint16_t* cog_ddeg;
  std::uint16_t* heading_deg;
  std::uint8_t* nav_status;
  std::uint8_t* type;
  std::uint8_t* receiver;
  std::uint64_t* where;
};

// Reads lines from `at` as long as they are of the common case, at most `room` of them; returns how many, and
// moves `at` behind them. next_where is Where::packed of the first line; start_time serves lines without a
// time.
std::size_t read_fast_lines(const char*& at, const char* end, const ColumnPointers& columns, std::size_t room,
                            std::uint64_t next_where, base::TimeMs start_time);
// The next line of whole lines, taken apart as parse_sentence does; moves `at` behind it. A plain sentence, a
// part or not, with or without a plain tag block, goes the fast way.
Outcome next_sentence(const char*& at, const char* end, Sentence& sentence);
// False where the processor lacks AVX2: then read_fast_lines must not be called.
bool has_fast_lane();

}  // namespace cordon::ais
