// The first sheet of an OpenDocument spreadsheet, as rows of text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/result.hpp"

namespace cordon::lists {

// Whether these first bytes are those of an OpenDocument spreadsheet: a ZIP whose first member says so.
bool is_ods(std::string_view head);
// name: for messages. Repeated cells are repeated (a run of empty ones at the end of a row is dropped),
// formulas and dates are read as they are shown. Fails on a broken or encrypted archive and above 256 MiB
// unpacked.
base::Result<std::vector<base::CsvRow>> read_ods(std::string_view bytes, const std::string& name);

}  // namespace cordon::lists
