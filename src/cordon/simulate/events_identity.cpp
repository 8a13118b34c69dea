// Lies about who and where: changed, shared and mismatched identities, false positions.
#include <algorithm>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "cordon/base/geo.hpp"
#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {
namespace {

using model::EventType;

constexpr std::string_view kNewFlags[] = {"MN", "KM", "TG", "PW", "TV", "CK", "TZ", "KH"};

Interval whole(const Stage& stage) {
  return {stage.start, stage.end};
}

// A side effect that may rightly be reported anywhere along the hull's way.
void side_effect(Stage& stage, EventType type, std::string_view subtype, Hull hull, Interval when) {
  auto& e = stage.event(type, subtype, {hull}, when, stage.state(hull, when.start).at, "medium");
  e.optional = true;
  e.parameters = {{"anyplace", "true"}};
}

std::string described(const Identity& id) {
  return "{\"mmsi\":" + std::to_string(id.mmsi) + ",\"name\":" + json_text(id.name) +
         ",\"imo\":" + std::to_string(id.imo) + "}";
}

}  // namespace

void add_identity_change(Stage& stage, std::string_view subtype) {
  Random& random = stage.random;
  const Hull hull = stage.cast_trader();
  stage.script_voyage(hull, 350);
  Identity fresh = stage.vessels[hull].identity;
  fresh.name = stage.yard.ship_name(stage.vessels[hull].trade);
  Interval when;
  when.start = when.end = stage.time_for(6, 8);
  if (subtype == "name_imo") {
    // It now passes for another ship of the register.
    const Hull other = stage.cast(stage.vessels[hull].trade);
    fresh.imo = stage.vessels[other].identity.imo;
    fresh.name = stage.vessels[other].identity.name;
    stage.vessels.pop_back();
  } else {
    fresh.flag = random.pick(kNewFlags);
    fresh.mmsi = stage.yard.mmsi(fresh.flag);
    fresh.callsign = stage.yard.callsign();
  }
  if (subtype == "gap") {
    when.end = when.start + hours(random.between(3, 6));
    Vessel& v = stage.vessels[hull];
    v.silences.push_back(when);
    stage
        .event(EventType::gap, "for_identity_change", {hull}, when, stage.state(hull, when.start).at,
               "medium")
        .optional = true;
    const Spot back = stage.state(hull, when.end).at;
    stage.truth.events.back().mmsi.push_back(fresh.mmsi);
    stage.truth.events.back().parameters = {{"end_lat", json_number(back.lat, 4)},
                                            {"end_lon", json_number(stage.place(back).lon(), 4)}};
  }
  auto& e = stage.event(EventType::identity_change, subtype, {hull}, when, stage.state(hull, when.start).at,
                        subtype == "gap" ? "hard" : "easy");
  if (fresh.mmsi != e.mmsi.front()) e.mmsi.insert(e.mmsi.begin(), fresh.mmsi);
  e.vessels.front().name = fresh.name;
  e.parameters = {{"old", described(stage.vessels[hull].identity)}, {"new", described(fresh)}};
  if (when.end > when.start) {  // the new identity is first heard where the silence ends
    const Spot back = stage.state(hull, when.end).at;
    e.parameters.emplace_back("end_lat", json_number(back.lat, 4));
    e.parameters.emplace_back("end_lon", json_number(stage.place(back).lon(), 4));
  }
  stage.vessels[hull].second = fresh;
  stage.vessels[hull].switch_at = when.start + (when.end - when.start) / 2;
  side_effect(stage, EventType::identity_mismatch, "after_identity_change", hull, {when.start, stage.end});
  stage.truth.events.back().mmsi = {fresh.mmsi};
}

void add_shared_mmsi(Stage& stage, bool same_name) {
  const Hull first = stage.cast_trader();
  stage.script_voyage(first, 300);
  const Hull second = stage.cast(stage.vessels[first].trade);
  for (int i = 0; i < 20; ++i) {
    stage.vessels[second].legs.clear();
    stage.script_voyage(second, 300);
    if (metres(stage.state(first, stage.start).at, stage.state(second, stage.start).at) > 400e3) break;
  }
  const Spot at = stage.state(first, stage.start).at, other = stage.state(second, stage.start).at;
  const std::string real_name = stage.vessels[second].identity.name;
  const std::uint32_t real_imo = stage.vessels[second].identity.imo;
  Identity& forged = stage.vessels[second].identity;
  const Identity& true_one = stage.vessels[first].identity;
  forged.mmsi = true_one.mmsi;
  forged.imo = 0;
  if (same_name) {
    forged.imo = true_one.imo;
    forged.name = true_one.name;
    forged.callsign = true_one.callsign;
  }
  for (const auto type :
       {EventType::position_spoofing, EventType::identity_change, EventType::identity_mismatch}) {
    side_effect(stage, type, "from_shared_mmsi", first, whole(stage));
  }
  auto& e = stage.event(EventType::shared_mmsi, same_name ? "same_name" : "two_names", {first, second},
                        whole(stage), at, same_name ? "easy" : "hard");
  e.vessels[1] = {real_imo, real_name};
  e.parameters = {{"other_place",
                   "[" + json_number(other.lat, 3) + "," + json_number(stage.place(other).lon(), 3) + "]"}};
}

