// Puts rows into the order of event time. Archives come sorted by day and vessel, feeds come a little late,
// and clocks jump; what follows sees slices of time, one after the other, each sorted.
//
// Policy. A slice is given out when the feed's clock (its high water) has passed its end by the lateness, and
// for daily archives by a day more: their days may be those of any time zone. Rows for a slice already given
// out are counted as "late" and dropped. A row more than `clock_jump_h` away from the clock does not move it,
// unless a hundred such rows follow one another (the feed really jumped, or the first clock was wrong); rows
// that stay beyond the clock by that much at the end of the feed are counted as "clock" and dropped.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "cordon/base/tally.hpp"
#include "cordon/detect/parameters.hpp"
#include "cordon/model/position.hpp"

namespace cordon::detect {

inline constexpr base::TimeMs kSlice = 10 * base::kMinute;

struct Slice {
  base::TimeMs begin = 0;  // a multiple of kSlice; rows in [begin, begin + kSlice)
  // Positions came in order of time; and so did those of one time by MMSI, each once: nothing to sort.
  bool by_time = true, in_order = true;
  std::vector<model::Position> positions;    // sorted by time, MMSI, where; exact repetitions removed
  std::vector<model::VesselStatic> statics;  // likewise
  template <class Archive>
  void archive(Archive& a) {
    a(begin, by_time, in_order, positions, statics);
  }
};

class Sequencer {
 public:
  using Sink = std::function<void(Slice&)>;
  Sequencer(const Parameters& parameters, Sink sink);
  void push(const model::FeedBatch& batch);
  // No row before `time` comes any more: what waits for such is given out now, up to the slice that holds it.
  void settled(base::TimeMs time);
  void finish();
  const base::Tally& dropped() const { return dropped_; }

  template <class Archive>
  void archive(Archive& a) {
    a(order_, slices_, clock_, stray_, released_, due_, strays_, seen_, backward_, decided_, dropped_);
    last_ = nullptr;
  }

 private:
  void add(const model::VesselStatic& row);
  void add(const model::PositionColumns& columns, std::size_t row);
  Slice* place(base::TimeMs time, std::uint64_t where);
  void observe(base::TimeMs time);
  void decide();
  void release();
  void emit_before(base::TimeMs limit);
  void sort(Slice& slice);
  void sort(std::vector<model::VesselStatic>& rows);

  Order order_;
  base::TimeMs lateness_, jump_;
  Sink sink_;
  std::map<base::TimeMs, Slice> slices_;
  std::vector<std::vector<model::Position>> spare_;  // emptied buffers, to be used again
  std::vector<model::Position> sorted_;
  std::vector<model::VesselStatic> sorted_statics_;
  std::vector<std::uint32_t> starts_;
  Slice* last_ = nullptr;
  base::TimeMs clock_ = base::kNoTime, stray_ = base::kNoTime, released_ = base::kNoTime;
  base::TimeMs due_ = base::kNoTime;  // nothing can be given out before the clock gets here
  std::uint64_t strays_ = 0, seen_ = 0, backward_ = 0;
  bool decided_ = false;
  base::Tally dropped_;
};

}  // namespace cordon::detect
