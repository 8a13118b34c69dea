#include "cordon/model/position.hpp"

namespace cordon::model {

void PositionColumns::clear() {
  time.clear();
  mmsi.clear();
  lat_e7.clear();
  lon_e7.clear();
  sog_dkn.clear();
  cog_ddeg.clear();
  heading_deg.clear();
  nav_status.clear();
  type.clear();
  receiver.clear();
  where.clear();
}

void PositionColumns::reserve(std::size_t rows) {
  time.reserve(rows);
  mmsi.reserve(rows);
  lat_e7.reserve(rows);
  lon_e7.reserve(rows);
  sog_dkn.reserve(rows);
  cog_ddeg.reserve(rows);
  heading_deg.reserve(rows);
  nav_status.reserve(rows);
  type.reserve(rows);
  receiver.reserve(rows);
  where.reserve(rows);
}

void PositionColumns::push_back(const Position& position) {
  time.push_back(position.time);
  mmsi.push_back(position.mmsi);
  lat_e7.push_back(position.at.lat_e7);
  lon_e7.push_back(position.at.lon_e7);
  sog_dkn.push_back(position.sog_dkn);
  cog_ddeg.push_back(position.cog_ddeg);
  heading_deg.push_back(position.heading_deg);
  nav_status.push_back(position.nav_status);
  type.push_back(position.type);
  receiver.push_back(position.receiver);
  where.push_back(position.where.packed);
}

Position PositionColumns::row(std::size_t index) const {
  return {time[index],       mmsi[index],     {lat_e7[index], lon_e7[index]},
          sog_dkn[index],    cog_ddeg[index], heading_deg[index],
          nav_status[index], type[index],     receiver[index],
          {where[index]}};
}

void FeedBatch::clear() {
  positions.clear();
  statics.clear();
}

void for_each_in_order(const FeedBatch& batch, const std::function<void(const Position&)>& on_position,
                       const std::function<void(const VesselStatic&)>& on_static) {
  std::size_t s = 0;
  for (std::size_t p = 0; p < batch.positions.size(); ++p) {
    // Both may come from one line (a CSV row): who the vessel is comes before where it is.
    while (s < batch.statics.size() && batch.statics[s].where.packed <= batch.positions.where[p]) {
      on_static(batch.statics[s++]);
    }
    on_position(batch.positions.row(p));
  }
  while (s < batch.statics.size()) on_static(batch.statics[s++]);
}

}  // namespace cordon::model
