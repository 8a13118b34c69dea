#include "cordon/detect/reception.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "cordon/base/land.hpp"

namespace cordon::detect {
namespace {

constexpr double kBandNm[] = {5, 10, 20, 40, 60, 100};
// Before anything is learned: a receiver on shore hears to about 40 nm; beyond, satellites pass now and then.
constexpr double kPrior[] = {0.9, 0.9, 0.85, 0.7, 0.5, 0.35, 0.3};
constexpr double kPriorWeight = 20, kCellWeight = 6;
// Half-life of a vessel's own record, in bins.
constexpr float kFade = 0.97F;
// One bin never proves more than this: reports collide, antennas are shaded.
constexpr double kMaxHeard = 0.93;
constexpr std::int64_t kLongestBins = 144;
// From this band on (40 nm) shore stations are out of reach.
constexpr int kOffshoreBand = 4;
// The share of the satellites counts as this many expected reports beside those of the vessels around.
constexpr double kSatelliteWeight = 1.5;

}  // namespace

Reception::Reception(const Parameters& parameters)
    : bin_ms_(std::max<base::TimeMs>(
          base::kMinute, static_cast<base::TimeMs>(parameters.reception_bin_min * base::kMinute))),
      cell_deg_(std::clamp(parameters.reception_cell_deg, 0.1, 5.0)),
      columns_(static_cast<int>(std::ceil(360.0 / cell_deg_))) {}

// Columns narrow towards the poles, as far as reception goes that does not matter: coasts with traffic do.
Reception::CellKey Reception::cell_at(double lat, double lon) const {
  const int row = static_cast<int>(std::floor((lat + 90.0) / cell_deg_));
  const int column = static_cast<int>(std::floor((lon + 180.0) / cell_deg_)) % columns_;
  return static_cast<CellKey>(row * columns_ + column);
}

Reception::CellKey Reception::shifted(CellKey cell, int rows, int columns) const {
  const int row = static_cast<int>(cell) / columns_ + rows;
  const int column = (static_cast<int>(cell) % columns_ + columns + columns_) % columns_;
  return static_cast<CellKey>(std::max(0, row) * columns_ + column);
}

int Reception::band_of(double shore_m) {
  const double nm = shore_m / base::kNauticalMileM;
  return static_cast<int>(std::upper_bound(std::begin(kBandNm), std::end(kBandNm), nm) - std::begin(kBandNm));
}

int Reception::band(CellKey cell) const {
  const auto [at, fresh] = band_of_cell_.try_emplace(cell, std::uint8_t{0});
  if (fresh) {
    const double lat = (static_cast<int>(cell) / columns_ + 0.5) * cell_deg_ - 90.0;
    const double lon = (static_cast<int>(cell) % columns_ + 0.5) * cell_deg_ - 180.0;
    const base::LatLon middle = base::from_degrees(lat, lon);
    const double shore = base::on_land(middle) ? 0.0 : base::distance_to_shore_m(middle, 250e3);
    at->second = static_cast<std::uint8_t>(band_of(shore));
  }
  return at->second;
}

double Reception::q(CellKey cell, int cls, const std::unordered_map<CellKey, float>* without) const {
  const auto c = static_cast<std::size_t>(cls);
  const auto b = static_cast<std::size_t>(band(cell));
  double present = 0, heard = 0;
  for (int r = -1; r <= 1; ++r)
    for (int k = -1; k <= 1; ++k) {
      const CellKey key = shifted(cell, r, k);
      const auto found = lasting_.find(key);
      if (found == lasting_.end()) continue;
      // The cell itself says more than its neighbours.
      const double weight = r == 0 && k == 0 ? 1.0 : 0.35;
      double here = found->second.present[c];
      if (without)
        if (const auto own = without->find(key); own != without->end()) here -= own->second;
      present += weight * std::max(here, 0.0);
      heard += weight * found->second.heard[c];
    }
  const double wide = (bands_[b].heard[c] + kPrior[b] * kPriorWeight) / (bands_[b].present[c] + kPriorWeight);
  return std::min(1.0, (heard + wide * kCellWeight) / (std::max(present, heard) + kCellWeight));
}

void Reception::interval(Vessel& vessel, const Report& from, const Report& to, bool a_gap) {
  const std::int64_t first = bin_of(from.time) + 1, last = bin_of(to.time);
  if (last < first) return;
  const auto c = static_cast<std::size_t>(vessel.class_b);
  const double span = static_cast<double>(to.time - from.time);
  for (std::int64_t bin = std::max(first, last - kLongestBins); bin <= last; ++bin) {
    const base::TimeMs middle = std::clamp(bin * bin_ms_ + bin_ms_ / 2, from.time, to.time);
    const double f = bin == last ? 1.0 : static_cast<double>(middle - from.time) / span;
    const double lon = from.at.lon() + base::lon_difference(to.at.lon(), from.at.lon()) * f;
    const double lat = from.at.lat() + (to.at.lat() - from.at.lat()) * f;
    const CellKey cell = cell_at(lat, lon < -180 ? lon + 360 : lon >= 180 ? lon - 360 : lon);
    const float heard = bin == last ? 1.0F : 0.0F;
    for (Count* count :
         {&lasting_[cell], &recent_[bin][cell], &bands_[static_cast<std::size_t>(band(cell))]}) {
      count->present[c] += 1;
      count->heard[c] += heard;
    }
    const double likely = q(cell, vessel.class_b, nullptr);
    if (band(cell) >= kOffshoreBand) {
      Share& share = offshore_[bin][sector_of(lon)];
      share.expected += likely;
      share.heard += static_cast<double>(heard);
    }
    if (a_gap) continue;
    vessel.rx_seen = vessel.rx_seen * kFade + heard;
    vessel.rx_expected = vessel.rx_expected * kFade + static_cast<float>(likely);
  }
}

Silence Reception::silence(const Vessel& vessel, const Report& from, const Report& to) const {
  Silence out;
  const std::int64_t first = bin_of(from.time) + 1, last = bin_of(to.time);
  const auto c = static_cast<std::size_t>(vessel.class_b);
  const double span = static_cast<double>(std::max<base::TimeMs>(1, to.time - from.time));
  const double own = std::clamp((vessel.rx_seen + 3.0) / (vessel.rx_expected + 3.0), 0.1, 1.3);
  // This gap itself is part of what was learned: take it out again.
  std::unordered_map<CellKey, float> mine;
  std::vector<std::pair<std::int64_t, CellKey>> way;
  for (std::int64_t bin = std::max(first, last - kLongestBins); bin < last; ++bin) {
    const double f =
        std::clamp(static_cast<double>(bin * bin_ms_ + bin_ms_ / 2 - from.time) / span, 0.0, 1.0);
    const double lon = from.at.lon() + base::lon_difference(to.at.lon(), from.at.lon()) * f;
    const double lat = from.at.lat() + (to.at.lat() - from.at.lat()) * f;
    const CellKey cell = cell_at(lat, lon < -180 ? lon + 360 : lon >= 180 ? lon - 360 : lon);
    way.emplace_back(bin, cell);
    mine[cell] += 1;
  }
  double around_heard = 0;
  for (const auto& [bin, cell] : way) {
    double heard = 0, expected = 0;
    for (std::int64_t near = bin - 1; near <= bin + 1; ++near) {
      const auto moment = recent_.find(near);
      if (moment == recent_.end()) continue;
      for (int r = -1; r <= 1; ++r)
        for (int k = -1; k <= 1; ++k) {
          const CellKey key = shifted(cell, r, k);
          const auto found = moment->second.find(key);
          if (found == moment->second.end()) continue;
          for (std::size_t cls = 0; cls < 2; ++cls) {
            double present = found->second.present[cls];
            const bool here = std::find(way.begin(), way.end(), std::pair(near, key)) != way.end();
            if (here && cls == c) present = std::max(0.0, present - 1);
            if (present == 0) continue;
            expected += present * q(key, static_cast<int>(cls), nullptr);
            heard += std::min<double>(present, found->second.heard[cls]);
          }
        }
    }
    const double lon = (static_cast<int>(cell) % columns_ + 0.5) * cell_deg_ - 180.0;
    const double f =
        std::min(1.0, (heard + kSatelliteWeight * satellites(bin, lon)) / (expected + kSatelliteWeight));
    const double p = std::min(kMaxHeard, q(cell, vessel.class_b, &mine) * own * f);
    out.nats -= std::log(1.0 - p);
    out.expected += p;
    ++out.bins;
    out.others += expected / 3;
    around_heard += heard / 3;
  }
  if (out.others > 0) out.around = around_heard / out.others;
  return out;
}

std::size_t Reception::sector_of(double lon) {
  return static_cast<std::size_t>(std::clamp((lon + 180.0) / 30.0 + 12.0, 0.0, 35.0)) % 12;
}

double Reception::satellites(std::int64_t bin, double lon) const {
  Share sum;
  for (std::int64_t near = bin - 1; near <= bin + 1; ++near) {
    const auto found = offshore_.find(near);
    if (found == offshore_.end()) continue;
    sum.expected += found->second[sector_of(lon)].expected;
    sum.heard += found->second[sector_of(lon)].heard;
  }
  return std::min(1.0, (sum.heard + 1.0) / (sum.expected + 1.0));
}

void Reception::forget_before(base::TimeMs time) {
  const std::int64_t bin = bin_of(time);
  std::erase_if(offshore_, [&](const auto& row) { return row.first < bin; });
  std::erase_if(recent_, [&](const auto& row) { return row.first < bin; });
}

}  // namespace cordon::detect
