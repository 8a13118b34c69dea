// All that speaks for or against two subjects being one, put together. Weights: data/names/evidence.json.
#pragma once
#include "cordon/screen/query.hpp"
#include "cordon/screen/subject.hpp"

namespace cordon::screen {

// Score only; does not allocate.
double score(const Subject& query, const Subject& entry);
// The same score with its reasons.
Verdict judge(const Subject& query, const Subject& entry);

}  // namespace cordon::screen
