// Why two records are, or are not, taken for one: the evidence as a waterfall, in bits. n bits for = 2^n
// times likelier if they are one than if they are two.
#pragma once
#include <string>
#include <vector>

#include "cordon/resolve/resolver.hpp"

namespace cordon::resolve {

struct Step {
  std::string field;        // "start" for the odds before any evidence
  std::string left, right;  // values as printed in the records
  double bits = 0;          // of this step; log10 = bits * 0.30103
  double total = 0;         // after this step
  std::string because;      // one plain sentence
};

struct Explanation {
  std::string left, right;  // record ids
  std::vector<Step> steps;  // the start, then fields by weight, for and against
  double bits = 0;          // sum
  double probability = 0;   // of being one, from the sum
  bool together = false;    // whether they stand in one cluster
  std::string verdict;      // one sentence: joined directly, through others (named), by decision, kept apart
};

}  // namespace cordon::resolve
