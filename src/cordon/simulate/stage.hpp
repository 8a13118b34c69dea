// Casts hulls for scripted events and keeps the truth of them. An event's hulls sail in from a port around
// land, play their part at its place and time, and sail on.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/model/position.hpp"
#include "cordon/simulate/shipyard.hpp"
#include "cordon/simulate/traffic.hpp"
#include "cordon/simulate/truth.hpp"
#include "cordon/simulate/vessel.hpp"
#include "cordon/simulate/waters.hpp"

namespace cordon::simulate {

// A region in which nothing, or nothing true, is heard for a while.
struct Outage {
  enum class Kind : std::uint8_t { receiver, satellite, jamming } kind{};
  Interval when;
  Spot centre;
  double radius_m = 0;
  std::uint32_t negative = 0;  // which of the truth's negatives lists the hulls it hides
};

using Hull = std::size_t;  // index into Stage::vessels

class Stage {
 public:
  Stage(std::uint64_t seed, base::TimeMs from, base::TimeMs until)
      : start(from), end(until), random(mix(seed ^ 0x7374616765)), yard(mix(seed ^ 0x79617264)) {}

  base::TimeMs start, end;
  double shift_lon_deg = 0;  // of every place that leaves the scenario
  const Waters& waters = Waters::theatre();
  Random random;
  Shipyard yard;
  std::vector<Vessel> vessels;
  std::vector<model::RegisteredVessel> registry;
  Truth truth;
  std::vector<Outage> outages;
  std::vector<Hull> suspects;  // hulls of meetings and silences: whom an owner chain may stand behind

  // A new hull of a trade with a row in the register (not for those without an IMO number).
  Hull cast(Trade trade);
  Hull cast_trader();  // mostly tankers and small cargo ships: the trades of the typologies
  // The hull's row; null where it has none. Valid until the next cast.
  model::RegisteredVessel* row_of(Hull hull);

  // A time at which something of this length can begin, with a margin to both ends of the scenario.
  base::TimeMs time_for(double length_h, double margin_h = 4);

  // Script: lies at a port, sails to arrive at `at` at from, plays `middle` there, sails to another port,
  // trades on. Comes and goes on other bearings than `partners`, who play beside it: ships that also sail
  // together are a convoy.
  void script(Hull hull, Leg middle, std::span<const Hull> partners = {});
  // Script: a voyage between two random ports that is under way from start to `until` at least; long enough
  // ones are rare in short scenarios, so it may begin long before the start.
  void script_voyage(Hull hull, double at_least_km);

  State state(Hull hull, base::TimeMs t) const { return look_ahead(vessels[hull], t); }
  base::LatLon place(const Spot& at) const { return base::from_degrees(at.lat, at.lon + shift_lon_deg); }

  // Truth. The hulls' present identities are named; what is heard of them from start to end is counted.
  TruthEvent& event(model::EventType type, std::string_view subtype, std::initializer_list<Hull> hulls,
                    Interval when, const Spot& at, std::string_view difficulty);
  TruthEvent& event(model::EventType type, std::string_view subtype, std::span<const Hull> hulls,
                    Interval when, const Spot& at, std::string_view difficulty);
  TruthNegative& negative(std::string_view type, std::initializer_list<model::EventType> forbids,
                          std::span<const Hull> hulls, Interval when, const Spot& at);
};

// JSON values of event parameters.
std::string json_number(double value, int decimals);
std::string json_text(std::string_view value);

base::TimeMs hours(double h);

// The injectors, each one event of the mix (events_*.cpp, innocents.cpp).
void add_encounter(Stage& stage, std::string_view subtype);
void add_dark_rendezvous(Stage& stage, bool both_dark);
void add_gap(Stage& stage, bool offshore);
void add_loitering(Stage& stage);
void add_dprk_port_call(Stage& stage, std::string_view subtype);
void add_identity_change(Stage& stage, std::string_view subtype);
void add_shared_mmsi(Stage& stage, bool same_name);
void add_identity_mismatch(Stage& stage, std::string_view subtype);
void add_spoofing(Stage& stage, std::string_view subtype);
void add_innocent(Stage& stage, std::string_view type);

}  // namespace cordon::simulate
