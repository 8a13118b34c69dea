#include "cordon/names/align.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

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

// Whether x is a word in pinyin and y one in Korean, and the two cannot be one name: then letters that happen
// to be alike say nothing, as each spelling means other sounds by them. Two cases. Letters that no
// romanisation of Korean has (zh, f, q, x) make x Mandarin for certain; which characters it stands for, and
// so how Korea reads them, is a guess that is left to names of persons. Otherwise the Korean readings of its
// syllables decide: hua is hwa, so HUASONG may be a hasty HWASONG; but ming is myong, so HUAMING is no
// HWASONG.
bool mandarin_against_korean(const NameForms& a, const Token& x, const NameForms& b, const Token& y) {
  if (!y.closed || y.foreign) return false;
  std::uint32_t x_korean = 0;
  for (std::uint8_t r = 0; r < x.readings; ++r)
    if (const Reading& way = a.readings[x.reading_at + r]; a.reading(way)->korean.loose)
      x_korean |= 1u << std::min<std::uint32_t>(way.size, 31);
  bool pinyin = false;
  for (std::uint8_t s = 0; s < y.readings; ++s) {
    const Reading& korean = b.readings[y.reading_at + s];
    if (b.reading(korean)->pinyin || korean.size < 2 || (x_korean >> korean.size & 1u)) return false;
    for (std::uint8_t r = 0; r < x.readings; ++r) {
      const Reading& way = a.readings[x.reading_at + r];
      if (way.size != korean.size || !a.reading(way)->pinyin) continue;
      pinyin = true;
      bool fits = x_korean != 0;
      for (std::uint8_t k = 0; fits && k < way.size; ++k)
        fits = fit(a.reading(way)[k].pinyin, b.reading(korean)[k].korean) >= kLooseFit;
      if (fits) return false;
    }
  }
  return pinyin;
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
  if (!organisation && x.foreign != y.foreign)
    if (const float heard = transcription_similarity(a, x, b, y); heard > 0.0f) return std::max(text, heard);
  if (text == 1.0f || (!organisation && !x.foreign && !y.foreign)) return text;
  if ((x.sizes & y.sizes) == 0) return text;  // no reading in as many syllables
  if (organisation && text >= kFloor &&
      (mandarin_against_korean(a, x, b, y) || mandarin_against_korean(b, y, a, x)))
    return 0.45f;
  bool contradicts = false;
  const float sound = by_sound(a, i, 1, b, j, 1, contradicts);
  return contradicts ? std::min(text, 0.45f) : std::max(text, sound);
}

// Whether pair_similarity() is 0 for certain: nearly all pairs of words of two names at random.
bool nothing_in_common(const Token& x, int x_letters, const Token& y, int y_letters, bool organisation) {
  const auto plain = [](const Token& token) {
    return token.kind != TokenKind::number && token.kind != TokenKind::initial && !token.foreign;
  };
  return plain(x) && plain(y) && (x.concept_id == 0 || y.concept_id == 0) &&
         (!organisation || (x.sizes & y.sizes) == 0) && surely_different(x, x_letters, y, y_letters);
}

// Words i..i+count of a name as one: their letters stand side by side in chars. Left without values, as
// Candidate is: room for many of these is made for every pair of names.
struct Run {
  std::string_view::size_type length;
  const char* text_at;
  std::uint64_t letters;
  std::uint32_t sizes;  // bit n: can be read in n syllables; none where a word has no reading
  bool whole;           // no number and no word of business among them
  std::string_view text() const { return {text_at, length}; }
};
using Runs = std::array<std::array<Run, 3>, kMostWords>;  // by first word, by number of words less one

void find_runs(const NameForms& forms, std::size_t begin, std::size_t size, Runs& runs) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = forms.tokens[begin + i].at;
    Run run = {0, forms.chars.data() + at, 0, 1, true};
    for (std::size_t n = 0; n < 3 && i + n < size; ++n) {
      const Token& token = forms.tokens[begin + i + n];
      run.length = token.at + token.length - at;
      run.letters |= token.letters;
      // "van der Bilt": the small words of a name belong to it.
      run.whole = run.whole && token.kind != TokenKind::number &&
                  (token.kind != TokenKind::concept_word ||
                   (n > 0 && concept_of(token.concept_id).cls == WordClass::small));
      if (token.readings == 0) {
        run.sizes = 0;
      } else if (token.weight > 0.0f) {
        std::uint32_t sums = 0;
        for (std::uint32_t left = token.sizes; left != 0; left &= left - 1)
          sums |= run.sizes << std::countr_zero(left);
        run.sizes = sums & 0xFFFFu;
      }
      runs[i][n] = run;
    }
  }
}

