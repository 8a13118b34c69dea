// What looks like an event and is none: the everyday meetings and silences of the sea.
#include <algorithm>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {
namespace {

using model::EventType;

constexpr double kTurn = 2 * std::numbers::pi;

// A small craft of the hub: out from its berth to do `work`, and home again.
void send_out(Stage& stage, Hull hull, std::size_t hub, const Leg& work) {
  Vessel& v = stage.vessels[hull];
  v.at_hub = hub;
  v.habit = Habit::harbour;
  const Spot home = berth(stage.waters, hub, stage.random), gate = stage.waters.hubs()[hub].gate;
  std::uint32_t cursor = 0;
  std::vector<Spot> out{home, gate, state_at(work, work.start, cursor).at};
  const base::TimeMs leaves = work.start - sail(0, out, v.speed_kn).end;
  v.legs.push_back(stay(LegKind::moored, std::min(stage.start, leaves) - base::kHour, leaves, home));
  v.legs.push_back(sail(leaves, std::move(out), v.speed_kn));
  v.legs.back().end = work.start;
  v.legs.push_back(work);
  v.legs.push_back(sail(work.end, {end_of(work), gate, home}, v.speed_kn));
}

Leg anchored(Stage& stage, base::TimeMs from, base::TimeMs until, const Spot& at) {
  Leg leg = stay(LegKind::anchored, from, until, at);
  leg.size_m = stage.random.between(40, 90);
  leg.phase = stage.random.between(0, kTurn);
  return leg;
}

// Scripted to be at the place for the time.
Hull ship_at(Stage& stage, Trade trade, const Leg& leg) {
  const Hull hull = stage.cast(trade);
  stage.script(hull, leg);
  return hull;
}

void fishing_pair(Stage& stage) {
  const Spot at = stage.waters.random_sea(stage.random, 25, 150, 35);
  const double length_h = stage.random.between(10, 18);
  Leg leg = stay(LegKind::fish, stage.time_for(length_h), 0, at);
  leg.end = leg.start + hours(length_h);
  leg.size_m = 4000;
  leg.speed_kn = 3.4;
  Leg other = leg;
  other.offset_east_m = stage.random.between(250, 400);
  const Hull hulls[] = {ship_at(stage, Trade::fishing, leg), ship_at(stage, Trade::fishing, other)};
  for (const Hull hull : hulls) {
    stage.vessels[hull].class_b = false;
  }
  stage.negative("pair_trawlers", {EventType::encounter, EventType::dark_rendezvous}, hulls,
                 {leg.start, leg.end}, at);
}

void net_buoys(Stage& stage) {
  const Spot at = stage.waters.random_sea(stage.random, 20, 90, 30);
  std::vector<Hull> hulls;
  for (int i = 0; i < 5; ++i) {
    const Hull hull = stage.cast(Trade::net_buoy);
    Leg leg = stay(LegKind::drift, stage.start, stage.end + base::kDay, moved(at, 220.0 * i, 60.0 * (i % 2)));
    leg.speed_kn = 0.15;
    leg.course_deg = 200;
    stage.vessels[hull].legs.push_back(std::move(leg));
    hulls.push_back(hull);
  }
  stage.negative(
      "net_buoys",
      {EventType::encounter, EventType::dark_rendezvous, EventType::loitering, EventType::identity_mismatch},
      hulls, {stage.start, stage.end}, at);
}

void fish_carrier(Stage& stage) {
  const Spot at = stage.waters.random_sea(stage.random, 45, 180, 60);
  const double length_h = stage.random.between(2.5, 4.5);
  Leg leg = stay(LegKind::drift, stage.time_for(length_h), 0, at);
  leg.end = leg.start + hours(length_h);
  leg.speed_kn = 0.4;
  leg.course_deg = stage.random.between(0, 360);
  Leg other = leg;
  other.offset_north_m = 45;
  const Hull hulls[] = {ship_at(stage, Trade::fish_carrier, leg), ship_at(stage, Trade::fishing, other)};
  stage.vessels[hulls[1]].class_b = false;
  stage
      .negative("fish_carrier_transshipment", {EventType::encounter, EventType::loitering}, hulls,
                {leg.start, leg.end}, at)
      .soft = true;
}

void tug_and_barge(Stage& stage) {
  const Hull tug = stage.cast(Trade::tug);
  stage.vessels[tug].speed_kn = 6.5;
  stage.script_voyage(tug, 300);
  const Hull barge = stage.cast(Trade::barge);
  stage.vessels[barge].legs = stage.vessels[tug].legs;
  stage.vessels[barge].legs.front().offset_east_m = -140;
  stage.vessels[barge].legs.front().offset_north_m = -110;
  stage.vessels[barge].habit = Habit::nothing;
  stage.vessels[tug].habit = Habit::nothing;
  const Leg& leg = stage.vessels[tug].legs.front();
  const Hull hulls[] = {tug, barge};
  stage.negative("tug_barge", {EventType::encounter}, hulls, {leg.start, leg.end},
                 stage.state(tug, stage.start).at);
}

void anchored_neighbours(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub(stage.random);
  const Spot at = anchorage(stage.waters, hub, stage.random);
  const double length_h = stage.random.between(12, 26);
  const base::TimeMs from = stage.time_for(length_h, 6);
  const Leg first = anchored(stage, from, from + hours(length_h), at);
  Leg second = first;
  second.centre = moved(at, stage.random.between(300, 480), 0);
  const Hull hulls[] = {ship_at(stage, Trade::bulk, first), ship_at(stage, Trade::cargo, second)};
  stage.negative("anchored_neighbours", {EventType::encounter, EventType::dark_rendezvous}, hulls,
                 {first.start, first.end}, at);
}

void bunkering(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub(stage.random);
  const Spot at = anchorage(stage.waters, hub, stage.random);
  const double length_h = stage.random.between(2.5, 5);
  const base::TimeMs from = stage.time_for(length_h, 8);
  const Leg host = anchored(stage, from - hours(4), from + hours(length_h + 3), at);
  Leg alongside = host;
  alongside.start = from;
  alongside.end = from + hours(length_h);
  // The same swing seen from a later beginning: the legs' clocks start apart.
  alongside.phase = host.phase;
  alongside.size_m = 0;
  std::uint32_t cursor = 0;
  alongside.centre = moved(state_at(host, (alongside.start + alongside.end) / 2, cursor).at, 25, 10);
  const Hull ship = ship_at(stage, stage.random.chance(0.5) ? Trade::bulk : Trade::container, host);
  const Hull bunker = stage.cast(Trade::bunker);
  send_out(stage, bunker, hub, alongside);
  const Hull hulls[] = {ship, bunker};
  stage.negative("bunkering_in_port", {EventType::encounter, EventType::dark_rendezvous}, hulls,
                 {alongside.start, alongside.end}, at);
}

void pilot(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub(stage.random);
  const Spot at = anchorage(stage.waters, hub, stage.random);
  Leg leg = stay(LegKind::drift, stage.time_for(1, 8), 0, at);
  leg.end = leg.start + 14 * base::kMinute;
  leg.speed_kn = 5;
  leg.course_deg = bearing(at, stage.waters.hubs()[hub].gate);
  Leg other = leg;
  other.offset_east_m = 30;
  const Hull ship = ship_at(stage, Trade::container, leg);
  const Hull boat = stage.cast(Trade::pilot);
  send_out(stage, boat, hub, other);
  const Hull hulls[] = {ship, boat};
  stage.negative("pilot_boarding", {EventType::encounter}, hulls, {leg.start, leg.end}, at);
}

void waiting_off_port(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub(stage.random);
  const Spot at = anchorage(stage.waters, hub, stage.random);
  const double length_h = stage.random.between(5, 10);
  Leg leg = stay(LegKind::drift, stage.time_for(length_h, 6), 0, at);
  leg.end = leg.start + hours(length_h);
  leg.size_m = 400;
  leg.phase = stage.random.between(0, kTurn);
  const Hull hulls[] = {ship_at(stage, Trade::bulk, leg)};
  stage.negative("waiting_off_port", {EventType::loitering}, hulls, {leg.start, leg.end}, at);
}

void dual_transceiver(Stage& stage) {
  const Hull hull = stage.cast(Trade::cargo);
  stage.script_voyage(hull, 300);
  Vessel twin = stage.vessels[hull];
  twin.identity.mmsi = stage.yard.mmsi(twin.identity.flag);
  twin.class_b = true;
  twin.noise = Random(stage.random.next());
  stage.vessels.push_back(std::move(twin));
  const Hull hulls[] = {hull, stage.vessels.size() - 1};
  stage
      .negative("dual_transceiver", {EventType::encounter, EventType::shared_mmsi}, hulls,
                {stage.start, stage.end}, stage.state(hull, stage.start).at)
      .anyplace = true;
}

void dprk_near_pass(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub_of(stage.random, "kp");
  const Spot gate = stage.waters.hubs()[hub].gate;
  Spot at = gate, to = gate;
  for (int i = 0; i < 60; ++i) {
    at = moved_towards(gate, stage.random.between(0, 360), stage.random.between(4000, 12000));
    to = moved_towards(at, stage.random.between(0, 360), 6000);
    if (stage.waters.clear(at, to)) break;
  }
  const Hull hulls[] = {ship_at(stage, Trade::cargo, sail(stage.time_for(2, 8), {at, to}, 11))};
  const Leg& leg = stage.vessels[hulls[0]].legs[stage.vessels[hulls[0]].legs.size() - 2];
  stage.negative("dprk_near_pass", {EventType::port_call}, hulls,
                 {leg.start - 3 * base::kHour, leg.end + 3 * base::kHour}, at);
}

void single_glitch(Stage& stage) {
  const Hull hulls[] = {stage.cast_trader()};
  settle(stage.vessels[hulls[0]], stage.waters, stage.start);
  Lie lie;
  lie.kind = LieKind::glitch;
  lie.when.start = stage.time_for(1);
  lie.when.end = lie.when.start + 2 * base::kHour;
  lie.east_m = stage.random.between(90e3, 200e3);
  lie.north_m = stage.random.between(-80e3, 80e3);
  stage.vessels[hulls[0]].lies.push_back(lie);
  stage
      .negative("single_glitch", {EventType::position_spoofing, EventType::shared_mmsi}, hulls, lie.when,
                stage.state(hulls[0], stage.start).at)
      .anyplace = true;
}

void static_typo(Stage& stage) {
  const Hull hulls[] = {stage.cast_trader()};
  Vessel& v = stage.vessels[hulls[0]];
  settle(v, stage.waters, stage.start);
  v.typo_name = v.identity.name;
  v.typo_name[1 + stage.random.below(static_cast<std::uint32_t>(v.typo_name.size()) - 1)] =
      static_cast<char>('A' + stage.random.below(26));
  Lie lie;
  lie.kind = LieKind::typo;
  lie.when.start = stage.time_for(2);
  lie.when.end = lie.when.start + 75 * base::kMinute;
  v.lies.push_back(lie);
  stage
      .negative("static_typo", {EventType::identity_change}, hulls, lie.when,
                stage.state(hulls[0], stage.start).at)
      .anyplace = true;
}

void rename_in_port(Stage& stage) {
  const std::size_t hub = stage.waters.random_hub(stage.random);
  const double length_h = stage.random.between(10, 16);
  Leg leg = stay(LegKind::moored, stage.time_for(length_h, 8), 0, berth(stage.waters, hub, stage.random));
  leg.end = leg.start + hours(length_h);
  const Hull hulls[] = {stage.cast(Trade::bulk)};
  Vessel& v = stage.vessels[hulls[0]];
  auto way = stage.waters.route(stage.waters.random_hub(stage.random, hub), hub);
  const base::TimeMs leaves = leg.start - sail(0, way, v.speed_kn).end;
  if (leaves > stage.start)
    v.legs.push_back(stay(LegKind::moored, stage.start - base::kHour, leaves, way.front()));
  way.back() = leg.centre;
  v.legs.push_back(sail(leaves, std::move(way), v.speed_kn));
  v.legs.back().end = leg.start;
  v.at_hub = hub;
  v.second = v.identity;
  v.second.name = stage.yard.ship_name(v.trade);
  v.switch_at = (leg.start + leg.end) / 2;
  const Interval when{leg.start, leg.end};
  v.legs.push_back(std::move(leg));
  stage.negative("rename_in_port", {EventType::identity_change}, hulls, when, stage.waters.hubs()[hub].port)
      .soft = true;
}

void outage(Stage& stage, Outage::Kind kind, std::string_view type, double radius_m) {
  Outage out;
  out.kind = kind;
  const double length_h = stage.random.between(4, 8);
  out.when.start = stage.time_for(length_h, 5);
  out.when.end = out.when.start + hours(length_h);
  out.centre = stage.waters.random_sea(stage.random, 20, 120, 30);
  out.radius_m = radius_m;
  out.negative = static_cast<std::uint32_t>(stage.truth.negatives.size());
  auto& n = stage.negative(type, {EventType::gap, EventType::dark_rendezvous}, {}, out.when, out.centre);
  n.anyplace = true;
  if (kind == Outage::Kind::jamming) n.forbids.push_back(EventType::position_spoofing);
  if (kind == Outage::Kind::satellite) n.forbids = {EventType::gap};
  stage.outages.push_back(out);
}

}  // namespace

void add_innocent(Stage& stage, std::string_view type) {
  if (type == "pair_trawlers") return fishing_pair(stage);
  if (type == "net_buoys") return net_buoys(stage);
  if (type == "fish_carrier") return fish_carrier(stage);
  if (type == "tug_barge") return tug_and_barge(stage);
  if (type == "anchored_neighbours") return anchored_neighbours(stage);
  if (type == "bunkering_in_port") return bunkering(stage);
  if (type == "pilot_boarding") return pilot(stage);
  if (type == "waiting_off_port") return waiting_off_port(stage);
  if (type == "dual_transceiver") return dual_transceiver(stage);
  if (type == "dprk_near_pass") return dprk_near_pass(stage);
  if (type == "single_glitch") return single_glitch(stage);
  if (type == "static_typo") return static_typo(stage);
  if (type == "rename_in_port") return rename_in_port(stage);
  if (type == "gnss_jamming") return outage(stage, Outage::Kind::jamming, type, 70e3);
  if (type == "receiver_outage") return outage(stage, Outage::Kind::receiver, type, 200e3);
  if (type == "satellite_outage") return outage(stage, Outage::Kind::satellite, type, 0);
}

}  // namespace cordon::simulate
