// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3; 2011): four random
// words from a counter and a key, without state. The n-th transfer of week w in year r draws the same numbers
// in every posture, on every thread and in any order: that is what makes the postures comparable.
#pragma once
#include <array>
#include <cstdint>

namespace cordon::posture {

using Words = std::array<std::uint32_t, 4>;

constexpr Words philox(Words counter, std::uint32_t key0, std::uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key0, static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key1, static_cast<std::uint32_t>(a)};
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  return counter;
}

// What the numbers are for: the last word of the counter, so that no two uses share any.
enum class Purpose : std::uint32_t { week_counts, availability, transfer, aftermath, assumptions };

// (0, 1), never 0 nor 1.
constexpr float unit(std::uint32_t word) {
  return (static_cast<float>(word >> 9) + 0.5F) * 0x1p-23F;
}
// One of eight from a block, where one part in 65,536 is fine enough.
constexpr float unit16(const Words& words, std::uint32_t k) {
  return (static_cast<float>(words[k / 2] >> (k % 2 * 16) & 0xFFFF) + 0.5F) * 0x1p-16F;
}
constexpr double unit64(std::uint32_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1p-32;
}

}  // namespace cordon::posture
