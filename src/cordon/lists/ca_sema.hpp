// Canada's Consolidated Autonomous Sanctions List: data-set/record with flat, mostly optional elements.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_ca_sema(std::string_view head);
// Ids "ca-sema-<country>-<schedule>-<item>". `Country` is the regulations' country, not the person's: it
// becomes the programme. Dataset "ca_sema".
base::Result<ListFile> read_ca_sema(const Input& input);

}  // namespace cordon::lists
