// The UK Sanctions List: Designations/Designation, with nested groups whose plural wrappers differ between
// releases. Leaves are therefore found by their own names, wherever in the designation they stand.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_uk_xml(std::string_view head);
// Ids "gb-dpr0001" from UniqueID. Dataset "gb_fcdo".
base::Result<ListFile> read_uk_xml(const Input& input);

}  // namespace cordon::lists
