// The UN 1718 Committee's Designated Vessels List as a sheet: vessel_name, imo_number, designated_owner,
// mmsi, flag, call_sign, other_information, type, date_of_designation, and a column for each measure that may
// apply.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_un_vessels_csv(std::string_view head);
// Ids "un-1718-imo<number>", from the name where there is no number. `measure` takes the heads of the measure
// columns that apply ("NA" says that one does not). Dataset "un_1718_vessels".
base::Result<ListFile> read_un_vessels_csv(const Input& input);

}  // namespace cordon::lists
