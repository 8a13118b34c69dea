// What a prepared name holds: its words in Latin letters, typed and weighted, and its readings in Korean
// syllables, pinyin and Chinese characters. Flat arrays, so that comparing two names touches little memory
// and allocates none.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/names/given.hpp"
#include "cordon/names/han.hpp"
#include "cordon/names/korean.hpp"
#include "cordon/names/lexicon.hpp"
#include "cordon/names/normalise.hpp"

namespace cordon::names {

// One syllable or character of a reading; what is unknown is empty.
struct Element {
  Syllable korean;
  Pinyin pinyin = 0;
  Pinyin surname = 0;  // as a family name, where the character is then read otherwise
  char32_t han = 0;
  bool operator==(const Element&) const = default;
};

struct Reading {
  std::uint16_t at = 0;  // into elements
  std::uint8_t size = 0;
  std::uint8_t exact = 0;  // 1: the script fixes it (Hangul, characters); 0: read from a romanisation
};

enum class TokenKind : std::uint8_t { word, initial, number, concept_word, title, particle };

struct Token {
  std::uint64_t letters = 0;  // letter_set of the text
  float weight = 1.0f;
  std::uint16_t at = 0, length = 0;              // text in chars
  std::uint16_t bones_at = 0, bones_length = 0;  // consonant skeleton in bones
  std::uint16_t reading_at = 0;                  // into readings
  std::uint16_t sizes = 0;                       // bit n: a reading has n syllables
  std::uint8_t readings = 0;
  TokenKind kind = TokenKind::word;
  ConceptId concept_id = 0;
  std::int32_t number = -1;
  bool abjad = false;    // from a script that writes no short vowels
  bool closed = false;   // looks Korean: mostly syllables that end in a consonant
  bool foreign = false;  // transliterated from another script
  // Of persons (given.hpp). They fill the token: no hidden bytes, so that equal names are equal bytes in a
  // snapshot.
  std::uint8_t bits = kRareBits;
  std::uint16_t given = 0, short_form = 0;
};

// A name read as family and given name in syllables.
struct View {
  std::uint16_t at = 0;  // into elements
  std::uint8_t size = 0, family = 0;
  bool turned = false;  // the family name is the last word
  bool exact = false;   // native script, or several words: reliable enough to contradict
  std::uint16_t spare = 0;
  float weight = 1.0f;  // below 1 where a typing error had to be undone to read it
};

// One way to take the name: the whole, without what is in brackets, or one pair of brackets.
struct Alternative {
  std::uint16_t begin = 0, end = 0;            // tokens
  std::uint16_t view_begin = 0, view_end = 0;  // views
};

// A view: the memory is a FormsDraft's or an index's (pack.hpp).
struct NameForms {
  std::string_view text;
  std::string_view key;  // folded pieces: equal keys are equal names
  std::string_view chars, bones;
  std::span<const Token> tokens;
  std::span<const Reading> readings;
  std::span<const Element> elements;
  std::span<const View> views;
  std::span<const Alternative> alternatives;
  std::uint64_t letters = 0;
  Kind kind = Kind::any;  // any is resolved to person or organisation by its words
  bool business = false;  // has a legal form or a word of trade
  bool cut = false;       // a vessel's name that fills the 20 characters of an AIS field

  std::string_view word(const Token& t) const { return chars.substr(t.at, t.length); }
  std::string_view skeleton(const Token& t) const { return bones.substr(t.bones_at, t.bones_length); }
  const Element* reading(const Reading& r) const { return elements.data() + r.at; }
};

// The same with memory of its own, while it is made.
struct FormsDraft {
  std::string text, key, chars, bones;
  std::vector<Token> tokens;
  std::vector<Reading> readings;
  std::vector<Element> elements;
  std::vector<View> views;
  std::vector<Alternative> alternatives;
  std::uint64_t letters = 0;
  Kind kind = Kind::any;
  bool business = false, cut = false;

  std::string_view word(const Token& t) const { return std::string_view(chars).substr(t.at, t.length); }
  const Element* reading(const Reading& r) const { return elements.data() + r.at; }
  NameForms view() const {
    return {text,  key,          chars,   bones, tokens,   readings, elements,
            views, alternatives, letters, kind,  business, cut};
  }
};

FormsDraft make_forms(std::string_view text, Kind kind);

// Consonants in classes that transliterations confuse, vowels gone: "muhammad" and "mhmd" -> "mhmd".
std::string skeleton(std::string_view word);

}  // namespace cordon::names
