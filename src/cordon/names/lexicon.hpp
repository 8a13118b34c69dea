// The words that mean the same in several languages (data/names/words.tsv), found in Latin words, Hangul and
// Chinese characters. Latin also finds the romanised forms: "muyok" and "maoyi" are 무역 and 贸易, trading.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "cordon/names/han.hpp"
#include "cordon/names/korean.hpp"

namespace cordon::names {

enum class WordClass : std::uint8_t { none, legal, unit, trade, topic, place, korea, title, small };

struct Concept {
  std::string_view name;  // "trading"
  WordClass cls = WordClass::none;
};

using ConceptId = std::uint16_t;  // 0: none

const Concept& concept_of(ConceptId id);

struct Found {
  ConceptId id = 0;
  std::size_t length = 0;  // words, or characters
};

// The longest entry that starts at the first of these words (folded Latin).
Found find_phrase(std::span<const std::string_view> words);
// The longest entry at the head of a run of Hangul (script) or of characters (their Han::form).
Found find_hangul(std::u32string_view run);
Found find_han(std::u32string_view forms);
// The longest entry at the head of a run of folded Cyrillic words.
Found find_cyrillic(std::span<const std::u32string_view> words);
// An entry of two or more syllables that a romanised Korean word spells.
ConceptId find_romanised(const Syllables& word);

// Person names: "al", "bin", "van", ...: joined to what follows, they say little.
bool is_particle(std::string_view word);
// "vi" -> 6; empty where the word is no Roman numeral from 1 to 39.
std::optional<int> roman_number(std::string_view word);

}  // namespace cordon::names
