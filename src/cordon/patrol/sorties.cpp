#include "cordon/patrol/sorties.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "cordon/patrol/orienteering.hpp"

namespace cordon::patrol {
namespace {

constexpr double kCoverages[] = {0.6, 1.0, 1.5};
constexpr double kLegsInBlock = 3;       // at coverage 1: blocks are that many sweep widths high
constexpr double kHopNm = 40;            // between two blocks, before the way is known
constexpr std::uint32_t kSmallest = 4;   // the smallest blocks have this part of the usual side
constexpr std::size_t kCandidates = 36;  // blocks a sortie chooses from
constexpr double kSecondsOfRouting = 0.004;
constexpr int kTries = 6;       // with another budget each, until the track itself fits
constexpr double kFull = 1.02;  // hours there are over hours used: full enough
constexpr std::size_t kMostFields = 200;
constexpr double kNetDeg = 0.25, kMarginDeg = 1.0;

double miles(const base::LatLon& a, const base::LatLon& b) {
  return base::distance_m(a, b) / base::kNauticalMileM;
}

struct Candidate {
  Block block;
  unsigned legs = 0;
  double hours = 0, reward = 0;  // of the ladder
};

}  // namespace

std::vector<Slot> make_slots(const AssetFile& assets, base::TimeMs from, base::TimeMs to) {
  std::vector<Slot> slots;
  const double window_h = static_cast<double>(to - from) / base::kHour;
  for (std::size_t i = 0; i < assets.assets.size(); ++i) {
    const Asset& asset = assets.assets[i];
    if (asset.kind == AssetKind::satellite) continue;
    const double usual = std::round(asset.sorties_per_day.value * window_h / 24);
    const auto count = asset.sorties ? asset.sorties : static_cast<unsigned>(std::clamp(usual, 1.0, 500.0));
    for (unsigned k = 0; k < count; ++k) {
      const double start_h = window_h * k / count;
      slots.push_back({i, k + 1, from + static_cast<base::TimeMs>(start_h * base::kHour),
                       std::min(asset.usable_h(), window_h - start_h)});
    }
  }
  std::stable_sort(slots.begin(), slots.end(),
                   [](const Slot& a, const Slot& b) { return a.start < b.start; });
  return slots;
}

class SortiePlanner::Impl {
 public:
  Impl(const Grid& grid, const Sea& sea, const AssetFile& assets, Detection law, std::uint64_t seed)
      : grid_(grid),
        sea_(sea),
        assets_(assets.assets),
        law_(law),
        seed_(seed),
        router_(sea, net(grid, assets), kNetDeg) {
    by_asset_.resize(assets_.size());
  }

  const std::vector<double>& miles_from_base(std::size_t asset) {
    auto& known = by_asset_[asset];
    if (!known.field) {
      const Asset& one = assets_[asset];
      known.corridor = {one.base, one.corridor_nm.value * base::kNauticalMileM, one.kind == AssetKind::air};
      known.field = router_.from(one.base, known.corridor);
      known.miles.assign(grid_.cells(), std::numeric_limits<double>::infinity());
      for (std::size_t cell = 0; cell < grid_.cells(); ++cell)
        if (grid_.searchable(cell))
          known.miles[cell] = known.field->to_m(grid_.middle(cell)) / base::kNauticalMileM;
    }
    return known.miles;
  }

  Sortie plan(const Slot& slot, const std::vector<double>& worth, const Gain& gain) {
    Sortie best;
    double best_gain = 0;
    miles_from_base(slot.asset);
    sum_up(worth);
    for (const double coverage : kCoverages) {
      const auto blocks = candidates(slot, coverage);
      if (blocks.empty()) continue;
      // The orienteering sees blocks as points; what the track really takes tells which budget to give it.
      double low = 0, high = std::numeric_limits<double>::infinity(), budget = slot.hours;
      for (int attempt = 0; attempt < kTries; ++attempt) {
        const std::vector<std::size_t> order = choose(slot, blocks, budget);
        if (order.empty()) break;
        Sortie sortie = build(slot, blocks, order);
        if (sortie.points.empty()) break;
        const double ratio = slot.hours / sortie.hours();
        if (ratio < 1) {
          high = budget;
        } else {
          low = budget;
          const double gained = gain(sortie);
          if (gained > best_gain) {
            best_gain = gained;
            best = std::move(sortie);
          }
          if (ratio < kFull) break;
        }
        budget *= ratio < 1 ? std::min(ratio, 0.98) : ratio;
        if (budget <= low || budget >= high) budget = (low + std::min(high, 2 * low)) / 2;
      }
    }
    return best;
  }

