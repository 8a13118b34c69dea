// Fields of a message as JSON members. Names and forms are gpsd's.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cordon/ais/cursor.hpp"
#include "cordon/ais/message.hpp"
#include "cordon/ais/units.hpp"

namespace cordon::ais {

struct Fields {
  Cursor& json;
  const Payload& bits;
  bool scaled;

  std::uint64_t get(std::size_t at, std::size_t width) const { return bits.get(at, width); }

  void value(std::string_view name, std::uint64_t number) {
    json.key(name);
    json.number(number);
  }
  void flag_value(std::string_view name, bool flag) {
    json.key(name);
    json.boolean(flag);
  }
  void string(std::string_view name, std::string_view text) {
    json.key(name);
    json.quoted(text);
  }
  void u(std::string_view name, std::size_t at, std::size_t width) { value(name, get(at, width)); }
  void s(std::string_view name, std::size_t at, std::size_t width) {
    json.key(name);
    json.signed_number(bits.get_signed(at, width));
  }
  void b(std::string_view name, std::size_t at) { flag_value(name, bits.flag(at)); }
  // A code and its words: "epfd":1,"epfd_text":"GPS".
  void coded(std::string_view name, std::string_view name_text, std::uint64_t code, std::string_view words) {
    value(name, code);
    string(name_text, words);
  }
  // (raw + offset) / 10^decimals when scaled, else raw.
  void decimal(std::string_view name, std::int64_t raw, unsigned decimals, std::int64_t offset = 0) {
    json.key(name);
    if (scaled) {
      json.fixed(raw + offset, decimals);
    } else {
      json.signed_number(raw);
    }
  }
  void tenths(std::string_view name, std::size_t at, std::size_t width) {
    decimal(name, static_cast<std::int64_t>(get(at, width)), 1);
  }
  // Degrees from fractions of a minute: 7 decimals from 1/10,000', 6 from 1/1,000', 4 from 1/10' (each step
  // of a unit is 50/3 steps of the last decimal).
  void degrees(std::string_view name, std::size_t at, std::size_t width, unsigned decimals) {
    json.key(name);
    const std::int64_t units = bits.get_signed(at, width);
    if (scaled) {
      json.fixed(to_e7(units), decimals);
    } else {
      json.signed_number(units);
    }
  }
  void lon_lat(std::size_t lon_at, std::size_t lat_at) {
    degrees("lon", lon_at, 28, 7);
    degrees("lat", lat_at, 27, 7);
  }
  void text(std::string_view name, std::size_t at, std::size_t characters) {
    json.key(name);
    json.raw('"');
    char* const start = json.at();
    append_text(at, characters);
    json.trim(start);
    json.raw('"');
  }
  // Up to `characters`, ended by '@'; blanks are left for the caller to trim. True where all were used.
  bool append_text(std::size_t at, std::size_t characters) {
    for (std::size_t i = 0; i < characters; ++i) {
      const auto six = static_cast<unsigned>(get(at + 6 * i, 6));
      if (six == 0) return false;
      const char c = static_cast<char>(six < 32 ? six + 64 : six);
      if (c == '"' || c == '\\') json.raw('\\');
      json.raw(c);
    }
    return true;
  }
  void rest_text(std::string_view name, std::size_t at) {
    text(name, at, bits.bits() > at ? (bits.bits() - at) / 6 : 0);
  }
  // "BITS:hex" of what is left from `at` up to `end`.
  void data(std::size_t at, std::size_t end) {
    const std::size_t count = end > at ? end - at : 0;
    json.key("data");
    json.raw('"');
    json.number(count);
    json.raw(':');
    for (std::size_t i = 0; i < count; i += 8) {
      const std::size_t width = count - i < 8 ? count - i : 8;
      const auto byte = static_cast<unsigned>(get(at + i, width) << (8 - width));
      json.raw("0123456789abcdef"[byte >> 4]);
      json.raw("0123456789abcdef"[byte & 15]);
    }
    json.raw('"');
  }
  // Month, day, hour, minute of 4 + 5 + 5 + 6 bits: "05-14T19:57Z".
  void month_time(std::string_view name, std::size_t at, std::string_view zone = "Z") {
    json.key(name);
    json.raw('"');
    clock(get(at, 4), get(at + 4, 5), get(at + 9, 5), get(at + 14, 6));
    json.raw(zone);
    json.raw('"');
  }
  void clock(std::uint64_t month, std::uint64_t day, std::uint64_t hour, std::uint64_t minute) {
    json.padded(month, 2);
    json.raw('-');
    json.padded(day, 2);
    json.raw('T');
    json.padded(hour, 2);
    json.raw(':');
    json.padded(minute, 2);
  }
  // 2 bits: steady, increasing, decreasing.
  void trend(std::string_view name, std::size_t at);
  // An array of objects of `size` bits from `at`, at most `most`. An element is told when it begins within
  // the message: a cut message keeps what it has.
  template <class Element>
  void array(std::string_view name, std::size_t at, std::size_t size, std::size_t most, Element&& element) {
    json.key(name);
    json.raw('[');
    for (std::size_t i = 0; i < most && at + i * size < bits.bits(); ++i) {
      if (i > 0) json.raw(',');
      char* const start = json.at();
      element(at + i * size);
      *start = '{';  // every member starts with a comma: the first one's makes room
      json.raw('}');
    }
    json.raw(']');
  }
  void dimensions(std::size_t at) {
    u("to_bow", at, 9);
    u("to_stern", at + 9, 9);
    u("to_port", at + 18, 6);
    u("to_starboard", at + 24, 6);
  }
};

// Types 6 and 8: members from "dac" on.
void append_addressed(Fields& f);
void append_broadcast(Fields& f);
// Route information, alike in both: from "linkage" on.
void append_route(Fields& f, std::size_t at);

}  // namespace cordon::ais
