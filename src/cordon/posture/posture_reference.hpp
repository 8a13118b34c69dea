// Slow and obvious: what the fast simulation and the game are checked against in tests.
#pragma once
#include <cmath>
#include <random>
#include <vector>

#include "cordon/posture/game.hpp"
#include "cordon/posture/scenario.hpp"

namespace cordon::posture::reference {

struct Totals {
  double deliveries = 0, barrels = 0, detections = 0, named = 0, reports = 0, undetected = 0;
};

// One year, told as the rules of docs/posture.md tell it, delivery by delivery, with the library's random
// numbers. It shares no code and no numbers with the fast one, so only means can agree.
inline Totals year(const Scenario& s, std::mt19937_64& random) {
  const auto chance = [&](double p) { return std::uniform_real_distribution<double>(0, 1)(random) < p; };
  const std::size_t ships = static_cast<std::size_t>(std::lround(s.smugglers.fleet.value));
  const std::size_t ways = s.ways.size(), countries = s.countries.size();
  std::vector<std::vector<double>> known(ships, std::vector<double>(countries, 1e9));
  std::vector<std::vector<bool>> own(countries, std::vector<bool>(ships, false));
  double before = 0;
  for (std::size_t c = 0; c < countries; ++c) {
    const double size =
        static_cast<double>(std::lround(s.countries[c].listed.value * static_cast<double>(ships)));
    const auto first = static_cast<std::size_t>(std::lround((1 - s.overlap) * before));
    for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) own[c][(first + i) % ships] = true;
    before += size;
  }
  for (std::size_t ship = 0; ship < ships; ++ship)
    for (std::size_t c = 0; c < countries; ++c) {
      if (own[c][ship]) known[ship][c] = 0;
      for (const Sharing& sharing : s.sharing)
        if (sharing.lists && sharing.to == c && own[sharing.from][ship]) known[ship][c] = 0;
    }
  std::vector<double> laid_up(ships, -1), free(ways, 1);
  const double load = s.smugglers.full_load.value * s.smugglers.load_part.value;
  const double replaced =
      s.lawful.displacement.value * s.lawful.deliveries.value * s.lawful.barrels_each.value;
  const double rate = s.smugglers.deliveries.value * (1 - replaced / (s.smugglers.deliveries.value * load));
  Totals out;
  for (std::size_t w = 0; w < kWeeks; ++w) {
    double days = 0;
    for (const Asset& asset : s.assets) days += s.days(asset, w);
    const double clearing = s.lawful.deliveries.value / kWeeks * s.lawful.check_h.value / 24;
    const double left = days > 0 ? std::max(0.0, 1 - clearing / days) : 0;
    std::vector<std::vector<double>> hazard(ways, std::vector<double>(countries, 0));
    for (std::size_t o = 0; o < ways; ++o) {
      const Way& way = s.ways[o];
      const Habit& habit = s.habits[static_cast<std::size_t>(way.method)];
      for (const Asset& asset : s.assets)
        hazard[o][asset.country] +=
            s.days(asset, w) * left * asset.swept_km2_a_day.value * asset.where[way.place] *
            s.places[way.place].access.value * habit.exposure_h.value / 168 /
            s.places[way.place].area_km2.value * s.patrols.effectiveness.value * habit.conspicuous.value *
            (way.method == Method::direct && s.lawful.deliveries.value > 0 ? 1 - s.lawful.cover.value : 1);
    }
    std::vector<double> weight(ways), share(ways, 0);
    for (std::size_t o = 0; o < ways; ++o) {
      double missed = 1;
      for (const double each : hazard[o]) missed *= 1 - s.patrols.availability.value * (1 - std::exp(-each));
      weight[o] = s.ways[o].share.value * std::exp(-s.smugglers.precision.value * (1 - missed)) * free[o];
    }
    // No way above its capacity, by raising a common level until all deliveries have one.
    double low = 0, high = 1e6;
    for (int i = 0; i < 200; ++i) {
      const double level = (low + high) / 2;
      double sum = 0;
      for (std::size_t o = 0; o < ways; ++o) sum += std::min(s.ways[o].capacity.value, level * weight[o]);
      (sum < 1 ? low : high) = level;
    }
    for (std::size_t o = 0; o < ways; ++o) share[o] = std::min(s.ways[o].capacity.value, high * weight[o]);
    std::vector<double> on(countries);
    for (double& each : on) each = chance(s.patrols.availability.value) ? 1 : 0;
    std::vector<std::size_t> noticed;
    const int count = std::poisson_distribution<int>(rate / kWeeks)(random);
    for (int i = 0; i < count; ++i) {
      const std::size_t ship = std::uniform_int_distribution<std::size_t>(0, ships - 1)(random);
      if (laid_up[ship] > static_cast<double>(w)) continue;
      const double spread = s.smugglers.load_spread.value;
      const double barrels = load * std::uniform_real_distribution<double>(1 - spread, 1 + spread)(random);
      const std::size_t o = std::discrete_distribution<std::size_t>(share.begin(), share.end())(random);
      ++out.deliveries;
      out.barrels += barrels;
      // Each country searches by itself; the first to find it has the case.
      std::size_t finder = countries;
      double first = 1;
      for (std::size_t c = 0; c < countries; ++c) {
        const double rate_c =
            hazard[o][c] * on[c] * (known[ship][c] <= static_cast<double>(w) ? s.patrols.cue.value : 1);
        if (rate_c <= 0) continue;
        const double when = std::exponential_distribution<double>(rate_c)(random);
        if (when < first) {
          first = when;
          finder = c;
        }
      }
      if (finder == countries) {
        out.undetected += barrels;
        continue;
      }
      ++out.detections;
      if (chance(s.smugglers.noticed.value)) noticed.push_back(o);
      const bool listed = known[ship][finder] <= static_cast<double>(w);
      if (!chance(listed ? s.patrols.recognised_listed.value : s.patrols.recognised_unlisted.value)) continue;
      ++out.named;
      if (chance(s.patrols.reported.value)) {
        ++out.reports;
        laid_up[ship] = static_cast<double>(w) + 1 + s.smugglers.layup_weeks.value;
      }
      known[ship][finder] = std::min(known[ship][finder], static_cast<double>(w) + 1);
      for (const Sharing& sharing : s.sharing)
        if (sharing.from == finder && chance(sharing.detections.value))
          known[ship][sharing.to] =
              std::min(known[ship][sharing.to], static_cast<double>(w) + 1 + sharing.delay_weeks.value);
    }
    for (const std::size_t o : noticed)
      for (std::size_t other = 0; other < ways; ++other)
        if (s.ways[other].place == s.ways[o].place)
          free[other] *= std::exp(-s.smugglers.wariness.value * (other == o ? 1 : s.smugglers.spill.value));
    for (double& each : free) each = 1 - (1 - each) * std::exp2(-1 / s.smugglers.memory_weeks.value);
  }
  return out;
}

