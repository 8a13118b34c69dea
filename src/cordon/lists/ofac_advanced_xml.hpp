// OFAC's advanced XML (sdn_advanced.xml, cons_advanced.xml): Sanctions > reference values, locations,
// documents, profiles, entries and relationships, tied together by numeric ids.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_ofac_advanced_xml(std::string_view head);
// Ids as in the CSV (a profile's id is the uid). Relationships between profiles become linkedTo, with the
// name of the other party. Dataset "us_ofac_sdn" or "us_ofac_cons".
base::Result<ListFile> read_ofac_advanced_xml(const Input& input);

}  // namespace cordon::lists
