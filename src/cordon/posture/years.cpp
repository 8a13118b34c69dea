#include "cordon/posture/years.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/parallel.hpp"
#include "cordon/posture/draws.hpp"
#include "cordon/posture/philox.hpp"

namespace cordon::posture {
namespace {

// Years of one block share the arrays below and add up their weeks together.
constexpr std::size_t kBlock = 256;

// The random words of one year, which all postures read. Most transfers are never looked at more closely than
// by one of them: numbers are made of the words only where they are asked for.
struct Draws {
  std::array<std::uint32_t, kWeeks + 1> first{};          // index of a week's first transfer
  std::vector<std::uint32_t> way, luck, load, ship, id;   // by transfer; id: week << 16 | number in the week
  std::vector<double> loads_before;                       // sum of the loads (0..1) before a transfer
  std::vector<std::array<std::uint32_t, 64>> weather;     // by eight countries and word: by week
  std::vector<std::array<std::uint16_t, kWeeks>> counts;  // by rate

  // The hazard that detects the transfer.
  float effort(std::size_t i) const { return -std::log(unit(luck[i])); }
  // A country patrols where this is below the availability.
  float weather_of(std::size_t country, std::size_t week) const {
    const std::uint32_t k = static_cast<std::uint32_t>(country % 8);
    Words words{};
    words[k / 2] = weather[country / 8 * 4 + k / 2][week];
    return unit16(words, k);
  }
};

class Source {
 public:
  Source(std::span<const Tables* const> tables, std::uint64_t seed, std::size_t countries)
      : key0_(static_cast<std::uint32_t>(seed)), key1_(static_cast<std::uint32_t>(seed >> 32)) {
    for (const Tables* t : tables) {
      std::size_t rate = 0;
      while (rate < rates_.size() && rates_[rate]->mean() != t->counts.mean()) ++rate;
      if (rate == rates_.size()) rates_.push_back(&t->counts);
      rate_of_.push_back(rate);
    }
    std::size_t most = 0;
    for (const Counts* counts : rates_) most = std::max<std::size_t>(most, counts->most());
    for (auto* column : {&draws_.way, &draws_.luck, &draws_.load, &draws_.ship, &draws_.id})
      column->resize(most * kWeeks + kLanes);
    draws_.loads_before.resize(most * kWeeks + 1);
    draws_.weather.resize((countries + 7) / 8 * 4);
    draws_.counts.resize(rates_.size());
    for (std::uint32_t w = 0; w < weeks_.size(); ++w) weeks_[w] = w;
    for (std::uint32_t w = 0; w < fourths_.size(); ++w) fourths_[w] = 4 * w;
  }

  std::size_t rate_of(std::size_t table) const { return rate_of_[table]; }
  Words words(std::uint32_t a, std::uint32_t b, std::uint32_t year, Purpose purpose) const {
    return philox({a, b, year, static_cast<std::uint32_t>(purpose)}, key0_, key1_);
  }

  const Draws& year(std::uint32_t year) {
    Draws& d = draws_;
    const auto draw = [&](const std::uint32_t* first, std::size_t count, std::uint32_t second,
                          Purpose purpose, const std::array<std::uint32_t*, 4>& out) {
      philox_many(first, count, second, year, static_cast<std::uint32_t>(purpose), key0_, key1_, out.data());
    };
    std::array<std::array<std::uint32_t, kLanes>, 4> u;  // of four weeks each
    draw(fourths_.data(), kWeeks / 4, 0, Purpose::week_counts,
         {u[0].data(), u[1].data(), u[2].data(), u[3].data()});
    std::uint32_t n = 0;
    for (std::uint32_t w = 0; w < kWeeks; ++w) {
      const double chance = unit64(u[w % 4][w / 4]);
      unsigned most = 0;
      for (std::size_t r = 0; r < rates_.size(); ++r) {
        const unsigned count = (*rates_[r])(chance);
        d.counts[r][w] = static_cast<std::uint16_t>(count);
        most = std::max(most, count);
      }
      d.first[w] = n;
      for (unsigned i = 0; i < most; ++i) d.id[n++] = w << 16 | i;
    }
    d.first[kWeeks] = n;
    draw(d.id.data(), n, 0, Purpose::transfer, {d.way.data(), d.luck.data(), d.load.data(), d.ship.data()});
    double loads = 0;
    for (std::uint32_t i = 0; i < n; ++i) d.loads_before[i + 1] = loads += unit(d.load[i]);
    for (std::uint32_t c = 0; 2 * c < d.weather.size(); c += 8)
      draw(weeks_.data(), kWeeks, c, Purpose::availability,
           {d.weather[c / 2].data(), d.weather[c / 2 + 1].data(), d.weather[c / 2 + 2].data(),
            d.weather[c / 2 + 3].data()});
    return d;
  }

