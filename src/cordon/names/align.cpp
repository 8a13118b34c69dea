#include "cordon/names/align.hpp"

#include <algorithm>

#include "cordon/names/kernels.hpp"
#include "cordon/names/similarity.hpp"

namespace cordon::names {
namespace {

// Below this two words are different words. Native scripts and initials have their own scale.
constexpr float kFloor = 0.7f;

// The word reads as pinyin of two syllables or more.
bool has_pinyin(const NameForms& forms, std::size_t i) {
  const Token& token = forms.tokens[i];
  for (std::uint8_t r = 0; r < token.readings; ++r) {
    const Reading& reading = forms.readings[token.reading_at + r];
    if (reading.size >= 2 && forms.reading(reading)->pinyin) return true;
  }
  return false;
}

float by_sound(const NameForms& a, std::size_t i, std::size_t i_count, const NameForms& b, std::size_t j,
               std::size_t j_count, bool& contradicts) {
  for (std::size_t k = i; k < i + i_count; ++k)
    if (a.tokens[k].readings == 0) return contradicts = false, 0.0f;
  for (std::size_t k = j; k < j + j_count; ++k)
    if (b.tokens[k].readings == 0) return contradicts = false, 0.0f;
  const SoundFit sound = sound_fit(a, i, i + i_count, b, j, j + j_count);
  contradicts = false;
  if (!sound.comparable || sound.different == 99) return 0.0f;
  if (sound.different == 0) return 0.9f + 0.08f * sound.score;
  contradicts = (a.tokens[i].closed && b.tokens[j].closed) || (has_pinyin(a, i) && has_pinyin(b, j));
  return 0.0f;
}

float pair_similarity(const NameForms& a, std::size_t i, const NameForms& b, std::size_t j,
                      bool organisation) {
  const Token &x = a.tokens[i], &y = b.tokens[j];
  if (x.kind == TokenKind::number || y.kind == TokenKind::number)
    return x.kind == y.kind && x.number == y.number ? 1.0f : 0.0f;
  if (x.concept_id && y.concept_id) return x.concept_id == y.concept_id ? 1.0f : 0.0f;
  if (x.kind == TokenKind::initial || y.kind == TokenKind::initial) {
    const std::string_view s = a.word(x), t = b.word(y);
    if (s.empty() || t.empty() || s.front() != t.front()) return 0.0f;
    return x.kind == y.kind ? 1.0f : 0.8f;
  }
  const float text = word_similarity(a, x, b, y);
  if (text == 1.0f || (!organisation && !x.foreign && !y.foreign)) return text;
  bool contradicts = false;
  const float sound = x.readings && y.readings ? by_sound(a, i, 1, b, j, 1, contradicts) : 0.0f;
  return contradicts ? std::min(text, 0.45f) : std::max(text, sound);
}

// The words i..i+count of a name as one: their letters stand side by side in chars.
std::string_view joined(const NameForms& forms, std::size_t i, std::size_t count) {
  const Token &first = forms.tokens[i], &last = forms.tokens[i + count - 1];
  return std::string_view(forms.chars)
      .substr(first.at, static_cast<std::size_t>(last.at + last.length - first.at));
}

float joined_similarity(const NameForms& a, std::size_t i, std::size_t i_count, const NameForms& b,
                        std::size_t j, std::size_t j_count, bool organisation) {
  const std::string_view s = joined(a, i, i_count), t = joined(b, j, j_count);
  const std::size_t longest = std::max(s.size(), t.size());
  float best = 0.0f;
  if (longest >= 4 && longest <= kWord &&
      std::max(s.size(), t.size()) - std::min(s.size(), t.size()) <= longest / 5) {
    if (s == t) return 0.99f;
    const int d = osa(s, t);
    if (d <= 1 + static_cast<int>(longest) / 10 && longest >= 5)
      best = 0.97f - edit_cost(s, t) / static_cast<float>(longest);
  }
  if (organisation || a.tokens[i].foreign || b.tokens[j].foreign) {
    bool contradicts = false;
    const float sound = by_sound(a, i, i_count, b, j, j_count, contradicts);
    if (contradicts) return 0.0f;
    best = std::max(best, sound);
  }
  return best;
}

struct Candidate {
  WordPair pair;
  float rank;
};

}  // namespace

void align(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           bool organisation, Alignment& out) {
  const std::size_t na = std::min<std::size_t>(left.end - left.begin, kMostWords);
  const std::size_t nb = std::min<std::size_t>(right.end - right.begin, kMostWords);
  std::array<Candidate, 96> candidates;
  std::size_t count = 0;
  std::array<float, kMostWords> best_a{}, best_b{};
  const auto add = [&](WordPair pair, float weight) {
    if (count < candidates.size()) candidates[count++] = {pair, pair.similarity * weight};
  };
  for (std::size_t i = 0; i < na; ++i)
    for (std::size_t j = 0; j < nb; ++j) {
      const float s = pair_similarity(a, left.begin + i, b, right.begin + j, organisation);
      if (s < kFloor) continue;
      best_a[i] = std::max(best_a[i], s), best_b[j] = std::max(best_b[j], s);
      const float place = i == j ? 0.002f : 0.0f;  // equal words keep their order
      add({static_cast<std::uint8_t>(i), 1, static_cast<std::uint8_t>(j), 1, s}, 1.0f + place);
    }
  // Words written apart: only where a word has no equal of its own.
  const auto mergeable = [](const NameForms& forms, std::size_t at, std::size_t n) {
    for (std::size_t k = at; k < at + n; ++k)
      if (forms.tokens[k].kind == TokenKind::number || forms.tokens[k].kind == TokenKind::concept_word)
        return false;
    return true;
  };
  for (std::size_t i = 0; i < na; ++i) {
    for (std::size_t n = 1; n <= 3 && i + n <= na; ++n) {
      for (std::size_t j = 0; j < nb; ++j) {
        for (std::size_t m = n == 1 ? 2 : 1; m <= (n == 1 ? 3 : 1) && j + m <= nb; ++m) {
          if ((n == 1 && best_a[i] >= 0.98f) || (m == 1 && best_b[j] >= 0.98f)) continue;
          if (!mergeable(a, left.begin + i, n) || !mergeable(b, right.begin + j, m)) continue;
          const float s = joined_similarity(a, left.begin + i, n, b, right.begin + j, m, organisation);
          if (s < 0.8f) continue;
          add({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(j),
               static_cast<std::uint8_t>(m), s},
              1.0f + 0.01f * static_cast<float>(n + m));
        }
      }
    }
  }
  // Insertion sort: few items, nearly none out of order, and no memory of its own.
  for (std::size_t c = 1; c < count; ++c) {
    const Candidate now = candidates[c];
    std::size_t at = c;
    for (; at > 0 && candidates[at - 1].rank < now.rank; --at) candidates[at] = candidates[at - 1];
    candidates[at] = now;
  }
  out = Alignment{};
  for (std::size_t c = 0; c < count && out.size < kMostWords; ++c) {
    const WordPair& p = candidates[c].pair;
    bool free = true;
    for (std::size_t k = 0; k < p.a_count; ++k) free = free && !out.a_used[p.a + k];
    for (std::size_t k = 0; k < p.b_count; ++k) free = free && !out.b_used[p.b + k];
    if (!free) continue;
    for (std::size_t k = 0; k < p.a_count; ++k) out.a_used[p.a + k] = true;
    for (std::size_t k = 0; k < p.b_count; ++k) out.b_used[p.b + k] = true;
    out.pairs[out.size++] = p;
    const Token &x = a.tokens[left.begin + p.a], &y = b.tokens[right.begin + p.b];
    const bool word = x.kind == TokenKind::word || y.kind == TokenKind::word;
    const bool initial = x.kind == TokenKind::initial || y.kind == TokenKind::initial;
    if (word && !initial) out.initials_only = false, ++out.words;
  }
}

}  // namespace cordon::names
