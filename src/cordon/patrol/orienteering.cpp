#include "cordon/patrol/orienteering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <span>
#include <utility>

namespace cordon::patrol {
namespace {

using Place = std::uint32_t;
__extension__ using Wide = unsigned __int128;
constexpr Place kNone = UINT32_MAX;
constexpr double kRounding = 1e-9;  // of the budget: lengths are sums of many terms

// What to tune, by trial on published instances and on seeded ones with other layouts.
constexpr std::size_t kLongestString = 25, kMostStrings = 3;
constexpr std::size_t kNearCandidates = 40, kFarCandidates = 6;
constexpr std::size_t kInsertionNeighbours = 4, kShorteningNeighbours = 8;
constexpr std::size_t kSmall = 40, kFewStarts = 16, kStarts = 32, kSelection = 4;
constexpr std::uint64_t kStages = 3;
constexpr double kSlackWorth = 0.3;         // of a spare length, in what the same length earns on average
constexpr double kHot = 0.6, kCold = 0.01;  // temperatures, in the mean score of a place

// Places that a tour can visit at all, with the end as a place of its own: the tour is a path.
struct Field {
  explicit Field(const Orienteering& problem) {
    const auto useful = [&](Place v) {
      return v != problem.start && v != problem.end && problem.score[v] > 0 &&
             problem.between(problem.start, v) + problem.between(v, problem.end) <=
                 problem.budget * (1 + kRounding);
    };
    place.push_back(problem.start);
    place.push_back(problem.end);
    for (Place v = 0; v < problem.places(); ++v)
      if (useful(v)) place.push_back(v);
    n = place.size();
    score.resize(n);
    for (std::size_t a = 0; a < n; ++a) score[a] = a < 2 ? 0 : problem.score[place[a]];
    distance.resize(n * n);
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b) distance[a * n + b] = problem.between(place[a], place[b]);
    near.resize(n * (n - 1));
    for (std::size_t a = 0; a < n; ++a) {
      Place* const row = &near[a * (n - 1)];
      std::size_t count = 0;
      for (Place b = 0; b < n; ++b)
        if (b != a) row[count++] = b;
      std::sort(row, row + count, [&](Place b, Place c) {
        return std::pair(distance[a * n + b], b) < std::pair(distance[a * n + c], c);
      });
    }
    budget = problem.budget * (1 + kRounding);
  }
  double between(Place a, Place b) const { return distance[a * n + b]; }
  std::span<const Place> nearest(Place a) const { return {&near[a * (n - 1)], n - 1}; }

  std::size_t n = 0;         // 0 the start, 1 the end
  std::vector<Place> place;  // here -> in the problem
  std::vector<double> score, distance;
  std::vector<Place> near;
  double budget = 0;
};

struct Path {
  std::vector<Place> next, before;  // kNone: not on the path
  double score = 0, length = 0;
  std::size_t visits = 0;
  bool has(Place v) const { return v < 2 || before[v] != kNone; }
};

class Search {
 public:
  Search(const Field& field, std::uint64_t seed) : f_(field), random_(seed) {
    mean_score_ =
        f_.n > 2 ? std::accumulate(f_.score.begin(), f_.score.end(), 0.0) / static_cast<double>(f_.n - 2) : 1;
  }

  // Annealing mends a tour but does not take it to another part of the sea: several are begun elsewhere, and
  // the better ones are gone on with.
  Path run(std::uint64_t rounds) {
    if (f_.n == 2) return direct();
    const std::size_t starts = f_.n < kSmall ? kFewStarts : kStarts;
    std::vector<Path> paths;
    for (std::size_t i = 0; i < starts; ++i) paths.push_back(begin(i));
    for (std::size_t left = starts;;) {
      for (Path& path : paths) path = anneal(path, rounds / kStages / left);
      std::stable_sort(paths.begin(), paths.end(), better);
      if (left == 1) return paths.front();
      left = std::max<std::size_t>(1, left / kSelection);
      paths.resize(left);
    }
  }

 private:
  struct Insertion {
    Place v, after;
    double cost, key;
  };

  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>((static_cast<Wide>(random_()) * n) >> 64);
  }
  double unit() { return (static_cast<double>(random_() >> 11) + 0.5) * 0x1p-53; }

  Path direct() const {
    Path path;
    path.next.assign(f_.n, kNone);
    path.before.assign(f_.n, kNone);
    path.next[0] = 1;
    path.before[1] = 0;
    path.length = f_.between(0, 1);
    return path;
  }

