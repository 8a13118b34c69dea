// What is known of the words of personal names: how many people bear one, and which given name it spells.
// Sources: data/names/frequent.tsv (script/data/name_frequency.py), data/names/given.tsv.
#pragma once
#include <cstdint>
#include <string_view>

namespace cordon::names {

inline constexpr std::uint8_t kRareBits = 14;  // of a word that few people bear

struct GivenName {
  std::uint16_t name = 0;         // the given name that the word spells; 0: none that is known
  std::uint16_t short_form = 0;   // the short form that the word is; 0: none
  std::uint8_t bits = kRareBits;  // -log2 of the share of people whose name has the word
};

// Ted is short for Edward and for Theodore.
bool is_short_for(std::uint16_t short_form, std::uint16_t name);
// Whether two short forms can stand for one name: Bob and Rob.
bool share_name(std::uint16_t short_form, std::uint16_t other);

// A folded Latin word.
GivenName given_name(std::string_view word);
// A word in Arabic letters, as written.
GivenName given_name_arabic(std::u32string_view word);

}  // namespace cordon::names
