// The same distances by their definitions, cell by cell. Oracles for tests and fuzzing; never used elsewhere.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace cordon::names::reference {

inline int osa(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

inline int indel(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j)
      d[i][j] = i == 0 || j == 0       ? static_cast<int>(i + j)
                : a[i - 1] == b[j - 1] ? d[i - 1][j - 1]
                                       : std::min(d[i - 1][j], d[i][j - 1]) + 1;
  return d[a.size()][b.size()];
}

inline double jaro_winkler(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1.0 : 0.0;
  const std::size_t half = std::max(a.size(), b.size()) / 2, reach = half == 0 ? 0 : half - 1;
  std::vector<bool> used(a.size());
  std::vector<char> in_a, in_b;
  for (std::size_t j = 0; j < b.size(); ++j)
    for (std::size_t i = j > reach ? j - reach : 0; i < std::min(a.size(), j + reach + 1); ++i)
      if (!used[i] && a[i] == b[j]) {
        used[i] = true;
        in_b.push_back(b[j]);
        break;
      }
  for (std::size_t i = 0; i < a.size(); ++i)
    if (used[i]) in_a.push_back(a[i]);
  if (in_a.empty()) return 0.0;
  int out_of_order = 0;
  for (std::size_t i = 0; i < in_a.size(); ++i) out_of_order += in_a[i] != in_b[i];
  const double m = static_cast<double>(in_a.size());
  double score =
      (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - out_of_order / 2) / m) /
      3.0;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
  return score + static_cast<double>(prefix) * 0.1 * (1.0 - score);
}

}  // namespace cordon::names::reference
