// The US Bureau of Industry and Security's Denied Persons List: tab separated, quoted, with a header.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_bis_dpl(std::string_view head);
// Ids "bis-dpl-<name>-<effective date>". People and organisations are not told apart: schema LegalEntity,
// Company where the name has a company form. Dataset "us_bis_dpl".
base::Result<ListFile> read_bis_dpl(const Input& input);

}  // namespace cordon::lists
