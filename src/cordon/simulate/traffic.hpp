// What hulls do of themselves, leg after leg: trade between ports, wait at anchor, fish, run a ferry line.
#pragma once
#include "cordon/simulate/shipyard.hpp"
#include "cordon/simulate/vessel.hpp"
#include "cordon/simulate/waters.hpp"

namespace cordon::simulate {

// Appends the next leg by the hull's habit, from where the last one ends. A hull always has a leg before
// this.
void extend(Vessel& vessel, const Waters& waters);
// Drops legs that are over and extends until the present leg holds `t`.
void advance(Vessel& vessel, const Waters& waters, base::TimeMs t);
// Puts a hull somewhere in its habit at a time, as if it had always been there.
void settle(Vessel& vessel, const Waters& waters, base::TimeMs start);
// A random hull of the usual mix of the theatre.
Trade usual_trade(Random& random);
// Where the leg ends.
Spot end_of(const Leg& leg);
// A spot where ships wait for the hub: navigable, off its gate.
Spot anchorage(const Waters& waters, std::size_t hub, Random& random);
// A berth of the hub.
Spot berth(const Waters& waters, std::size_t hub, Random& random);
// The way with its turns shifted to one side, so that a lane is not a line; left alone where land is near.
std::vector<Spot> spread(const Waters& waters, std::vector<Spot> way, Random& random);

}  // namespace cordon::simulate
