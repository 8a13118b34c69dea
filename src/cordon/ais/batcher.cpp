#include "cordon/ais/batcher.hpp"

namespace cordon::ais {

void Batcher::size_columns(std::size_t rows) {
  model::PositionColumns& to = batch_.positions;
  to.time.resize(rows);
  to.mmsi.resize(rows);
  to.lat_e7.resize(rows);
  to.lon_e7.resize(rows);
  to.sog_dkn.resize(rows);
  to.cog_ddeg.resize(rows);
  to.heading_deg.resize(rows);
  to.nav_status.resize(rows);
  to.type.resize(rows);
  to.receiver.resize(rows);
  to.where.resize(rows);
}

}  // namespace cordon::ais
