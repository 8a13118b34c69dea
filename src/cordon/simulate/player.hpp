// Plays a stage: every hull reports when ITU-R M.1371 says so, some of it is heard, and the truth keeps
// count.
#pragma once
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cordon/simulate/scenario.hpp"
#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {

// Seconds between position reports: ITU-R M.1371-5 table 1 (class A) and 2 (class B with carrier sensing),
// without the faster rate while turning.
unsigned report_interval_s(bool class_b, const State& state);

class Player {
 public:
  Player(Stage& stage, const ScenarioOptions& options);
  // Once.
  void run(Listener& listener);
  std::uint64_t positions() const { return positions_; }
  std::uint64_t statics() const { return statics_; }

 private:
  struct Heard {
    std::uint8_t receiver = 0;  // 0 = not heard
    std::uint8_t station = 0;
  };
  void report(std::uint32_t hull, base::TimeMs t, Listener& listener);
  void send_static(Vessel& v, base::TimeMs t, const Heard& heard, Listener& listener);
  void schedule(std::uint32_t hull, std::int64_t second, const State& state);
  Heard hear(Vessel& v, const State& state, base::TimeMs t, std::uint32_t hull, bool& jammed);
  // False where the lie replaces nothing at this time. exact: without the receiver's noise.
  bool lie(const Lie& what, base::TimeMs t, Vessel& v, State& state, bool& exact) const;
  void note_silence(Vessel& v, base::TimeMs t);
  void finish();

  Stage& stage_;
  std::uint64_t seed_;
  unsigned thin_s_;
  std::int64_t first_second_ = 0;
  // A ring of seconds: who reports when. Its size is a power of two above the longest interval.
  std::vector<std::vector<std::uint32_t>> ring_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> hidden_;  // outage, hull -> reports lost
  std::uint64_t positions_ = 0, statics_ = 0;
};

}  // namespace cordon::simulate
