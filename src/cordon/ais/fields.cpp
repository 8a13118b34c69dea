// From messages to the shared words of model: positions and static data.
#include "cordon/ais/message.hpp"
#include "cordon/ais/units.hpp"

namespace cordon::ais {

namespace {

base::LatLon place(const Payload& bits, std::size_t lon_at, std::size_t lat_at) {
  return to_place(bits.get_signed(lon_at, 28), bits.get_signed(lat_at, 27));
}

std::uint16_t u16(std::uint64_t value) {
  return static_cast<std::uint16_t>(value);
}
std::uint8_t u8(std::uint64_t value) {
  return static_cast<std::uint8_t>(value);
}

// Reserved values (course over 360 degrees, heading 360..510) say as little as the official "not available".
std::uint16_t course(std::uint64_t tenths) {
  return tenths < 3600 ? u16(tenths) : model::kCogNone;
}
std::uint16_t heading(std::uint64_t degrees) {
  return degrees < 360 ? u16(degrees) : model::kHeadingNone;
}

void class_b(const Payload& bits, model::Position& position) {  // types 18, 19
  position.sog_dkn = u16(bits.get(46, 10));
  position.at = place(bits, 57, 85);
  position.cog_ddeg = course(bits.get(112, 12));
  position.heading_deg = heading(bits.get(124, 9));
}

void dimensions(const Payload& bits, std::size_t at, model::VesselStatic& vessel) {
  vessel.to_bow_m = u16(bits.get(at, 9));
  vessel.to_stern_m = u16(bits.get(at + 9, 9));
  vessel.to_port_m = u16(bits.get(at + 18, 6));
  vessel.to_starboard_m = u16(bits.get(at + 24, 6));
}

}  // namespace

bool to_position(const Message& message, std::uint16_t feed, model::Position& position) {
  const Payload& bits = message.payload;
  const unsigned type = message.type();
  position = {};
  switch (type) {
    case 1:
    case 2:
    case 3:
      position.nav_status = u8(bits.get(38, 4));
      position.sog_dkn = u16(bits.get(50, 10));
      position.at = place(bits, 61, 89);
      position.cog_ddeg = course(bits.get(116, 12));
      position.heading_deg = heading(bits.get(128, 9));
      break;
    case 4:
    case 11:
      position.at = place(bits, 79, 107);
      break;
    case 9: {
      const auto knots = bits.get(50, 10);  // whole knots, unlike the others
      position.sog_dkn = knots == 1023 ? model::kSogNone : u16(knots * 10);
      position.at = place(bits, 61, 89);
      position.cog_ddeg = course(bits.get(116, 12));
      break;
    }
    case 18:
    case 19:
      class_b(bits, position);
      break;
    case 21:
      position.at = place(bits, 164, 192);
      break;
    case 27: {
      const auto knots = bits.get(79, 6), degrees = bits.get(85, 9);
      position.nav_status = u8(bits.get(40, 4));
      position.sog_dkn = knots == 63 ? model::kSogNone : u16(knots * 10);
      position.at = to_place(bits.get_signed(44, 18) * kCoarse, bits.get_signed(62, 17) * kCoarse);
      position.cog_ddeg = degrees < 360 ? u16(degrees * 10) : model::kCogNone;
      break;
    }
    default:
      return false;
  }
  position.time = message.time;
  position.mmsi = message.mmsi();
  position.type = u8(type);
  position.receiver = receiver_kind(message.receiver);
  position.where = model::Where::of(feed, message.line);
  return true;
}

bool to_static(const Message& message, std::uint16_t feed, model::VesselStatic& vessel) {
  const Payload& bits = message.payload;
  const unsigned type = message.type();
  vessel = {};
  switch (type) {
    case 5:
      vessel.imo = static_cast<std::uint32_t>(bits.get(40, 30));
      bits.append_text(vessel.callsign, 70, 7);
      bits.append_text(vessel.name, 112, 20);
      vessel.ship_type = u8(bits.get(232, 8));
      dimensions(bits, 240, vessel);
      vessel.draught_dm = u16(bits.get(294, 8));
      bits.append_text(vessel.destination, 302, 20);
      break;
    case 19:
      bits.append_text(vessel.name, 143, 20);
      vessel.ship_type = u8(bits.get(263, 8));
      dimensions(bits, 271, vessel);
      break;
    case 24:
      if (bits.get(38, 2) == 0) {
        vessel.part = 1;
        bits.append_text(vessel.name, 40, 20);
      } else {
        vessel.part = 2;
        vessel.ship_type = u8(bits.get(40, 8));
        bits.append_text(vessel.callsign, 90, 7);
        // A craft of a mother ship (MMSI 98MIDXXXX) sends her MMSI where others send their dimensions.
        if (message.mmsi() / 10000000 != 98) dimensions(bits, 132, vessel);
      }
      break;
    default:
      return false;
  }
  vessel.time = message.time;
  vessel.mmsi = message.mmsi();
  vessel.type = u8(type);
  vessel.where = model::Where::of(feed, message.line);
  return true;
}

}  // namespace cordon::ais
