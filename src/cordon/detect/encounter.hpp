// Meetings at sea: two or more vessels close together and slow. Tracks are resampled on a grid of ten
// minutes, aligned to midnight UTC but not cut there; in each grid time the pairs within the distance are
// found with a hash of cells; a run of such times is one meeting.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "cordon/detect/context.hpp"
#include "cordon/detect/halts.hpp"

namespace cordon::detect {

struct GridPoint {
  VesselId vessel = kNoVessel;
  base::LatLon at;
  float speed_kn = 0;
  bool moored = false;
  std::uint64_t where = 0;  // the report nearest before
};

// Finds the pairs of points that lie close together, with a hash of cells as wide as the distance.
class PairFinder {
 public:
  static constexpr std::size_t kMaxNeighbours = 100;
  explicit PairFinder(double distance_m);
  // Removes points that surely have no other within the distance, which are nearly all of them at sea; keeps
  // the order of the rest.
  void crowd(std::vector<GridPoint>& points);
  // Calls each(i, j, metres), i < j, for every pair of points within the distance, in order of j. A point
  // reports at most kMaxNeighbours partners: a harbour must not cost the square of its ships.
  template <class Each>
  void find(std::span<const GridPoint> points, Each&& each);

 private:
  struct Cell {
    std::int32_t row = 0, column = 0;
    std::int64_t key() const { return std::int64_t{row} << 32 | column; }
  };
  static constexpr std::uint32_t kEnd = UINT32_MAX;
  // Around the pole every meridian is near: rows of few columns are searched whole.
  static constexpr std::int32_t kFewColumns = 16;
  std::int32_t row_of(const base::LatLon& at) const {
    return static_cast<std::int32_t>((at.lat() + 90.0) * rows_per_degree_) + 1;
  }
  static std::int32_t column_of(const base::LatLon& at, std::int32_t columns) {
    return std::clamp(static_cast<std::int32_t>((at.lon() + 180.0) * (1.0 / 360.0) * columns), 0,
                      columns - 1);
  }
  // Row 0 lies beyond the south pole, so that every row has neighbours.
  std::int32_t columns(std::int32_t row) const { return columns_[static_cast<std::size_t>(row)]; }
  Cell cell_of(const base::LatLon& at) const {
    const std::int32_t row = row_of(at);
    return {row, column_of(at, columns(row))};
  }
  std::size_t slot_of(std::int64_t key) const {
    const auto x = static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ULL;
    std::size_t slot = (x ^ x >> 29) & (slots_.size() - 1);
    while (slots_[slot] != kEnd && keys_[slots_[slot]] != key) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }
  void clear(std::size_t points);

  double distance_m_, rows_per_degree_;
  std::vector<std::int32_t> columns_;
  std::vector<std::uint64_t> once_, twice_;  // bits of cells, 64 neighbours of a row in a word
  std::vector<std::int64_t> keys_;
  std::vector<std::uint32_t> slots_, next_;
};

template <class Each>
void PairFinder::find(std::span<const GridPoint> points, Each&& each) {
  clear(points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const Cell cell = cell_of(points[i].at);
    std::size_t found = 0;
    for (std::int32_t r = cell.row - 1; r <= cell.row + 1 && found < kMaxNeighbours; ++r) {
      const std::int32_t wide = columns(r), middle = column_of(points[i].at, wide);
      const bool all = wide <= kFewColumns;
      for (std::int32_t c = all ? 0 : -1; c <= (all ? wide - 1 : 1); ++c) {
        const std::int32_t column = all ? c : (middle + c + wide) % wide;
        for (std::uint32_t j = slots_[slot_of(Cell{r, column}.key())]; j != kEnd && found < kMaxNeighbours;
             j = next_[j]) {
          const double metres = near_distance_m(points[i].at, points[j].at);
          if (metres > distance_m_) continue;
          ++found;
          each(std::size_t{j}, std::size_t{i}, metres);
        }
      }
    }
    keys_[i] = cell.key();
    const std::size_t slot = slot_of(keys_[i]);
    next_[i] = slots_[slot];
    slots_[slot] = i;
  }
}

class Encounters {
 public:
  Encounters(Context& context, Halts& halts);
  // A track went from one report to the next.
  void leg(VesselId id, const Report& from, const Report& to) {
    // Most reports come between two grid times.
    if (from.time >= grid_begin_ && to.time < grid_begin_ + grid_ms_) return;
    grid_begin_ = to.time / grid_ms_ * grid_ms_;
    if (from.time < grid_begin_) points(id, from, to);
  }
  // Grid times that no later report can still touch are closed.
  void advance(base::TimeMs now);
  void finish();

  template <class Archive>
  void archive(Archive& a) {
    a(grid_, runs_);
    last_ = nullptr;
    if constexpr (!Archive::kSaving) {
      due_.clear();
      for (const auto& [pair, run] : runs_) wait(pair, run);
    }
  }

 private:
  struct Run {
    std::int64_t first = 0, last = 0, first_slow = 0, last_slow = 0;  // grid numbers
    std::uint32_t times = 0, slow = 0, fast = 0, moored = 0;
    std::array<std::uint16_t, 16> separation{};  // histogram over the distance limit, slow times
    double north_m = 0, east_m = 0, closest_m = 1e9, speed_sum = 0;
    base::LatLon origin;
    std::uint64_t where[4] = {};  // a first, a last, b first, b last
  };
  using Pair = std::uint64_t;  // both vessels, the lower number first
  void points(VesselId id, const Report& from, const Report& to);
  void close_grid(std::int64_t number);
  // Looked at again when the pair, if it has not met until then, will not meet again.
  void wait(Pair pair, const Run& run) { due_[run.last + merge_steps_ + 1].push_back(pair); }
  void judge_ended();
  void judge(Pair pair, const Run& run);
  double median_separation(const Run& run) const;

  Context& context_;
  Halts& halts_;
  base::TimeMs grid_ms_, grid_begin_ = 0;
  std::int64_t merge_steps_;  // grid times by which a meeting may be interrupted
  bool skip_ports_;
  std::map<std::int64_t, std::vector<GridPoint>> grid_;
  std::vector<GridPoint>* last_ = nullptr;  // the newest grid time's points
  std::int64_t last_number_ = 0;
  std::vector<std::vector<GridPoint>> spare_;
  std::unordered_map<Pair, Run> runs_;
  std::map<std::int64_t, std::vector<Pair>> due_;  // every run once, by a grid time not after its end
  std::vector<Pair> ended_;
  PairFinder finder_;
};

}  // namespace cordon::detect
