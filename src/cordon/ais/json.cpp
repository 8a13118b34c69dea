#include "cordon/ais/json.hpp"

#include <algorithm>
#include <array>

#include "cordon/ais/json_fields.hpp"
#include "cordon/ais/words.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/time.hpp"

namespace cordon::ais {

namespace {

// Rate of turn in whole degrees a minute: the sensor's value is 4.733 times its root. 127 and -127 mean more
// than 5 degrees in 30 s, seen without a sensor; -128 not available.
void turn(Fields& f, std::int64_t raw) {
  if (!f.scaled) return f.decimal("turn", raw, 0);
  if (raw == -128) return f.string("turn", "n/a");
  if (raw == -127) return f.string("turn", "fastleft");
  if (raw == 127) return f.string("turn", "fastright");
  // (raw / 4.733)^2 rounded, in integers: no value falls on a half.
  const std::int64_t rate = (raw * raw * 1000000 + 22401289 / 2) / 22401289;
  f.decimal("turn", raw < 0 ? -rate : rate, 0);
}

// A number, or the word for its two highest values.
void speed_like(Fields& f, std::string_view name, std::uint64_t raw, unsigned decimals, std::uint64_t none,
                std::string_view none_word, std::string_view high_word) {
  if (f.scaled && raw == none) return f.string(name, none_word);
  if (f.scaled && raw + 1 == none) return f.string(name, high_word);
  f.decimal(name, static_cast<std::int64_t>(raw), decimals);
}

void status(Fields& f, std::uint64_t code) {
  f.coded("status", "status_text", code, words::nav_status(code));
}
void epfd(Fields& f, std::size_t at) {
  const auto code = f.get(at, 4);
  f.coded("epfd", "epfd_text", code, words::epfd(code));
}
void ship_type(Fields& f, std::size_t at) {
  const auto code = f.get(at, 8);
  f.coded("shiptype", "shiptype_text", code, words::ship_type(code));
}

void class_a(Fields& f) {  // 1, 2, 3
  status(f, f.get(38, 4));
  turn(f, f.bits.get_signed(42, 8));
  speed_like(f, "speed", f.get(50, 10), 1, 1023, "n/a", "fast");
  f.b("accuracy", 60);
  f.lon_lat(61, 89);
  f.tenths("course", 116, 12);
  f.u("heading", 128, 9);
  f.u("second", 137, 6);
  f.u("maneuver", 143, 2);
  f.b("raim", 148);
  // Some receivers lose the last bits; what is there is the number.
  const std::size_t radio_bits =
      std::min<std::size_t>(19, f.bits.bits() - std::min<std::size_t>(149, f.bits.bits()));
  f.value("radio", radio_bits == 0 ? 0 : f.get(149, radio_bits));
}

void base_station(Fields& f) {  // 4, 11
  f.json.key("timestamp");
  f.json.raw('"');
  f.json.padded(f.get(38, 14), 4);
  f.json.raw('-');
  f.clock(f.get(52, 4), f.get(56, 5), f.get(61, 5), f.get(66, 6));
  f.json.raw(':');
  f.json.padded(f.get(72, 6), 2);
  f.json.raw("Z\"");
  f.b("accuracy", 78);
  f.lon_lat(79, 107);
  epfd(f, 134);
  f.b("raim", 148);
  f.u("radio", 149, 19);
}

void voyage(Fields& f) {  // 5
  f.u("imo", 40, 30);
  f.u("ais_version", 38, 2);
  f.text("callsign", 70, 7);
  f.text("shipname", 112, 20);
  ship_type(f, 232);
  f.dimensions(240);
  epfd(f, 270);
  f.month_time("eta", 274);
  f.tenths("draught", 294, 8);
  f.text("destination", 302, 20);
  f.u("dte", 422, 1);
}

void acknowledge(Fields& f) {  // 7, 13
  f.u("mmsi1", 40, 30);
  f.u("mmsi2", 72, 30);
  f.u("mmsi3", 104, 30);
  f.u("mmsi4", 136, 30);
}

void aircraft(Fields& f) {  // 9
  speed_like(f, "alt", f.get(38, 12), 0, 4095, "nan", "high");
  speed_like(f, "speed", f.get(50, 10), 0, 1023, "nan", "fast");
  f.b("accuracy", 60);
  f.lon_lat(61, 89);
  f.tenths("course", 116, 12);
  f.u("second", 128, 6);
  f.u("regional", 134, 8);
  f.u("dte", 142, 1);
  f.b("raim", 147);
  f.u("radio", 148, 20);
}

void addressed_text(Fields& f) {  // 12
  f.u("seqno", 38, 2);
  f.u("dest_mmsi", 40, 30);
  f.b("retransmit", 70);
  f.rest_text("text", 72);
}

void interrogation(Fields& f) {  // 15
  f.u("mmsi1", 40, 30);
  f.u("type1_1", 70, 6);
  f.u("offset1_1", 76, 12);
  f.u("type1_2", 90, 6);
  f.u("offset1_2", 96, 12);
  f.u("mmsi2", 110, 30);
  f.u("type2_1", 140, 6);
  f.u("offset2_1", 146, 12);
}

void assignment(Fields& f) {  // 16
  f.u("mmsi1", 40, 30);
  f.u("offset1", 70, 12);
  f.u("increment1", 82, 10);
  // A second station is there only with all its fields: 96 bits carry one and four spare bits.
  const bool second = f.bits.bits() >= 144;
  f.value("mmsi2", second ? f.get(92, 30) : 0);
  f.value("offset2", second ? f.get(122, 12) : 0);
  f.value("increment2", second ? f.get(134, 10) : 0);
}

void class_b_head(Fields& f) {  // 18, 19
  f.u("reserved", 38, 8);
  f.tenths("speed", 46, 10);
  f.b("accuracy", 56);
  f.lon_lat(57, 85);
  f.tenths("course", 112, 12);
  f.u("heading", 124, 9);
  f.u("second", 133, 6);
}

void class_b(Fields& f) {  // 18
  class_b_head(f);
  f.u("regional", 139, 2);
  f.b("cs", 141);
  f.b("display", 142);
  f.b("dsc", 143);
  f.b("band", 144);
  f.b("msg22", 145);
  f.b("raim", 147);
  f.u("radio", 148, 20);
}

void class_b_extended(Fields& f) {  // 19
  class_b_head(f);
  f.u("regional", 139, 4);
  f.text("shipname", 143, 20);
  ship_type(f, 263);
  f.dimensions(271);
  epfd(f, 301);
  f.b("raim", 305);
  f.u("dte", 306, 1);
  f.b("assigned", 307);
}

void link_management(Fields& f) {  // 20
  static constexpr std::string_view kNames[] = {
      "offset1", "number1", "timeout1", "increment1", "offset2", "number2", "timeout2", "increment2",
      "offset3", "number3", "timeout3", "increment3", "offset4", "number4", "timeout4", "increment4"};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t at = 40 + 30 * i;
    f.u(kNames[4 * i], at, 12);
    f.u(kNames[4 * i + 1], at + 12, 4);
    f.u(kNames[4 * i + 2], at + 16, 3);
    f.u(kNames[4 * i + 3], at + 19, 11);
  }
}

void navigation_aid(Fields& f) {  // 21
  const auto kind = f.get(38, 5);
  f.coded("aid_type", "aid_type_text", kind, words::aid_type(kind));
  f.json.key("name");
  f.json.raw('"');
  char* const start = f.json.at();
  // A name that fills its 20 characters goes on behind the fixed fields, up to 14 characters more.
  if (f.append_text(43, 20) && f.bits.bits() > 272) f.append_text(272, (f.bits.bits() - 272) / 6);
  f.json.trim(start);
  f.json.raw('"');
  f.lon_lat(164, 192);
  f.b("accuracy", 163);
  f.dimensions(219);
  epfd(f, 249);
  f.u("second", 253, 6);
  f.u("regional", 260, 8);
  f.b("off_position", 259);
  f.b("raim", 268);
  f.b("virtual_aid", 269);
}

// A corner of an area in 1/10 minute. gpsd prints these four, and only these, as strings.
void corner(Fields& f, std::string_view name, std::size_t at, std::size_t width) {
  const std::int64_t units = f.bits.get_signed(at, width);
  f.json.key(name);
  if (!f.scaled) return f.json.signed_number(units);
  f.json.raw('"');
  f.json.fixed((units * 5000 + (units < 0 ? -1 : 1)) / 3, 6);
  f.json.raw('"');
}

void channels(Fields& f) {  // 22
  f.u("channel_a", 40, 12);
  f.u("channel_b", 52, 12);
  f.u("txrx", 64, 4);
  f.b("power", 68);
  const bool addressed = f.bits.flag(139);
  if (addressed) {
    f.u("dest1", 69, 30);
    f.u("dest2", 104, 30);
  } else {
    corner(f, "ne_lon", 69, 18);
    corner(f, "ne_lat", 87, 17);
    corner(f, "sw_lon", 104, 18);
    corner(f, "sw_lat", 122, 17);
  }
  f.flag_value("addressed", addressed);
  f.b("band_a", 140);
  f.b("band_b", 141);
  f.u("zonesize", 142, 3);
}

void group_assignment(Fields& f) {  // 23
  corner(f, "ne_lon", 40, 18);
  corner(f, "ne_lat", 58, 17);
  corner(f, "sw_lon", 75, 18);
  corner(f, "sw_lat", 93, 17);
  const auto station = f.get(110, 4);
  f.coded("stationtype", "stationtype_text", station, words::station_type(station));
  ship_type(f, 114);
  f.u("interval", 146, 4);
  f.u("quiet", 150, 4);
}

void class_b_static(Fields& f) {  // 24
  const bool second = f.get(38, 2) == 1;
  f.string("part", second ? "B" : "A");
  if (!second) return f.text("shipname", 40, 20);
  ship_type(f, 40);
  f.text("vendorid", 48, 7);
  f.u("model", 66, 4);
  f.u("serial", 70, 20);
  f.text("callsign", 90, 7);
  if (f.get(8, 30) / 10000000 == 98) {  // a craft of a mother ship
    f.u("mothership_mmsi", 132, 30);
  } else {
    f.dimensions(132);
  }
}

void binary_slots(Fields& f, bool multiple) {  // 25, 26
  const bool addressed = f.bits.flag(38), structured = f.bits.flag(39);
  std::size_t at = 40;
  f.flag_value("addressed", addressed);
  f.flag_value("structured", structured);
  f.value("dest_mmsi", addressed ? f.get(at, 30) : 0);
  if (addressed) at += 30;
  f.value("app_id", structured ? f.get(at, 16) : 0);
  if (structured) at += 16;
  const std::size_t size = f.bits.bits();
  if (!multiple) return f.data(at, size);
  // Type 26 ends with the radio state and its selector, 20 bits.
  const std::size_t end = size > at + 20 ? size - 20 : at;
  f.data(at, end);
  f.u("radio", end, 20);
}

void long_range(Fields& f) {  // 27
  status(f, f.get(40, 4));
  f.b("accuracy", 38);
  f.degrees("lon", 44, 18, 4);
  f.degrees("lat", 62, 17, 4);
  f.u("speed", 79, 6);
  f.u("course", 85, 9);
  f.b("raim", 39);
  f.b("gnss", 94);
}

void append_fields(Fields& f, unsigned type) {
  switch (type) {
    case 1:
    case 2:
    case 3:
      return class_a(f);
    case 4:
    case 11:
      return base_station(f);
    case 5:
      return voyage(f);
    case 6:
      return append_addressed(f);
    case 7:
    case 13:
      return acknowledge(f);
    case 8:
      return append_broadcast(f);
    case 9:
      return aircraft(f);
    case 10:
      return f.u("dest_mmsi", 40, 30);
    case 12:
      return addressed_text(f);
    case 14:
      return f.rest_text("text", 40);
    case 15:
      return interrogation(f);
    case 16:
      return assignment(f);
    case 17:
      f.degrees("lon", 40, 18, 4);
      f.degrees("lat", 58, 17, 4);
      return f.data(80, f.bits.bits());
    case 18:
      return class_b(f);
    case 19:
      return class_b_extended(f);
    case 20:
      return link_management(f);
    case 21:
      return navigation_aid(f);
    case 22:
      return channels(f);
    case 23:
      return group_assignment(f);
    case 24:
      return class_b_static(f);
    case 25:
      return binary_slots(f, false);
    case 26:
      return binary_slots(f, true);
    case 27:
      return long_range(f);
    default:
      return;
  }
}

}  // namespace

void append_json(std::string& out, const Message& message, const JsonOptions& options) {
  std::array<char, kMaxJson> buffer;
  Cursor json(buffer.data());
  Fields f{json, message.payload, options.scaled};
  const unsigned type = message.type();
  json.raw("{\"class\":\"AIS\",\"type\":");
  json.number(type);
  f.value("repeat", message.repeat());
  f.value("mmsi", message.mmsi());
  f.flag_value("scaled", options.scaled);
  append_fields(f, type);
  out.append(buffer.data(), static_cast<std::size_t>(json.at() - buffer.data()));
  if (options.extra) {
    if (message.time != base::kNoTime) {
      out.append(",\"rxtime\":");
      base::append_json_string(out, base::to_iso(message.time));
    }
    if (!message.receiver.empty()) {
      out.append(",\"receiver\":");
      base::append_json_string(out, message.receiver);
    }
    if (message.channel != ' ') {
      out.append(",\"channel\":");
      base::append_json_string(out, std::string_view(&message.channel, 1));
    }
  }
  out.push_back('}');
}

}  // namespace cordon::ais
