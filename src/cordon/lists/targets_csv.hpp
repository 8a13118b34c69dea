// OpenSanctions' targets.simple.csv: id, schema, name, aliases (;), birth_date, countries (;), addresses,
// identifiers, sanctions, phones, emails, program_ids (newer files), dataset, first_seen, last_seen,
// last_change.
#pragma once
#include <string_view>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

bool sniff_targets_csv(std::string_view head);
// Ids as given. Identifiers carry no kind: those that are IMO numbers, MMSIs or LEIs by form and check digits
// are filed as such, the rest as idNumber (people) or registrationNumber.
base::Result<ListFile> read_targets_csv(const Input& input);

}  // namespace cordon::lists
