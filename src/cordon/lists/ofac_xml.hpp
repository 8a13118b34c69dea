// OFAC's sdnList XML (sdn.xml, consolidated.xml). The namespace changes between releases: names are local.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_ofac_xml(std::string_view head);
// Ids as in the CSV. Dataset "us_ofac_sdn" or "us_ofac_cons".
base::Result<ListFile> read_ofac_xml(const Input& input);

}  // namespace cordon::lists
