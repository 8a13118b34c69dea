// Positions a ship cannot have been at, and numbers that several hulls use at once.
#pragma once
#include <cstdint>
#include <deque>
#include <unordered_set>
#include <vector>

#include "cordon/detect/context.hpp"
#include "cordon/detect/tracks.hpp"

namespace cordon::detect {

class Spoofing {
 public:
  explicit Spoofing(Context& context) : context_(context) {}
  // After every assignment of a report to a track.
  void assigned(VesselId id, const Assigned& assigned, const Report& report) {
    const Track& track = context_.fleet[id].tracks[assigned.track];
    if (track.from_leap || assigned.switched) leapt(id, assigned, report);
  }
  // One step of a track: does its own course and speed explain where it went?
  void step(VesselId id, Track& track, const Report& from, const Report& to, const Offset& way);
  void close(VesselId id, Track& track);
  void advance(base::TimeMs now);
  void finish();

  template <class Archive>
  void archive(Archive& a) {
    a(excursions_, shares_, false_places_);
  }

 private:
  struct Excursion {
    VesselId vessel = kNoVessel;
    Track track;           // as it was when the vessel was back
    Report before, after;  // on the vessel's other track; after.time kNoTime: it never came back
    base::TimeMs due = 0;
  };
  struct Share {
    VesselId vessel = kNoVessel;
    base::TimeMs due = 0, begin = 0, end = 0;
    base::LatLon here, there;
    double apart_m = 0;
    std::uint32_t turns = 0;
    std::uint64_t where[2] = {};
  };
  void leapt(VesselId id, const Assigned& assigned, const Report& report);
  void line(VesselId id, Track& track, const Report& report);
  void close_drift(VesselId id, Track& track);
  void close_line(VesselId id, Track& track);
  void judge(const Excursion& excursion);
  void judge(const Share& share);
  bool lasting(const Track& track) const;

  Context& context_;
  std::deque<Excursion> excursions_;
  std::deque<Share> shares_;
  struct Place {
    VesselId vessel;
    base::TimeMs begin, end;
    base::LatLon at;
  };
  std::deque<Place> false_places_;  // of recent excursions: several ships in one false place
};

}  // namespace cordon::detect
