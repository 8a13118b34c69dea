// The rows of an answer one after another, whatever it is written as, and what their numbers mean.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "serve/position_table.hpp"
#include "serve/position_wire.hpp"

namespace cordon::serve {

// NaN where not known.
inline float knots(std::uint16_t dkn) {
  return dkn == model::kSogNone ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(dkn) * 0.1f;
}
inline float degrees(std::uint16_t ddeg) {
  return ddeg >= model::kCogNone ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(ddeg) * 0.1f;
}

// Walks the rows that are sent, from the first or from where it stopped.
class Walk {
 public:
  Walk(const PositionTable& table, const PositionRows& rows) : table_(&table), rows_(&rows) { restart(); }
  void restart() {
    run_ = 0;
    at_ = rows_->runs.empty() ? 0 : rows_->runs.front().begin;
  }
  bool done() const { return run_ == rows_->runs.size(); }
  std::uint32_t row() const { return at_; }
  // Thinning begins anew with each vessel: its first row is always sent.
  void next() {
    const std::uint32_t vessel = table_->vessel[at_];
    const std::size_t its_end = table_->rows_of(vessel).end;
    std::size_t left = rows_->every;
    while (true) {
      const std::size_t stop = std::min<std::size_t>(rows_->runs[run_].end, its_end);
      if (at_ + left < stop) {
        at_ += static_cast<std::uint32_t>(left);
        return;
      }
      left -= stop - at_;
      skip(static_cast<std::uint32_t>(stop - at_));
      if (done() || table_->vessel[at_] != vessel) return;
    }
  }
  // Rows that follow without a break, this one included.
  std::uint32_t straight() const { return rows_->every == 1 ? rows_->runs[run_].end - at_ : 1; }
  void skip(std::uint32_t count) {  // not beyond the run's end
    at_ += count;
    if (at_ == rows_->runs[run_].end && ++run_ < rows_->runs.size()) at_ = rows_->runs[run_].begin;
  }

 private:
  const PositionTable* table_;
  const PositionRows* rows_;
  std::size_t run_ = 0;
  std::uint32_t at_ = 0;
};

}  // namespace cordon::serve