// The game by fictitious play (Brown 1951): each side answers the other's average so far. Both averages bound
// the value; slowly.
inline std::pair<double, double> fictitious_play(const Game& game, int rounds) {
  const std::size_t ways = game.rate.size();
  std::vector<double> effort(game.places, game.effort / static_cast<double>(game.places)), mixture(ways, 0);
  double value = 0, bound = 1;
  std::vector<double> average(ways, 0);
  for (int round = 1; round <= rounds; ++round) {
    std::vector<double> chances(ways);
    for (std::size_t o = 0; o < ways; ++o) chances[o] = 1 - std::exp(-game.rate[o] * effort[game.place[o]]);
    value = std::max(value, best_response(chances, game.capacity));
    // The smugglers' answer: the least dangerous ways to their capacities.
    std::vector<double> answer(ways, 0);
    double left = 1;
    std::vector<bool> used(ways, false);
    for (std::size_t k = 0; k < ways && left > 0; ++k) {
      std::size_t best = ways;
      for (std::size_t o = 0; o < ways; ++o)
        if (!used[o] && (best == ways || chances[o] < chances[best])) best = o;
      used[best] = true;
      answer[best] = std::min(left, game.capacity[best]);
      left -= answer[best];
    }
    for (std::size_t o = 0; o < ways; ++o) average[o] += (answer[o] - average[o]) / round;
    // The patrols' answer to the average: small pieces of effort, each where it pays most.
    std::vector<double> best(game.places, 0);
    const int pieces = 400;
    for (int piece = 0; piece < pieces; ++piece) {
      std::size_t where = 0;
      double most = -1;
      for (std::size_t p = 0; p < game.places; ++p) {
        double slope = 0;
        for (std::size_t o = 0; o < ways; ++o)
          if (game.place[o] == p) slope += average[o] * game.rate[o] * std::exp(-game.rate[o] * best[p]);
        if (slope > most) {
          most = slope;
          where = p;
        }
      }
      best[where] += game.effort / pieces;
    }
    double found = 0;
    for (std::size_t o = 0; o < ways; ++o)
      found += average[o] * (1 - std::exp(-game.rate[o] * best[game.place[o]]));
    bound = std::min(bound, found);
    for (std::size_t p = 0; p < game.places; ++p) effort[p] += (best[p] - effort[p]) / (round + 1);
  }
  return {value, bound};
}

}  // namespace cordon::posture::reference
