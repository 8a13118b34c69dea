#include "cordon/detect/reception.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
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
// Shares are of the last million or so: floats count no further than 16 million, and receivers change.
constexpr float kFull = 1 << 20;

void count(Presence& presence, std::size_t cls, float heard) {
  presence.present[cls] += 1;
  presence.heard[cls] += heard;
  if (presence.present[cls] >= kFull) {
    presence.present[cls] /= 2;
    presence.heard[cls] /= 2;
  }
}

}  // namespace

std::size_t PresenceTable::slot_of(std::uint32_t cell) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (cell * 0x9E3779B1U >> 7) & mask;
  while (slots_[slot].cell != UINT32_MAX && slots_[slot].cell != cell) slot = (slot + 1) & mask;
  return slot;
}

const Presence* PresenceTable::find(std::uint32_t cell) const {
  if (slots_.empty()) return nullptr;
  const Slot& slot = slots_[slot_of(cell)];
  return slot.cell == cell ? &slot.presence : nullptr;
}

Presence& PresenceTable::at(std::uint32_t cell) {
  if ((used_ + 1) * 2 > slots_.size()) {
    const auto before =
        std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(64, slots_.size() * 2)));
    for (const Slot& slot : before)
      if (slot.cell != UINT32_MAX) slots_[slot_of(slot.cell)] = slot;
  }
  Slot& slot = slots_[slot_of(cell)];
  if (slot.cell != cell) {
    slot.cell = cell;
    ++used_;
  }
  return slot.presence;
}

Reception::Reception(const Parameters& parameters)
    : bin_ms_(std::max<base::TimeMs>(
          base::kMinute, static_cast<base::TimeMs>(parameters.reception_bin_min * base::kMinute))),
      cell_deg_(std::clamp(parameters.reception_cell_deg, 0.1, 5.0)),
      columns_(static_cast<int>(std::ceil(360.0 / cell_deg_))),
      rows_(static_cast<int>(std::ceil(180.0 / cell_deg_)) + 1),
      numbers_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), kUnknown) {}

// Columns narrow towards the poles, as far as reception goes that does not matter: coasts with traffic do.
std::uint32_t Reception::key_at(double lat, double lon) const {
  const int row = static_cast<int>((lat + 90.0) / cell_deg_);
  const int column = static_cast<int>((lon + 180.0) / cell_deg_) % columns_;
  return static_cast<std::uint32_t>(row * columns_ + column);
}

Reception::CellNumber Reception::cell_at(double lat, double lon) const {
  const std::uint32_t key = key_at(lat, lon);
  CellNumber& number = numbers_[key];
  if (number == kUnknown) {
    number = static_cast<CellNumber>(cells_.size());
    Cell& cell = cells_.emplace_back();
    cell.key = key;
    cell.around.fill(kUnknown);
    const double middle_lat = (static_cast<int>(key) / columns_ + 0.5) * cell_deg_ - 90.0;
    const base::LatLon middle = base::from_degrees(middle_lat, longitude(number));
    cell.band = static_cast<std::uint8_t>(
        band_of(base::on_land(middle) ? 0.0 : base::distance_to_shore_m(middle, 250e3)));
  }
  return number;
}

double Reception::longitude(CellNumber cell) const {
  return (static_cast<int>(cells_[cell].key) % columns_ + 0.5) * cell_deg_ - 180.0;
}

std::uint32_t Reception::shifted(std::uint32_t key, int rows, int columns) const {
  const int row = std::clamp(static_cast<int>(key) / columns_ + rows, 0, rows_ - 1);
  const int column = (static_cast<int>(key) % columns_ + columns + columns_) % columns_;
  return static_cast<std::uint32_t>(row * columns_ + column);
}

Reception::CellNumber Reception::around(CellNumber cell, std::size_t index) const {
  CellNumber& number = cells_[cell].around[index];
  if (number == kUnknown)
    number =
        numbers_[shifted(cells_[cell].key, static_cast<int>(index / 3) - 1, static_cast<int>(index % 3) - 1)];
  return number;
}

int Reception::band_of(double shore_m) {
  const double nm = shore_m / base::kNauticalMileM;
  return static_cast<int>(std::upper_bound(std::begin(kBandNm), std::end(kBandNm), nm) - std::begin(kBandNm));
}