 private:
  struct OfAsset {
    Corridor corridor;
    std::optional<Router::Field> field;
    std::vector<double> miles;
  };

  // The sea of the grid and of all bases.
  static Extent net(const Grid& grid, const AssetFile& assets) {
    Extent extent = grid.extent();
    const double middle = (extent.west + extent.east) / 2;
    for (const Asset& asset : assets.assets) {
      if (asset.kind == AssetKind::satellite) continue;
      const double lon = middle + base::lon_difference(asset.base.lon(), middle);
      extent.south = std::min(extent.south, asset.base.lat());
      extent.north = std::max(extent.north, asset.base.lat());
      extent.west = std::min(extent.west, lon);
      extent.east = std::max(extent.east, lon);
    }
    return {std::max(-89.0, extent.south - kMarginDeg), extent.west - kMarginDeg,
            std::min(89.0, extent.north + kMarginDeg), extent.east + kMarginDeg};
  }

  // Sums over blocks by corner sums: worth, and cells that may not be searched.
  void sum_up(const std::vector<double>& worth) {
    const std::size_t wide = grid_.columns() + 1;
    worth_.assign((grid_.rows() + 1) * wide, 0);
    shut_.assign((grid_.rows() + 1) * wide, 0);
    for (std::size_t r = 0; r < grid_.rows(); ++r)
      for (std::size_t c = 0; c < grid_.columns(); ++c) {
        const std::size_t cell = r * grid_.columns() + c, at = (r + 1) * wide + c + 1;
        worth_[at] = worth[cell] + worth_[at - 1] + worth_[at - wide] - worth_[at - wide - 1];
        shut_[at] = !grid_.searchable(cell) + shut_[at - 1] + shut_[at - wide] - shut_[at - wide - 1];
      }
  }
  template <class T>
  T sum(const std::vector<T>& sums, const Block& b) const {
    const std::size_t wide = grid_.columns() + 1;
    return sums[b.north * wide + b.east] - sums[b.north * wide + b.west] - sums[b.south * wide + b.east] +
           sums[b.south * wide + b.west];
  }