// What joined_similarity could find: most runs differ too much in length or letters, or in syllables.
bool worth_comparing(const Run& x, const Run& y, bool sound) {
  if (sound && (x.sizes & y.sizes) != 0) return true;
  const std::size_t longest = std::max(x.length, y.length);
  return longest >= 4 && longest <= kWord && longest - std::min(x.length, y.length) <= longest / 5 &&
         distance_floor(x.letters, y.letters) <= 1 + static_cast<int>(longest) / 10;
}

float joined_similarity(const NameForms& a, std::size_t i, std::size_t i_count, const Run& x,
                        const NameForms& b, std::size_t j, std::size_t j_count, const Run& y, bool sounds) {
  const std::string_view s = x.text(), t = y.text();
  const std::size_t longest = std::max(s.size(), t.size());
  float best = 0.0f;
  if (longest >= 4 && longest <= kWord && longest - std::min(s.size(), t.size()) <= longest / 5) {
    if (s == t) return 0.99f;
    const int most = 1 + static_cast<int>(longest) / 10;
    if (longest >= 5 && distance_floor(x.letters, y.letters) <= most && osa(s, t) <= most)
      best = 0.97f - edit_cost(s, t) / static_cast<float>(longest);
  }
  if (sounds && (x.sizes & y.sizes) != 0) {
    bool contradicts = false;
    const float sound = by_sound(a, i, i_count, b, j, j_count, contradicts);
    if (contradicts) return 0.0f;
    best = std::max(best, sound);
  }
  return best;
}

// Whether a word of a name could be several words of another: what worth_comparing() could say of their runs,
// without making them. Most pairs of names have no such words.
bool may_be_joined(const NameForms& forms, std::size_t begin, std::size_t size,
                   const std::array<float, kMostWords>& best, const NameForms& other, std::size_t other_begin,
                   std::size_t other_size, bool sounds) {
  if (other_size < 2) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const Token& token = forms.tokens[begin + i];
    if (best[i] >= 0.98f || token.kind == TokenKind::number || token.kind == TokenKind::concept_word)
      continue;
    if (sounds && token.readings != 0) return true;
    // Nothing shorter than four letters is compared by letters. The longest run is a quarter longer than the
    // word.
    const std::size_t length = token.length;
    if (length < 4 ||
        count_members(token.letters & ~other.letters) > 1 + static_cast<int>(length * 5 / 4) / 10)
      continue;
    for (std::size_t j = 0; j + 1 < other_size; ++j) {
      const Token* const run = &other.tokens[other_begin + j];
      std::uint64_t letters = run->letters;
      for (std::size_t n = 1; n < 3 && j + n < other_size; ++n) {
        letters |= run[n].letters;
        const std::size_t joined = static_cast<std::size_t>(run[n].at + run[n].length - run->at);
        const std::size_t longest = std::max(length, joined);
        if (longest - std::min(length, joined) <= longest / 5 &&
            distance_floor(token.letters, letters) <= 1 + static_cast<int>(longest) / 10)
          return true;
      }
    }
  }
  return false;
}

struct Candidate {
  std::uint8_t a, a_count, b, b_count;
  float similarity, rank;
};

}  // namespace

