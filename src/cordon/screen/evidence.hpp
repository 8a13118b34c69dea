// All that speaks for or against two subjects being one, put together. Weights: data/names/evidence.json.
#pragma once
#include <cstddef>
#include <functional>

#include "cordon/screen/query.hpp"
#include "cordon/screen/subject.hpp"

namespace cordon::screen {

// Score only, from those names of the entry (by their place in it) that are wanted.
double score(const Subject& query, const Subject& entry, const std::function<bool(std::size_t)>& wanted);
// The same score with its reasons.
Verdict judge(const Subject& query, const Subject& entry);

}  // namespace cordon::screen
