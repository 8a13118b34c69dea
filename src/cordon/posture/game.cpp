#include "cordon/posture/game.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace cordon::posture {
namespace {

double chance_of(const Game& game, std::size_t way, const std::vector<double>& effort) {
  return -std::expm1(-game.rate[way] * effort[game.place[way]]);
}

// What a place earns the patrols beyond its price, with the best effort there. earn(z) = sum x (1 - e^-wz).
double surplus(const Game& game, const std::vector<double>& ways, std::size_t place, double price,
               double& effort) {
  const auto slope = [&](double z) {
    double sum = 0;
    for (std::size_t o = 0; o < ways.size(); ++o)
      if (game.place[o] == place) sum += ways[o] * game.rate[o] * std::exp(-game.rate[o] * z);
    return sum;
  };
  effort = 0;
  if (slope(0) > price) {
    double low = 0, high = 1;
    while (slope(high) > price && high < 1e300) high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
      const double middle = (low + high) / 2;
      (slope(middle) > price ? low : high) = middle;
    }
    effort = (low + high) / 2;
  }
  double earned = 0;
  for (std::size_t o = 0; o < ways.size(); ++o)
    if (game.place[o] == place) earned += ways[o] * -std::expm1(-game.rate[o] * effort);
  return earned - price * effort;
}

// The most any plan detects of a known mixture: for every price an upper bound, least where effort is used
// up.
double most_detected(const Game& game, const std::vector<double>& ways) {
  double steepest = 0;
  for (std::size_t p = 0; p < game.places; ++p) {
    double sum = 0;
    for (std::size_t o = 0; o < ways.size(); ++o)
      if (game.place[o] == p) sum += ways[o] * game.rate[o];
    steepest = std::max(steepest, sum);
  }
  double low = 0, high = steepest, best = 1;
  for (int i = 0; i < 100; ++i) {
    const double price = (low + high) / 2;
    double used = 0, value = price * game.effort;
    if (price > 0)
      for (std::size_t p = 0; p < game.places; ++p) {
        double effort = 0;
        value += surplus(game, ways, p, price, effort);
        used += effort;
      }
    if (price > 0) best = std::min(best, value);
    (used > game.effort ? low : high) = price;
  }
  return best;
}

// Solves a x = b by elimination with pivoting; a is n x n by rows.
bool eliminate(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
    if (!(std::abs(a[pivot * n + k]) > 1e-300)) return false;
    for (std::size_t j = 0; j < n; ++j) std::swap(a[k * n + j], a[pivot * n + j]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i * n + k] / a[k * n + k];
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return true;
}

// The patrols' problem is max over v, z of v - sum capacity (v - chance)+, for the least mean over mixtures
// is the greatest such v (linear programming). The kinks and z >= 0 are smoothed by tau, less and less; at
// the smoothed optimum capacity times the slopes is a mixture of the smugglers.
class Newton {
 public:
  explicit Newton(const Game& game)
      : game_(game), z_(game.places, game.effort / static_cast<double>(game.places)) {
    for (std::size_t o = 0; o < game.rate.size(); ++o) v_ = std::max(v_, chance_of(game, o, z_));
    v_ /= 2;
  }

  double value(double v, const std::vector<double>& z, double tau) const {
    double sum = v;
    for (std::size_t o = 0; o < game_.rate.size(); ++o) {
      const double at = (v - chance_of(game_, o, z)) / tau;
      sum -= game_.capacity[o] * tau * (at > 30 ? at : std::log1p(std::exp(at)));
    }
    for (const double each : z) {
      if (!(each > 0)) return -1e300;
      sum += 0.1 * tau * std::log(each / game_.effort);
    }
    return sum;
  }

  void step(double tau) {
    const std::size_t ways = game_.rate.size(), places = game_.places, n = places + 2;
    for (int round = 0; round < 60; ++round) {
      // Unknowns: v, z by place, and the price of effort.
      std::vector<double> a(n * n, 0), b(n, 0);
      b[0] = -1;
      for (std::size_t o = 0; o < ways; ++o) {
        const std::size_t p = 1 + game_.place[o];
        const double w = game_.rate[o], left = std::exp(-w * z_[p - 1]);
        const double s = 1 / (1 + std::exp(-(v_ - (1 - left)) / tau));
        const double x = game_.capacity[o] * s, curve = x * (1 - s) / tau, slope = w * left;
        b[0] += x;
        b[p] -= x * slope;
        a[0] -= curve;
        a[p] += curve * slope;
        a[p * n] += curve * slope;
        a[p * n + p] -= x * w * slope + curve * slope * slope;
      }
      for (std::size_t p = 1; p <= places; ++p) {
        b[p] -= 0.1 * tau / z_[p - 1];
        a[p * n + p] -= 0.1 * tau / (z_[p - 1] * z_[p - 1]);
        a[p * n + n - 1] = a[(n - 1) * n + p] = -1;
      }
      a[0] -= 1e-14;
      const std::vector<double> downhill = b;
      if (!eliminate(a, b)) return;
      double gain = 0;  // the model's: the price only keeps the sum of z
      for (std::size_t i = 0; i + 1 < n; ++i) gain -= downhill[i] * b[i];
      if (!(gain > 1e-13 * tau)) return;
      double length = 1;
      const double before = value(v_, z_, tau);
      for (int half = 0; half < 60; ++half, length /= 2) {
        std::vector<double> z = z_;
        for (std::size_t p = 0; p < places; ++p) z[p] += length * b[1 + p];
        if (value(v_ + length * b[0], z, tau) > before + 1e-4 * length * gain) {
          v_ += length * b[0];
          z_ = z;
          break;
        }
        if (half == 59) return;
      }
    }
  }

