#include "cordon/detect/sequencer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace cordon::detect {
namespace {

// Rows looked at before an automatic order is chosen. A receiver that hears one ship a second for a day would
// look like a live feed until then; the archives known have thousands of ships a day.
constexpr std::uint64_t kSample = 50'000;
constexpr std::uint64_t kConfirm = 100;
constexpr base::TimeMs kBackward = base::kHour;

base::TimeMs floor_to(base::TimeMs time, base::TimeMs step) {
  const base::TimeMs rest = time % step;
  return time - (rest < 0 ? rest + step : rest);
}

// MarineCadastre years lie within these; anything else is a broken clock.
bool plausible(base::TimeMs time) {
  return time >= 0 && time < 200 * 366 * base::kDay;
}

auto key(const model::Position& row) {
  return std::tuple(row.time, row.mmsi, row.where.packed);
}
auto key(const model::VesselStatic& row) {
  return std::tuple(row.time, row.mmsi, row.where.packed);
}

constexpr auto kBefore = [](const auto& a, const auto& b) { return key(a) < key(b); };

// The same report heard by two receivers, or a file given twice.
bool same_report(const model::Position& a, const model::Position& b) {
  return a.time == b.time && a.mmsi == b.mmsi && a.at == b.at && a.sog_dkn == b.sog_dkn &&
         a.cog_ddeg == b.cog_ddeg;
}

}  // namespace

Sequencer::Sequencer(const Parameters& parameters, Sink sink)
    : order_(parameters.order),
      lateness_(static_cast<base::TimeMs>(parameters.order_lateness_min * base::kMinute)),
      jump_(static_cast<base::TimeMs>(parameters.order_clock_jump_h * base::kHour)),
      sink_(std::move(sink)),
      decided_(parameters.order != Order::automatic) {}

void Sequencer::push(const model::FeedBatch& batch) {
  const auto& p = batch.positions;
  const std::size_t rows = p.size();
  std::size_t s = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    while (s < batch.statics.size() && batch.statics[s].where.packed <= p.where[i]) add(batch.statics[s++]);
    add(p, i);
  }
  while (s < batch.statics.size()) add(batch.statics[s++]);
}

// The row is stored before slices are released, so that the release depends on the rows alone and not on how
// they were cut into batches.
void Sequencer::add(const model::PositionColumns& columns, std::size_t i) {
  const base::TimeMs time = columns.time[i];
  Slice* slice = last_;
  if (slice && time >= slice->begin && time < slice->begin + kSlice && time <= clock_ + jump_ &&
      time >= clock_ - std::min(jump_, kBackward)) {
    // Nearly every row: it follows the one before, and the clock is sure (place() and observe() in short).
    ++seen_;
    strays_ = 0;
    clock_ = std::max(clock_, time);
  } else {
    slice = place(time, columns.where[i]);
  }
  if (slice) {
    const auto& rows = slice->positions;
    const std::uint32_t mmsi = columns.mmsi[i];
    if (!rows.empty() && rows.back().time >= time) {
      slice->by_time = slice->by_time && rows.back().time == time;
      slice->in_order = slice->in_order && rows.back().time == time && rows.back().mmsi < mmsi;
    }
    model::Position& row = slice->positions.emplace_back();
    row.time = time;
    row.mmsi = mmsi;
    row.at = {columns.lat_e7[i], columns.lon_e7[i]};
    row.sog_dkn = columns.sog_dkn[i];
    row.cog_ddeg = columns.cog_ddeg[i];
    row.heading_deg = columns.heading_deg[i];
    row.nav_status = columns.nav_status[i];
    row.type = columns.type[i];
    row.receiver = columns.receiver[i];
    row.where.packed = columns.where[i];
  }
  release();
}

