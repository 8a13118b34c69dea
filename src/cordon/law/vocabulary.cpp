#include "cordon/law/vocabulary.hpp"

#include <algorithm>

namespace cordon::law {
namespace {

bool is_word_byte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
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
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
    if (c == '\'' || c == '`') continue;
    // U+2019, the typographic apostrophe
    if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 &&
        static_cast<unsigned char>(text[i + 2]) == 0x99) {
      i += 2;
      continue;
    }
    if (is_word_byte(c)) {
      token.push_back(static_cast<char>(c));
    } else {
      flush();
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
