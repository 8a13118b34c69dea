// One line of a feed taken apart: what stands before, around and after an AIVDM sentence.
#pragma once
#include <cstdint>
#include <string_view>

#include "cordon/ais/outcome.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ais {

struct Sentence {
  std::string_view payload;   // armoured
  std::string_view receiver;  // tag block s:, or rNAME / bNAME after the checksum (USCG form)
  base::TimeMs time = base::kNoTime;
  std::uint32_t group = 0;            // tag block g:PART-OF-ID; 0 none
  std::uint16_t talker = 0;           // two characters, first in the high byte
  std::uint8_t count = 0, index = 0;  // 1..9, index <= count
  std::int8_t sequence = -1;          // -1 where the field is empty
  std::uint8_t fill = 0;
  char channel = ' ';
  bool own_ship = false;
  bool bad_tag = false;  // a tag block was there but broken; it was ignored

  // A part, or one of a tag block group: what it means hangs on other lines.
  bool needs_others() const { return count > 1 || group != 0; }
};

// Outcome::message for a sound VDM or VDO sentence (its payload not yet looked at), otherwise the reason. The
// views point into the line. Understands, in this order and all optional: a time stamp (unix seconds or
// milliseconds, or ISO 8601 with T or blank), tag blocks \..*hh\, the sentence, then after its checksum comma
// fields as the US Coast Guard writes them (rSTATION, unix seconds) or a time stamp.
Outcome parse_sentence(std::string_view line, Sentence& sentence);

// A time stamp at the start of the text: unix time in seconds (9 or 10 digits, fraction allowed),
// milliseconds (12, 13 digits) or microseconds (16), or YYYY-MM-DD HH:MM:SS[.fff][Z|+hh:mm] with - or / and
// T, blank or _. kNoTime where there is none. *used is the number of characters taken.
base::TimeMs parse_stamp(std::string_view text, std::size_t* used = nullptr);

}  // namespace cordon::ais
