// The UK Sanctions List as a sheet, CSV or ODS, and the Treasury's consolidated list in its CSV of 2022: a
// line with the date, a header, then a row for each name of each designation, its other fields repeated.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_uk_csv(std::string_view head);
bool sniff_uk_ods(std::string_view head);
// Ids "gb-dpr0001" from Unique ID, dataset "gb_fcdo"; of the Treasury's list "gb-ofsi-12345" from Group ID,
// dataset "gb_hmt".
base::Result<ListFile> read_uk_csv(const Input& input);
base::Result<ListFile> read_uk_ods(const Input& input);

}  // namespace cordon::lists
