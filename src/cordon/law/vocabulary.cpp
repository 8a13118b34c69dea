#include "cordon/law/vocabulary.hpp"

#include <algorithm>

namespace cordon::law {
namespace {

// The letter behind U+00C0..U+017F, the Latin letters with marks; a blank for the two arithmetic signs there.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllll"
    "lnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
};

// Bad bytes are letters of their own: they never match a phrase.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto more = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned lead = byte(0);
  if (lead >= 0xC2 && lead < 0xE0 && more(1)) return {((lead & 0x1FU) << 6) | (byte(1) & 0x3FU), 2};
  if (lead >= 0xE0 && lead < 0xF0 && more(1) && more(2))
    return {((lead & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU), 3};
  return {lead, 1};
}

// Scripts without blanks between words, and Korean, whose particles and compounds join them: each character
// is a word, and a phrase is found wherever its characters stand in a row.
bool stands_alone(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF);
}

bool parts_words(char32_t c) {
  return (c >= 0xA0 && c < 0xC0) || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
}

char32_t lower_cyrillic(char32_t c) {
  constexpr char32_t kIe = 0x0435;
  if (c == 0x0401 || c == 0x0451) return kIe;  // yo is mostly written as ie
  return c >= 0x0410 && c <= 0x042F ? c + 0x20 : c;
}

// Calls sink(token) for each token; the buffer is reused.
template <class Sink>
void tokenize(std::string_view text, Sink&& sink) {
  std::string token;
  const auto flush = [&] {
    if (token.empty()) return;
    if (token.size() > 3 && token.back() == 's' && token[token.size() - 2] != 's') token.pop_back();
    sink(std::string_view(token));
    token.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      ++i;
      if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        token.push_back(static_cast<char>(c));
      } else if (c != '\'' && c != '`') {
        flush();
      }
      continue;
    }
    const Letter letter = letter_at(text, i);
    const std::string_view bytes = text.substr(i, letter.bytes);
    i += letter.bytes;
    const char32_t code = letter.bytes == 1 ? 0 : lower_cyrillic(letter.code);
    if (code == 0x2019) continue;  // the typographic apostrophe
    if (parts_words(code)) {
      flush();
    } else if (code == 0xDF) {
      token += "ss";
    } else if (code >= 0xC0 && code < 0xC0 + kLatin.size()) {
      token.push_back(kLatin[code - 0xC0]);
    } else if (code != letter.code && letter.bytes == 2) {
      token.push_back(static_cast<char>(0xC0 | (code >> 6)));
      token.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else if (stands_alone(code)) {
      flush();
      sink(bytes);
    } else {
      token += bytes;
    }
  }
  flush();
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  tokenize(text, [&](std::string_view token) { tokens.emplace_back(token); });
  return tokens;
}

std::string value_form(std::string_view text) {
  std::string form;
  tokenize(text, [&](std::string_view token) {
    if (!form.empty()) form.push_back('_');
    form.append(token);
  });
  return form;
}

std::uint32_t Vocabulary::add(std::string_view phrase) {
  std::vector<std::uint32_t> ids;
  tokenize(phrase, [&](std::string_view token) {
    const auto [place, fresh] =
        tokens_.try_emplace(std::string(token), static_cast<std::uint32_t>(tokens_.size()));
    if (fresh) by_first_.emplace_back();
    ids.push_back(place->second);
  });
  if (ids.empty()) return kNoWord;
  auto& entries = by_first_[ids.front()];
  const std::vector<std::uint32_t> rest(ids.begin() + 1, ids.end());
  for (const Entry& entry : entries)
    if (entry.tokens == rest) return entry.id;
  entries.push_back({rest, count_});
  return count_++;
}

void Vocabulary::find(std::string_view text, std::vector<Match>& matches) const {
  static thread_local std::vector<std::uint32_t> ids;
  ids.clear();
  std::vector<std::uint32_t> negated;
  std::string key;
  tokenize(text, [&](std::string_view token) {
    key.assign(token);
    const auto place = tokens_.find(key);
    ids.push_back(place == tokens_.end() ? kNoWord : place->second);
    if (token == "no" || token == "not" || token == "non" || token == "without")
      negated.push_back(static_cast<std::uint32_t>(ids.size()));
  });
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == kNoWord) continue;
    if (!negated.empty() && std::find(negated.begin(), negated.end(), i) != negated.end()) continue;
    for (const Entry& entry : by_first_[ids[i]]) {
      if (entry.tokens.size() > ids.size() - i - 1) continue;
      if (std::equal(entry.tokens.begin(), entry.tokens.end(), ids.begin() + i + 1))
        matches.push_back({entry.id, i, static_cast<std::uint32_t>(entry.tokens.size() + 1)});
    }
  }
}

}  // namespace cordon::law
