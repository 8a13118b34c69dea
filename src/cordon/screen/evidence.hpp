// All that speaks for or against two subjects being one, put together. Weights: data/names/evidence.json.
#pragma once
#include "cordon/screen/query.hpp"
#include "cordon/screen/subject.hpp"

namespace cordon::screen {

// Score only. Exact where it is `least` or more; a score below it may come out as anything below it, which
// for most pairs takes no exact comparison of names.
double score(const Subject& query, const Subject& entry, double least = 0.0);
// The exact score with its reasons.
Verdict judge(const Subject& query, const Subject& entry);

}  // namespace cordon::screen
