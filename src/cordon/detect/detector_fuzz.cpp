// Any bytes as positions and static reports: nothing may crash, hang or grow without bound.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "cordon/detect/detector.hpp"
#include "cordon/detect/registry.hpp"

using namespace cordon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t at = 0;
  const auto take = [&](auto& value) {
    if (at + sizeof value > size) return false;
    std::memcpy(&value, data + at, sizeof value);
    at += sizeof value;
    return true;
  };
  std::uint8_t kind = 0;
  detect::Parameters parameters = detect::default_parameters();
  parameters.report_minimum_score = 0;
  parameters.order = size % 2 ? detect::Order::time : detect::Order::day;
  const detect::ListedVessel listed[] = {{8819017, 445123000, "RAK WON 2", "HMYE", "x", "y"}};
  detect::Detector detector(parameters, {}, listed, [](const model::Event&) {});
  model::FeedBatch batch;
  base::TimeMs clock = 1'700'000'000'000;
  std::uint64_t line = 0;
  while (take(kind)) {
    std::uint8_t ship = 0, step = 0;
    if (!take(ship) || !take(step)) break;
    clock += (static_cast<int>(step) - 20) * base::kMinute;
    if (kind & 1) {
      model::Position row;
      std::int16_t north = 0, east = 0;
      if (!take(north) || !take(east) || !take(row.sog_dkn) || !take(row.cog_ddeg)) break;
      row.time = kind & 2 ? clock : clock + std::int64_t{north} * base::kHour;
      row.mmsi = 445'000'000U + ship % 8;
      // Close together where bit 2 is set, anywhere on earth (poles, antimeridian) where not.
      row.at = kind & 4 ? base::from_degrees(38 + north * 1e-4, 124 + east * 1e-4)
                        : base::from_degrees(north * 90.0 / 32768, east * 180.0 / 32768);
      if (kind & 8) row.at = {};
      row.sog_dkn &= 1023;
      row.cog_ddeg &= 4095;
      row.nav_status = ship & 15;
      row.type = kind >> 4;
      row.where = model::Where::of(0, ++line);
      batch.positions.push_back(row);
    } else {
      model::VesselStatic row;
      char name[8] = {};
      std::uint8_t imo = 0;
      if (!take(name) || !take(imo) || !take(row.ship_type)) break;
      row.time = clock;
      row.mmsi = 445'000'000U + ship % 8;
      row.name.assign(name, sizeof name);
      row.imo = 8819000U + imo;
      row.to_bow_m = imo;
      row.where = model::Where::of(0, ++line);
      batch.statics.push_back(row);
    }
    if (batch.positions.size() > 64) {
      detector.push(batch);
      batch.clear();
    }
  }
  detector.push(batch);
  detector.finish();
  base::Tally rejected;
  static_cast<void>(detect::parse_registry({reinterpret_cast<const char*>(data), size}, "fuzz", &rejected));
  return 0;
}
