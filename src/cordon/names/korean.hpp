// Korean syllables as sets of what they may be. Every spelling leaves something open: DPRK "Jong" is 정 or
// 종, McCune-Reischauer without breves writes ㅓ and ㅗ alike, katakana ン is ㄴ or ㅇ. So a syllable is
// three sets (onset, vowel, final) in one word, and two syllables fit when all three sets meet. Hangul gives
// sets of one; Hanja, all Korean readings of the character; so every script and romanisation is compared with
// every other in one way.
//
// Sources of the spellings: McCune-Reischauer (1939), the DPRK romanisation of 1992, Revised Romanisation
// (2000), Yale, Kontsevich for Cyrillic, the usage of the Japanese press for kana, and spellings customary in
// passports.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::names {

struct Syllable {
  std::uint64_t strict = 0;  // bits 0..18 onset, 19..39 vowel, 40..47 final
  std::uint64_t loose = 0;   // what careless or assimilated spelling also allows; contains strict
  bool operator==(const Syllable&) const = default;
};

inline constexpr std::uint64_t kOnsets = (std::uint64_t{1} << 19) - 1;
inline constexpr std::uint64_t kVowels = ((std::uint64_t{1} << 21) - 1) << 19;
inline constexpr std::uint64_t kFinals = std::uint64_t{0xFF} << 40;

// 1: the same in all readings a careful speller allows; kLooseFit: in a careless one; kNearFit: one of the
// three parts differs; 0: more differ.
inline constexpr float kLooseFit = 0.94f, kNearFit = 0.45f;
inline bool meets(std::uint64_t both) {
  return (both & kOnsets) && (both & kVowels) && (both & kFinals);
}
inline float fit(const Syllable& a, const Syllable& b) {
  if (meets(a.strict & b.strict)) return 1.0f;
  // A careless spelling may meet a careful one, not another careless one.
  const std::uint64_t both = (a.strict & b.loose) | (a.loose & b.strict);
  const int parts = ((both & kOnsets) != 0) + ((both & kVowels) != 0) + ((both & kFinals) != 0);
  return parts == 3 ? kLooseFit : parts == 2 ? kNearFit : 0.0f;
}

using Syllables = std::vector<Syllable>;

bool is_hangul(char32_t c);
Syllable hangul_syllable(char32_t c);
// DPRK spelling of one syllable, without assimilation: 정 -> "jong".
std::string_view hangul_latin(char32_t c);

// All ways (at most kMaxReadings, likeliest first) to read a folded Latin word, a Cyrillic word, or kana in
// Latin letters as Korean syllables; empty where there is none. Words of more than kMaxSyllables syllables
// are not read.
inline constexpr std::size_t kMaxReadings = 6, kMaxSyllables = 9;
std::vector<Syllables> read_latin(std::string_view word);
std::vector<Syllables> read_cyrillic(std::u32string_view word);
std::vector<Syllables> read_kana(std::string_view romaji);

// Sound changes where two syllables of one name meet; widens what they may be.
void assimilate(Syllable& left, Syllable& right);
// The head of a word may have lost its ㄹ or ㄴ in the South.
void soften_head(Syllable& syllable);

// Family names: 1 or 2 syllables at the front (0: none). "Ri", "Rhee", "Yi", "이", 李 are one; 남궁 has two.
std::size_t family_length(const Syllable* syllables, std::size_t size);

}  // namespace cordon::names
