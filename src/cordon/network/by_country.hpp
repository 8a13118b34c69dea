// In which countries those sit who own a party in the end, on a day. No rule's test: shares are multiplied up
// the chains until an owner of whom no owner is known.
#pragma once
#include <string>
#include <vector>

#include "cordon/network/graph.hpp"

namespace cordon::network {

struct CountryShare {
  std::string country;                  // lower ISO 3166 alpha-2; "" = not known, or owners nobody stated
  double share_min = 0, share_max = 0;  // percent
};
// Largest first. What is owned in a ring, or further up than 64 steps, counts as not known. Edges that are
// withdrawn, set aside or denied do not count; alleged ones and those whose dates are too coarse count for
// the upper bound only.
std::vector<CountryShare> ownership_by_country(const Graph& graph, NodeId node, const base::Date& as_of);

}  // namespace cordon::network
