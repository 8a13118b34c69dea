// The slow, obvious twin of the batch: every pair of records is weighed, and the two groups with the best
// average evidence are joined, from nothing but the pairs' weights each time, until no average is for
// joining.
#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"

namespace cordon::resolve::reference {

// Groups of records, each ascending, ordered by their first. Ids must be distinct.
inline std::vector<std::vector<RecordId>> clusters(const Resolver& resolver) {
  constexpr double kLoudest = 20;
  const std::size_t n = resolver.size();
  std::vector<std::vector<double>> weight(n, std::vector<double>(n, 0));
  for (RecordId a = 0; a < n; ++a)
    for (RecordId b = 0; b < n; ++b)
      if (a != b)
        weight[a][b] = std::clamp(resolver.explain(resolver.table().id(a), resolver.table().id(b))->bits,
                                  -kLoudest, kLoudest);
  std::vector<std::vector<RecordId>> groups;
  for (RecordId a = 0; a < n; ++a) groups.push_back({a});
  for (;;) {
    double best = 0;
    std::size_t into = 0, from = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        double sum = 0;
        for (const RecordId a : groups[i])
          for (const RecordId b : groups[j]) sum += weight[a][b];
        const double average = sum / static_cast<double>(groups[i].size() * groups[j].size());
        if (average > best) best = average, into = i, from = j;
      }
    if (best <= 0) break;
    groups[into].insert(groups[into].end(), groups[from].begin(), groups[from].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(from));
  }
  for (auto& group : groups) std::sort(group.begin(), group.end());
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace cordon::resolve::reference
