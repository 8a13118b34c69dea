// How alike two single words are: the edits that transliteration and careless typing make cost less than
// others.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "cordon/names/forms.hpp"
#include "cordon/names/kernels.hpp"

namespace cordon::names {

// Sum of edit costs: vowel for vowel, confusable consonants, doubled letters, a dropped h, swapped neighbours
// are cheap. Words of more than 24 letters are compared by osa().
float edit_cost(std::string_view a, std::string_view b);

// Typing errors and transliteration change a letter or two of a word, and more of a long one.
inline int edits_allowed(std::size_t longest) {
  return 1 + (longest > 4) + (longest > 7) + (longest > 10);
}

// A word whose consonants are all the same may differ in more.
inline constexpr int kMoreWithSameBones = 2;

// Whether two words are different names by their lengths and letters, where neither is known to stand for the
// other. bones: number of consonants; floor: distance_floor() of the letters.
inline bool letters_differ(std::size_t length, std::size_t other_length, std::size_t bones,
                           std::size_t other_bones, int floor) {
  const std::size_t longest = std::max(length, other_length), shortest = std::min(length, other_length);
  const int usual = edits_allowed(longest);
  const bool more = (bones == other_bones) & (bones >= 3);
  return (longest > 2 * shortest + 1) | (floor > usual + (more ? kMoreWithSameBones : 0));
}

// 0..1 for two words of names; 0 when the words are too far apart to be one.
float word_similarity(const NameForms& a, const Token& x, const NameForms& b, const Token& y);

// A name of three syllables or more that Chinese characters or Hangul transcribe (奥巴马, 코제먀코), against
// one in letters, by the consonants.
float transcription_similarity(const NameForms& a, const Token& x, const NameForms& b, const Token& y);

// The readings of a run of words against those of another: 0 where either has none, else the best agreement.
struct SoundFit {
  bool comparable = false;  // both can be read in one system, syllable for syllable or not
  float score = 0.0f;       // mean fit where the numbers of syllables agree, else 0
  int different = 0;        // syllables that do not fit
  bool heard = false;       // Hangul writes a Mandarin name by ear
  bool cross = false;       // Mandarin against Korean: a possible reading only
};
SoundFit sound_fit(const NameForms& a, std::size_t a_begin, std::size_t a_end, const NameForms& b,
                   std::size_t b_begin, std::size_t b_end);

// One syllable or character against another; position 0 is the family name.
float element_fit(const Element& a, const Element& b, bool family, bool& cross);

}  // namespace cordon::names