  // The first begins anywhere it pays; the others go by way of some places drawn at random.
  Path begin(std::size_t number) {
    Path path = direct();
    for (std::size_t i = 0; number > 0 && i < 1 + number % 3; ++i) {
      Insertion one{static_cast<Place>(2 + below(f_.n - 2)), kNone, 0, 0};
      if (path.has(one.v)) continue;
      find_place(path, one);
      if (path.length + one.cost <= f_.budget) put_in(path, one.v, one.after);
    }
    everything(path);
    recreate(path);
    improve(path);
    return path;
  }

  Path anneal(const Path& from, std::uint64_t rounds) {
    path_ = best_ = from;
    const double cooling = rounds > 1 ? std::pow(kCold / kHot, 1.0 / static_cast<double>(rounds)) : 1;
    double temperature = kHot * mean_score_;
    for (std::uint64_t round = 0; round < rounds; ++round, temperature *= cooling) {
      trial_ = path_;
      ruin(trial_);
      recreate(trial_);
      if (trial_.score > path_.score || below(64) == 0) improve(trial_);
      const double gain = worth(trial_) - worth(path_);
      if (gain < 0 && gain < temperature * std::log(unit())) continue;
      std::swap(path_, trial_);
      if (better(path_, best_)) {
        improve(path_);
        best_ = path_;
      }
    }
    return best_;
  }

  static bool better(const Path& a, const Path& b) {
    return a.score > b.score || (a.score == b.score && a.length < b.length - 1e-9);
  }
  // Spare length is worth something: it is what the next place comes from.
  double worth(const Path& path) const {
    return path.score + kSlackWorth * best_.score * (1 - path.length / f_.budget);
  }

  void take_out(Path& path, Place v) {
    const Place a = path.before[v], b = path.next[v];
    path.length += f_.between(a, b) - f_.between(a, v) - f_.between(v, b);
    path.score -= f_.score[v];
    path.next[a] = b;
    path.before[b] = a;
    path.next[v] = path.before[v] = kNone;
    --path.visits;
  }
  void put_in(Path& path, Place v, Place after) {
    const Place b = path.next[after];
    path.length += f_.between(after, v) + f_.between(v, b) - f_.between(after, b);
    path.score += f_.score[v];
    path.next[after] = v;
    path.before[v] = after;
    path.next[v] = b;
    path.before[b] = v;
    ++path.visits;
  }

  void ruin(Path& path) {
    candidates_.clear();
    const Place seed = static_cast<Place>(2 + below(f_.n - 2));
    const std::size_t strings = 1 + below(kMostStrings);
    const std::size_t longest = 1 + below(std::min(kLongestString, std::max<std::size_t>(path.visits, 1)));
    std::size_t taken = 0, looked_at = 0;
    const auto try_at = [&](Place v) {
      if (v < 2 || !path.has(v) || taken == strings) return;
      take_string(path, v, 1 + below(longest));
      ++taken;
    };
    try_at(seed);
    for (const Place v : f_.nearest(seed)) {
      if (taken == strings || ++looked_at > 64) break;
      try_at(v);
    }
    add_candidates(path, seed);
  }

  // A string of the path with v at a random place in it.
  void take_string(Path& path, Place v, std::size_t length) {
    for (std::size_t back = below(length); back > 0 && path.before[v] > 1; --back) v = path.before[v];
    for (; length > 0 && v > 1; --length) {
      const Place next = path.next[v];
      take_out(path, v);
      candidates_.push_back(v);
      v = next;
    }
  }

  void add_candidates(const Path& path, Place seed) {
    const auto add = [&](Place v) {
      if (v < 2 || path.has(v)) return false;
      if (std::find(candidates_.begin(), candidates_.end(), v) != candidates_.end()) return false;
      candidates_.push_back(v);
      return true;
    };
    add(seed);
    std::size_t added = 0, looked_at = 0;
    for (const Place v : f_.nearest(seed)) {
      if (added == kNearCandidates || ++looked_at > 3 * kNearCandidates) break;
      added += add(v);
    }
    for (std::size_t i = 0; i < kFarCandidates; ++i) add(static_cast<Place>(2 + below(f_.n - 2)));
  }

  void everything(const Path& path) {
    candidates_.clear();
    for (Place v = 2; v < f_.n; ++v)
      if (!path.has(v)) candidates_.push_back(v);
  }

