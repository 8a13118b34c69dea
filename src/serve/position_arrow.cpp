#include <cmath>
#include <vector>

#include "arrow/ipc.hpp"
#include "serve/position_walk.hpp"

namespace cordon::serve {
namespace {

constexpr std::size_t kRows = 1792;  // of a batch: a piece of some 64 KiB

class Batches {
 public:
  Batches(std::shared_ptr<const Snapshot> state, PositionRows rows)
      : state_(std::move(state)),
        rows_(std::make_unique<PositionRows>(std::move(rows))),
        walk_(state_->positions, *rows_) {}

  std::optional<std::string> next() {
    if (ended_) return std::nullopt;
    std::string out;
    const arrow::Table table = take();
    if (!begun_) arrow::append_schema(out, table.schema);
    begun_ = true;
    ended_ = table.rows() == 0;
    if (ended_)
      arrow::append_end(out);
    else
      arrow::append_batch(out, table.schema, table.batches[0]);
    return out;
  }

 private:
  // The next rows; none at the end.
  arrow::Table take() {
    const auto& t = state_->positions;
    std::vector<std::uint32_t> mmsi;
    std::vector<std::int64_t> time;
    std::vector<double> lat, lon;
    std::vector<float> sog, cog;
    for (; mmsi.size() < kRows && !walk_.done(); walk_.next()) {
      const std::uint32_t row = walk_.row();
      mmsi.push_back(t.mmsi[t.vessel[row]]);
      time.push_back(t.time[row]);
      lat.push_back(t.lat_e7[row] / 1e7), lon.push_back(t.lon_e7[row] / 1e7);
      sog.push_back(knots(t.sog_dkn[row])), cog.push_back(degrees(t.cog_ddeg[row]));
    }
    const auto known = [](const std::vector<float>& of) {
      return [at = of.data()](std::size_t i) { return !std::isnan(at[i]); };
    };
    const auto sog_known = known(sog), cog_known = known(cog);
    return std::move(arrow::Builder()
                         .numbers("mmsi", "I", std::move(mmsi))
                         .numbers("time", "tsm:UTC", std::move(time))
                         .numbers("lat", "g", std::move(lat))
                         .numbers("lon", "g", std::move(lon))
                         .numbers("sog", "f", std::move(sog), sog_known)
                         .numbers("cog", "f", std::move(cog), cog_known))
        .finish();
  }

  std::shared_ptr<const Snapshot> state_;
  std::unique_ptr<const PositionRows> rows_;  // where it lies must not change: the walk refers to it
  Walk walk_;
  bool begun_ = false, ended_ = false;
};

}  // namespace

std::function<std::optional<std::string>()> position_arrow(std::shared_ptr<const Snapshot> state,
                                                           PositionRows rows) {
  auto batches = std::make_shared<Batches>(std::move(state), std::move(rows));
  return [batches] { return batches->next(); };
}

}  // namespace cordon::serve
