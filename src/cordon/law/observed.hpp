// From what was seen at sea, or is known of a vessel, to the facts that law::check understands. The watch
// room fills an Observation; the fact names it sets are documented in docs/law.md.
#pragma once
#include <string>
#include <vector>

#include "cordon/law/facts.hpp"

namespace cordon::law {

struct Observation {
  // Identity and status of the vessel.
  bool listed = false;  // on the 1718 Designated Vessels List or named in a UN listing
  std::vector<std::string>
      listed_measures;                // any of "asset freeze", "port ban", "deflag"; empty = not stated
  bool owned_by_listed = false;       // owned by a designated party, directly or through others
  bool controlled_by_listed = false;  // controlled by, or acting for, a designated party
  bool dprk_controlled = false;       // owned, controlled or operated by the DPRK
  std::string flag;                   // any spelling or ISO code; empty = not known

  // Behaviour.
  bool ship_to_ship = false;
  std::string other_flag;                   // flag of the other vessel in the transfer
  bool other_unidentified = false;          // the other vessel was dark or is not known
  bool onward_to_dprk = false;              // one of them then went, or is believed to have gone, to the DPRK
  bool dprk_port_call = false;              // called at a DPRK port
  bool ais_disabled = false;                // a gap in reporting that reception does not explain
  bool identity_falsified = false;          // false name, number, flag or position
  bool from_dprk = false, to_dprk = false;  // direction of the cargo where known
  std::string cargo;                        // free text or HS code; empty = not known

  // Where the vessel is now: "port", "territorial_waters", "high_seas"; empty = not known.
  std::string location;
};

// activity = "observe": check() then returns every measure that applies, with what the State may or must do.
Facts facts_for(const Observation& observation);

}  // namespace cordon::law