  double cost_after(const Path& path, Place v, Place after) const {
    const Place b = path.next[after];
    return f_.between(after, v) + f_.between(v, b) - f_.between(after, b);
  }

  // The cheapest place next to the nearest of the path.
  void find_place(const Path& path, Insertion& one) const {
    one.cost = std::numeric_limits<double>::infinity();
    const auto consider = [&](Place after) {
      const double cost = cost_after(path, one.v, after);
      if (cost < one.cost) {
        one.cost = cost;
        one.after = after;
      }
    };
    std::size_t found = 0;
    for (const Place u : f_.nearest(one.v)) {
      if (!path.has(u)) continue;
      if (u != 1) consider(u);
      if (u != 0) consider(path.before[u]);
      if (++found == kInsertionNeighbours) break;
    }
  }

  // Best worth for its length first, with some noise.
  void recreate(Path& path) {
    insertions_.clear();
    const double power = 0.6 + 1.2 * unit();
    for (const Place v : candidates_) {
      Insertion one{v, kNone, 0, std::pow(f_.score[v], power) * (0.7 + 0.6 * unit())};
      find_place(path, one);
      insertions_.push_back(one);
    }
    const double least = 1e-6 * f_.budget;
    while (!insertions_.empty()) {
      std::size_t best = insertions_.size();
      double best_key = -1;
      for (std::size_t i = 0; i < insertions_.size(); ++i) {
        const Insertion& one = insertions_[i];
        if (path.length + one.cost > f_.budget) continue;
        const double key = one.key / std::max(one.cost, least);
        if (key > best_key) {
          best_key = key;
          best = i;
        }
      }
      if (best == insertions_.size()) return;
      const Insertion chosen = insertions_[best];
      insertions_[best] = insertions_.back();
      insertions_.pop_back();
      put_in(path, chosen.v, chosen.after);
      for (Insertion& one : insertions_) {
        if (one.after == chosen.after) {
          find_place(path, one);
          continue;
        }
        for (const Place after : {chosen.after, chosen.v}) {
          const double cost = cost_after(path, one.v, after);
          if (cost < one.cost) {
            one.cost = cost;
            one.after = after;
          }
        }
      }
    }
  }

  // Shortens the path and uses what that frees, as long as it helps.
  void improve(Path& path) {
    while (shorten(path)) {
      everything(path);
      const double before = path.score;
      recreate(path);
      if (path.score == before) return;
    }
  }

