// Sorting many whole numbers by some of their bits: byte by byte, stable.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cordon::resolve {

// Orders by bits [low, high); equal ones keep their order. scratch is overwritten.
inline void radix_sort(std::vector<std::uint64_t>& items, std::vector<std::uint64_t>& scratch, int low,
                       int high) {
  constexpr int kDigit = 11;
  if (items.size() < 256) {
    const std::uint64_t mask = high >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << high) - 1;
    std::stable_sort(items.begin(), items.end(),
                     [&](std::uint64_t a, std::uint64_t b) { return (a & mask) >> low < (b & mask) >> low; });
    return;
  }
  scratch.resize(items.size());
  for (int shift = low; shift < high; shift += kDigit) {
    const int width = std::min(kDigit, high - shift);
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    std::array<std::size_t, std::size_t{1} << kDigit> start{};
    for (const std::uint64_t item : items) ++start[item >> shift & mask];
    std::size_t sum = 0;
    for (std::size_t& one : start) sum += std::exchange(one, sum);
    for (const std::uint64_t item : items) scratch[start[item >> shift & mask]++] = item;
    items.swap(scratch);
  }
}

}  // namespace cordon::resolve
