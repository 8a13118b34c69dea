// Types 6 and 8: binary applications of the IMO (DAC 1, SN/Circ.236 and 289), of inland navigation (200) and
// of the British and Irish lighthouses (235, 250), as far as gpsd knows them. All others are printed as hex.
#include "cordon/ais/json_fields.hpp"
#include "cordon/ais/words.hpp"

namespace cordon::ais {

namespace {

// Positions of the IMO applications: 1/1,000 minute.
void lon_lat_3(Fields& f, std::string_view lon, std::size_t lon_at, std::string_view lat,
               std::size_t lat_at) {
  f.degrees(lon, lon_at, 25, 6);
  f.degrees(lat, lat_at, 24, 6);
}

void dangerous_cargo(Fields& f) {  // 6: 1/12
  f.text("lastport", 88, 5);
  f.month_time("departure", 118);
  f.text("nextport", 138, 5);
  f.month_time("eta", 168);
  f.text("dangerous", 188, 20);
  f.text("imdcat", 308, 4);
  f.u("unid", 332, 13);
  f.u("amount", 345, 10);
  f.u("unit", 355, 2);
}

void tidal_windows(Fields& f, bool fine) {  // 6: 1/14 (1/10,000 minute, latitude first) and 1/32
  f.u("month", 88, 4);
  f.u("day", 92, 5);
  f.array("tidals", 97, fine ? 93 : 88, 3, [&](std::size_t at) {
    if (fine) {
      // SN/Circ.236 has 1/10,000 minute here, so seven decimals; gpsd scales as for 1/1,000 (docs/ais.md).
      f.degrees("lon", at + 27, 28, 7);
      f.degrees("lat", at, 27, 7);
    } else {
      lon_lat_3(f, "lon", at, "lat", at + 25);
    }
    const std::size_t rest = at + (fine ? 55 : 49);
    f.u("from_hour", rest, 5);
    f.u("from_min", rest + 5, 6);
    f.u("to_hour", rest + 11, 5);
    f.u("to_min", rest + 16, 6);
    f.u("cdir", rest + 22, 9);
    f.tenths("cspeed", rest + 31, fine ? 7 : 8);
  });
}

void clearance(Fields& f) {  // 6: 1/18
  f.u("linkage", 88, 10);
  f.month_time("arrival", 98);
  f.text("portname", 118, 20);
  f.text("destination", 238, 5);
  lon_lat_3(f, "lon", 268, "lat", 293);
}

void berthing(Fields& f) {  // 6: 1/20
  f.u("linkage", 88, 10);
  f.u("berth_length", 98, 9);
  const auto mooring = f.get(115, 3);
  f.coded("position", "position_text", mooring, words::mooring(mooring));
  f.month_time("arrival", 118, "");
  f.u("availability", 138, 1);
  static constexpr std::string_view kServices[] = {
      "agent",      "fuel",      "chandler",  "stevedore",  "electrical",  "water",          "customs",
      "cartage",    "crane",     "lift",      "medical",    "navrepair",   "provisions",     "shiprepair",
      "surveyor",   "steam",     "tugs",      "solidwaste", "liquidwaste", "hazardouswaste", "ballast",
      "additional", "regional1", "regional2", "future1",    "future2"};
  std::size_t at = 139;
  for (const std::string_view service : kServices) {
    f.u(service, at, 2);
    at += 2;
  }
  f.text("berth_name", 191, 20);
  lon_lat_3(f, "berth_lon", 311, "berth_lat", 336);
  f.tenths("berth_depth", 107, 8);
}

void cargo_list(Fields& f) {  // 6: 1/25
  f.u("unit", 88, 2);
  f.u("amount", 90, 10);
  f.array("cargos", 100, 17, 28, [&](std::size_t at) {
    f.u("code", at, 4);
    f.u("subtype", at + 4, 13);
  });
}

void lock(Fields& f, bool estimate) {  // 6: 200/21 estimated, 200/22 requested time at lock, bridge, terminal
  f.text("country", 88, 2);
  f.text("locode", 100, 3);
  f.text("section", 118, 5);
  f.text("terminal", 148, 5);
  f.text("hectometre", 178, 5);
  f.month_time("eta", 208, "");
  if (estimate) {
    f.u("tugs", 228, 3);
    f.u("airdraught", 231, 12);
  } else {
    const auto status = f.get(228, 2);
    f.coded("status", "status_text", status, words::lock_status(status));
  }
}

// A voltage in steps of 0.05 V; zero means that it is not used and is printed bare.
void voltage(Fields& f, std::string_view name, std::size_t at) {
  const auto raw = f.get(at, 10);
  if (!f.scaled || raw == 0) return f.value(name, raw);
  f.json.key(name);
  f.json.fixed(static_cast<std::int64_t>(raw * 5), 2);
}

void light_monitor(Fields& f) {  // 6: 235/10
  f.b("off_pos", 131);
  f.b("alarm", 122);
  f.u("stat_ext", 123, 8);
  voltage(f, "ana_int", 88);
  voltage(f, "ana_ext1", 98);
  voltage(f, "ana_ext2", 108);
  const auto racon = f.get(118, 2), light = f.get(120, 2);
  f.coded("racon", "racon_text", racon, words::racon(racon));
  f.coded("light", "light_text", light, words::light(light));
}

bool addressed_application(Fields& f, std::uint64_t dac, std::uint64_t fid) {
  const std::size_t size = f.bits.bits();
  const auto known = [&](bool fits, auto&& write) {
    if (fits) write();
    return fits;
  };
  if (dac == 1) switch (fid) {
      case 12:
        return known(true, [&] { dangerous_cargo(f); });
      case 14:
        return known(size > 97, [&] { tidal_windows(f, true); });
      case 15:
        return known(size >= 99, [&] { f.u("airdraught", 88, 11); });
      case 16:
        return known(size >= 101, [&] { f.u("persons", 88, 13); });
      case 18:
        return known(true, [&] { clearance(f); });
      case 20:
        return known(size >= 360, [&] { berthing(f); });
      case 25:
        return known(size >= 100, [&] { cargo_list(f); });
      case 28:
        return known(size >= 149, [&] { append_route(f, 88); });
      case 30:
        return known(size >= 98, [&] {
          f.u("linkage", 88, 10);
          f.rest_text("text", 98);
        });
      case 32:
        return known(size >= 97, [&] { tidal_windows(f, false); });
      default:
        return false;
    }
  if (dac == 200) switch (fid) {
      case 21:
        return known(size == 248, [&] { lock(f, true); });
      case 22:
        return known(size == 232, [&] { lock(f, false); });
      case 55:
        return known(size == 168, [&] {
          f.u("crew", 88, 8);
          f.u("passengers", 96, 13);
          f.u("personnel", 109, 8);
        });
      default:
        return false;
    }
  if ((dac == 235 || dac == 250) && fid == 10) return known(size == 136, [&] { light_monitor(f); });
  return false;
}

}  // namespace

void Fields::trend(std::string_view name, std::size_t at) {
  const auto code = get(at, 2);
  if (scaled) return string(name, words::trend(code));
  value(name, code);
}

void append_route(Fields& f, std::size_t at) {  // 6: 1/28, 8: 1/27
  f.u("linkage", at, 10);
  f.u("sender", at + 10, 3);
  const auto kind = f.get(at + 13, 5);
  f.coded("rtype", "rtype_text", kind, words::route_type(kind));
  f.month_time("start", at + 18);
  f.u("duration", at + 38, 18);
  f.array("waypoints", at + 61, 55, static_cast<std::size_t>(f.get(at + 56, 5)),
          [&](std::size_t point) { f.lon_lat(point, point + 28); });
}

void append_addressed(Fields& f) {
  f.u("seqno", 38, 2);
  f.u("dest_mmsi", 40, 30);
  f.b("retransmit", 70);
  const auto dac = f.get(72, 10), fid = f.get(82, 6);
  f.value("dac", dac);
  f.value("fid", fid);
  if (!addressed_application(f, dac, fid)) f.data(88, f.bits.bits());
}

}  // namespace cordon::ais
