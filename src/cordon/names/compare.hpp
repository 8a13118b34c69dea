// How well two names fit. The score is a rank between 0 and 1 whose meaning is fixed by
// data/names/weights.json: kMatch and above is a match. It reaches 1 only for names that are the same
// character by character after folding, so that a list of good hits still has an order.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/names/normalise.hpp"

namespace cordon::names {

inline constexpr double kMatch = 0.70;

struct Comparison {
  double score = 0.0;
  // One plain sentence each, most important first: "Given name differs: JONG UN against JONG IL."
  std::vector<std::string> reasons;
  bool match() const { return score >= kMatch; }
};

// Symmetric but for a name cut off by a 20-character field. Does not allocate. Exact where it is `least` or
// more; a score below it may come out as anything below it, which for most pairs takes no exact comparison.
double score(const PreparedName& left, const PreparedName& right, double least = 0.0);
// The exact score, with reasons.
Comparison compare(const PreparedName& left, const PreparedName& right);
Comparison compare(std::string_view left, std::string_view right, Kind kind = Kind::any);

}  // namespace cordon::names
