// Places where vessels stayed slow for a while, remembered for some days: what loitering, port calls and
// rendezvous with silent partners are made of.
#pragma once
#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "cordon/detect/context.hpp"

namespace cordon::detect {

struct Halt {
  std::uint64_t number = 0;  // in order of becoming noteworthy, from 1; 0 = no halt lies here
  VesselId vessel = kNoVessel;
  std::uint32_t cell = 0;
  base::TimeMs begin = 0, end = 0;
  base::LatLon middle;
  std::uint64_t first = 0, last = 0;  // where
  std::uint32_t reports = 0;
  double moored_share = 0, path_m = 0, spread_m = 0;
  bool judged = false;
  bool met = false;  // a visible partner was alongside (encounter)
};

class Halts {
 public:
  explicit Halts(Context& context) : context_(context) {}
  // One step of a track, at least five minutes long. A step too fast or too long ends the run.
  void step(VesselId id, Track& track, const Report& from, const Report& to, const Offset& way);
  // Judges the halts that ended long enough ago, and forgets those that ended before `keep`.
  void tidy(base::TimeMs now, base::TimeMs keep);
  // Halts that touch [begin, end] and whose middle lies within a distance of a place, oldest first.
  template <class Each>
  void during(base::TimeMs begin, base::TimeMs end, const base::LatLon& place, double reach_m, Each&& each) {
    near_.clear();
    collect(place, reach_m);
    std::erase_if(near_, [&](const auto& one) {
      const Halt& halt = halts_[one.second];
      return halt.begin > end || halt.end < begin || !near_within(halt.middle, place, reach_m);
    });
    std::sort(near_.begin(), near_.end());
    // A copy: the callee may ask again.
    const auto found = near_;
    for (const auto& [number, slot] : found) each(halts_[slot]);
  }

  template <class Archive>
  void archive(Archive& a) {
    a(halts_, free_, cells_, numbered_);
  }

 private:
  void note(VesselId id, Track& track);
  void file(std::uint32_t slot);
  void unfile(std::uint32_t slot);
  void collect(const base::LatLon& place, double reach_m);

  Context& context_;
  std::vector<Halt> halts_;
  std::vector<std::uint32_t> free_;  // places in halts_ to be used again
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> cells_;
  std::uint64_t numbered_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> near_;  // number, place in halts_
};

// The two rules that look at one finished halt.
void judge_loitering(Context& context, const Vessel& vessel, const Halt& halt);
void judge_port_call(Context& context, const Vessel& vessel, const Halt& halt);
// Is this port one of those whose calls are reported?
bool watched(const Parameters& parameters, const Port& port);

}  // namespace cordon::detect
