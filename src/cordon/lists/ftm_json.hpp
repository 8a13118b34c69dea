// FollowTheMoney entities, one JSON object a line: OpenSanctions' entities.ftm.json, and what `cordon lists
// show` itself writes ("source" with file, record and version is taken over).
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_ftm_json(std::string_view head);
// Ids as given. Parties keep every property; ownership and other edges are kept as they are. Sanction,
// Identification and Passport objects are folded into the party they speak of. Objects of other schemas are
// counted. Read as a stream: the size of the file does not matter, only what is kept of it.
base::Result<ListFile> read_ftm_json(const Input& input);

}  // namespace cordon::lists