void align(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           bool organisation, Alignment& out) {
  const std::size_t na = std::min<std::size_t>(left.end - left.begin, kMostWords);
  const std::size_t nb = std::min<std::size_t>(right.end - right.begin, kMostWords);
  std::array<Candidate, 96> candidates;
  std::size_t count = 0;
  // Of each word, how well it fits one of the other name.
  std::array<float, kMostWords> best_a{}, best_b{};
  const auto add = [&](std::size_t i, std::size_t n, std::size_t j, std::size_t m, float s, float weight) {
    if (count < candidates.size())
      candidates[count++] = {static_cast<std::uint8_t>(i),
                             static_cast<std::uint8_t>(n),
                             static_cast<std::uint8_t>(j),
                             static_cast<std::uint8_t>(m),
                             s,
                             s * weight};
  };
  std::array<int, kMostWords> letters_b;  // the first nb
  for (std::size_t j = 0; j < nb; ++j) letters_b[j] = count_members(b.tokens[right.begin + j].letters);
  for (std::size_t i = 0; i < na; ++i) {
    const Token& x = a.tokens[left.begin + i];
    const int x_letters = count_members(x.letters);
    for (std::size_t j = 0; j < nb; ++j) {
      if (nothing_in_common(x, x_letters, b.tokens[right.begin + j], letters_b[j], organisation)) continue;
      const float s = pair_similarity(a, left.begin + i, b, right.begin + j, organisation);
      if (s < kFloor) continue;
      best_a[i] = std::max(best_a[i], s), best_b[j] = std::max(best_b[j], s);
      const float place = i == j ? 0.002f : 0.0f;  // equal words keep their order
      add(i, 1, j, 1, s, 1.0f + place);
    }
  }
  // Words written apart: only where a word has no equal of its own.
  const auto try_joined = [&] {
    Runs runs_a, runs_b;
    find_runs(a, left.begin, na, runs_a);
    find_runs(b, right.begin, nb, runs_b);
    for (std::size_t i = 0; i < na; ++i) {
      for (std::size_t n = 1; n <= 3 && i + n <= na; ++n) {
        const Run& x = runs_a[i][n - 1];
        if (!x.whole || (n == 1 && best_a[i] >= 0.98f)) continue;
        for (std::size_t j = 0; j < nb; ++j) {
          const bool sounds =
              organisation || a.tokens[left.begin + i].foreign || b.tokens[right.begin + j].foreign;
          for (std::size_t m = n == 1 ? 2 : 1; m <= (n == 1 ? 3 : 1) && j + m <= nb; ++m) {
            const Run& y = runs_b[j][m - 1];
            if (!y.whole || (m == 1 && best_b[j] >= 0.98f) || !worth_comparing(x, y, sounds)) continue;
            const float s = joined_similarity(a, left.begin + i, n, x, b, right.begin + j, m, y, sounds);
            if (s < 0.8f) continue;
            add(i, n, j, m, s, 1.0f + 0.01f * static_cast<float>(n + m));
          }
        }
      }
    }
  };
  const auto any_foreign = [](const NameForms& forms, std::size_t begin, std::size_t size) {
    for (std::size_t i = begin; i < begin + size; ++i)
      if (forms.tokens[i].foreign) return true;
    return false;
  };
  const bool by_sounds = organisation || any_foreign(a, left.begin, na) || any_foreign(b, right.begin, nb);
  if (may_be_joined(a, left.begin, na, best_a, b, right.begin, nb, by_sounds) ||
      may_be_joined(b, right.begin, nb, best_b, a, left.begin, na, by_sounds))
    try_joined();
  // Insertion sort: few items, nearly none out of order, and no memory of its own.
  for (std::size_t c = 1; c < count; ++c) {
    const Candidate now = candidates[c];
    std::size_t at = c;
    for (; at > 0 && candidates[at - 1].rank < now.rank; --at) candidates[at] = candidates[at - 1];
    candidates[at] = now;
  }
  out.size = 0, out.words = 0, out.initials_only = true;
  out.a_used.fill(false), out.b_used.fill(false);
  for (std::size_t c = 0; c < count && out.size < kMostWords; ++c) {
    const Candidate& p = candidates[c];
    bool free = true;
    for (std::size_t k = 0; k < p.a_count; ++k) free = free && !out.a_used[p.a + k];
    for (std::size_t k = 0; k < p.b_count; ++k) free = free && !out.b_used[p.b + k];
    if (!free) continue;
    for (std::size_t k = 0; k < p.a_count; ++k) out.a_used[p.a + k] = true;
    for (std::size_t k = 0; k < p.b_count; ++k) out.b_used[p.b + k] = true;
    out.pairs[out.size++] = {p.a, p.a_count, p.b, p.b_count, p.similarity};
    const Token &x = a.tokens[left.begin + p.a], &y = b.tokens[right.begin + p.b];
    const bool word = x.kind == TokenKind::word || y.kind == TokenKind::word;
    const bool initial = x.kind == TokenKind::initial || y.kind == TokenKind::initial;
    if (word && !initial) out.initials_only = false, ++out.words;
  }
}

float closeness(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                const Alignment& pairs) {
  float best = 0.0f;
  for (std::size_t i = left.begin; i < left.end && i - left.begin < kMostWords; ++i)
    for (std::size_t j = right.begin; j < right.end && j - right.begin < kMostWords; ++j) {
      const std::string_view s = a.word(a.tokens[i]), t = b.word(b.tokens[j]);
      if (pairs.a_used[i - left.begin] || pairs.b_used[j - right.begin] || s.size() < 3 || t.size() < 3)
        continue;
      const auto longest = static_cast<float>(std::max(s.size(), t.size()));
      best = std::max(best, 1.0f - static_cast<float>(osa(s, t)) / longest);
    }
  return best;
}

}  // namespace cordon::names
