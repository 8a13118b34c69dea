#include "cordon/ais/encoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "cordon/ais/armour.hpp"
#include "cordon/ais/units.hpp"

namespace cordon::ais {

namespace {

constexpr std::int64_t kLonNone = 181 * kUnitsPerDegree, kLatNone = 91 * kUnitsPerDegree;
// Characters of payload in a sentence of 82 characters, as transponders and receivers cut them.
constexpr std::size_t kPayloadCharacters = 60;

void put_head(Payload& bits, unsigned type, std::uint32_t mmsi) {
  bits.put(type, 6);
  bits.put(0, 2);  // repeat indicator
  bits.put(mmsi, 30);
}

void put_place(Payload& bits, const base::LatLon& at, unsigned lon_bits, std::int64_t coarse) {
  const std::int64_t lon = at.valid() ? from_e7(at.lon_e7) : kLonNone,
                     lat = at.valid() ? from_e7(at.lat_e7) : kLatNone;
  const auto scaled = [&](std::int64_t units) {
    return static_cast<std::uint64_t>((units + (units < 0 ? -coarse / 2 : coarse / 2)) / coarse);
  };
  bits.put(scaled(lon), lon_bits);
  bits.put(scaled(lat), lon_bits - 1);
}

// 1022 says "102.2 knots or more".
std::uint64_t speed(std::uint16_t sog_dkn) {
  return sog_dkn == model::kSogNone ? 1023 : std::min<std::uint64_t>(sog_dkn, 1022);
}

// Second of the minute; 60 = no time stamp.
unsigned second_of(base::TimeMs time) {
  return time == base::kNoTime ? 60 : static_cast<unsigned>(time / base::kSecond % 60);
}

void put_class_a(Payload& bits, const model::Position& p, unsigned type) {
  put_head(bits, type, p.mmsi);
  bits.put(p.nav_status, 4);
  bits.put(0x80, 8);  // rate of turn: not available
  bits.put(speed(p.sog_dkn), 10);
  bits.put(0, 1);
  put_place(bits, p.at, 28, 1);
  bits.put(p.cog_ddeg, 12);
  bits.put(p.heading_deg, 9);
  bits.put(second_of(p.time), 6);
  bits.put(0, 2 + 3 + 1 + 19);
}

void put_class_b(Payload& bits, const model::Position& p, unsigned type) {
  put_head(bits, type, p.mmsi);
  bits.put(0, 8);
  bits.put(speed(p.sog_dkn), 10);
  bits.put(0, 1);
  put_place(bits, p.at, 28, 1);
  bits.put(p.cog_ddeg, 12);
  bits.put(p.heading_deg, 9);
  bits.put(second_of(p.time), 6);
  if (type == 18) {
    bits.put(0b00'1'0'1'1'1'0'0, 9);  // CS unit, no display, DSC, whole band, takes message 22
    bits.put(0xE0006, 20);            // CS units send this instead of a radio state (M.1371-5, 3.16)
  } else {
    bits.put(0, 4);
    bits.put_text("", 20);
    bits.put(0, 8 + 30 + 4 + 3 + 4);
  }
}

void put_base(Payload& bits, const model::Position& p) {
  put_head(bits, 4, p.mmsi);
  const bool known = p.time != base::kNoTime;
  const base::Date date = known ? base::date_of(p.time) : base::Date{};
  const base::TimeMs of_day = known ? p.time - base::start_of(date) : 0;
  bits.put(static_cast<std::uint64_t>(known ? date.year : 0), 14);
  bits.put(date.month, 4);
  bits.put(date.day, 5);
  bits.put(known ? static_cast<std::uint64_t>(of_day / base::kHour) : 24, 5);
  bits.put(known ? static_cast<std::uint64_t>(of_day / base::kMinute % 60) : 60, 6);
  bits.put(second_of(p.time), 6);
  bits.put(0, 1);
  put_place(bits, p.at, 28, 1);
  bits.put(7, 4);  // surveyed
  bits.put(0, 10 + 1 + 19);
}

std::uint64_t whole_knots(std::uint16_t sog_dkn, std::uint64_t none, std::uint64_t most) {
  return sog_dkn == model::kSogNone ? none : std::min<std::uint64_t>((sog_dkn + 5U) / 10, most);
}

void put_aircraft(Payload& bits, const model::Position& p) {
  put_head(bits, 9, p.mmsi);
  bits.put(4095, 12);  // altitude not available
  bits.put(whole_knots(p.sog_dkn, 1023, 1022), 10);
  bits.put(0, 1);
  put_place(bits, p.at, 28, 1);
  bits.put(p.cog_ddeg, 12);
  bits.put(second_of(p.time), 6);
  bits.put(0, 8 + 1 + 3 + 1 + 1 + 20);
}

void put_mark(Payload& bits, const model::Position& p) {
  put_head(bits, 21, p.mmsi);
  bits.put(0, 5);
  bits.put_text("", 20);
  bits.put(0, 1);
  put_place(bits, p.at, 28, 1);
  bits.put(0, 30);
  bits.put(7, 4);
  bits.put(second_of(p.time), 6);
  bits.put(0, 1 + 8 + 1 + 1 + 1 + 1);
}

void put_long_range(Payload& bits, const model::Position& p) {
  put_head(bits, 27, p.mmsi);
  bits.put(0, 2);
  bits.put(p.nav_status, 4);
  put_place(bits, p.at, 18, kCoarse);
  bits.put(whole_knots(p.sog_dkn, 63, 62), 6);
  bits.put(p.cog_ddeg == model::kCogNone ? 511 : (p.cog_ddeg + 5U) / 10 % 360, 9);
  bits.put(0, 2);
}

void put_dimensions(Payload& bits, const model::VesselStatic& v) {
  bits.put(std::min<unsigned>(v.to_bow_m, 511), 9);
  bits.put(std::min<unsigned>(v.to_stern_m, 511), 9);
  bits.put(std::min<unsigned>(v.to_port_m, 63), 6);
  bits.put(std::min<unsigned>(v.to_starboard_m, 63), 6);
}

void put_voyage(Payload& bits, const model::VesselStatic& v) {
  put_head(bits, 5, v.mmsi);
  bits.put(0, 2);
  bits.put(v.imo, 30);
  bits.put_text(v.callsign, 7);
  bits.put_text(v.name, 20);
  bits.put(v.ship_type, 8);
  put_dimensions(bits, v);
  bits.put(1, 4);                           // GPS
  bits.put(0b0000'00000'11000'111100, 20);  // arrival: month 0, day 0, hour 24, minute 60 = not available
  bits.put(std::min<unsigned>(v.draught_dm, 255), 8);
  bits.put_text(v.destination, 20);
  bits.put(0, 2);
}

void put_class_b_static(Payload& bits, const model::VesselStatic& v, unsigned part) {
  put_head(bits, 24, v.mmsi);
  bits.put(part, 2);
  if (part == 0) {
    bits.put_text(v.name, 20);
    return;
  }
  bits.put(v.ship_type, 8);
  bits.put_text("", 7);  // vendor
  bits.put_text(v.callsign, 7);
  put_dimensions(bits, v);
  bits.put(0, 6);
}

char hex_digit(unsigned value) {
  return "0123456789ABCDEF"[value & 15];
}

void append_checksum(std::string& out, std::size_t from) {
  const std::uint8_t sum = kernels().checksum(out.data() + from, out.size() - from);
  out.push_back('*');
  out.push_back(hex_digit(sum >> 4));
  out.push_back(hex_digit(sum));
}

void append_tag_block(std::string& out, base::TimeMs time, std::string_view receiver) {
  if (time == base::kNoTime && receiver.empty()) return;
  out.push_back('\\');
  const std::size_t from = out.size();
  if (!receiver.empty()) {
    out.append("s:");
    out.append(receiver);
  }
  if (time != base::kNoTime) {
    // Whole seconds where that loses nothing, else milliseconds: both forms are in use.
    const std::int64_t value = time % base::kSecond == 0 ? time / base::kSecond : time;
    fmt::format_to(std::back_inserter(out), "{}c:{}", receiver.empty() ? "" : ",", value);
  }
  append_checksum(out, from);
  out.push_back('\\');
}

}  // namespace

void append_sentences(std::string& out, const Payload& payload, base::TimeMs time,
                      const EncodeOptions& options) {
  const std::size_t characters = (payload.bits() + 5) / 6;
  const std::size_t fill = characters * 6 - payload.bits();
  // At most nine sentences: what no real message needs goes into longer ones.
  const std::size_t each = std::max(kPayloadCharacters, (characters + 8) / 9);
  const std::size_t count = std::max<std::size_t>(1, (characters + each - 1) / each);
  for (std::size_t index = 0; index < count; ++index) {
    if (options.tag_block) append_tag_block(out, time, options.receiver);
    out.push_back('!');
    const std::size_t from = out.size();
    out.append(options.talker);
    out.append("VDM,");
    out.push_back(static_cast<char>('0' + count));
    out.push_back(',');
    out.push_back(static_cast<char>('1' + index));
    out.push_back(',');
    if (count > 1) out.push_back(static_cast<char>('0' + options.sequence % 10));
    out.push_back(',');
    if (options.channel != ' ') out.push_back(options.channel);
    out.push_back(',');
    const std::size_t end = std::min(characters, (index + 1) * each);
    for (std::size_t i = index * each; i < end; ++i) {
      const auto value = static_cast<unsigned>(payload.get(i * 6, 6));
      out.push_back(static_cast<char>(value < 40 ? value + 48 : value + 56));
    }
    out.push_back(',');
    out.push_back(static_cast<char>('0' + (index + 1 == count ? fill : 0)));
    append_checksum(out, from);
    out.push_back('\n');
  }
}

void append_position(std::string& out, const model::Position& position, const EncodeOptions& options) {
  Payload bits;
  switch (position.type) {
    case 4:
    case 11:
      put_base(bits, position);
      break;
    case 9:
      put_aircraft(bits, position);
      break;
    case 18:
    case 19:
      put_class_b(bits, position, position.type);
      break;
    case 21:
      put_mark(bits, position);
      break;
    case 27:
      put_long_range(bits, position);
      break;
    default:
      put_class_a(bits, position, position.type == 2 || position.type == 3 ? position.type : 1);
      break;
  }
  append_sentences(out, bits, position.time, options);
}

void append_static(std::string& out, const model::VesselStatic& vessel, const EncodeOptions& options) {
  Payload bits;
  if (vessel.type != 24) {
    put_voyage(bits, vessel);
    return append_sentences(out, bits, vessel.time, options);
  }
  for (unsigned part = 0; part < 2; ++part) {
    if (vessel.part != 0 && vessel.part != part + 1) continue;
    bits.clear();
    put_class_b_static(bits, vessel, part);
    append_sentences(out, bits, vessel.time, options);
  }
}

}  // namespace cordon::ais