Slice* Sequencer::place(base::TimeMs time, std::uint64_t where) {
  if (time == base::kNoTime) {
    dropped_.add("no_time");
    return nullptr;
  }
  if (!plausible(time)) {
    dropped_.add("clock");
    return nullptr;
  }
  if (time < released_) {
    dropped_.add("late", fmt::format("line {}", model::Where{where}.line()));
    observe(time);
    return nullptr;
  }
  observe(time);
  if (last_ && time >= last_->begin && time < last_->begin + kSlice) return last_;
  const base::TimeMs begin = floor_to(time, kSlice);
  const auto [at, fresh] = slices_.try_emplace(begin);
  if (fresh) {
    at->second.begin = begin;
    if (!spare_.empty()) {
      at->second.positions = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  return last_ = &at->second;
}

void Sequencer::add(const model::VesselStatic& row) {
  if (Slice* slice = place(row.time, row.where.packed)) {
    // No rule asks for the destination.
    model::VesselStatic& to = slice->statics.emplace_back();
    to.time = row.time;
    to.mmsi = row.mmsi;
    to.imo = row.imo;
    to.name = row.name;
    to.callsign = row.callsign;
    to.ship_type = row.ship_type;
    to.to_bow_m = row.to_bow_m;
    to.to_stern_m = row.to_stern_m;
    to.to_port_m = row.to_port_m;
    to.to_starboard_m = row.to_starboard_m;
    to.draught_dm = row.draught_dm;
    to.type = row.type;
    to.part = row.part;
    to.where = row.where;
  }
  release();
}

void Sequencer::observe(base::TimeMs time) {
  ++seen_;
  if (clock_ == base::kNoTime) {
    clock_ = time;
    return;
  }
  const base::TimeMs ahead = time - clock_;
  if (ahead > jump_ || -ahead > jump_) {
    stray_ = strays_ == 0 ? time : std::max(stray_, time);
    if (++strays_ >= kConfirm) {
      clock_ = stray_;
      strays_ = 0;
    }
    return;
  }
  strays_ = 0;
  if (-ahead > kBackward) ++backward_;
  clock_ = std::max(clock_, time);
}

void Sequencer::decide() {
  decided_ = true;
  if (order_ == Order::automatic) order_ = backward_ * 1000 > seen_ ? Order::day : Order::time;
}

void Sequencer::release() {
  if (!decided_) {
    if (seen_ < kSample) return;
    decide();
  }
  if (clock_ < due_ || clock_ == base::kNoTime) return;
  const base::TimeMs hold = order_ == Order::day ? lateness_ + base::kDay : lateness_;
  const base::TimeMs limit = floor_to(clock_ - hold, kSlice);
  due_ = limit + kSlice + hold;
  if (limit > released_ && !slices_.empty() && slices_.begin()->first < limit) emit_before(limit);
}

// Nearly all feeds come in order of time, and only rows of one time must be looked at. Others are out of
// order by little, archives wholly: both are dealt out by the second first, and what falls into one second is
// few.
void Sequencer::sort(Slice& slice) {
  if (slice.in_order) return;
  auto& rows = slice.positions;
  const auto arrange = [](auto from, auto to) {
    if (to - from > 1 && !std::is_sorted(from, to, kBefore)) std::sort(from, to, kBefore);
  };
  if (slice.by_time) {
    for (auto from = rows.begin(); from != rows.end();) {
      auto to = from + 1;
      while (to != rows.end() && to->time == from->time) ++to;
      arrange(from, to);
      from = to;
    }
  } else {
    const auto second = [&](const model::Position& row) {
      return static_cast<std::size_t>((row.time - slice.begin) / base::kSecond);
    };
    starts_.assign(kSlice / base::kSecond + 1, 0);
    for (const auto& row : rows) ++starts_[second(row) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    sorted_.resize(rows.size());
    for (const auto& row : rows) sorted_[starts_[second(row)]++] = row;
    // Each start has become the end of its second.
    for (std::size_t i = 0, from = 0; i + 1 < starts_.size(); from = starts_[i++])
      arrange(sorted_.begin() + static_cast<std::ptrdiff_t>(from), sorted_.begin() + starts_[i]);
    rows.swap(sorted_);
  }
  const auto end = std::unique(rows.begin(), rows.end(), same_report);
  if (const auto doubled = rows.end() - end; doubled > 0)
    dropped_.add("repeated", {}, static_cast<std::uint64_t>(doubled));
  rows.erase(end, rows.end());
}

// Each row, which is large, is moved once.
void Sequencer::sort(std::vector<model::VesselStatic>& rows) {
  if (std::is_sorted(rows.begin(), rows.end(), kBefore)) return;
  starts_.resize(rows.size());
  std::iota(starts_.begin(), starts_.end(), 0U);
  std::stable_sort(starts_.begin(), starts_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return kBefore(rows[a], rows[b]); });
  sorted_statics_.clear();
  for (const std::uint32_t i : starts_) sorted_statics_.push_back(std::move(rows[i]));
  rows.swap(sorted_statics_);
}

void Sequencer::emit_before(base::TimeMs limit) {
  while (!slices_.empty() && slices_.begin()->first < limit) {
    auto node = slices_.extract(slices_.begin());
    Slice& slice = node.mapped();
    sort(slice);
    sort(slice.statics);
    last_ = nullptr;
    released_ = std::max(released_, slice.begin + kSlice);
    sink_(slice);
    slice.positions.clear();
    if (spare_.size() < 8) spare_.push_back(std::move(slice.positions));
  }
}

void Sequencer::settled(base::TimeMs time) {
  if (!plausible(time) || clock_ == base::kNoTime) return;
  // Rows that only a broken clock explains wait for others of their time, as they always do.
  const base::TimeMs limit = floor_to(std::min(time, clock_ + jump_), kSlice);
  emit_before(limit);
  released_ = std::max(released_, limit);
}

void Sequencer::finish() {
  if (!decided_) decide();
  if (clock_ == base::kNoTime) return;
  emit_before(clock_ + jump_);
  for (const auto& [begin, slice] : slices_)
    dropped_.add("clock", base::to_iso(begin), slice.positions.size() + slice.statics.size());
  slices_.clear();
}

}  // namespace cordon::detect
