// String distances on short byte strings, one machine word wide. Each has a slow, obvious twin in
// kernels_reference.hpp that the tests and the fuzzer compare it with.
//   osa      edits: insert, delete, replace, swap of neighbours (Hyyrö 2003: Myers' bit vectors with
//   transposition) indel    insert and delete only, from the longest common subsequence (Hyyrö 2004)
//   jaro_winkler   similarity 0..1 (Winkler 1990: prefix scale 0.1, up to 4 letters)
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::names {

inline constexpr std::size_t kWord = 64;  // longer strings are compared on their first 64 bytes

// For each byte the positions at which it stands in a string. Reused: clear() undoes set() in as many steps.
class Pattern {
 public:
  void set(std::string_view text);
  void clear(std::string_view text);
  std::uint64_t operator[](char c) const { return at_[static_cast<unsigned char>(c)]; }

 private:
  std::array<std::uint64_t, 256> at_{};
};

// Bit c is set where letter a..z (bits 0..25) or digit 0..9 (26..35) occurs; every other byte shares bit 36.
std::uint64_t letter_set(std::string_view text);
// One edit does away with at most one letter that only a has, and with one that only b has: this never
// exceeds osa().
inline int distance_floor(std::uint64_t a, std::uint64_t b) {
  return std::max(std::popcount(a & ~b), std::popcount(b & ~a));
}

int osa(std::string_view a, std::string_view b);
int indel(std::string_view a, std::string_view b);
double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace cordon::names