  Solution solution(double tau) const {
    Solution out;
    out.effort = z_;
    const double sum = std::accumulate(z_.begin(), z_.end(), 0.0);
    for (double& each : out.effort) each *= game_.effort / sum;
    std::vector<double> chances;
    double mixed = 0;
    for (std::size_t o = 0; o < game_.rate.size(); ++o) {
      chances.push_back(chance_of(game_, o, out.effort));
      out.ways.push_back(game_.capacity[o] / (1 + std::exp(-(v_ - chances.back()) / tau)));
      mixed += out.ways.back();
    }
    // What the smoothing leaves over or short of one is mended within the capacities.
    const double room = std::accumulate(game_.capacity.begin(), game_.capacity.end(), 0.0) - mixed;
    for (std::size_t o = 0; o < out.ways.size(); ++o) {
      if (mixed >= 1)
        out.ways[o] /= mixed;
      else if (room > 0)
        out.ways[o] += (1 - mixed) * (game_.capacity[o] - out.ways[o]) / room;
    }
    out.value = best_response(chances, game_.capacity);
    out.bound = std::max(out.value, most_detected(game_, out.ways));
    return out;
  }

 private:
  const Game& game_;
  std::vector<double> z_;
  double v_ = 0;
};

}  // namespace

double best_response(std::span<const double> chances, std::span<const double> capacity) {
  std::vector<std::size_t> order(chances.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return chances[a] < chances[b]; });
  double left = 1, mean = 0;
  for (const std::size_t o : order) {
    const double part = std::min(left, capacity[o]);
    mean += part * chances[o];
    left -= part;
  }
  return mean;
}

Solution solve(const Game& game) {
  Solution best;
  best.bound = 1;
  best.effort.assign(game.places, game.effort / static_cast<double>(game.places));
  best.ways.assign(game.rate.size(), 1.0 / static_cast<double>(game.rate.size()));
  if (!(game.effort > 0) ||
      std::all_of(game.rate.begin(), game.rate.end(), [](double w) { return w <= 0; })) {
    best.bound = 0;
    return best;
  }
  Newton newton(game);
  for (double tau = 0.1; tau > 1e-10; tau /= 4) {
    newton.step(tau);
    const Solution now = newton.solution(tau);
    // Either side's certificate holds by itself.
    if (now.value > best.value || best.value == 0) {
      best.value = now.value;
      best.effort = now.effort;
    }
    if (now.bound < best.bound) {
      best.bound = now.bound;
      best.ways = now.ways;
    }
    if (best.gap() < 1e-9) break;
  }
  return best;
}

Bounds bounds(const Scenario& scenario, const Tables& tables) {
  Bounds out;
  // Hazards are in units of area swept; the best division does not depend on which asset sweeps it.
  std::map<double, Solution> known;
  std::vector<double> capacity(tables.capacity.begin(), tables.capacity.begin() + tables.ways);
  for (std::size_t w = 0; w < kWeeks; ++w) {
    std::vector<double> chances;
    for (std::size_t o = 0; o < tables.ways; ++o) chances.push_back(detection_chance(tables, w, o));
    out.floor += best_response(chances, capacity) / kWeeks;
    double swept = 0;
    for (const Asset& asset : scenario.assets) swept += scenario.days(asset, w) * asset.swept_km2_a_day.value;
    // Weather that takes a part of the effort at random is never better than that part taken for certain.
    swept *= tables.availability;
    auto found = known.find(swept);
    if (found == known.end()) {
      Game game;
      game.places = scenario.places.size();
      game.capacity = capacity;
      game.effort = swept > 0 ? 1 : 0;
      for (const Way& way : scenario.ways) {
        const Place& place = scenario.places[way.place];
        const Habit& habit = scenario.habits[static_cast<std::size_t>(way.method)];
        game.place.push_back(way.place);
        game.rate.push_back(swept * scenario.patrols.effectiveness.value * habit.conspicuous.value *
                            place.access.value * habit.exposure_h.value / (7 * 24) / place.area_km2.value);
      }
      found = known.emplace(swept, solve(game)).first;
    }
    out.ceiling += found->second.bound / kWeeks;
    out.gap = std::max(out.gap, found->second.gap());
  }
  return out;
}

}  // namespace cordon::posture
