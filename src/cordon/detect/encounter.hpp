// Meetings at sea: two or more vessels close together and slow. Tracks are resampled on a grid of ten
// minutes, aligned to midnight UTC but not cut there; in each grid time the pairs within the distance are
// found with a hash of cells; a run of such times is one meeting.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
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

// Calls each(i, j, metres), i < j, for every pair of points within distance_m, in order of (i, j) for equal
// input. A point reports at most kMaxNeighbours partners: a harbour must not cost the square of its ships.
class PairFinder {
 public:
  static constexpr std::size_t kMaxNeighbours = 100;
  void find(std::span<const GridPoint> points, double distance_m,
            const std::function<void(std::size_t, std::size_t, double)>& each);

 private:
  std::vector<std::int64_t> keys_;
  std::vector<std::uint32_t> slots_, next_;
};

class Encounters {
 public:
  Encounters(Context& context, Halts& halts) : context_(context), halts_(halts) {}
  // A track went from one report to the next.
  void leg(VesselId id, const Report& from, const Report& to);
  // Grid times that no later report can still touch are closed.
  void advance(base::TimeMs now);
  void finish();

 private:
  struct Run {
    std::int64_t first = 0, last = 0, first_slow = 0, last_slow = 0;  // grid numbers
    std::uint32_t times = 0, slow = 0, fast = 0, moored = 0;
    std::array<std::uint16_t, 16> separation{};  // histogram over the distance limit, slow times
    double north_m = 0, east_m = 0, closest_m = 1e9, speed_sum = 0;
    base::LatLon origin;
    std::uint64_t where[4] = {};  // a first, a last, b first, b last
  };
  void close_grid(std::int64_t number);
  void judge(VesselId a, VesselId b, const Run& run);
  double median_separation(const Run& run) const;
  std::int64_t grid_ms() const;

  Context& context_;
  Halts& halts_;
  std::map<std::int64_t, std::vector<GridPoint>> grid_;
  std::map<std::uint64_t, Run> runs_;  // by pair; ordered, so that events come out in one order
  PairFinder finder_;
};

}  // namespace cordon::detect
