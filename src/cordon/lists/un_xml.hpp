// The UN Security Council consolidated list: CONSOLIDATED_LIST > INDIVIDUALS/INDIVIDUAL, ENTITIES/ENTITY.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_un_xml(std::string_view head);
// Ids "un-kpi.001" from the reference number, "un-<dataid>" where there is none. Dataset "un_sc".
base::Result<ListFile> read_un_xml(const Input& input);

}  // namespace cordon::lists
