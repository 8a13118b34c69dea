// Loitering: a merchant ship that stays slow in open water for hours, without a berth (after Miller 2018 and
// the published rule of Global Fishing Watch, with the hours and distances of parameters.toml).
#include <fmt/core.h>

#include <algorithm>

#include "cordon/base/land.hpp"
#include "cordon/detect/halts.hpp"

namespace cordon::detect {

void judge_loitering(Context& context, const Vessel& vessel, const Halt& halt) {
  const Parameters& p = context.parameters;
  const double length_h = hours(halt.end - halt.begin);
  if (length_h < p.loitering_min_h || base::on_land(halt.middle)) return;
  const double shore_nm = base::distance_to_shore_m(halt.middle, 370e3) / base::kNauticalMileM;
  if (shore_nm < p.loitering_min_shore_nm) return;
  const auto port = context.ports.nearest(halt.middle, 200e3);
  const double port_nm = port.port ? port.distance_m / base::kNauticalMileM : 108;
  Draft draft(model::EventType::loitering, "loitering/1", 0);
  draft.at(halt.begin, halt.end, halt.middle).vessel(vessel).support(halt.first).support(halt.last);
  draft.number("duration_h", length_h, 2)
      .number("mean_speed_kn", halt.path_m / base::kNauticalMileM / length_h, 2);
  draft.number("distance_to_shore_nm", shore_nm, 1).number("reports", halt.reports, 0);
  if (port.port) draft.text("nearest_port", port.port->name).number("distance_to_port_nm", port_nm, 1);
  draft.number("parameter_speed_kn", p.loitering_speed_kn, 1).number("parameter_min_h", p.loitering_min_h, 1);
  draft.tell(fmt::format("{} drifted below {:.0f} kn for {:.1f} h, {:.0f} nm from shore", describe(vessel),
                         p.loitering_speed_kn, length_h, shore_nm));
  const ShipKind kind = context.kind(vessel);
  switch (kind) {
    case ShipKind::tanker:
      draft.weigh(1.5, "a tanker has no business drifting there");
      break;
    case ShipKind::cargo:
      draft.weigh(0.7, "a cargo ship has no business drifting there");
      break;
    case ShipKind::fishing:
      draft.weigh(-4, "fishing vessels work slowly");
      break;
    case ShipKind::buoy:
      draft.weigh(-6, "a net buoy drifts with its net");
      break;
    case ShipKind::tug:
    case ShipKind::pilot:
    case ShipKind::service:
      draft.weigh(-2, fmt::format("a {} waits at sea for its work", to_string(kind)));
      break;
    default:
      break;
  }
  if (const auto* row = context.registered(vessel);
      row && kind_of_register_type(row->type) == ShipKind::cargo &&
      (row->type.find("Fish") != std::string::npos || row->type.find("Reef") != std::string::npos))
    draft.weigh(-3, "the register calls it a fish carrier: it waits for the fleet");
  if (vessel.class_b) draft.weigh(-0.5, "class B: a small craft");
  if (halt.moored_share > 0.5 && shore_nm < 30) draft.weigh(-1, "it says it is at anchor");
  if (port_nm < p.loitering_min_port_nm)
    draft.weigh(-2.5,
                fmt::format("{:.0f} nm from the port of {}: waiting for a berth", port_nm, port.port->name));
  if (length_h >= 2 * p.loitering_min_h) draft.weigh(0.5, "for many hours");
  if (halt.met) draft.weigh(-4, "another vessel was alongside: the encounter explains it");
  context.emit(std::move(draft));
}

}  // namespace cordon::detect
