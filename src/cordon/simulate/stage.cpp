#include "cordon/simulate/stage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "cordon/base/geo.hpp"
#include "cordon/base/json.hpp"

namespace cordon::simulate {

base::TimeMs hours(double h) {
  return static_cast<base::TimeMs>(h * 3600) * base::kSecond;
}

std::string json_number(double value, int decimals) {
  std::string out;
  base::append_json_fixed(out, value, decimals);
  return out;
}

std::string json_text(std::string_view value) {
  std::string out;
  base::append_json_string(out, value);
  return out;
}

Hull Stage::cast(Trade trade) {
  Vessel v = yard.build(trade);
  v.speed_kn = std::max(v.speed_kn, 6.0);
  v.at_hub = waters.random_hub(random);
  if (v.identity.imo != 0) {
    model::RegisteredVessel row;
    row.imo = v.identity.imo;
    row.name = v.identity.name;
    row.flag = v.identity.flag;
    row.type = register_type(trade);
    row.callsign = v.identity.callsign;
    row.length_m = v.identity.length_m;
    row.beam_m = v.identity.beam_m;
    row.built = static_cast<std::int16_t>(1984 + yard.random().below(40));
    static constexpr std::string_view kEndings[] = {"Ltd", "Co Ltd", "SA", "Pte Ltd", "Inc"};
    row.owner = yard.company_name(yard.random().pick(kEndings));
    row.manager = yard.random().chance(0.5) ? row.owner : yard.company_name("Shipmanagement");
    registry.push_back(std::move(row));
  }
  vessels.push_back(std::move(v));
  return vessels.size() - 1;
}

Hull Stage::cast_trader() {
  return cast(random.chance(0.6) ? Trade::tanker : Trade::cargo);
}

model::RegisteredVessel* Stage::row_of(Hull hull) {
  const std::uint32_t imo = vessels[hull].identity.imo;
  const auto found =
      std::find_if(registry.rbegin(), registry.rend(), [&](const auto& row) { return row.imo == imo; });
  return imo == 0 || found == registry.rend() ? nullptr : &*found;
}

base::TimeMs Stage::time_for(double length_h, double margin_h) {
  const double whole = static_cast<double>(end - start) / static_cast<double>(base::kHour);
  const double last = std::max(margin_h, whole - margin_h - length_h);
  return start + hours(random.between(std::min(margin_h, last), last));
}

namespace {

constexpr int kTries = 24;
constexpr double kApartDeg = 50;

// Whether a way that begins or ends at the meeting with this bearing is another than the partners' ways.
bool apart(const std::vector<Vessel>& vessels, std::span<const Hull> partners, base::TimeMs at, bool arriving,
           double bearing_deg) {
  for (const Hull partner : partners) {
    for (const Leg& leg : vessels[partner].legs) {
      if (leg.kind != LegKind::sail || (arriving ? leg.end : leg.start) != at) continue;
      const auto n = leg.path.size();
      const double other =
          arriving ? bearing(leg.path[n - 2], leg.path[n - 1]) : bearing(leg.path[0], leg.path[1]);
      if (std::abs(base::lon_difference(bearing_deg, other)) < kApartDeg) return false;
    }
  }
  return true;
}

}  // namespace

void Stage::script(Hull hull, Leg middle, std::span<const Hull> partners) {
  Vessel& v = vessels[hull];
  std::uint32_t cursor = 0;
  const Spot at = state_at(middle, middle.start, cursor).at;
  std::vector<Spot> way_in;
  // A hub from which the ship is near enough to be at sea for a while, not for a week.
  for (int i = 0; i < kTries; ++i) {
    const std::size_t from = waters.random_hub(random);
    if (i < kTries / 2 && metres(waters.hubs()[from].port, at) > 900e3) continue;
    auto way = waters.route(at, from);
    if (way.size() < 2) continue;
    const bool fits = apart(vessels, partners, middle.start, true, bearing(way[1], way[0]));
    if (fits || way_in.empty()) way_in = std::move(way);
    if (fits) break;
  }
  std::reverse(way_in.begin(), way_in.end());
  if (way_in.size() < 2) way_in = {at, at};
  const Leg trial = sail(0, way_in, v.speed_kn);
  const base::TimeMs departure = middle.start - trial.end;
  if (departure > start) {
    v.legs.push_back(stay(LegKind::moored, start - base::kHour, departure, way_in.front()));
    v.legs.back().phase = random.between(0, 6.28);
  }
  v.legs.push_back(sail(departure, std::move(way_in), v.speed_kn));
  v.legs.back().end = middle.start;
  const Spot leaves = end_of(middle);
  const base::TimeMs leaves_at = middle.end;
  v.legs.push_back(std::move(middle));
  std::vector<Spot> way_out;
  for (int i = 0; i < kTries; ++i) {
    const std::size_t to = waters.random_hub(random);
    auto way = waters.route(leaves, to);
    if (way.size() < 2) continue;
    const bool fits = apart(vessels, partners, leaves_at, false, bearing(way[0], way[1]));
    if (fits || way_out.empty()) {
      way_out = std::move(way);
      v.at_hub = to;
    }
    if (fits) break;
  }
  if (way_out.empty()) {  // a place of its own, such as an anchorage inside a harbour
    v.habit = Habit::nothing;
    return;
  }
  v.habit = v.habit == Habit::harbour || v.habit == Habit::nothing ? v.habit : Habit::trade;
  v.legs.push_back(sail(leaves_at, std::move(way_out), v.speed_kn));
}

void Stage::script_voyage(Hull hull, double at_least_km) {
  Vessel& v = vessels[hull];
  for (int i = 0;; ++i) {
    const std::size_t from = waters.random_hub(random), to = waters.random_hub(random, from);
    auto way = waters.route(from, to);
    if (way.size() < 3) continue;
    Leg leg = sail(start, spread(waters, std::move(way), random), v.speed_kn);
    const double length_km = leg.along_m.back() / 1000;
    if (i < 40 && length_km < at_least_km) continue;
    // Under way at the start, a little along.
    const base::TimeMs shift =
        static_cast<base::TimeMs>(static_cast<double>(leg.end - leg.start) * random.between(0.03, 0.15));
    leg.start -= shift;
    leg.end -= shift;
    v.at_hub = to;
    v.habit = Habit::trade;
    v.legs.push_back(std::move(leg));
    return;
  }
}

TruthEvent& Stage::event(model::EventType type, std::string_view subtype, std::initializer_list<Hull> hulls,
                         Interval when, const Spot& at, std::string_view difficulty) {
  return event(type, subtype, std::span<const Hull>(hulls.begin(), hulls.size()), when, at, difficulty);
}

TruthEvent& Stage::event(model::EventType type, std::string_view subtype, std::span<const Hull> hulls,
                         Interval when, const Spot& at, std::string_view difficulty) {
  TruthEvent e;
  e.type = type;
  e.subtype = subtype;
  e.start = std::max(when.start, start);
  e.end = std::min(when.end, end);
  e.at = place(at);
  e.difficulty = difficulty;
  // A change has no length: what is heard around it counts.
  Interval counted{e.start, e.end};
  if (type == model::EventType::identity_change)
    counted = {e.start - 6 * base::kHour, e.end + 6 * base::kHour};
  for (const Hull hull : hulls) {
    Vessel& v = vessels[hull];
    const Identity& id = v.identity;
    if (std::find(e.mmsi.begin(), e.mmsi.end(), id.mmsi) == e.mmsi.end()) e.mmsi.push_back(id.mmsi);
    e.vessels.push_back({id.imo, id.name});
    v.watched.push_back({static_cast<std::uint32_t>(truth.events.size()), counted});
  }
  truth.events.push_back(std::move(e));
  return truth.events.back();
}

TruthNegative& Stage::negative(std::string_view type, std::initializer_list<model::EventType> forbids,
                               std::span<const Hull> hulls, Interval when, const Spot& at) {
  TruthNegative n;
  n.type = type;
  n.forbids = forbids;
  for (const Hull hull : hulls) n.mmsi.push_back(vessels[hull].identity.mmsi);
  n.start = std::max(when.start, start);
  n.end = std::min(when.end, end);
  n.at = place(at);
  truth.negatives.push_back(std::move(n));
  return truth.negatives.back();
}

}  // namespace cordon::simulate
