#include "cordon/law/observed.hpp"

namespace cordon::law {

Facts facts_for(const Observation& seen) {
  Facts facts;
  // A transfer is a question of its own; everything else is asked of the vessel as seen.
  facts.set("activity",
            seen.ship_to_ship ? Value(std::vector<std::string>{"observe", "sts"}) : Value("observe"));
  const auto flag = [&](const char* name, bool value) {
    if (value) facts.set(name, Value(true));
  };
  flag("vessel_listed", seen.listed);
  if (!seen.listed_measures.empty()) facts.set("designation", Value(seen.listed_measures));
  flag("owned_by_designated", seen.owned_by_listed);
  flag("controlled_by_designated", seen.controlled_by_listed);
  flag("dprk_controlled", seen.dprk_controlled);
  std::vector<std::string> flags;
  if (!seen.flag.empty()) flags.push_back(seen.flag);
  if (!seen.other_flag.empty()) flags.push_back(seen.other_flag);
  if (!flags.empty()) facts.set("flag", Value(flags));
  flag("flag_unknown", seen.ship_to_ship && seen.other_unidentified);
  flag("onward_to_dprk", seen.onward_to_dprk);
  flag("dprk_port_call", seen.dprk_port_call);
  flag("ais_disabled", seen.ais_disabled);
  flag("identity_falsified", seen.identity_falsified);
  if (seen.to_dprk || seen.from_dprk) {
    std::vector<std::string> directions;
    if (seen.to_dprk) directions.emplace_back("to_dprk");
    if (seen.from_dprk) directions.emplace_back("from_dprk");
    facts.set("direction", Value(directions));
  }
  if (!seen.cargo.empty()) {
    const bool code = seen.cargo.find_first_not_of("0123456789.") == std::string::npos;
    facts.set(code ? "hs" : "goods", Value(seen.cargo));
  }
  if (!seen.location.empty()) facts.set("location", Value(seen.location));
  return facts;
}

}  // namespace cordon::law
