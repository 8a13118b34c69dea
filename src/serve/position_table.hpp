// The positions of the feeds in columns, in the order the page and the exports want them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::serve {

// Every position of the feeds that has a time and a place, sorted by vessel (in rising MMSI), then time.
struct PositionTable {
  std::vector<base::TimeMs> time;
  std::vector<std::int32_t> lat_e7, lon_e7;
  std::vector<std::uint16_t> sog_dkn, cog_ddeg;  // model::kSogNone, model::kCogNone = unknown
  std::vector<std::uint32_t> vessel;             // index into mmsi
  std::vector<std::uint32_t> mmsi, first_row;    // per vessel; its rows end where the next one's begin
  std::uint64_t dropped = 0;                     // beyond the limit, not kept

  std::size_t size() const { return time.size(); }
  struct Rows {
    std::size_t begin = 0, end = 0;
  };
  Rows rows_of(std::uint32_t index) const;
  Rows rows_of_mmsi(std::uint32_t number) const;  // empty for one never heard
};

// Takes batches in the order of the feeds.
class PositionCollector {
 public:
  explicit PositionCollector(std::size_t most) : most_(most) {}
  void push(const model::FeedBatch& batch);
  // Equal times keep the order of the feeds.
  PositionTable finish();

 private:
  PositionTable rows_;  // vessel holds the MMSI until finish()
  std::size_t most_;
};

}  // namespace cordon::serve
