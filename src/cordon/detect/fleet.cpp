#include "cordon/detect/fleet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr double kMetresPerE7 = base::kEarthRadiusM * kRadians * 1e-7;

// Cosine of a latitude from a table of hundredths of a degree, interpolated: wrong by at most 4e-9, a fifth
// of the time. Distances are asked for at every report.
const std::vector<double> kCosine = [] {
  std::vector<double> out(18'002);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = std::cos((static_cast<double>(i) * 0.01 - 90.0) * kRadians);
  return out;
}();
double cos_latitude(double degrees) {
  const double x = std::clamp((degrees + 90.0) * 100.0, 0.0, 18'000.0);
  const auto i = static_cast<std::size_t>(x);
  return kCosine[i] + (kCosine[i + 1] - kCosine[i]) * (x - static_cast<double>(i));
}

}  // namespace

ShipKind kind_of_ais_type(std::uint8_t type) {
  if (type == 30) return ShipKind::fishing;
  if (type == 31 || type == 32 || type == 52) return ShipKind::tug;
  if (type == 50) return ShipKind::pilot;
  if (type == 33 || type == 34 || type == 35 || (type >= 51 && type <= 59)) return ShipKind::service;
  if (type >= 60 && type <= 69) return ShipKind::passenger;
  if (type >= 70 && type <= 79) return ShipKind::cargo;
  if (type >= 80 && type <= 89) return ShipKind::tanker;
  return type == 0 ? ShipKind::unknown : ShipKind::other;
}

ShipKind kind_of_register_type(std::string_view words) {
  const std::string text = base::ascii_lower(words);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  if (has("fish carrier") || has("reefer") || has("refrigerated")) return ShipKind::cargo;
  if (has("fish") || has("trawl")) return ShipKind::fishing;
  if (has("tug") || has("pusher")) return ShipKind::tug;
  if (has("pilot")) return ShipKind::pilot;
  if (has("tanker") || has("bunker") || has("lng") || has("lpg") || has("gas carrier"))
    return ShipKind::tanker;
  if (has("passenger") || has("ferry") || has("cruise")) return ShipKind::passenger;
  if (has("cargo") || has("bulk") || has("container") || has("carrier") || has("ro-ro"))
    return ShipKind::cargo;
  return text.empty() ? ShipKind::unknown : ShipKind::other;
}

std::string_view to_string(ShipKind kind) {
  static constexpr std::string_view kNames[] = {
      "ship of unknown type", "fishing vessel", "tug",    "pilot vessel", "service vessel",
      "passenger ship",       "cargo ship",     "tanker", "net buoy",     "vessel"};
  return kNames[static_cast<std::size_t>(kind)];
}

base::LatLon SlowRun::middle() const {
  const double n = std::max(1U, steps);
  return moved(origin, north_m / n, east_m / n);
}

VesselId Fleet::find_or_add(std::uint32_t mmsi) {
  std::size_t slot = slot_of(mmsi);
  if (slots_[slot].id != kNoVessel) return slots_[slot].id;
  if (size_ >= max_) return kNoVessel;
  if ((size_ + 1) * 2 > slots_.size()) {
    grow();
    slot = slot_of(mmsi);
  }
  if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique<Vessel[]>(kBlock));
  const auto id = static_cast<VesselId>(size_++);
  Vessel& vessel = (*this)[id];
  vessel.mmsi = mmsi;
  vessel.mmsi_kind = base::mmsi_kind(mmsi);
  slots_[slot] = {mmsi, id};
  return id;
}

void Fleet::grow() {
  const auto before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before)
    if (slot.id != kNoVessel) slots_[slot_of(slot.mmsi)] = slot;
}

Offset offset_m(const base::LatLon& a, const base::LatLon& b) {
  std::int64_t east = std::int64_t{b.lon_e7} - a.lon_e7;
  if (east >= 1'800'000'000) east -= 3'600'000'000;
  if (east < -1'800'000'000) east += 3'600'000'000;
  const double middle = (static_cast<double>(a.lat_e7) + b.lat_e7) * 0.5e-7;
  return {(static_cast<double>(b.lat_e7) - a.lat_e7) * kMetresPerE7,
          static_cast<double>(east) * kMetresPerE7 * cos_latitude(middle)};
}

base::LatLon moved(const base::LatLon& a, double north_m, double east_m) {
  const double lat = a.lat() + north_m / kMetresPerE7 * 1e-7;
  const double narrow = std::max(0.01, cos_latitude((a.lat() + lat) * 0.5));
  return base::from_degrees(lat, a.lon() + east_m / kMetresPerE7 * 1e-7 / narrow);
}

double near_distance_m(const base::LatLon& a, const base::LatLon& b) {
  const Offset offset = offset_m(a, b);
  const double quick = std::sqrt(offset.north_m * offset.north_m + offset.east_m * offset.east_m);
  return quick < 300e3 && std::abs(a.lat_e7) < 700'000'000 ? quick : base::distance_m(a, b);
}

}  // namespace cordon::detect