double Reception::q(CellNumber cell, int cls, const std::unordered_map<CellNumber, float>* without) const {
  const auto c = static_cast<std::size_t>(cls);
  const std::size_t b = cells_[cell].band;
  double present = 0, heard = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    const CellNumber near = around(cell, i);
    if (near == kUnknown) continue;
    const Presence& lasting = cells_[near].lasting;
    // The cell itself says more than its neighbours.
    const double weight = i == 4 ? 1.0 : 0.35;
    double here = lasting.present[c];
    if (without)
      if (const auto own = without->find(near); own != without->end()) here -= own->second;
    present += weight * std::max(here, 0.0);
    heard += weight * lasting.heard[c];
  }
  const double wide = (bands_[b].heard[c] + kPrior[b] * kPriorWeight) / (bands_[b].present[c] + kPriorWeight);
  return std::min(1.0, (heard + wide * kCellWeight) / (std::max(present, heard) + kCellWeight));
}

void Reception::bins(Vessel& vessel, const Report& from, const Report& to, bool a_gap) {
  const std::int64_t first = bin_of(from.time) + 1, last = bin_of(to.time);
  const auto c = static_cast<std::size_t>(vessel.class_b);
  const double span = static_cast<double>(to.time - from.time);
  for (std::int64_t bin = std::max(first, last - kLongestBins); bin <= last; ++bin) {
    const base::TimeMs middle = std::clamp(bin * bin_ms_ + bin_ms_ / 2, from.time, to.time);
    const double f = bin == last ? 1.0 : static_cast<double>(middle - from.time) / span;
    const double lon = from.at.lon() + base::lon_difference(to.at.lon(), from.at.lon()) * f;
    const double lat = from.at.lat() + (to.at.lat() - from.at.lat()) * f;
    const CellNumber cell = cell_at(lat, lon < -180 ? lon + 360 : lon >= 180 ? lon - 360 : lon);
    const float heard = bin == last ? 1.0F : 0.0F;
    const std::size_t band = cells_[cell].band;
    count(cells_[cell].lasting, c, heard);
    count(bands_[band], c, heard);
    count(recent_[bin].at(cell), c, heard);
    const double likely = q(cell, vessel.class_b, nullptr);
    if (band >= kOffshoreBand) {
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
  std::unordered_map<CellNumber, float> mine;
  std::vector<CellNumber> way;  // by bin, from `begin` on
  const std::int64_t begin = std::max(first, last - kLongestBins);
  for (std::int64_t bin = begin; bin < last; ++bin) {
    const double f =
        std::clamp(static_cast<double>(bin * bin_ms_ + bin_ms_ / 2 - from.time) / span, 0.0, 1.0);
    const double lon = from.at.lon() + base::lon_difference(to.at.lon(), from.at.lon()) * f;
    const double lat = from.at.lat() + (to.at.lat() - from.at.lat()) * f;
    way.push_back(cell_at(lat, lon < -180 ? lon + 360 : lon >= 180 ? lon - 360 : lon));
    mine[way.back()] += 1;
  }
  double around_heard = 0;
  for (std::int64_t bin = begin; bin < last; ++bin) {
    const CellNumber cell = way[static_cast<std::size_t>(bin - begin)];
    double heard = 0, expected = 0;
    for (std::int64_t near = bin - 1; near <= bin + 1; ++near) {
      const auto moment = recent_.find(near);
      if (moment == recent_.end()) continue;
      const bool within = near >= begin && near < last;
      for (std::size_t i = 0; i < 9; ++i) {
        const CellNumber place = around(cell, i);
        // Only those whom the same receivers can hear: near a coast its stations work on when satellites
        // fail.
        if (place == kUnknown || std::abs(cells_[place].band - cells_[cell].band) > 1) continue;
        const Presence* found = moment->second.find(place);
        if (!found) continue;
        for (std::size_t cls = 0; cls < 2; ++cls) {
          double present = found->present[cls];
          if (cls == c && within && way[static_cast<std::size_t>(near - begin)] == place)
            present = std::max(0.0, present - 1);
          if (present == 0) continue;
          expected += present * q(place, static_cast<int>(cls), nullptr);
          heard += std::min<double>(present, found->heard[cls]);
        }
      }
    }
    const double f = std::min(
        1.0, (heard + kSatelliteWeight * satellites(bin, longitude(cell))) / (expected + kSatelliteWeight));
    const double p = std::min(kMaxHeard, q(cell, vessel.class_b, &mine) * own * f);
    if (out.bins == 0) out.at_first = p;
    out.at_last = p;
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
  offshore_.erase(offshore_.begin(), offshore_.lower_bound(bin));
  recent_.erase(recent_.begin(), recent_.lower_bound(bin));
}

}  // namespace cordon::detect
