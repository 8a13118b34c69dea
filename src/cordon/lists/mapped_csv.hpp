// Any CSV with a header, read by a small mapping file beside it: list.csv and list.csv.map. Each line of the
// mapping names a property and where it comes from:
//
//   # our own watch list
//   dataset  = "acme_watch"       quoted: the same for every row
//   version  = "2026-11-01"
//   schema   = "Vessel"           or a column, with FtM schema names in it
//   id       = Reference          unquoted: a column
//   name     = Ship name
//   imoNumber = IMO
//   birthDate, listingDate, buildDate ... are read as dates; country, nationality, flag ... as countries.
//
// Cells may hold several values separated by ';'.
#pragma once
#include <filesystem>
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

// The mapping file of a list: its path with ".map" added.
std::filesystem::path mapping_of(const std::filesystem::path& list);
// mapping: the text of the mapping file; mapping_name: for messages. Ids "<dataset>-<id>", from name and row
// where no id is mapped.
base::Result<ListFile> read_mapped_csv(const Input& input, std::string_view mapping,
                                       std::string_view mapping_name);

}  // namespace cordon::lists
