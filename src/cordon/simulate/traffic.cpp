#include "cordon/simulate/traffic.hpp"

#include <algorithm>
#include <numbers>
#include <utility>

namespace cordon::simulate {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

base::TimeMs hours(double h) {
  return static_cast<base::TimeMs>(h * static_cast<double>(base::kHour));
}

void trade_on(Vessel& v, const Waters& waters) {
  const Leg& last = v.legs.back();
  Random& random = v.random;
  if (last.kind == LegKind::sail) {
    v.legs.push_back(stay(LegKind::moored, last.end, last.end + hours(random.between(8, 36)), end_of(last)));
  } else if (last.kind == LegKind::anchored) {
    v.legs.push_back(
        sail(last.end, {end_of(last), waters.hubs()[v.at_hub].gate, berth(waters, v.at_hub, random)}, 6));
  } else {
    const std::size_t to = waters.random_hub(random, v.at_hub);
    auto way = waters.route(v.at_hub, to);
    v.at_hub = to;
    if (way.size() < 3) {
      v.legs.push_back(stay(LegKind::moored, last.end, last.end + hours(12), end_of(last)));
      return;
    }
    way.front() = end_of(last);
    const bool waits = random.chance(0.3);
    way.back() = waits ? anchorage(waters, to, random) : berth(waters, to, random);
    if (waits) way.erase(way.end() - 2);
    v.legs.push_back(
        sail(last.end, spread(waters, std::move(way), random), v.speed_kn * random.between(0.95, 1.05)));
    if (waits) {
      Leg leg = stay(LegKind::anchored, v.legs.back().end, v.legs.back().end + hours(random.between(4, 20)),
                     end_of(v.legs.back()));
      leg.size_m = random.between(60, 160);
      leg.phase = random.between(0, kTurn);
      v.legs.push_back(std::move(leg));
    }
  }
}

void fish_on(Vessel& v, const Waters& waters) {
  const Leg& last = v.legs.back();
  Random& random = v.random;
  if (last.kind == LegKind::fish) {  // to another ground nearby
    const Spot from = end_of(last);
    Spot to = moved_towards(from, random.between(0, 360), random.between(8000, 25000));
    if (waters.shore_km(to) > 9 && waters.clear(from, to)) {
      v.legs.push_back(sail(last.end, {from, to}, v.speed_kn));
      return;
    }
  }
  Leg leg = stay(LegKind::fish, last.end, last.end + hours(random.between(5, 14)), end_of(last));
  leg.size_m = random.between(2500, 5000);
  leg.speed_kn = random.between(2.8, 4.5);
  leg.phase = 0;  // begins in the middle of its box
  v.legs.push_back(std::move(leg));
}

void ferry_on(Vessel& v, const Waters& waters) {
  const Leg& last = v.legs.back();
  if (last.kind == LegKind::sail) {
    v.legs.push_back(stay(LegKind::moored, last.end, last.end + hours(v.random.between(3, 8)), end_of(last)));
    return;
  }
  auto way = waters.route(v.at_hub, v.other_hub);
  std::swap(v.at_hub, v.other_hub);
  if (way.size() < 2) way = {end_of(last), end_of(last)};
  way.front() = end_of(last);
  v.legs.push_back(sail(last.end, std::move(way), v.speed_kn));
}

void harbour_on(Vessel& v, const Waters& waters) {
  const Leg& last = v.legs.back();
  Random& random = v.random;
  if (last.kind == LegKind::sail) {
    v.legs.push_back(stay(LegKind::moored, last.end, last.end + hours(random.between(2, 9)), end_of(last)));
  } else {
    const Spot home = end_of(last);
    const Spot out = anchorage(waters, v.at_hub, random);
    v.legs.push_back(sail(last.end,
                          {home, waters.hubs()[v.at_hub].gate, out, waters.hubs()[v.at_hub].gate, home},
                          v.speed_kn * 0.8));
  }
}

}  // namespace

State look_ahead(const Vessel& vessel, base::TimeMs t) {
  for (const Leg& leg : vessel.legs) {
    if (t < leg.end || &leg == &vessel.legs.back()) {
      std::uint32_t cursor = 0;
      return state_at(leg, t, cursor);
    }
  }
  return {};
}

