// Places where vessels stayed slow for a while, remembered for some days: what loitering, port calls and
// rendezvous with silent partners are made of.
#pragma once
#include <cstdint>
#include <deque>

#include "cordon/detect/context.hpp"

namespace cordon::detect {

struct Halt {
  VesselId vessel = kNoVessel;
  base::TimeMs begin = 0, end = 0;
  base::LatLon middle;
  std::uint64_t first = 0, last = 0;  // where
  std::uint32_t reports = 0;
  double moored_share = 0, path_m = 0, spread_m = 0;
  bool open = true;
  bool met = false;  // a visible partner was alongside (encounter)
};

class Halts {
 public:
  explicit Halts(Context& context) : context_(context) {}
  // One step of a track, at least five minutes long. A step too fast or too long ends the run.
  void step(VesselId id, Track& track, const Report& from, const Report& to);
  void close(Track& track);
  // Judges the halts that ended long enough ago.
  void advance(base::TimeMs now);
  // Halts that touch [begin, end], oldest first.
  template <class Each>
  void during(base::TimeMs begin, base::TimeMs end, Each&& each) {
    for (Halt& halt : halts_)
      if (halt.begin <= end && halt.end >= begin) each(halt);
  }
  // Tells the halts of this vessel that a partner was there.
  void met(VesselId id, base::TimeMs begin, base::TimeMs end);
  void forget_before(base::TimeMs time);

 private:
  void note(VesselId id, Track& track);
  Context& context_;
  std::deque<Halt> halts_;
  std::deque<std::uint32_t> closed_;  // numbers of halts to be judged, in order of closing
  std::uint32_t dropped_ = 0;         // halts_[i] has number i + dropped_
};

// The two rules that look at one finished halt.
void judge_loitering(Context& context, const Vessel& vessel, const Halt& halt);
void judge_port_call(Context& context, const Vessel& vessel, const Halt& halt);
// Is this port one of those whose calls are reported?
bool watched(const Parameters& parameters, const Port& port);

}  // namespace cordon::detect
