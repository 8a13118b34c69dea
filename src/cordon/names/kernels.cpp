#include "cordon/names/kernels.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace cordon::names {
namespace {

std::string_view head(std::string_view text) {
  return text.substr(0, kWord);
}

thread_local Pattern pattern;  // cleared after every use

std::uint64_t low_bits(std::size_t n) {
  return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

}  // namespace

void Pattern::set(std::string_view text) {
  std::uint64_t bit = 1;
  for (const char c : text) {
    at_[static_cast<unsigned char>(c)] |= bit;
    bit <<= 1;
  }
}

void Pattern::clear(std::string_view text) {
  for (const char c : text) at_[static_cast<unsigned char>(c)] = 0;
}

std::uint64_t letter_set(std::string_view text) {
  std::uint64_t set = 0;
  for (const char c : text) {
    const int bit = c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? 26 + (c - '0') : 36;
    set |= std::uint64_t{1} << bit;
  }
  return set;
}

int osa(std::string_view a, std::string_view b) {
  a = head(a), b = head(b);
  if (a.empty()) return static_cast<int>(b.size());
  // Column-wise: bit i of vp (vn) says that cell i+1 is one more (less) than cell i of the matrix column.
  std::uint64_t vp = ~std::uint64_t{0}, vn = 0, d0 = 0, match_before = 0;
  const std::uint64_t last = std::uint64_t{1} << (a.size() - 1);
  int distance = static_cast<int>(a.size());
  pattern.set(a);
  for (const char c : b) {
    const std::uint64_t match = pattern[c];
    const std::uint64_t swap = (((~d0) & match) << 1) & match_before;
    d0 = (((match & vp) + vp) ^ vp) | match | vn | swap;
    std::uint64_t hp = vn | ~(d0 | vp);
    std::uint64_t hn = d0 & vp;
    distance += (hp & last) != 0;
    distance -= (hn & last) != 0;
    hp = (hp << 1) | 1;
    hn <<= 1;
    vp = hn | ~(d0 | hp);
    vn = hp & d0;
    match_before = match;
  }
  pattern.clear(a);
  return distance;
}

int indel(std::string_view a, std::string_view b) {
  a = head(a), b = head(b);
  pattern.set(a);
  std::uint64_t s = ~std::uint64_t{0};  // zeros mark the letters of a used by the common subsequence so far
  for (const char c : b) {
    const std::uint64_t u = s & pattern[c];
    s = (s + u) | (s - u);
  }
  pattern.clear(a);
  const int common = std::popcount(~s & low_bits(a.size()));
  return static_cast<int>(a.size() + b.size()) - 2 * common;
}

double jaro_winkler(std::string_view a, std::string_view b) {
  a = head(a), b = head(b);
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1.0 : 0.0;
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t reach = longest / 2 == 0 ? 0 : longest / 2 - 1;
  pattern.set(a);
  // Greedy as Jaro defined it: each letter of b takes the first free equal letter of a within reach.
  std::uint64_t taken_a = 0, taken_b = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const std::uint64_t window = low_bits(j + reach + 1) & ~(j > reach ? low_bits(j - reach) : 0);
    const std::uint64_t free = pattern[b[j]] & window & ~taken_a;
    taken_a |= free & (~free + 1);
    taken_b |= static_cast<std::uint64_t>(free != 0) << j;
  }
  pattern.clear(a);
  const int common = std::popcount(taken_a);
  if (common == 0) return 0.0;
  int out_of_order = 0;
  for (std::uint64_t ra = taken_a, rb = taken_b; ra != 0; ra &= ra - 1, rb &= rb - 1)
    out_of_order += a[static_cast<std::size_t>(std::countr_zero(ra))] !=
                    b[static_cast<std::size_t>(std::countr_zero(rb))];
  const double m = common;
  double score =
      (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - out_of_order / 2) / m) /
      3.0;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
  score += static_cast<double>(prefix) * 0.1 * (1.0 - score);
  return score;
}

}  // namespace cordon::names
