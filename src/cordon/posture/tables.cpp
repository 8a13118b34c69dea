#include "cordon/posture/tables.hpp"

#include <algorithm>
#include <cmath>

namespace cordon::posture {

Counts::Counts(double mean) : mean_(mean) {
  double chance = std::exp(-mean), sum = chance;
  below_.push_back(sum);
  for (unsigned n = 1; sum < 1 - 1e-12 && n < 60000; ++n) {
    chance *= mean / n;
    sum += chance;
    below_.push_back(sum);
    if (n > mean && chance < 1e-15) break;
  }
  for (std::size_t i = 0; i <= kGuide; ++i) {
    const double u = static_cast<double>(i) / kGuide;
    guide_[i] = static_cast<std::uint16_t>(
        std::min<std::ptrdiff_t>(std::lower_bound(below_.begin(), below_.end(), u) - below_.begin(), most()));
  }
}

void share_out(std::span<const float> weights, std::span<const float> capacity, std::span<float> chances) {
  const std::size_t n = weights.size();
  std::array<bool, kMostWays> full{};
  // Each round fills at least one way to its capacity or ends.
  for (std::size_t round = 0; round <= n; ++round) {
    float open = 0, left = 1;
    for (std::size_t o = 0; o < n; ++o) {
      if (full[o])
        left -= capacity[o];
      else
        open += weights[o];
    }
    bool over = false;
    for (std::size_t o = 0; o < n; ++o) {
      if (full[o]) continue;
      chances[o] = open > 0 ? std::max(left, 0.0F) * weights[o] / open : 0;
      over |= chances[o] > capacity[o];
    }
    if (!over) {
      // Only ways of weight zero are left, and not all is given out: they take it as they can.
      if (open <= 0 && left > 0)
        for (std::size_t o = 0; o < n && left > 0; ++o) {
          if (full[o]) continue;
          chances[o] = std::min(capacity[o], left);
          left -= chances[o];
        }
      return;
    }
    for (std::size_t o = 0; o < n; ++o) {
      if (full[o] || chances[o] <= capacity[o]) continue;
      full[o] = true;
      chances[o] = capacity[o];
    }
  }
}

double detection_chance(const Tables& t, std::size_t week, std::size_t way) {
  double missed = 1;
  for (std::size_t c = 0; c < t.countries; ++c)
    missed *= 1 - t.availability * -std::expm1(-double{t.hazard[week][way][c]});
  return 1 - missed;
}

namespace {

void lists(const Scenario& scenario, Tables& t) {
  // A country's list is a run of ships; each begins (1 - overlap) of the lists before it further on.
  std::array<std::bitset<kMostShips>, kMostCountries> own{}, held{};
  double before = 0;
  for (std::size_t c = 0; c < t.countries; ++c) {
    const Country& country = scenario.countries[c];
    for (const int ship : country.ships) own[c].set(static_cast<std::size_t>(ship - 1));
    if (!country.ships.empty()) continue;
    const auto size =
        static_cast<std::size_t>(std::lround(country.listed.value * static_cast<double>(t.ships)));
    const auto first = static_cast<std::size_t>(std::lround((1 - scenario.overlap) * before));
    for (std::size_t i = 0; i < size; ++i) own[c].set((first + i) % t.ships);
    before += static_cast<double>(size);
  }
  held = own;
  for (const Sharing& sharing : scenario.sharing)
    if (sharing.lists) held[sharing.to] |= own[sharing.from];
  for (std::size_t ship = 0; ship < kMostShips; ++ship)
    for (std::size_t c = 0; c < kMostCountries; ++c)
      t.known_from[ship].half[c / 4][c % 4] = held[c][ship] ? 0.0F : 1e9F;
}

}  // namespace

Tables compile(const Scenario& scenario, std::span<const std::string> countries, bool adapts) {
  Tables t;
  const Smugglers& s = scenario.smugglers;
  const Patrols& p = scenario.patrols;
  const Lawful& l = scenario.lawful;
  t.ways = scenario.ways.size();
  t.countries = scenario.countries.size();
  t.ships = static_cast<std::size_t>(std::clamp(std::lround(s.fleet.value), 1L, long{kMostShips}));
  t.adapts = adapts;
  for (std::size_t c = 0; c < t.countries; ++c)
    t.lane[c] = static_cast<std::uint16_t>(
        std::find(countries.begin(), countries.end(), scenario.countries[c].id) - countries.begin());

  const double load = s.full_load.value * s.load_part.value;
  t.load_least = static_cast<float>(load * (1 - s.load_spread.value));
  t.load_range = static_cast<float>(2 * load * s.load_spread.value);
  const double wanted = s.deliveries.value * load;
  const double replaced = l.displacement.value * l.deliveries.value * l.barrels_each.value;
  const double rate = wanted > 0 ? s.deliveries.value * std::max(0.0, 1 - replaced / wanted) : 0;
  t.counts = Counts(rate / kWeeks);
  t.lawful_week = l.reported_barrels.value / kWeeks;
  t.cap = l.cap.value;

  for (std::size_t w = 0; w < kWeeks; ++w) {
    double days = 0;
    for (const Asset& asset : scenario.assets) days += scenario.days(asset, w);
    // Clearing lawful deliveries takes patrol time from all alike.
    const double clearing = l.deliveries.value / kWeeks * l.check_h.value / 24;
    const double left = days > 0 ? std::max(0.0, 1 - clearing / days) : 0;
    for (const Asset& asset : scenario.assets) {
      const double on = scenario.days(asset, w);
      if (on <= 0) continue;
      t.cost += on * asset.cost_a_day.value;
      for (std::size_t o = 0; o < t.ways; ++o) {
        const Way& way = scenario.ways[o];
        const Place& place = scenario.places[way.place];
        const Habit& habit = scenario.habits[static_cast<std::size_t>(way.method)];
        const double passes = way.method == Method::direct && l.deliveries.value > 0 ? l.cover.value : 0;
        // Random search (Koopman): the area swept while the delivery can be seen, over the area.
        const double swept = on * left * asset.swept_km2_a_day.value * asset.where[way.place] *
                             place.access.value * habit.exposure_h.value / (7 * 24);
        t.hazard[w][o].half[asset.country / 4][asset.country % 4] += static_cast<float>(
            p.effectiveness.value * habit.conspicuous.value * (1 - passes) * swept / place.area_km2.value);
      }
    }
  }

  double shares = 0;
  for (const Way& way : scenario.ways) shares += way.share.value;
  for (std::size_t o = 0; o < t.ways; ++o)
    t.capacity[o] = static_cast<float>(scenario.ways[o].capacity.value);
  t.availability = static_cast<float>(p.availability.value);
  for (std::size_t w = 0; w < kWeeks; ++w) {
    float most = 0;
    for (std::size_t o = 0; o < t.ways; ++o) {
      float sum = 0;
      for (std::size_t c = 0; c < t.countries; ++c) sum += t.hazard[w][o][c];
      most = std::max(most, sum * static_cast<float>(p.cue.value));
      const double known = adapts ? s.precision.value * detection_chance(t, w, o) : 0;
      t.habit[w][o] =
          static_cast<float>((shares > 0 ? scenario.ways[o].share.value / shares : 1) * std::exp(-known));
    }
    // A little lower, for the order of the sums and the steps of unit().
    t.beyond[w] = static_cast<std::uint32_t>(0x1p32 * 0.9999 * std::exp(-1.0001 * double{most}));
    share_out({t.habit[w].data(), t.ways}, {t.capacity.data(), t.ways}, {t.chance[w].data(), t.ways});
    float sum = 0;
    for (std::size_t o = 0; o < kMostWays; ++o) {
      sum += t.chance[w][o];
      t.below[w][o] = o < t.ways ? sum : 1e30F;
    }
  }

  for (std::size_t a = 0; a < t.ways; ++a)
    for (std::size_t b = 0; b < kMostWays; ++b) {
      const bool same_place = b < t.ways && scenario.ways[a].place == scenario.ways[b].place;
      const double drop = a == b ? s.wariness.value : same_place ? s.wariness.value * s.spill.value : 0;
      t.react[a][b] = static_cast<float>(std::exp(-drop));
    }
  t.forget = static_cast<float>(std::exp2(-1 / s.memory_weeks.value));
  t.cue_more = static_cast<float>(p.cue.value - 1);
  t.noticed = static_cast<float>(s.noticed.value);
  t.recognised_listed = static_cast<float>(p.recognised_listed.value);
  t.recognised_unlisted = static_cast<float>(p.recognised_unlisted.value);
  t.reported = static_cast<float>(p.reported.value);
  t.layup_weeks = static_cast<float>(s.layup_weeks.value);
  lists(scenario, t);
  for (const Sharing& sharing : scenario.sharing) {
    t.tells[sharing.from][sharing.to] = static_cast<float>(sharing.detections.value);
    t.delay[sharing.from][sharing.to] = static_cast<float>(sharing.delay_weeks.value);
  }
  for (std::size_t c = 0; c < t.countries; ++c) t.tells[c][c] = 1;
  return t;
}

Expected expect(const Tables& t) {
  Expected out;
  out.deliveries = t.counts.mean() * kWeeks;
  const double load = t.load_least + t.load_range / 2;
  for (std::size_t w = 0; w < kWeeks; ++w) {
    for (std::size_t ship = 0; ship < t.ships; ++ship)
      for (std::size_t o = 0; o < t.ways; ++o) {
        double missed = 1;
        for (std::size_t c = 0; c < t.countries; ++c) {
          const bool known = t.known_from[ship][c] <= static_cast<float>(w);
          const double hazard = t.hazard[w][o][c] * (known ? 1.0 + t.cue_more : 1.0);
          missed *= 1 - t.availability * -std::expm1(-hazard);
        }
        out.coverage[w] += t.chance[w][o] * (1 - missed) / static_cast<double>(t.ships);
      }
    out.detections += t.counts.mean() * out.coverage[w];
  }
  out.undetected_barrels = load * (out.deliveries - out.detections);
  return out;
}

}  // namespace cordon::posture
