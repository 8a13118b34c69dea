// How a hull moves: a voyage is a chain of legs, each a closed form of time, so a place at any moment costs
// no integration and no memory of the track.
#pragma once
#include <cstdint>
#include <vector>

#include "cordon/base/time.hpp"

namespace cordon::simulate {

// Degrees; inside the theatre no longitude wraps.
struct Spot {
  double lat = 0, lon = 0;
};
double metres(const Spot& a, const Spot& b);   // flat, middle latitude: 0.3 % at 200 km here
double bearing(const Spot& a, const Spot& b);  // degrees, on the chart's straight line
Spot moved(const Spot& from, double east_m, double north_m);
Spot moved_towards(const Spot& from, double bearing_deg, double distance_m);

struct State {
  Spot at;
  double sog_kn = 0, cog_deg = 0, heading_deg = 0;
  std::uint8_t nav_status = 0;
};

enum class LegKind : std::uint8_t { sail, moored, anchored, drift, fish };

struct Leg {
  LegKind kind = LegKind::moored;
  std::uint8_t nav_status = 0;
  base::TimeMs start = 0, end = 0;
  // sail: the way and the metres from its beginning to each point.
  std::vector<Spot> path;
  std::vector<float> along_m;
  // The others: about a centre that may itself drift.
  Spot centre;
  double course_deg = 0, speed_kn = 0;           // of the drift
  double size_m = 0;                             // swing, wander or trawl box
  double phase = 0;                              // radians
  double offset_east_m = 0, offset_north_m = 0;  // beside a partner on the same leg
};

Leg sail(base::TimeMs start, std::vector<Spot> path, double speed_kn);
Leg stay(LegKind kind, base::TimeMs start, base::TimeMs end, const Spot& at);

// The state at a time inside the leg (before: at its start; after: at its end). cursor: the caller's memory
// of the path segment, 0 on a new leg; time moves forward between calls, or cursor is reset.
State state_at(const Leg& leg, base::TimeMs time, std::uint32_t& cursor);

}  // namespace cordon::simulate
