// OFAC's CSV: a main file (sdn.csv, cons_prim.csv) of twelve columns without a header, and companions with
// aliases, addresses and overflowing comments. They are joined by uid; which companion belongs to which main
// file is told by the uids they share, never by their names.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_ofac_csv(std::string_view head);        // the main file
bool sniff_ofac_companion(std::string_view head);  // alias, address or comment file

// Dataset "us_ofac_sdn" with ids "ofac-<uid>", or "us_ofac_cons" with ids "ofac-cons-<uid>" where most
// programmes are those of the non-SDN lists: a few parties stand on both under one uid.
base::Result<ListFile> read_ofac_csv(const Input& input);

}  // namespace cordon::lists