void add_identity_mismatch(Stage& stage, std::string_view subtype) {
  Random& random = stage.random;
  const Hull hull = stage.cast_trader();
  settle(stage.vessels[hull], stage.waters, stage.start);
  const Identity& id = stage.vessels[hull].identity;
  model::RegisteredVessel& row = *stage.row_of(hull);
  const auto scale = [&](double by) {
    row.length_m = static_cast<std::uint16_t>(row.length_m * by);
    row.beam_m = static_cast<std::uint16_t>(row.beam_m * by);
  };
  std::string_view difficulty = "easy";
  if (subtype == "dimension") {
    scale(random.between(1.55, 1.85));
  } else if (subtype == "dimension_subtle") {
    scale(random.between(1.16, 1.24));
    difficulty = "hard";
  } else if (subtype == "type") {
    row.type = "Fishing Vessel";
  } else if (subtype == "flag_mid") {
    do {
      row.flag = random.pick(kNewFlags);
    } while (row.flag == id.flag);
  } else {  // laundered: the number of a far older and larger ship, whose name it also took
    scale(random.between(1.35, 1.6));
    row.built = static_cast<std::int16_t>(1979 + random.below(8));
    row.type = row.type == "Products Tanker" ? "Bulk Carrier" : "Products Tanker";
    row.flag = random.pick(kNewFlags);
  }
  const std::string ais = "{\"L\":" + std::to_string(id.length_m) + ",\"B\":" + std::to_string(id.beam_m) +
                          ",\"vt\":" + std::to_string(id.ship_type) + ",\"flag\":" + json_text(id.flag) + "}";
  const std::string registered =
      "{\"length\":" + std::to_string(row.length_m) + ",\"beam\":" + std::to_string(row.beam_m) +
      ",\"type\":" + json_text(row.type) + ",\"flag\":" + json_text(row.flag) + "}";
  stage
      .event(EventType::identity_mismatch, subtype, {hull}, whole(stage), stage.state(hull, stage.start).at,
             difficulty)
      .parameters = {{"anyplace", "true"}, {"ais", ais}, {"registry", registered}};
}

void add_spoofing(Stage& stage, std::string_view subtype) {
  Random& random = stage.random;
  const double length_h = random.between(5, 14);
  Interval when;
  when.start = stage.time_for(length_h, 5);
  when.end = when.start + hours(length_h);
  std::vector<Hull> hulls;
  const std::size_t count = subtype == "circle" ? 3 : 1;
  Lie lie;
  lie.when = when;
  double shift_nm = 0;
  Spot at;
  for (std::size_t i = 0; i < count; ++i) {
    const Hull hull = stage.cast_trader();
    hulls.push_back(hull);
    for (int attempt = 0; attempt < 30; ++attempt) {
      stage.vessels[hull].legs.clear();
      stage.script_voyage(hull, 600);
      if (stage.vessels[hull].legs.front().end > when.end) break;
    }
    const Spot from = stage.state(hull, when.start).at, to = stage.state(hull, when.end).at;
    Vessel& v = stage.vessels[hull];
    if (i == 0) {
      at = from;
      if (subtype == "circle") {
        lie.kind = LieKind::circle;
        at = lie.at = stage.waters.hubs()[stage.waters.random_hub(random)].port;
        lie.east_m = random.between(250, 900);  // radius
      } else if (subtype == "on_land") {
        lie.kind = LieKind::on_land;
        at = lie.at =
            Spot{random.between(35.2, 36.6), random.between(115.5, 117.5)};  // the North China Plain
      } else if (subtype == "straight") {
        lie.kind = LieKind::straight;
        lie.at = from;
        lie.to = to;
      } else {
        lie.kind = subtype == "jump"     ? LieKind::jump
                   : subtype == "offset" ? LieKind::offset
                                         : LieKind::offset_ramp;
        const double away_nm = subtype == "jump" ? random.between(250, 420) : random.between(55, 85);
        // Offsets stay at sea, as a forger would see to; a jump may fall anywhere.
        for (int attempt = 0; attempt < 60; ++attempt) {
          const Spot shifted = moved_towards({0, 0}, random.between(0, 360), away_nm * base::kNauticalMileM);
          lie.east_m = shifted.lon * 111194.9;
          lie.north_m = shifted.lat * 111194.9;
          const Spot middle = stage.state(hull, (when.start + when.end) / 2).at;
          if (subtype == "jump" || (stage.waters.navigable(moved(from, lie.east_m, lie.north_m)) &&
                                    stage.waters.navigable(moved(middle, lie.east_m, lie.north_m)) &&
                                    stage.waters.navigable(moved(to, lie.east_m, lie.north_m)))) {
            break;
          }
        }
        shift_nm = away_nm;
        at = moved(from, lie.east_m, lie.north_m);
      }
      if (shift_nm == 0) shift_nm = metres(from, at) / base::kNauticalMileM;
    }
    v.lies.push_back(lie);
  }
  const std::string_view difficulty = subtype == "circle"                                 ? "medium"
                                      : subtype == "straight" || subtype == "offset_ramp" ? "hard"
                                                                                          : "easy";
  stage.event(EventType::position_spoofing, subtype, hulls, when, at, difficulty).parameters = {
      {"shift_nm", json_number(shift_nm, 1)}, {"anyplace", subtype == "circle" ? "false" : "true"}};
}

}  // namespace cordon::simulate
