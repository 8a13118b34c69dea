// What the rules share.
#pragma once
#include <functional>
#include <unordered_map>

#include "cordon/detect/evidence.hpp"
#include "cordon/detect/fleet.hpp"
#include "cordon/detect/parameters.hpp"
#include "cordon/detect/ports.hpp"
#include "cordon/model/event.hpp"

namespace cordon::detect {

struct Context {
  const Parameters& parameters;
  Fleet& fleet;
  const Ports& ports;
  const Harbours& harbours;  // within encounter.port_km of a port
  std::unordered_map<std::uint32_t, model::RegisteredVessel> register_by_imo;
  std::function<void(Draft&&)> emit;

  // The register's word first: a broadcast type is the crew's choice.
  ShipKind kind(const Vessel& vessel) const;
  const model::RegisteredVessel* registered(const Vessel& vessel) const;
};

}  // namespace cordon::detect
