// A hull of the scenario: who it says it is, where it goes, when it is silent, and how it lies.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/simulate/motion.hpp"
#include "cordon/simulate/random.hpp"

namespace cordon::simulate {

enum class Trade : std::uint8_t {
  cargo,
  bulk,
  container,
  tanker,
  fishing,
  fish_carrier,
  passenger,
  tug,
  barge,
  bunker,
  pilot,
  net_buoy,
};

// As broadcast. The flag is the register's; the MMSI usually agrees with it.
struct Identity {
  std::uint32_t mmsi = 0, imo = 0;
  std::string name, callsign, flag;  // flag: upper ISO 3166 alpha-2
  std::uint8_t ship_type = 0;
  std::uint16_t length_m = 0, beam_m = 0, draught_dm = 0;
};

// What a hull does when its script is over.
enum class Habit : std::uint8_t { trade, fish, ferry, harbour, nothing };

struct Interval {
  base::TimeMs start = 0, end = 0;
  bool holds(base::TimeMs t) const { return t >= start && t < end; }
};

enum class LieKind : std::uint8_t { offset, offset_ramp, circle, jump, on_land, straight, glitch, typo };

// A false report: what is sent between two times instead of the truth.
struct Lie {
  LieKind kind{};
  Interval when;
  double east_m = 0, north_m = 0;  // offset
  Spot at, to;                     // centre of a circle, place ashore, ends of a straight line
};

// An event of the truth in which what is heard of this hull counts.
struct Watched {
  std::uint32_t event = 0;
  Interval when;
};

struct Vessel {
  Random random;  // of what it does
  Random noise;   // of how it is heard: apart, so that two transceivers of one hull sail the same way
  Trade trade = Trade::cargo;
  Habit habit = Habit::trade;
  bool class_b = false;
  Identity identity;
  Identity second;  // from switch_at on
  base::TimeMs switch_at = INT64_MAX;
  std::string typo_name;  // sent while a LieKind::typo holds
  double speed_kn = 11;
  std::size_t at_hub = 0, other_hub = 0;
  std::vector<Leg> legs;  // those still ahead; front() is the present one
  std::uint32_t cursor = 0;
  std::vector<Interval> silences;
  std::vector<Lie> lies;
  std::vector<Watched> watched;
  base::TimeMs next_static = 0;
  base::TimeMs last_heard = 0;

  const Identity& identity_at(base::TimeMs t) const { return t < switch_at ? identity : second; }
  bool silent(base::TimeMs t) const {
    for (const Interval& i : silences) {
      if (i.holds(t)) return true;
    }
    return false;
  }
};

// The state of a hull at a time within its present legs, without moving it on.
State look_ahead(const Vessel& vessel, base::TimeMs t);

}  // namespace cordon::simulate
