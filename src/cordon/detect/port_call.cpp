// Port call: a stop close to a port of a watched state, seen by AIS.
#include <fmt/core.h>

#include <algorithm>

#include "cordon/base/ids.hpp"
#include "cordon/detect/halts.hpp"

namespace cordon::detect {

bool watched(const Parameters& parameters, const Port& port) {
  const auto& list = parameters.watched_countries;
  return std::find(list.begin(), list.end(), port.country) != list.end() ||
         std::find(list.begin(), list.end(), "*") != list.end();
}

void judge_port_call(Context& context, const Vessel& vessel, const Halt& halt) {
  const Parameters& p = context.parameters;
  const double length_h = hours(halt.end - halt.begin);
  if (length_h < p.port_call_min_h) return;
  const double knots = halt.path_m / base::kNauticalMileM / length_h;
  const auto port = context.ports.nearest(halt.middle, p.port_call_radius_km * 1000);
  if (!port.port || !watched(p, *port.port) || knots > p.port_call_stop_kn) return;
  Draft draft(model::EventType::port_call, "port_call/1", 2.0);
  draft.at(halt.begin, halt.end, halt.middle).vessel(vessel).support(halt.first).support(halt.last);
  draft.text("port", port.port->name).text("country", port.port->country).text("seen", "by AIS");
  draft.number("distance_to_port_km", port.distance_m / 1000, 1).number("duration_h", length_h, 2);
  draft.number("mean_speed_kn", knots, 2).number("parameter_radius_km", p.port_call_radius_km, 1);
  draft.tell(fmt::format("{} lay {:.1f} h within {:.0f} km of {} ({})", describe(vessel), length_h,
                         port.distance_m / 1000, port.port->name, base::country_name(port.port->country)));
  if (halt.moored_share > 0.5) draft.weigh(1, "it says it is moored or at anchor");
  if (port.distance_m < 4000) draft.weigh(0.5, "at the quays, as far as the port's place is known");
  if (context.kind(vessel) == ShipKind::fishing) draft.weigh(-1, "a fishing vessel may lie off the port");
  if (context.kind(vessel) == ShipKind::buoy) draft.weigh(-6, "a net buoy");
  context.emit(std::move(draft));
}

}  // namespace cordon::detect
