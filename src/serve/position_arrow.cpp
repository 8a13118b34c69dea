#include <array>
#include <cmath>

#include "serve/arrow_ipc.hpp"
#include "serve/position_walk.hpp"

namespace cordon::serve {
namespace {

constexpr std::array kColumns = {
    ArrowColumn{"mmsi", ArrowType::uint32, false}, ArrowColumn{"time", ArrowType::time_ms, false},
    ArrowColumn{"lat", ArrowType::float64, false}, ArrowColumn{"lon", ArrowType::float64, false},
    ArrowColumn{"sog", ArrowType::float32, true},  ArrowColumn{"cog", ArrowType::float32, true}};

constexpr std::size_t kRows = 1792;  // of a batch: a piece of some 64 KiB

template <class T>
struct Column {
  std::string bytes, present;
  std::int64_t nulls = 0;

  void add(T value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
  // NaN: null.
  void add_known(T value, std::size_t row) {
    if (row % 8 == 0) present += '\0';
    if (std::isnan(value))
      ++nulls;
    else
      present.back() = static_cast<char>(present.back() | 1 << row % 8);
    add(value);
  }
  operator ArrowValues() const {
    return {bytes, nulls == 0 ? std::string_view{} : std::string_view(present), nulls};
  }
};

class Batches {
 public:
  Batches(std::shared_ptr<const Snapshot> state, PositionRows rows)
      : state_(std::move(state)),
        rows_(std::make_unique<PositionRows>(std::move(rows))),
        walk_(state_->positions, *rows_) {}

  std::optional<std::string> next() {
    if (ended_) return std::nullopt;
    std::string out;
    if (!begun_) append_arrow_schema(out, kColumns);
    begun_ = true;
    if (walk_.done()) {
      append_arrow_end(out);
      ended_ = true;
      return out;
    }
    const auto& t = state_->positions;
    Column<std::uint32_t> mmsi;
    Column<std::int64_t> time;
    Column<double> lat, lon;
    Column<float> sog, cog;
    std::size_t rows = 0;
    for (; rows < kRows && !walk_.done(); ++rows, walk_.next()) {
      const std::uint32_t row = walk_.row();
      mmsi.add(t.mmsi[t.vessel[row]]);
      time.add(t.time[row]);
      lat.add(t.lat_e7[row] / 1e7), lon.add(t.lon_e7[row] / 1e7);
      sog.add_known(knots(t.sog_dkn[row]), rows), cog.add_known(degrees(t.cog_ddeg[row]), rows);
    }
    const std::array<ArrowValues, kColumns.size()> values = {mmsi, time, lat, lon, sog, cog};
    append_arrow_batch(out, static_cast<std::int64_t>(rows), values);
    return out;
  }

 private:
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
