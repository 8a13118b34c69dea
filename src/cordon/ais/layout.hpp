// Where the fields of each message type lie, as tables: the encoder's own knowledge of ITU-R M.1371-5 and of
// the binary applications, written down apart from the decoder's, so that a round trip checks both.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ais {

enum class FieldKind : char {
  number = 'u',
  negative = 's',  // two's complement
  flag = 'b',
  text = 't',        // width counts characters
  rest_text = 'r',   // to the end
  name = 'n',        // 20 characters, the rest from bit 272 on
  data = 'd',        // "BITS:hex" to the end
  month_time = 'm',  // "MM-DDTHH:MM[Z]": 4, 5, 5, 6 bits
  day_month = 'f',   // the same with the day's 5 bits first
  day_time = 'k',    // "DDTHH:MMZ": 5, 5, 6 bits
  date_time = 'y',   // "YYYY-MM-DDTHH:MM:SSZ": 14, 4, 5, 5, 6, 6 bits
  long_time = 'w',   // "YYYY-MM-DDTHH:MM": 8 (from 2000), 4, 5 bits, and 5, 6 bits at `width`
  array = '[',       // `elements` of `width` bits, at most `most`; `count_at` > 0: where their number stands
  part = 'p',        // "A", "B"
  target = 'i',      // application 1/17: a number of 42 bits or a text of 7 characters, by idtype
};

struct FieldLayout {
  std::string_view name;
  FieldKind kind = FieldKind::number;
  std::uint16_t at = 0, width = 0;  // bits from the start of the message, or of the array's element
  std::uint16_t most = 0, count_at = 0;
  std::vector<FieldLayout> elements;
};

struct MessageLayout {
  std::uint16_t type = 0, dac = 0, fid = 0;  // dac 0: no application, or one not known here
  std::string_view when;            // a field whose presence tells this form from the type's other ones
  std::uint16_t bits = 0;           // of the fixed part
  std::vector<FieldLayout> fields;  // behind repeat and mmsi, which all have
};

// The first that fits is meant.
std::span<const MessageLayout> message_layouts();

}  // namespace cordon::ais