 private:
  std::uint32_t key0_, key1_;
  std::vector<const Counts*> rates_;
  std::vector<std::size_t> rate_of_;
  std::array<std::uint32_t, 64> weeks_;        // 0, 1, 2, ..
  std::array<std::uint32_t, kLanes> fourths_;  // 0, 4, 8, ..
  Draws draws_;
};

// One posture in one year.
class Year {
 public:
  Year(const Tables& t, const Source& source, const Draws& draws,
       const std::array<std::uint16_t, kWeeks>& counts, std::uint32_t number)
      : t_(t), source_(source), draws_(draws), counts_(counts), number_(number) {}

  void run(const Span& span, Years& out, ByWeek& weeks) {
    std::copy_n(t_.known_from.begin(), t_.ships, known_.begin());
    std::fill_n(laid_up_.begin(), t_.ships, -1.0F);
    free_.fill(1);
    for (std::size_t w = 0; w < kWeeks; ++w) {
      if (w < span.first_week || w >= span.end_week) {
        // Weeks outside are lived through but not counted.
        const Totals kept = totals_;
        const auto ships = ships_;
        week(w, nullptr);
        totals_ = kept;
        ships_ = ships;
      } else {
        week(w, &weeks);
        totals_.lawful += t_.lawful_week;
      }
      if (number_ < span.fan)
        out.undetected_by[w][number_] = static_cast<float>(totals_.barrels - totals_.caught);
    }
    const auto set = [&](Measure measure, double value) {
      out.of[measure][number_] = static_cast<float>(value);
    };
    const double undetected = totals_.barrels - totals_.caught;
    set(kDeliveries, totals_.made);
    set(kBarrels, totals_.barrels);
    set(kDetections, totals_.seen);
    set(kNamed, totals_.named);
    set(kReports, totals_.reports);
    set(kShips, static_cast<double>(ships_.count()));
    set(kUndetected, undetected);
    set(kUnseen, totals_.lawful + totals_.barrels > t_.cap && totals_.lawful + totals_.caught <= t_.cap);
    set(kOver, undetected > t_.cap);
    set(kPlanned, totals_.planned);
  }

 private:
  struct Totals {
    double made = 0, barrels = 0, caught = 0, planned = 0, lawful = 0;
    double seen = 0, named = 0, reports = 0;
  };

  void week(std::size_t w, ByWeek* out) {
    const float now = static_cast<float>(w);
    const std::uint32_t begin = draws_.first[w], end = begin + counts_[w];
    unsigned made = counts_[w], seen = 0;
    double barrels = t_.load_least * static_cast<double>(made) +
                     t_.load_range * (draws_.loads_before[end] - draws_.loads_before[begin]);
    totals_.planned += barrels;
    const std::uint32_t beyond = t_.beyond[w];
    bool ready = false;
    for (std::uint32_t i = begin; i < end; ++i) {
      const bool hidden = draws_.luck[i] < beyond;
      if (hidden && !(laid_up_until_ > now)) continue;  // whose ship lies up delivers nothing, hidden or not
      const std::size_t ship = (std::uint64_t{draws_.ship[i]} * t_.ships) >> 32;
      const float load = t_.load_least + unit(draws_.load[i]) * t_.load_range;
      if (laid_up_[ship] > now) {
        --made;
        barrels -= load;
        continue;
      }
      if (hidden) continue;
      if (!ready) {
        begin_week(w);
        ready = true;
      }
      const Lanes by = hazards(w, way_of(unit(draws_.way[i])), ship, now);
      const Four sum = by.half[0] + by.half[1];
      const float hazard = (sum[0] + sum[1]) + (sum[2] + sum[3]);
      if (draws_.effort(i) < hazard) {
        ++seen;
        totals_.caught += load;
        detected(draws_.id[i], ship, way_of(unit(draws_.way[i])), now, by, hazard);
      }
    }
    totals_.barrels += barrels;
    totals_.made += made;
    totals_.seen += seen;
    if (out) {
      out->made[w] += made;
      out->seen[w] += seen;
    }
    if (disturbed_)
      for (float& free : free_) free = 1 - (1 - free) * t_.forget;
  }

  // What only a delivery that may be detected asks for. What is learnt within the week works from the next.
  void begin_week(std::size_t w) {
    below_ = &t_.below[w];
    if (disturbed_) {
      sum_up(w, changed_);
      below_ = &changed_;
    }
    for (std::size_t c = 0; c < t_.countries; ++c)
      on_.half[c / 4][c % 4] = draws_.weather_of(t_.lane[c], w) < t_.availability ? 1.0F : 0.0F;
  }

  std::size_t way_of(float u) const {
    const float at = u * (*below_)[t_.ways - 1];
    std::size_t way = 0;
    for (std::size_t k = 0; k + 1 < kMostWays; ++k) way += (*below_)[k] < at;
    return way;
  }

  // By country; one that looks for the ship finds it more readily.
  Lanes hazards(std::size_t w, std::size_t way, std::size_t ship, float now) const {
    const Four when = {now, now, now, now};
    const Four more = {t_.cue_more, t_.cue_more, t_.cue_more, t_.cue_more};
    const auto half = [&](std::size_t k) {
      const FourInt sought = known_[ship].half[k] <= when;
      return t_.hazard[w][way].half[k] * on_.half[k] * (1.0F + (Four)(sought & (FourInt)more));
    };
    return {{half(0), half(1)}};
  }

