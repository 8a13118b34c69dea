#include "cordon/detect/fleet.hpp"

#include <algorithm>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::detect {

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

}  // namespace cordon::detect
