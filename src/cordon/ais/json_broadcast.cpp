// Type 8: what json_binary.cpp says of type 6 holds here.
#include "cordon/ais/json_fields.hpp"
#include "cordon/ais/words.hpp"

namespace cordon::ais {

namespace {

// A code as its word when scaled, as the number otherwise.
void word(Fields& f, std::string_view name, std::uint64_t code, std::string_view text) {
  if (f.scaled) return f.string(name, text);
  f.value(name, code);
}

void day_time(Fields& f, std::size_t at) {  // 5 + 5 + 6 bits
  f.json.key("timestamp");
  f.json.raw('"');
  f.json.padded(f.get(at, 5), 2);
  f.json.raw('T');
  f.json.padded(f.get(at + 5, 5), 2);
  f.json.raw(':');
  f.json.padded(f.get(at + 10, 6), 2);
  f.json.raw("Z\"");
}

void wind(Fields& f, std::size_t at) {
  f.u("wspeed", at, 7);
  f.u("wgust", at + 7, 7);
  f.u("wdir", at + 14, 9);
  f.u("wgustdir", at + 23, 9);
}

// Currents at three depths, waves, swell and sea state, laid out alike in both weather messages.
void currents_and_waves(Fields& f, std::size_t at) {
  f.tenths("cspeed", at, 8);
  f.u("cdir", at + 8, 9);
  f.tenths("cspeed2", at + 17, 8);
  f.u("cdir2", at + 25, 9);
  f.u("cdepth2", at + 34, 5);
  f.tenths("cspeed3", at + 39, 8);
  f.u("cdir3", at + 47, 9);
  f.u("cdepth3", at + 56, 5);
  f.tenths("waveheight", at + 61, 8);
  f.u("waveperiod", at + 69, 6);
  f.u("wavedir", at + 75, 9);
  f.tenths("swellheight", at + 84, 8);
  f.u("swellperiod", at + 92, 6);
  f.u("swelldir", at + 98, 9);
  f.u("seastate", at + 107, 4);
}

std::int64_t number(const Fields& f, std::size_t at, std::size_t width) {
  return static_cast<std::int64_t>(f.get(at, width));
}

void weather_236(Fields& f) {  // 1/11
  f.degrees("lat", 56, 24, 6);
  f.degrees("lon", 80, 25, 6);
  day_time(f, 105);
  wind(f, 121);
  f.u("humidity", 164, 7);
  f.decimal("airtemp", number(f, 153, 11), 1, -600);  // from -60.0 degrees
  f.decimal("dewpoint", number(f, 171, 10), 1, -200);
  f.decimal("pressure", number(f, 181, 9), 0, 800);  // hPa
  f.trend("pressuretend", 190);
  f.tenths("visibility", 192, 8);                       // nautical miles
  f.decimal("waterlevel", number(f, 200, 9), 1, -100);  // metres from -10.0
  f.trend("leveltrend", 209);
  currents_and_waves(f, 211);
  f.decimal("watertemp", number(f, 322, 10), 1, -100);
  const auto rain = f.get(332, 3), ice = f.get(344, 2);
  f.coded("preciptype", "preciptype_text", rain, words::precipitation(rain));
  f.tenths("salinity", 335, 9);
  f.coded("ice", "ice_text", ice, words::ice(ice));
}

void weather_289(Fields& f) {  // 1/31
  f.degrees("lat", 81, 24, 6);
  f.degrees("lon", 56, 25, 6);
  f.b("accuracy", 105);
  day_time(f, 106);
  wind(f, 122);
  f.u("humidity", 165, 7);
  f.decimal("airtemp", f.bits.get_signed(154, 11), 1);
  f.decimal("dewpoint", f.bits.get_signed(172, 10), 1);
  f.decimal("pressure", number(f, 182, 9), 0, 799);
  f.trend("pressuretend", 191);
  f.b("visgreater", 193);
  f.tenths("visibility", 194, 7);
  f.json.key("waterlevel");  // centimetres from -10 m, printed with one decimal
  const std::int64_t level = number(f, 201, 12);
  if (f.scaled) {
    const std::int64_t cm = level - 1000;
    f.json.fixed((cm + (cm < 0 ? -5 : 5)) / 10, 1);
  } else {
    f.json.signed_number(level);
  }
  f.trend("leveltrend", 213);
  currents_and_waves(f, 215);
  f.decimal("watertemp", f.bits.get_signed(326, 10), 1);
  word(f, "preciptype", f.get(336, 3), words::precipitation(f.get(336, 3)));
  f.tenths("salinity", 339, 9);
  word(f, "ice", f.get(348, 2), words::ice(f.get(348, 2)));
}

void fairway_closed(Fields& f) {  // 1/13
  f.text("reason", 56, 20);
  f.text("closefrom", 176, 20);
  f.text("closeto", 296, 20);
  f.u("radius", 416, 10);
  f.u("extunit", 426, 2);
  const auto day_first = [&](std::string_view name, std::size_t at) {
    f.json.key(name);
    f.json.raw('"');
    f.clock(f.get(at + 5, 4), f.get(at, 5), f.get(at + 9, 5), f.get(at + 14, 6));
    f.json.raw('"');
  };
  day_first("from", 428);
  day_first("to", 448);
}

void targets(Fields& f) {  // 1/17
  f.array("targets", 56, 122, 4, [&](std::size_t at) {
    const auto kind = f.get(at, 2);
    f.coded("idtype", "idtype_text", kind, words::target_id(kind));
    if (kind < 2) {
      f.json.key(words::target_id(kind));
      f.json.raw('"');
      f.json.number(f.get(at + 2, 42));
      f.json.raw('"');
    } else {
      f.text(words::target_id(kind), at + 2, 7);
    }
    f.degrees("lat", at + 48, 24, 6);
    f.degrees("lon", at + 72, 25, 6);
    f.u("course", at + 97, 9);
    f.u("second", at + 106, 6);
    f.u("speed", at + 112, 10);
  });
}

void traffic_signal(Fields& f) {  // 1/19
  f.u("linkage", 56, 10);
  f.text("station", 66, 20);
  f.degrees("lon", 186, 25, 6);
  f.degrees("lat", 211, 24, 6);
  f.u("status", 235, 2);
  const auto now = f.get(237, 5), next = f.get(253, 5);
  f.coded("signal", "signal_text", now, words::signal(now));
  f.u("hour", 242, 5);
  f.u("minute", 247, 6);
  f.coded("nextsignal", "nextsignal_text", next, words::signal(next));
}

void inland_ship(Fields& f) {  // 200/10
  f.text("vin", 56, 8);
  f.u("length", 104, 13);
  f.u("beam", 117, 10);
  const auto ship = f.get(127, 14), hazard = f.get(141, 3), load = f.get(155, 2);
  f.coded("shiptype", "shiptype_text", ship, words::inland_ship(ship));
  f.coded("hazard", "hazard_text", hazard, words::inland_hazard(hazard));
  f.u("draught", 144, 11);
  f.coded("loaded", "loaded_text", load, words::inland_load(load));
  f.b("speed_q", 157);
  f.b("course_q", 158);
  f.b("heading_q", 159);
}

void weather_warning(Fields& f) {  // 200/23
  const auto when = [&](std::string_view name, std::size_t date, std::size_t time) {
    f.json.key(name);
    f.json.raw('"');
    f.json.number(f.get(date, 8) + 2000);
    f.json.raw('-');
    f.clock(f.get(date + 8, 4), f.get(date + 12, 5), f.get(time, 5), f.get(time + 5, 6));
    f.json.raw('"');
  };
  when("start", 56, 90);
  when("end", 73, 101);
  f.degrees("start_lon", 112, 28, 7);
  f.degrees("start_lat", 140, 27, 7);
  f.degrees("end_lon", 167, 28, 7);
  f.degrees("end_lat", 195, 27, 7);
  const auto kind = f.get(222, 4), strength = f.get(244, 2), from = f.get(246, 4);
  f.coded("type", "type_text", kind, words::weather_kind(kind));
  f.s("min", 226, 9);
  f.s("max", 235, 9);
  f.coded("class", "class_text", strength, words::weather_class(strength));
  f.coded("wind", "wind_text", from, words::wind_from(from));
}

void water_levels(Fields& f) {  // 200/24
  f.text("country", 56, 2);
  f.array("gauges", 68, 25, 4, [&](std::size_t at) {
    f.u("id", at, 11);
    f.s("level", at + 11, 14);
  });
}

void signal_status(Fields& f) {  // 200/40
  f.lon_lat(56, 84);
  f.u("form", 111, 4);
  f.u("facing", 115, 9);
  const auto direction = f.get(124, 3), status = f.get(127, 30);
  f.coded("direction", "direction_text", direction, words::stream_direction(direction));
  f.coded("status", "status_text", status, words::signal_light(status));
}

using Writer = void (*)(Fields&);
struct Application {
  std::uint16_t dac;
  std::uint8_t fid;
  std::uint16_t least, most;  // bits of the whole message
  Writer write;
};
constexpr std::uint16_t kAny = 0xFFFF;
constexpr Application kApplications[] = {
    {1, 11, 346, 368, weather_236},
    {1, 13, 468, kAny, fairway_closed},
    {1, 15, 67, kAny, [](Fields& f) { f.u("airdraught", 56, 11); }},
    // IMO 236 and 289 agree on where the number stands in a message of 72 bits; longer ones are of no known
    // form.
    {1, 16, 69, 136, [](Fields& f) { f.u("persons", 56, 13); }},
    {1, 17, 178, kAny, targets},
    {1, 19, 258, kAny, traffic_signal},
    {1, 27, 117, kAny, [](Fields& f) { append_route(f, 56); }},
    {1, 29, 66, kAny,
     [](Fields& f) {
       f.u("linkage", 56, 10);
       f.rest_text("text", 66);
     }},
    {1, 31, 350, kAny, weather_289},
    {200, 10, 168, 168, inland_ship},
    {200, 23, 256, 256, weather_warning},
    {200, 24, 168, 168, water_levels},
    {200, 40, 168, 168, signal_status},
};

}  // namespace

void append_broadcast(Fields& f) {
  const auto dac = f.get(40, 10), fid = f.get(50, 6);
  f.value("dac", dac);
  f.value("fid", fid);
  for (const Application& application : kApplications) {
    if (application.dac != dac || application.fid != fid || f.bits.bits() < application.least ||
        f.bits.bits() > application.most)
      continue;
    // 6 and 7 blue cones do not exist: another application uses the number.
    if (dac == 200 && fid == 10 && f.get(141, 3) > 5) break;
    return application.write(f);
  }
  f.data(56, f.bits.bits());
}

}  // namespace cordon::ais