  // 2-opt and moves of strings of up to three places, the first that shortens, until none does.
  bool shorten(Path& path) {
    order_.clear();
    for (Place v = 0; v != 1; v = path.next[v]) order_.push_back(v);
    order_.push_back(1);
    position_.assign(f_.n, 0);
    for (std::size_t i = 0; i < order_.size(); ++i) position_[order_[i]] = i;
    bool any = false;
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i + 1 < order_.size(); ++i)
        if (two_opt(i) || move_string(i)) again = any = true;
    }
    if (!any) return false;
    path.length = 0;
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
      path.next[order_[i]] = order_[i + 1];
      path.before[order_[i + 1]] = order_[i];
      path.length += f_.between(order_[i], order_[i + 1]);
    }
    return true;
  }

  bool on_path(Place v) const { return position_[v] < order_.size() && order_[position_[v]] == v; }

  void reverse(std::size_t first, std::size_t last) {
    for (; first < last; ++first, --last) {
      std::swap(order_[first], order_[last]);
      position_[order_[first]] = first;
      position_[order_[last]] = last;
    }
  }

  // Edges (i, i+1) and (j, j+1) become (i, j) and (i+1, j+1).
  bool two_opt(std::size_t i) {
    const Place a = order_[i], b = order_[i + 1];
    const double length = f_.between(a, b);
    std::size_t looked_at = 0;
    for (const Place c : f_.nearest(a)) {
      if (f_.between(a, c) >= length) break;
      if (!on_path(c)) continue;
      if (++looked_at > kShorteningNeighbours) break;
      const std::size_t j = position_[c];
      if (j + 1 >= order_.size() || j == i) continue;
      const Place d = order_[j + 1];
      if (f_.between(a, c) + f_.between(b, d) >= length + f_.between(c, d) - 1e-9) continue;
      if (i < j)
        reverse(i + 1, j);
      else
        reverse(j + 1, i);
      return true;
    }
    return false;
  }

  // The string that begins after i goes between two others, either way round.
  bool move_string(std::size_t i) {
    for (std::size_t length = 1; length <= 3 && i + length + 1 < order_.size(); ++length) {
      const Place a = order_[i], first = order_[i + 1], last = order_[i + length], b = order_[i + length + 1];
      const double freed = f_.between(a, first) + f_.between(last, b) - f_.between(a, b);
      if (freed <= 1e-9) continue;
      for (const bool turned : {false, true}) {
        const Place head = turned ? last : first, tail = turned ? first : last;
        std::size_t looked_at = 0;
        for (const Place c : f_.nearest(head)) {
          if (f_.between(c, head) >= freed) break;
          if (!on_path(c)) continue;
          if (++looked_at > kShorteningNeighbours) break;
          const std::size_t j = position_[c];
          // After c, which is not in the string nor just before it, nor the end.
          if (j + 1 >= order_.size() || (j >= i && j <= i + length)) continue;
          const Place d = order_[j + 1];
          if (f_.between(c, head) + f_.between(tail, d) - f_.between(c, d) >= freed - 1e-9) continue;
          shift(i + 1, length, j, turned);
          return true;
        }
      }
    }
    return false;
  }

  void shift(std::size_t first, std::size_t length, std::size_t after, bool turned) {
    const auto at = [&](std::size_t index) { return order_.begin() + static_cast<std::ptrdiff_t>(index); };
    if (turned) std::reverse(at(first), at(first + length));
    std::size_t begin = 0, end = 0;
    if (after > first) {
      std::rotate(at(first), at(first + length), at(after + 1));
      begin = first;
      end = after + 1;
    } else {
      std::rotate(at(after + 1), at(first), at(first + length));
      begin = after + 1;
      end = first + length;
    }
    for (std::size_t k = begin; k < end; ++k) position_[order_[k]] = k;
  }

  const Field& f_;
  std::mt19937_64 random_;
  double mean_score_ = 1;
  Path path_, trial_, best_;
  std::vector<Place> candidates_, order_;
  std::vector<std::size_t> position_;
  std::vector<Insertion> insertions_;
};

}  // namespace

std::uint64_t rounds_for(const Orienteering& problem, double seconds) {
  // Measured: with more places more are tried a round, up to as many as are looked at.
  constexpr double kFixed = 2e-6, kByPlace = 1e-7, kMostLookedAt = 150;
  const double round_s = kFixed + kByPlace * std::min(kMostLookedAt, static_cast<double>(problem.places()));
  return static_cast<std::uint64_t>(std::max(1.0, seconds / round_s));
}

base::Result<Tour> route(const Orienteering& problem, std::uint64_t seed, std::uint64_t rounds) {
  if (problem.between(problem.start, problem.end) > problem.budget * (1 + kRounding))
    return base::fail("{}: the end is {} away, more than the budget of {}", problem.name,
                      problem.between(problem.start, problem.end), problem.budget);
  const Field field(problem);
  Search search(field, seed);
  const Path best = search.run(rounds);
  std::vector<Place> places;
  for (Place v = 0; v != 1; v = best.next[v]) places.push_back(field.place[v]);
  if (problem.end != problem.start) places.push_back(problem.end);
  return check_tour(problem, std::move(places));
}

base::Result<Tour> check_tour(const Orienteering& problem, std::vector<Place> places) {
  if (places.empty() || places.front() != problem.start)
    return base::fail("the tour does not begin at the start");
  const bool round_trip = problem.start == problem.end;
  if (!round_trip && places.back() != problem.end) return base::fail("the tour does not end at the end");
  Tour tour;
  std::vector<bool> seen(problem.places(), false);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] >= problem.places()) return base::fail("the tour visits {}, which is no place", places[i]);
    if (seen[places[i]]) return base::fail("the tour visits {} twice", places[i]);
    seen[places[i]] = true;
    tour.score += problem.score[places[i]];
    if (i > 0) tour.length += problem.between(places[i - 1], places[i]);
  }
  if (round_trip) tour.length += problem.between(places.back(), problem.start);
  if (tour.length > problem.budget * (1 + kRounding))
    return base::fail("the tour is {} long, more than the budget of {}", tour.length, problem.budget);
  tour.places = std::move(places);
  return tour;
}

}  // namespace cordon::patrol
