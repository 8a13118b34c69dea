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

// A run of words that may be paired, before it is settled which are. Left without values: room for many is
// made for every pair of names.
struct Candidate {
  std::uint8_t a, a_count, b, b_count;
  float similarity, rank;
};

// What speaks for pairing words one by one. From it follows the most that a comparison could give, and most
// pairs of names need no more.
struct Candidates {
  std::array<Candidate, 96> all;  // the first `size`
  std::size_t size = 0, a_size = 0, b_size = 0;
  std::array<float, kMostWords> a_best{}, b_best{};  // of each word, how well it fits one of the other name
  std::array<bool, kMostWords> a_fits{}, b_fits{};   // words that have a candidate
  bool foreign = false;                              // a word is from another script
};

// organisation: concepts are equal by meaning, and words are also compared by sound.
void find_candidates(const NameForms& a, const Alternative& left, const NameForms& b,
                     const Alternative& right, bool organisation, Candidates& out);

// Whether several words of one name may be one of the other; false where align() would find none.
bool may_be_joined(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   bool organisation, const Candidates& candidates);

// No less than what agrees once words that fit are paired one by one: the weights of pairs times how well
// they fit.
float most_agreement(const NameForms& a, const Alternative& left, const NameForms& b,
                     const Alternative& right, const Candidates& candidates);

// What a bound is computed from is summed in another order than the score that it bounds.
inline constexpr float kRounding = 1e-4f;

void align(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           bool organisation, Candidates& candidates, Alignment& out);

// How alike the words without a counterpart are, 0..1: al-Ani is nearer to al-Rawi than al-Dulaimi is.
float closeness(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                const Alignment& pairs);

}  // namespace cordon::names
