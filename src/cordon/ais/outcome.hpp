// What became of an input line. Every line of a feed has exactly one outcome; the names are stable codes
// (docs/ais.md lists them) so that two readers can compare their losses line by line.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::ais {

enum class Outcome : std::uint8_t {
  message,         // this line completed a message
  part,            // a sentence of a longer message, kept until the rest arrives
  blank,           // nothing but white space
  comment,         // a line that starts with #
  other_sentence,  // a sound NMEA sentence of another device: $GPGGA, !AIVSI, ...
  not_nmea,        // no sentence in the line
  malformed,       // an AIVDM sentence whose fields are missing or are not numbers where numbers belong
  checksum,        // the sentence's checksum is wrong
  no_checksum,     // "*hh" is missing
  empty_payload,   // "!AIVDM,1,1,,B,,0*25": a receiver's way to say that nothing arrived
  armour,          // a character outside the 64 of the payload alphabet
  fill_bits,       // more fill bits than the payload could have
  too_short,       // fewer bits than the message type needs
  too_long,        // more bits than any message can have
  unknown_type,    // message type 0 or 28..63
  overlong_line,   // a line longer than any sentence (1 MiB): skipped
  // CSV feeds
  header,      // the first line of a CSV feed
  row,         // a row became a position
  bad_fields,  // too few fields
  bad_mmsi,
  bad_time,
  bad_position,
};
inline constexpr std::size_t kOutcomes = static_cast<std::size_t>(Outcome::bad_position) + 1;

std::string_view to_string(Outcome outcome);
// False for what a sound feed contains: message, part, blank, comment, other_sentence, header, row.
bool is_reject(Outcome outcome);

}  // namespace cordon::ais
