// The EU's consolidated financial sanctions file: export/sanctionEntity, almost everything in attributes.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_eu_fsf_xml(std::string_view head);
// Ids "eu-fsf-<logicalId>". Dataset "eu_fsf".
base::Result<ListFile> read_eu_fsf_xml(const Input& input);

}  // namespace cordon::lists
