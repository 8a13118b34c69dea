// The words of one name laid against those of another, each used once; words written apart in one and
// together in the other count as one.
#pragma once
#include <array>
#include <cstdint>

#include "cordon/names/forms.hpp"

namespace cordon::names {

inline constexpr std::size_t kMostWords = 24;

struct WordPair {
  std::uint8_t a, a_count, b, b_count;  // runs of words from the alternative's first
  float similarity;
};

struct Alignment {
  std::array<WordPair, kMostWords> pairs;  // the first `size`; the rest has no values
  std::size_t size = 0;
  std::array<bool, kMostWords> a_used{}, b_used{};
  bool initials_only = true;  // nothing longer than an initial agrees
  int words = 0;              // pairs of whole words
};

// organisation: concepts are equal by meaning, and words are also compared by sound.
void align(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           bool organisation, Alignment& out);

// How alike the words without a counterpart are, 0..1: al-Ani is nearer to al-Rawi than al-Dulaimi is.
float closeness(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                const Alignment& pairs);

}  // namespace cordon::names
