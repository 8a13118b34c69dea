// Official lists in, entities out. The format of a file is found in its content, never in its name. Every
// record of a file becomes an entity or is counted, with the reason, in `rejects`; a file that is broken as a
// whole (truncated, not a list, too large) is an error and yields nothing.
//
// Entities carry FollowTheMoney property names. Beyond model/entity.hpp the readers set, where the list says
// it:
//   program       the publisher's own words: "DPRK2", "EU-PRK", UN list type "DPRK"
//   regime        "dprk" when the entity is listed under a DPRK programme; nothing otherwise
//   riskRegime    "dprk" when a US entry warns of sanctions under the North Korea regulations
//   sanctionsRisk what a US entry says of secondary sanctions, in its words
//   linkedTo      names the entry is "Linked To" (OFAC): owners, controllers, principals
//   owner         names of a vessel's owners as the list prints them
//   authority     "UN" or "EU": who designated a party of Regulation (EU) 2017/1509
//   reason        the statement of reasons (EU)
//   countryText   a country as printed, where it is not recognised; `country` is ISO 3166 alpha-2, lower case
// Dataset names start with the jurisdiction: un_ us_ eu_ ca_ gb_ ; docs/lists.md has the table.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/lists/diff.hpp"
#include "cordon/lists/list_file.hpp"

namespace cordon::lists {

// One list. OFAC's CSV comes in parts: the main file (sdn.csv, cons_prim.csv) is read together with the
// alias, address and comment files that lie beside it and share its uids; its folder may be given instead.
base::Result<ListFile> read_list(const std::filesystem::path& path);

struct ListSet {
  std::vector<ListFile> files;
  base::Tally skipped;  // files found in a folder that are not lists, by reason
};

// Files and folders (searched through and through, names sorted, read in parallel); ids are unique in the
// whole set. A named file that is no list is an error; in a folder it is skipped and counted, and of several
// versions of one list found in folders only the newest is kept: an older one may hold names since removed.
base::Result<ListSet> read_lists(std::span<const std::filesystem::path> paths);

// The DPRK designations shipped with the program (data/lists/): UN, EU Regulation 2017/1509 and US entries.
// Each entity names its own dataset and version; the file's dataset is kEmbeddedDataset.
base::Result<ListFile> read_embedded();

}  // namespace cordon::lists
