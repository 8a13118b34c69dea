// Chinese characters and pinyin. A Mandarin syllable is a number; a character has one, all its Korean
// readings as a set, and one form that stands for its traditional, simplified and Japanese variants. Source
// of the readings: Unihan (data/names/han.tsv, script/data/han_readings.py).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/names/korean.hpp"

namespace cordon::names {

using Pinyin = std::uint16_t;  // 0: no reading
std::string_view pinyin_text(Pinyin p);

struct Han {
  Pinyin pinyin = 0;
  Pinyin surname = 0;  // the reading as a family name where it differs: 朴 piao, 单 shan
  Syllable korean;     // union of its Korean readings; empty sets where it has none
  char32_t form = 0;   // the same for 韓 and 韩
};
// A character that is not in the table: form is the character itself, the rest is empty.
Han han(char32_t c);

// All ways (at most 4, likeliest first) to read a folded Latin word as pinyin, or else as Wade-Giles; empty
// where none. wade_giles is set when the word is no pinyin: its aspirates are lost, so each syllable stands
// for several, all listed in the readings as far as 12 readings go.
std::vector<std::vector<Pinyin>> read_pinyin(std::string_view word, bool& wade_giles);

// Whether a character with this Mandarin reading has a Korean reading that fits, among the characters that
// Korean law allows in names: "jin zheng en" may be 김 정 은.
float fit(Pinyin mandarin, const Syllable& korean);
// The same for family names, of which there are few: "jin" is 김, "piao" is 박.
float fit_surname(Pinyin mandarin, const Syllable& korean);
// The Korean readings that fit() above tries.
std::span<const Syllable> korean_readings(Pinyin mandarin);
// How well two Mandarin syllables agree: 1 the same; kBlurredFit for the confusions of careless writing
// (n/ng, s/sh, ...).
inline constexpr float kBlurredFit = 0.6f;
float fit(Pinyin a, Pinyin b);
// How Hangul writes a Mandarin syllable by ear (rules of the National Institute of Korean Language, 1986):
// hao is 하오, yuan 위안. Empty where the syllable is none.
std::span<const Syllable> hangul_by_ear(Pinyin mandarin);
// 1 for a common Chinese family name, 2 never (two-character names are not told apart), 0 otherwise.
std::size_t chinese_family_length(Pinyin first);

}  // namespace cordon::names
