#include "cordon/screen/keys.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

namespace cordon::screen {
namespace {

using names::Element;
using names::NameForms;
using names::Token;
using names::TokenKind;

Key hash(char kind, std::string_view text) {
  Key h = 0xcbf29ce484222325u ^ static_cast<unsigned char>(kind);
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  h ^= h >> 32;
  return h * 0x9e3779b97f4a7c15u;
}

// A syllable by its heads and ends, as far as every spelling keeps them: k for ㄱ ㄲ ㅋ, o for ㄴ ㄹ and none
// (which North and South write in one another's place), n for ㄴ and ㅇ at the end (which kana and Cyrillic
// do not tell apart).
char head_class(std::uint64_t onsets) {
  constexpr std::string_view classes = "kkottompppssocccktph";
  return onsets == 0 ? '?' : classes[static_cast<std::size_t>(std::countr_zero(onsets))];
}
char tail_class(std::uint64_t finals) {
  constexpr std::string_view classes = "-kntlmpn";
  return finals == 0 ? '?' : classes[static_cast<std::size_t>(std::countr_zero(finals >> 40))];
}

std::string sound_of(const names::Syllable& s) {
  const std::uint64_t set = s.strict ? s.strict : s.loose;
  return {head_class(set & names::kOnsets), tail_class(set & names::kFinals)};
}

void add_korean(const Element* at, std::size_t size, std::vector<Key>& keys) {
  std::string sound;
  for (std::size_t k = 0; k < size; ++k) {
    if (!at[k].korean.loose) return;
    sound += sound_of(at[k].korean);
  }
  keys.push_back(hash('k', sound));
}

void add_pinyin(const Element* at, std::size_t size, std::vector<Key>& keys) {
  std::string sound;
  for (std::size_t k = 0; k < size; ++k) {
    if (!at[k].pinyin) return;
    sound += static_cast<char>(at[k].pinyin & 0xFF);
    sound += static_cast<char>(at[k].pinyin >> 8);
  }
  keys.push_back(hash('y', sound));
}

// Every Korean reading of a name known in pinyin only, as far as 64 go.
void add_possible_korean(const Element* at, std::size_t size, std::vector<Key>& keys) {
  std::vector<std::string> sounds = {""};
  for (std::size_t k = 0; k < size; ++k) {
    std::vector<std::string> ends;
    for (const names::Syllable& reading : names::korean_readings(at[k].pinyin))
      if (std::string s = sound_of(reading); std::find(ends.begin(), ends.end(), s) == ends.end())
        ends.push_back(std::move(s));
    std::vector<std::string> next;
    for (const std::string& sound : sounds)
      for (const std::string& end : ends)
        if (next.size() < 64) next.push_back(sound + end);
    sounds = std::move(next);
  }
  for (const std::string& sound : sounds)
    if (!sound.empty()) keys.push_back(hash('k', sound));
}

void add_word(std::string_view word, std::string_view bones, std::vector<Key>& keys) {
  keys.push_back(hash('t', word));
  if (bones.size() >= 2) keys.push_back(hash('b', bones));
  const std::size_t n = word.size() >= 8 ? 4 : 3;
  if (word.size() >= 5) {
    keys.push_back(hash('<', word.substr(0, n)));
    keys.push_back(hash('>', word.substr(word.size() - n)));
  }
}

bool joins(const Token& t) {
  return t.kind == TokenKind::word || t.kind == TokenKind::initial || t.kind == TokenKind::particle;
}

// Words side by side as one: "KUM GANG" as "kumgang", by letters and by sound.
void add_runs(const NameForms& forms, const names::Alternative& alternative, std::vector<Key>& keys) {
  for (std::size_t i = alternative.begin; i < alternative.end;) {
    if (!joins(forms.tokens[i]) || forms.tokens[i].weight == 0.0f) {
      ++i;
      continue;
    }
    std::size_t end = i;
    std::string text;
    std::vector<Element> sounds;
    bool sounded = true;
    while (end < alternative.end && joins(forms.tokens[end]) && forms.tokens[end].weight > 0.0f) {
      const Token& token = forms.tokens[end];
      text += forms.word(token);
      sounded = sounded && token.readings > 0;
      if (token.readings > 0) {
        const names::Reading& first = forms.readings[token.reading_at];
        sounds.insert(sounds.end(), forms.reading(first), forms.reading(first) + first.size);
      }
      ++end;
    }
    if (end - i > 1) {
      if (end - i <= 4) add_word(text, names::skeleton(text), keys);
      keys.push_back(hash('t', text));
    }
    if (sounded && sounds.size() <= 8)
      add_korean(sounds.data(), sounds.size(), keys), add_pinyin(sounds.data(), sounds.size(), keys);
    i = end;
  }
}

// "KCST" for Korean Committee for Space Technology, whichever of the two is asked for.
void add_initials(const NameForms& forms, const names::Alternative& alternative, std::vector<Key>& keys) {
  std::string initials;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i) {
    const Token& token = forms.tokens[i];
    if (token.weight < 0.05f || token.length == 0) continue;
    initials += forms.word(token).front();
    if (initials.size() >= 3 && initials.size() <= 8) keys.push_back(hash('t', initials));
  }
}

}  // namespace

void add_keys(const names::PreparedName& name, bool asked, std::vector<Key>& keys) {
  if (name.empty()) return;
  const NameForms& forms = name.forms();
  for (const names::Alternative& alternative : forms.alternatives) {
    for (std::size_t i = alternative.begin; i < alternative.end; ++i) {
      const Token& token = forms.tokens[i];
      if (token.kind == TokenKind::title || token.kind == TokenKind::number) continue;
      if (token.kind == TokenKind::concept_word) {
        if (token.weight < 0.5f) continue;
        keys.push_back(hash('c', names::concept_of(token.concept_id).name));
        continue;
      }
      if (token.kind == TokenKind::particle || token.kind == TokenKind::initial) continue;
      add_word(forms.word(token), forms.skeleton(token), keys);
      for (std::uint8_t r = 0; r < token.readings; ++r) {
        const names::Reading& reading = forms.readings[token.reading_at + r];
        if (reading.size < 2) continue;
        add_korean(forms.reading(reading), reading.size, keys);
        add_pinyin(forms.reading(reading), reading.size, keys);
      }
    }
    add_runs(forms, alternative, keys);
    if (forms.kind == names::Kind::organisation) add_initials(forms, alternative, keys);
  }
  for (const names::View& view : forms.views) {
    const Element* at = forms.elements.data() + view.at;
    add_korean(at, view.size, keys);
    add_pinyin(at, view.size, keys);
    if (asked && !at[0].korean.loose) add_possible_korean(at, view.size, keys);
  }
  // A number alone is the whole name: "7.28".
  std::string numbers;
  bool words = false;
  for (const Token& token : forms.tokens) {
    if (token.kind == TokenKind::number)
      numbers += forms.word(token), numbers += ' ';
    else
      words = words || token.weight >= 0.5f;
  }
  if (!words && !numbers.empty()) keys.push_back(hash('#', numbers));
}

}  // namespace cordon::screen
