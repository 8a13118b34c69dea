#include "cordon/patrol/sea.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "cordon/base/land.hpp"

namespace cordon::patrol {
namespace {

constexpr double kFinestM = 1000;  // pieces of a leg shorter than this are judged by their middle
constexpr double kPortM = 15000;   // charts of this scale may show a berth, or a whole small island, as land
constexpr double kPieceM = 20000;  // polygons are tested against pieces of a great circle this long
constexpr double kMostKnots = 20000;

// Steps in rows and columns of the eight directions; direction d + 4 is the way back.
constexpr int kRow[8] = {0, 1, 1, 1, 0, -1, -1, -1}, kColumn[8] = {1, 1, 0, -1, -1, -1, 0, 1};

}  // namespace

bool Sea::off_shore(const base::LatLon& a, const base::LatLon& b, const Corridor& corridor) const {
  const double length = base::distance_m(a, b);
  const base::LatLon middle = base::interpolate(a, b, 0.5);
  double clearance = clearance_m_;
  if (corridor.base.valid()) {
    const double from_base = base::distance_m(corridor.base, middle);
    if (from_base + length / 2 <= corridor.radius_m) {
      if (corridor.over_land || from_base + length / 2 <= kPortM) return true;
      clearance = 0;
    } else if (from_base - length / 2 < corridor.radius_m && length > kFinestM) {
      return off_shore(a, middle, corridor) && off_shore(middle, b, corridor);
    }
  }
  const double shore = base::distance_to_shore_m(middle, clearance + length / 2 + 1);
  const bool land = base::on_land(middle);
  if (!land && shore >= clearance + length / 2) return true;
  if (land || shore < clearance) {
    const bool port = corridor.base.valid() && !corridor.over_land && length > kFinestM &&
                      base::distance_m(corridor.base, middle) - length / 2 < kPortM;
    if (!port) return false;
  }
  if (length <= kFinestM) return true;
  return off_shore(a, middle, corridor) && off_shore(middle, b, corridor);
}

bool Sea::open(const base::LatLon& at, const Corridor& corridor) const {
  return clear(at, at, corridor);
}

bool Sea::clear(const base::LatLon& a, const base::LatLon& b, const Corridor& corridor) const {
  if (!a.valid() || !b.valid() || !off_shore(a, b, corridor)) return false;
  if (barred_.empty()) return true;
  const double length = base::distance_m(a, b);
  const int pieces = static_cast<int>(std::ceil(length / kPieceM)) + (length == 0);
  for (const Region& region : barred_) {
    if (region.contains(a)) return false;
    for (int i = 0; i < pieces; ++i)
      if (region.crosses(base::interpolate(a, b, double(i) / pieces),
                         base::interpolate(a, b, double(i + 1) / pieces)))
        return false;
  }
  return true;
}

bool Sea::clear_around(const base::LatLon& at, double radius_m) const {
  const double needed = clearance_m_ + radius_m;
  return !base::on_land(at) && base::distance_to_shore_m(at, needed + 1) >= needed;
}

Router::Router(const Sea& sea, const Extent& extent, double step_deg) : sea_(sea), extent_(extent) {
  const double high = extent.north - extent.south, wide = extent.east - extent.west;
  const double middle = (extent.north + extent.south) / 2;
  const double shrink = std::max(0.2, std::cos(middle * 3.14159265358979 / 180));
  const double step = std::max(step_deg, std::sqrt(high * wide * shrink / kMostKnots));
  rows_ = static_cast<std::uint32_t>(std::ceil(high / step)) + 1;
  columns_ = static_cast<std::uint32_t>(std::ceil(wide * shrink / step)) + 1;
  step_lat_ = rows_ > 1 ? high / (rows_ - 1) : 0;
  step_lon_ = columns_ > 1 ? wide / (columns_ - 1) : 0;
  links_.assign(std::size_t{rows_} * columns_, 0);
  length_m_.assign(std::size_t{rows_} * 8, 0);
  for (std::uint32_t row = 0; row < rows_; ++row)
    for (int d = 0; d < 8; ++d) {
      const double lat = extent.south + row * step_lat_;
      length_m_[row * 8 + d] = base::distance_m(
          base::from_degrees(lat, 0), base::from_degrees(lat + kRow[d] * step_lat_, kColumn[d] * step_lon_));
    }
  for (std::uint32_t i = 0; i < links_.size(); ++i)
    for (int d = 0; d < 4; ++d) {
      const std::uint32_t j = neighbour(i, d);
      if (j == kNone || !sea_.clear(knot(i), knot(j))) continue;
      links_[i] = static_cast<std::uint8_t>(links_[i] | 1u << d);
      links_[j] = static_cast<std::uint8_t>(links_[j] | 1u << (d + 4));
    }
}

base::LatLon Router::knot(std::uint32_t index) const {
  return base::from_degrees(extent_.south + index / columns_ * step_lat_,
                            extent_.west + index % columns_ * step_lon_);
}

std::uint32_t Router::neighbour(std::uint32_t index, int direction) const {
  const auto row = static_cast<std::int64_t>(index / columns_) + kRow[direction];
  const auto column = static_cast<std::int64_t>(index % columns_) + kColumn[direction];
  if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return kNone;
  return static_cast<std::uint32_t>(row * columns_ + column);
}

void Router::knots_near(const base::LatLon& at, int rings, std::vector<std::uint32_t>& out) const {
  out.clear();
  const double middle = (extent_.west + extent_.east) / 2;
  const double lon = middle + base::lon_difference(at.lon(), middle);
  const auto row =
      static_cast<std::int64_t>(std::lround((at.lat() - extent_.south) / std::max(step_lat_, 1e-9)));
  const auto column =
      static_cast<std::int64_t>(std::lround((lon - extent_.west) / std::max(step_lon_, 1e-9)));
  for (std::int64_t r = row - rings; r <= row + rings; ++r)
    for (std::int64_t c = column - rings; c <= column + rings; ++c)
      if (r >= 0 && r < rows_ && c >= 0 && c < columns_)
        out.push_back(static_cast<std::uint32_t>(r * columns_ + c));
}

Router::Field Router::from(const base::LatLon& origin, const Corridor& corridor) const {
  Field field;
  field.router_ = this;
  field.origin_ = origin;
  field.corridor_ = corridor;
  field.distance_.assign(links_.size(), std::numeric_limits<double>::infinity());
  field.before_.assign(links_.size(), kNone);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  const auto reach = [&](std::uint32_t to, double distance, std::uint32_t before) {
    if (distance >= field.distance_[to]) return;
    field.distance_[to] = distance;
    field.before_[to] = before;
    queue.push({distance, to});
  };
  // Inside the corridor the net of the open sea has no links: the base reaches every knot it has a clear leg
  // to.
  const double step_m = step_lat_ * 111195;
  const int rings = 2 + static_cast<int>(std::ceil(corridor.radius_m / std::max(step_m, 1.0)));
  std::vector<std::uint32_t> near;
  knots_near(origin, std::min(rings, 12), near);
  for (const std::uint32_t to : near)
    if (sea_.clear(origin, knot(to), corridor)) reach(to, base::distance_m(origin, knot(to)), kNone);
  while (!queue.empty()) {
    const auto [distance, at] = queue.top();
    queue.pop();
    if (distance > field.distance_[at]) continue;
    const bool special = corridor.base.valid() && corridor.contains(knot(at));
    const base::LatLon here = special ? knot(at) : base::LatLon{};
    for (int d = 0; d < 8; ++d) {
      const std::uint32_t to = neighbour(at, d);
      if (to == kNone) continue;
      const double leg = length_m_[at / columns_ * 8 + static_cast<std::uint32_t>(d)];
      if (distance + leg >= field.distance_[to]) continue;
      if (!(links_[at] >> d & 1) && !(special && sea_.clear(here, knot(to), corridor))) continue;
      reach(to, distance + leg, at);
    }
  }
  return field;
}

// The knot through which `to` is reached best, or kNone where the origin sees it or nothing does.
std::uint32_t Router::Field::join(const base::LatLon& to, double& distance_m) const {
  if (router_->sea_.clear(origin_, to, corridor_)) {
    distance_m = base::distance_m(origin_, to);
    return kNone;
  }
  distance_m = std::numeric_limits<double>::infinity();
  std::uint32_t best = kNone;
  std::vector<std::uint32_t> near;
  for (const int rings : {1, 3}) {
    router_->knots_near(to, rings, near);
    for (const std::uint32_t at : near) {
      const double all = distance_[at] + base::distance_m(router_->knot(at), to);
      if (all >= distance_m || !router_->sea_.clear(router_->knot(at), to, corridor_)) continue;
      distance_m = all;
      best = at;
    }
    if (best != kNone) break;
  }
  return best;
}

double Router::Field::to_m(const base::LatLon& to) const {
  double distance_m = 0;
  join(to, distance_m);
  return distance_m;
}

double Router::Field::rough_m(const base::LatLon& to) const {
  // Eight directions make a way up to 8 % too long: within that the straight one is believed.
  constexpr double kZigzag = 1.09;
  const double straight = base::distance_m(origin_, to);
  double best = std::numeric_limits<double>::infinity();
  std::vector<std::uint32_t> near;
  router_->knots_near(to, 1, near);
  for (const std::uint32_t at : near)
    if (distance_[at] < best) best = std::min(best, distance_[at] + base::distance_m(router_->knot(at), to));
  return best <= kZigzag * straight + 2 * router_->step_lat_ * 111195 ? straight : best;
}

std::vector<base::LatLon> Router::Field::way(const base::LatLon& to) const {
  double distance_m = 0;
  std::uint32_t at = join(to, distance_m);
  if (!std::isfinite(distance_m)) return {};
  std::vector<base::LatLon> places{to};
  for (; at != kNone; at = before_[at]) places.push_back(router_->knot(at));
  places.push_back(origin_);
  std::reverse(places.begin(), places.end());
  // Corners are cut from the front: from each place as far along as the leg stays clear.
  std::vector<base::LatLon> cut{places.front()};
  for (std::size_t i = 0; i + 1 < places.size();) {
    std::size_t next = i + 1;
    for (std::size_t j = places.size() - 1; j > i + 1; --j)
      if (router_->sea_.clear(places[i], places[j], corridor_)) {
        next = j;
        break;
      }
    cut.push_back(places[next]);
    i = next;
  }
  return cut;
}

}  // namespace cordon::patrol
