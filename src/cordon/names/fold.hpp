// Text of any script cut into pieces of one script each, folded: compatibility forms and case are gone, Latin
// has lost its accents. What a later stage needs to know of the surroundings is kept in flags.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::names {

enum class Script : std::uint8_t { latin, digits, han, hangul, kana, cyrillic, abjad, other };

struct Piece {
  Script script = Script::latin;
  std::string latin;   // latin, digits: the folded text; others: filled by their transliteration
  std::u32string raw;  // every script but latin and digits: the folded code points
  std::string
      korean;  // latin with McCune-Reischauer breves spelt out (ŏ eo, ŭ eu); empty where there are none
  bool after_hyphen = false;  // a hyphen stands before it
  bool glued = false;         // nothing stands before it: the script changed within a word ("K1M", "RAKWON2")
  bool before_comma = false;  // "KIM, Jong Un"
  bool capital = false;       // written in capitals, more than one letter
  std::uint8_t group = 0;     // 0 outside, 1.. the number of the pair of brackets it stands in
};

// At most kMaxPieces pieces; the rest of a longer text is left out.
inline constexpr std::size_t kMaxPieces = 48, kMaxNameBytes = 512;
std::vector<Piece> fold(std::string_view text);

// Cyrillic to Latin, close to BGN/PCGN without its apostrophes: "чен" -> "chen", "путин" -> "putin".
std::string cyrillic_latin(std::u32string_view word);
// Katakana and hiragana to Hepburn letters without length marks: "ジョンウン" -> "jonun".
std::string kana_latin(std::u32string_view word);
// Any other script through ICU's Any-Latin, then ASCII letters and digits only.
std::string other_latin(std::u32string_view word);

std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

}  // namespace cordon::names