  // The chances of the ways after what was learnt, summed.
  void sum_up(std::size_t w, std::array<float, kMostWays>& below) const {
    std::array<float, kMostWays> weight;
    for (std::size_t o = 0; o < kMostWays; ++o) weight[o] = t_.habit[w][o] * free_[o];
    float whole = 0;
    for (std::size_t o = 0; o < t_.ways; ++o) below[o] = whole += weight[o];
    bool over = !(whole > 0);
    for (std::size_t o = 0; o < kMostWays; ++o) over |= weight[o] > t_.capacity[o] * whole;
    if (over) {
      std::array<float, kMostWays> chance;
      share_out({weight.data(), t_.ways}, {t_.capacity.data(), t_.ways}, {chance.data(), t_.ways});
      whole = 0;
      for (std::size_t o = 0; o < t_.ways; ++o) below[o] = whole += chance[o];
    }
    for (std::size_t o = t_.ways; o < kMostWays; ++o) below[o] = 1e30F;
  }

  [[gnu::noinline]] void detected(std::uint32_t id, std::size_t ship, std::size_t way, float now,
                                  const Lanes& by, float hazard) {
    const Words u = source_.words(id, 0, number_, Purpose::aftermath);
    // Of hazards that compete, the first to strike is each with a chance in proportion.
    float at = unit(u[0]) * hazard;
    std::size_t finder = 0;
    while (finder + 1 < t_.countries && (at -= by[finder]) > 0) ++finder;
    const bool listed = known_[ship][finder] <= now;
    const bool named = unit(u[2]) < (listed ? t_.recognised_listed : t_.recognised_unlisted);
    const bool reported = named && unit(u[3]) < t_.reported;
    totals_.named += named;
    totals_.reports += reported;
    if (named) ships_.set(ship);
    if (!t_.adapts) return;
    if (unit(u[1]) < t_.noticed) {
      disturbed_ = true;
      for (std::size_t o = 0; o < kMostWays; ++o) free_[o] *= t_.react[way][o];
    }
    if (reported) {
      laid_up_[ship] = now + 1 + t_.layup_weeks;
      laid_up_until_ = std::max(laid_up_until_, laid_up_[ship]);
    }
    if (!named) return;
    const Words told = source_.words(id, 1, number_, Purpose::aftermath);
    for (std::size_t c = 0; c < t_.countries; ++c) {
      const std::uint32_t number = t_.lane[c] % 8;
      if (!(unit16(told, number) < t_.tells[finder][c])) continue;
      const float from = now + 1 + t_.delay[finder][c];
      known_[ship].half[c / 4][c % 4] = std::min(known_[ship][c], from);
    }
  }

  const Tables& t_;
  const Source& source_;
  const Draws& draws_;
  const std::array<std::uint16_t, kWeeks>& counts_;
  std::uint32_t number_;
  Totals totals_;
  std::bitset<kMostShips> ships_;
  float laid_up_until_ = -1;
  bool disturbed_ = false;
  const std::array<float, kMostWays>* below_ = nullptr;
  alignas(16) std::array<float, kMostWays> changed_;
  Lanes on_{};
  std::array<float, kMostWays> free_;  // 1: used as by habit; below: shunned
  std::array<Lanes, kMostShips> known_;
  std::array<float, kMostShips> laid_up_;
};

}  // namespace

std::vector<Years> simulate(std::span<const Tables* const> tables, std::uint64_t seed, std::size_t years,
                            std::size_t countries, const Span& span, bool parallel) {
  std::vector<Years> out(tables.size());
  for (Years& each : out) {
    for (auto& column : each.of) column.resize(years);
    for (auto& column : each.undetected_by) column.resize(std::min(span.fan, years));
  }
  const std::size_t blocks = (years + kBlock - 1) / kBlock;
  // By block and table: threads must not share them, and sums of whole numbers do not depend on the order.
  std::vector<ByWeek> weeks(blocks * tables.size());
  const auto work = [&](std::size_t first, std::size_t last) {
    Source source(tables, seed, countries);
    for (std::size_t block = first; block < last && !(span.stop && span.stop()); ++block)
      for (std::size_t year = block * kBlock; year < std::min(years, (block + 1) * kBlock); ++year) {
        const auto number = static_cast<std::uint32_t>(year);
        const Draws& draws = source.year(number);
        for (std::size_t i = 0; i < tables.size(); ++i)
          Year(*tables[i], source, draws, draws.counts[source.rate_of(i)], number)
              .run(span, out[i], weeks[block * tables.size() + i]);
      }
  };
  if (parallel)
    base::parallel_for(blocks, 1, work);
  else
    work(0, blocks);
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    ByWeek& sum = out[i % tables.size()].weeks;
    for (std::size_t w = 0; w < kWeeks; ++w) {
      sum.made[w] += weeks[i].made[w];
      sum.seen[w] += weeks[i].seen[w];
    }
  }
  return out;
}

}  // namespace cordon::posture
