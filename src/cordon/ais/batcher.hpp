// Fills a FeedBatch row by row without the cost of growing eleven vectors a row, and pushes it when full.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

#include "cordon/ais/fast_lane.hpp"
#include "cordon/ais/feed.hpp"
#include "cordon/model/position.hpp"

namespace cordon::ais {

class Batcher {
 public:
  // The sink may take the batch's memory and leave other in its place.
  using Sink = std::function<void(model::FeedBatch&)>;
  Batcher(Sink sink, std::size_t rows) : sink_(std::move(sink)), capacity_(rows == 0 ? 1 : rows) {
    size_columns(capacity_);
    batch_.statics.reserve(64);
  }

  void position(base::TimeMs time, std::uint32_t mmsi, base::LatLon at, std::uint16_t sog_dkn,
                std::uint16_t cog_ddeg, std::uint16_t heading_deg, std::uint8_t nav_status, std::uint8_t type,
                std::uint8_t receiver, model::Where where) {
    model::PositionColumns& to = batch_.positions;
    const std::size_t i = used_++;
    to.time[i] = time;
    to.mmsi[i] = mmsi;
    to.lat_e7[i] = at.lat_e7;
    to.lon_e7[i] = at.lon_e7;
    to.sog_dkn[i] = sog_dkn;
    to.cog_ddeg[i] = cog_ddeg;
    to.heading_deg[i] = heading_deg;
    to.nav_status[i] = nav_status;
    to.type[i] = type;
    to.receiver[i] = receiver;
    to.where[i] = where.packed;
    if (room() == 0) flush();
  }
  void position(const model::Position& p) {
    position(p.time, p.mmsi, p.at, p.sog_dkn, p.cog_ddeg, p.heading_deg, p.nav_status, p.type, p.receiver,
             p.where);
  }
  // Rows written from outside: at most room() of them, into columns(), then told with add().
  ColumnPointers columns() {
    model::PositionColumns& to = batch_.positions;
    const std::size_t i = used_;
    return {&to.time[i],    &to.mmsi[i],     &to.lat_e7[i],      &to.lon_e7[i],
            &to.sog_dkn[i], &to.cog_ddeg[i], &to.heading_deg[i], &to.nav_status[i],
            &to.type[i],    &to.receiver[i], &to.where[i]};
  }
  std::size_t room() const { return capacity_ - used_ - batch_.statics.size(); }
  void add(std::size_t rows) {
    used_ += rows;
    if (room() == 0) flush();
  }
  void vessel(model::VesselStatic&& vessel) {
    batch_.statics.push_back(std::move(vessel));
    ++statics_;
    if (room() == 0) flush();
  }
  void flush() {
    if (used_ == 0 && batch_.statics.empty()) return;
    positions_ += used_;
    size_columns(used_);
    sink_(batch_);
    batch_.statics.clear();
    size_columns(capacity_);
    used_ = 0;
  }
  // A batch made elsewhere; nothing of an own one waits.
  void pass(model::FeedBatch& batch) {
    if (batch.empty()) return;
    positions_ += batch.positions.size();
    statics_ += batch.statics.size();
    sink_(batch);
  }
  std::uint64_t positions() const { return positions_ + used_; }
  std::uint64_t statics() const { return statics_; }

 private:
  void size_columns(std::size_t rows);
  Sink sink_;
  std::size_t capacity_, used_ = 0;
  std::uint64_t positions_ = 0, statics_ = 0;
  model::FeedBatch batch_;
};

}  // namespace cordon::ais