Spot end_of(const Leg& leg) {
  std::uint32_t cursor = 0;
  return state_at(leg, leg.end, cursor).at;
}

Spot anchorage(const Waters& waters, std::size_t hub, Random& random) {
  const Spot gate = waters.hubs()[hub].gate;
  for (int i = 0; i < 40; ++i) {
    const Spot at = moved_towards(gate, random.between(0, 360), random.between(2500, 11000));
    if (waters.clear(gate, at)) return at;
  }
  return gate;
}

Spot berth(const Waters& waters, std::size_t hub, Random& random) {
  return moved(waters.hubs()[hub].port, random.between(-900, 900), random.between(-900, 900));
}

std::vector<Spot> spread(const Waters& waters, std::vector<Spot> way, Random& random) {
  const double side = random.between(-4500, 4500);
  for (std::size_t i = 2; i + 2 < way.size(); ++i) {
    const double across = bearing(way[i - 1], way[i + 1]) + 90;
    const Spot to = moved_towards(way[i], across, side + random.between(-800, 800));
    if (waters.clear(way[i - 1], to) && waters.clear(to, way[i + 1])) way[i] = to;
  }
  return way;
}

void extend(Vessel& v, const Waters& waters) {
  switch (v.habit) {
    case Habit::trade:
      return trade_on(v, waters);
    case Habit::fish:
      return fish_on(v, waters);
    case Habit::ferry:
      return ferry_on(v, waters);
    case Habit::harbour:
      return harbour_on(v, waters);
    case Habit::nothing: {
      Leg leg = v.legs.back();
      leg.centre = end_of(v.legs.back());
      leg.offset_east_m = leg.offset_north_m = 0;
      leg.kind = leg.kind == LegKind::sail ? LegKind::moored : leg.kind;
      leg.start = leg.end;
      leg.end += base::kDay;
      v.legs.push_back(std::move(leg));
      return;
    }
  }
}

void advance(Vessel& v, const Waters& waters, base::TimeMs t) {
  while (t >= v.legs.front().end) {
    if (v.legs.size() == 1) extend(v, waters);
    v.legs.erase(v.legs.begin());
    v.cursor = 0;
  }
}

Trade usual_trade(Random& random) {
  const double u = random.unit();
  return u < 0.20   ? Trade::cargo
         : u < 0.32 ? Trade::bulk
         : u < 0.44 ? Trade::container
         : u < 0.59 ? Trade::tanker
         : u < 0.88 ? Trade::fishing
         : u < 0.90 ? Trade::fish_carrier
         : u < 0.94 ? Trade::passenger
         : u < 0.98 ? Trade::tug
                    : Trade::bunker;
}

void settle(Vessel& v, const Waters& waters, base::TimeMs start) {
  Random& random = v.random;
  v.at_hub = waters.random_hub(random);
  if (v.habit == Habit::fish) {
    // Fleets work the same grounds: a few hundred of them, each some 25 km across.
    Random ground(0x66697368 + random.below(160));
    Spot at = waters.random_sea(ground, 20, 150, 20);
    const Spot near = moved_towards(at, random.between(0, 360), random.between(500, 12000));
    if (waters.shore_km(near) > 9 && waters.clear(at, near)) at = near;
    v.legs.push_back(
        stay(LegKind::fish, start - hours(random.between(0, 10)), start + hours(random.between(1, 8)), at));
    v.legs.back().size_m = random.between(2500, 5000);
    v.legs.back().speed_kn = random.between(2.8, 4.5);
    return;
  }
  if (v.habit == Habit::ferry) {
    // The nearest other hubs, not across the whole theatre.
    double best = 1e12;
    for (int i = 0; i < 6; ++i) {
      const std::size_t hub = waters.random_hub(random, v.at_hub);
      const double d = metres(waters.hubs()[hub].port, waters.hubs()[v.at_hub].port);
      if (d < best) best = d, v.other_hub = hub;
    }
  }
  const Spot at = berth(waters, v.at_hub, random);
  const base::TimeMs since = start - hours(random.between(1, 96));
  v.legs.push_back(stay(LegKind::moored, since, since + hours(random.between(2, 24)), at));
  v.legs.back().phase = random.between(0, kTurn);
  advance(v, waters, start);
}

}  // namespace cordon::simulate
