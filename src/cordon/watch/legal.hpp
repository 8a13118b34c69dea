// The measures a dossier triggers: each situation found is put to the law as facts at its own date, for each
// jurisdiction.
#pragma once
#include <span>
#include <string>

#include "cordon/base/time.hpp"
#include "cordon/law/law.hpp"
#include "cordon/watch/dossier.hpp"

namespace cordon::watch {

// Fills dossier.law. as_of: the date for what is a state and no event (a listing, ownership, a flag).
void apply_law(Dossier& dossier, const law::LawBook& book, const base::Date& as_of,
               std::span<const std::string> jurisdictions);

}  // namespace cordon::watch