  // Blocks that do not overlap, the best by what an hour in them finds.
  std::vector<Candidate> candidates(const Slot& slot, double coverage) {
    const Asset& asset = assets_[slot.asset];
    const double sweep = asset.effective_sweep_nm();
    std::vector<Candidate> out;
    if (sweep <= 0) return out;
    const auto whole =
        static_cast<std::uint32_t>(std::clamp(std::round(kLegsInBlock * sweep / coverage / grid_.cell_nm()),
                                              1.0, double(std::min(grid_.rows(), grid_.columns()))));
    std::vector<std::pair<double, Candidate>> all;
    // Larger ones where much sea is worth the same, smaller ones between shores.
    const auto largest = std::min({2 * whole, grid_.rows(), grid_.columns()});
    for (std::uint32_t size = largest; size >= 1 && size * kSmallest >= whole; size /= 2) {
      for (std::uint32_t row = 0; row + size <= grid_.rows(); ++row)
        for (std::uint32_t column = 0; column + size <= grid_.columns(); ++column) {
          const Block block{row, row + size, column, column + size};
          if (sum(shut_, block) > 0) continue;
          const double value = sum(worth_, block);
          if (value <= 0) continue;
          const double away =
              by_asset_[slot.asset].miles[(row + size / 2) * grid_.columns() + column + size / 2];
          const double high = size * grid_.height_nm(), wide = size * grid_.width_nm(row + size / 2);
          const double legs = std::max(1.0, std::round(high * coverage / sweep));
          const double hours = (legs * wide + high * (legs - 1) / legs) / asset.speed_kn.value;
          const double there_and_back = 2 * away / asset.transit_kn.value;
          if (!(hours + there_and_back <= slot.hours)) continue;
          const double reward = value * detection_chance(law_, sweep * legs / high);
          // A block by itself costs a hop from the last one, and a share of the way from and to base.
          const double hop = kHopNm / asset.transit_kn.value + 0.15 * there_and_back;
          all.push_back({reward / (hours + hop), {block, static_cast<unsigned>(legs), hours, reward}});
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [rate, one] : all) {
      if (std::any_of(out.begin(), out.end(),
                      [&one = one](const Candidate& had) { return had.block.meets(one.block); }))
        continue;
      out.push_back(one);
      if (out.size() == kCandidates) break;
    }
    return out;
  }

  double way_nm(const Block& a, const Block& b) {
    const auto key_of = [&](const Block& one) {
      return std::uint64_t{one.south + one.north} * 2 * grid_.columns() + one.west + one.east;
    };
    const std::uint64_t first = std::min(key_of(a), key_of(b)), second = std::max(key_of(a), key_of(b));
    const auto [known, fresh] = ways_.try_emplace(first << 32 | second, 0.0);
    if (fresh) {
      const base::LatLon from = a.middle(grid_), to = b.middle(grid_);
      if (sea_.clear(from, to)) return known->second = miles(from, to);
      if (fields_.size() > kMostFields) fields_.clear();
      auto [field, unknown] = fields_.try_emplace(key_of(a));
      if (unknown) field->second = router_.from(from);
      known->second = field->second.rough_m(to) / base::kNauticalMileM;
    }
    return known->second;
  }

  // Indices of blocks in the order of the way. Half of a block's hours lie on each leg to and from it.
  std::vector<std::size_t> choose(const Slot& slot, const std::vector<Candidate>& blocks, double budget) {
    const Asset& asset = assets_[slot.asset];
    Orienteering problem;
    const std::size_t n = blocks.size() + 1;
    problem.budget = budget;
    problem.score.assign(n, 0);
    problem.distance.assign(n * n, 0);
    for (std::size_t i = 1; i < n; ++i) {
      const Candidate& one = blocks[i - 1];
      problem.score[i] = one.reward * 1e6;
      const std::size_t cell =
          (one.block.south + one.block.north) / 2 * grid_.columns() + (one.block.west + one.block.east) / 2;
      const double home = by_asset_[slot.asset].miles[cell] / asset.transit_kn.value + one.hours / 2;
      problem.distance[i] = problem.distance[i * n] = std::min(home, 1e6);
      for (std::size_t j = 1; j < i; ++j) {
        const Candidate& other = blocks[j - 1];
        const double hours =
            way_nm(one.block, other.block) / asset.transit_kn.value + (one.hours + other.hours) / 2;
        problem.distance[i * n + j] = problem.distance[j * n + i] = std::min(hours, 1e6);
      }
    }
    const auto tour = route(problem, seed_ + slot.number, rounds_for(problem, kSecondsOfRouting));
    std::vector<std::size_t> order;
    if (!tour) return order;
    for (const std::uint32_t place : tour->places)
      if (place != 0) order.push_back(place - 1);
    return order;
  }

  void go(Sortie& sortie, const Asset& asset, const std::vector<base::LatLon>& way) const {
    for (std::size_t i = 1; i < way.size(); ++i) {
      const double leg = miles(way[i - 1], way[i]);
      const double hours = leg / asset.transit_kn.value;
      sortie.transit_h += hours;
      sortie.track_nm += leg;
      sortie.points.push_back({way[i], clock(sortie), PointKind::transit});
    }
  }

  static base::TimeMs clock(const Sortie& sortie) {
    return sortie.start + static_cast<base::TimeMs>(std::llround(sortie.hours() * base::kHour));
  }

  std::vector<base::LatLon> way_between(const base::LatLon& a, const base::LatLon& b) {
    if (sea_.clear(a, b)) return {a, b};
    return router_.from(a).way(b);
  }

  Sortie build(const Slot& slot, const std::vector<Candidate>& blocks,
               const std::vector<std::size_t>& order) {
    const Asset& asset = assets_[slot.asset];
    OfAsset& home = by_asset_[slot.asset];
    Sortie sortie;
    sortie.asset = slot.asset;
    sortie.number = slot.number;
    sortie.start = slot.start;
    sortie.points.push_back({asset.base, slot.start, PointKind::base});
    for (std::size_t i = 0; i < order.size(); ++i) {
      const Candidate& one = blocks[order[i]];
      const base::LatLon here = sortie.points.back().at;
      const base::LatLon next = i + 1 < order.size() ? blocks[order[i + 1]].block.middle(grid_) : asset.base;
      // Of the ways to lay the ladder, the one that is shortest from here through it and on.
      Ladder ladder;
      double least = std::numeric_limits<double>::infinity();
      for (unsigned lay = 0; lay < 8; ++lay) {
        Ladder tried = make_ladder(grid_, one.block, one.legs, lay & 4, lay & 3);
        const double way =
            miles(here, tried.points.front()) + tried.length_nm + miles(tried.points.back(), next);
        if (way >= least) continue;
        least = way;
        ladder = std::move(tried);
      }
      const auto way =
          i == 0 ? home.field->way(ladder.points.front()) : way_between(here, ladder.points.front());
      if (way.empty()) return {};
      go(sortie, asset, way);
      search(sortie, asset, one, ladder);
    }
    auto back = home.field->way(sortie.points.back().at);
    if (back.empty()) return {};
    std::reverse(back.begin(), back.end());
    go(sortie, asset, back);
    sortie.points.back().kind = PointKind::base;
    sortie.end = clock(sortie);
    sortie.cost = sortie.hours() * asset.cost_per_hour.value;
    return sortie;
  }

  void search(Sortie& sortie, const Asset& asset, const Candidate& one, const Ladder& ladder) const {
    Visit visit;
    visit.block = one.block;
    visit.legs = one.legs;
    visit.spacing_nm = ladder.spacing_nm;
    visit.coverage = asset.effective_sweep_nm() / ladder.spacing_nm;
    visit.pod = detection_chance(law_, visit.coverage);
    visit.start = clock(sortie);
    for (std::size_t i = 0; i < ladder.points.size(); ++i) {
      if (i > 0) {
        const base::TimeMs before = clock(sortie);
        const double leg = miles(ladder.points[i - 1], ladder.points[i]);
        sortie.search_h += leg / asset.speed_kn.value;
        sortie.track_nm += leg;
        if (i % 2 == 1)
          sortie.legs.push_back({ladder.points[i - 1], ladder.points[i], before, clock(sortie),
                                 asset.effective_sweep_nm(), ladder.spacing_nm});
      }
      // The way in ends where the first leg begins: that point is there already.
      TurningPoint point{ladder.points[i], clock(sortie), PointKind::search};
      if (i == 0)
        sortie.points.back() = point;
      else
        sortie.points.push_back(point);
    }
    visit.end = clock(sortie);
    sortie.visits.push_back(visit);
  }

  const Grid& grid_;
  const Sea& sea_;
  const std::vector<Asset>& assets_;
  Detection law_;
  std::uint64_t seed_;
  Router router_;
  std::vector<OfAsset> by_asset_;
  std::vector<double> worth_;
  std::vector<int> shut_;
  std::unordered_map<std::uint64_t, double> ways_;
  std::unordered_map<std::uint64_t, Router::Field> fields_;  // from the middles of blocks
};

SortiePlanner::SortiePlanner(const Grid& grid, const Sea& sea, const AssetFile& assets, Detection law,
                             std::uint64_t seed)
    : impl_(std::make_unique<Impl>(grid, sea, assets, law, seed)) {}
SortiePlanner::~SortiePlanner() = default;

Sortie SortiePlanner::plan(const Slot& slot, const std::vector<double>& worth, const Gain& gain) {
  return impl_->plan(slot, worth, gain);
}

const std::vector<double>& SortiePlanner::miles_from_base(std::size_t asset) {
  return impl_->miles_from_base(asset);
}

}  // namespace cordon::patrol
