#include "cordon/names/align.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
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

// Whether sound_fit() could take one syllable for the other.
bool may_fit(const Element& x, const Element& y) {
  if (x.han && y.han) return x.han == y.han;
  return fit(x.korean, y.korean) >= kLooseFit || (x.pinyin != 0 && x.pinyin == y.pinyin);
}

// Whether Hangul, of which each part is one letter, may write the Mandarin syllable by ear.
bool may_be_by_ear(const Element& x, const Element& y) {
  return (x.pinyin == 0) != (y.pinyin == 0) && std::popcount((x.pinyin ? y : x).korean.strict) == 3;
}

// Whether one word could sound as the other does, or, where that is only the head of a run of words, begin as
// it does; false only where it cannot.
bool words_fit(const NameForms& a, const Token& x, const NameForms& b, const Token& y, bool head = false) {
  for (std::uint8_t r = 0; r < x.readings; ++r)
    for (std::uint8_t s = 0; s < y.readings; ++s) {
      const Reading &one = a.readings[x.reading_at + r], &other = b.readings[y.reading_at + s];
      const Element *p = a.reading(one), *q = b.reading(other);
      if (may_be_by_ear(*p, *q)) return true;
      if ((head ? one.size >= other.size : one.size == other.size) &&
          std::equal(q, q + other.size, p, may_fit))
        return true;
    }
  return false;
}

// Exact from kFloor on.
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
  if (text < kFloor && !words_fit(a, x, b, y)) return text;
  if (organisation && text >= kFloor &&
      (mandarin_against_korean(a, x, b, y) || mandarin_against_korean(b, y, a, x)))
    return 0.45f;
  bool contradicts = false;
  const float sound = by_sound(a, i, 1, b, j, 1, contradicts);
  return contradicts ? std::min(text, 0.45f) : std::max(text, sound);
}

// What settles most pairs of words, side by side.
struct Quick {
  std::uint64_t letters;
  std::uint16_t given, concept_id, sizes;
  std::uint8_t count, length, bones;  // of letters that differ; of letters; of consonants
  bool plain;                         // nothing else decides
  Quick() = default;                  // without values
  explicit Quick(const Token& t)
      : letters(t.letters),
        given(t.given),
        concept_id(t.concept_id),
        sizes(t.sizes),
        count(static_cast<std::uint8_t>(std::popcount(t.letters))),
        length(static_cast<std::uint8_t>(t.length)),
        bones(static_cast<std::uint8_t>(t.bones_length)),
        plain(t.kind != TokenKind::number && t.kind != TokenKind::initial && !t.foreign && !t.abjad &&
              t.short_form == 0 && t.length < 256) {}
};

// Bits of the words of y, `size` of them, with which pair_similarity() may be more than 0: not many of two
// names at random. Without a branch by word: which way it went could not be foretold.
std::uint32_t may_fit(const Quick& x, const Quick* y, std::size_t size, bool organisation) {
  if (!x.plain) return (1u << size) - 1;
  std::uint32_t may = 0;
  for (std::size_t j = 0; j < size; ++j) {
    const Quick& t = y[j];
    const int floor = std::max(x.count, t.count) - std::popcount(x.letters & t.letters);
    const bool given = (x.given != 0) & (t.given != 0);
    const bool other = (given & (floor > 0) & (x.given != t.given)) |
                       (!given & letters_differ(x.length, t.length, x.bones, t.bones, floor));
    const bool spoken = organisation & ((x.sizes & t.sizes) != 0);
    const bool concepts = (x.concept_id != 0) & (t.concept_id != 0);
    const bool nothing = (concepts & (x.concept_id != t.concept_id)) | (!concepts & !spoken & other);
    may |= static_cast<std::uint32_t>(!(t.plain & nothing)) << j;
  }
  return may;
}

// Whether pair_similarity() is 0 for certain, of words that may_fit() leaves.
bool nothing_in_common(const NameForms& a, const Token& x, const NameForms& b, const Token& y,
                       bool organisation) {
  if (x.kind == TokenKind::number || y.kind == TokenKind::number)
    return x.kind != y.kind || x.number != y.number;
  if (x.concept_id && y.concept_id) return x.concept_id != y.concept_id;
  if (x.kind == TokenKind::initial || y.kind == TokenKind::initial)
    return x.length == 0 || y.length == 0 || a.chars[x.at] != b.chars[y.at];
  if (x.abjad != y.abjad || ((x.given | x.short_form) != 0 && (y.given | y.short_form) != 0) ||
      !letters_differ(x.length, y.length, x.bones_length, y.bones_length,
                      distance_floor(x.letters, y.letters)))
    return false;
  if (!organisation && x.foreign != y.foreign) return false;  // a transcription
  return (!organisation && !x.foreign && !y.foreign) || (x.sizes & y.sizes) == 0 || !words_fit(a, x, b, y);
}

// Syllables that a run of words may have, once this word is added: bit n for n of them.
std::uint32_t add_sizes(std::uint32_t run, const Token& token) {
  if (token.readings == 0) return 0;
  if (token.weight == 0.0f) return run;
  std::uint32_t sums = 0;
  for (std::uint32_t left = token.sizes; left != 0; left &= left - 1) sums |= run << std::countr_zero(left);
  return sums & 0xFFFFu;
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

// sounds: whether sizes are asked for; none are told otherwise.
void find_runs(const NameForms& forms, std::size_t begin, std::size_t size, bool sounds, Runs& runs) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = forms.tokens[begin + i].at;
    Run run = {0, forms.chars.data() + at, 0, sounds ? 1u : 0u, true};
    for (std::size_t n = 0; n < 3 && i + n < size; ++n) {
      const Token& token = forms.tokens[begin + i + n];
      run.length = token.at + token.length - at;
      run.letters |= token.letters;
      // "van der Bilt": the small words of a name belong to it.
      run.whole = run.whole && token.kind != TokenKind::number &&
                  (token.kind != TokenKind::concept_word ||
                   (n > 0 && concept_of(token.concept_id).cls == WordClass::small));
      if (sounds) run.sizes = add_sizes(run.sizes, token);
      runs[i][n] = run;
    }
  }
}

// Whether joined_similarity() could find two runs alike by their letters.
bool may_be_spelt_alike(std::size_t length, std::uint64_t letters, std::size_t other_length,
                        std::uint64_t other_letters) {
  const std::size_t longest = std::max(length, other_length);
  return longest >= 4 && longest <= kWord && longest - std::min(length, other_length) <= longest / 5 &&
         distance_floor(letters, other_letters) <= 1 + static_cast<int>(longest) / 10;
}

// What joined_similarity could find: most runs differ too much in length or letters, or in syllables.
bool worth_comparing(const Run& x, const Run& y, bool sound) {
  return (sound && (x.sizes & y.sizes) != 0) || may_be_spelt_alike(x.length, x.letters, y.length, y.letters);
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

// Whether a word of a name could be several words of another: what worth_comparing() could say of their runs.
// Most pairs of names have no such words.
bool has_parts(const NameForms& forms, std::size_t begin, std::size_t size,
               const std::array<float, kMostWords>& best, const NameForms& other, std::size_t other_begin,
               std::size_t other_size, bool sounds) {
  if (other_size < 2) return false;
  const auto spoken = [&](const Token& token) { return sounds & (token.sizes != 0); };
  // Nothing shorter than four letters is compared by letters. The longest run is a quarter longer than the
  // word.
  const auto written = [&](const Token& token) {
    const int missing = std::popcount(token.letters & ~other.letters);
    return (token.length >= 4) & (missing <= 1 + token.length * 5 / 4 / 10);
  };
  std::uint32_t worth = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Token& token = forms.tokens[begin + i];
    const bool word = (token.kind != TokenKind::number) & (token.kind != TokenKind::concept_word);
    worth |= static_cast<std::uint32_t>(word & (best[i] < 0.98f) & (spoken(token) | written(token))) << i;
  }
  if (worth == 0) return false;
  Runs runs;
  find_runs(other, other_begin, other_size, sounds, runs);
  for (; worth != 0; worth &= worth - 1) {
    const Token& token = forms.tokens[begin + static_cast<std::size_t>(std::countr_zero(worth))];
    const bool by_sound = spoken(token), by_letters = written(token);
    for (std::size_t j = 0; j + 1 < other_size; ++j) {
      const Token& head = other.tokens[other_begin + j];
      for (std::size_t n = 1; n < 3 && j + n < other_size; ++n) {
        const Run& run = runs[j][n];
        if (by_sound && (token.sizes & run.sizes) != 0 &&
            (head.weight == 0.0f || words_fit(forms, token, other, head, true)))
          return true;
        if (by_letters && may_be_spelt_alike(token.length, token.letters, run.length, run.letters))
          return true;
      }
    }
  }
  return false;
}

void add(Candidates& out, std::size_t i, std::size_t n, std::size_t j, std::size_t m, float s, float weight) {
  if (out.size < out.all.size())
    out.all[out.size++] = {static_cast<std::uint8_t>(i),
                           static_cast<std::uint8_t>(n),
                           static_cast<std::uint8_t>(j),
                           static_cast<std::uint8_t>(m),
                           s,
                           s * weight};
}

}  // namespace

void find_candidates(const NameForms& a, const Alternative& left, const NameForms& b,
                     const Alternative& right, bool organisation, Candidates& out) {
  out.a_size = std::min<std::size_t>(left.end - left.begin, kMostWords);
  out.b_size = std::min<std::size_t>(right.end - right.begin, kMostWords);
  std::array<Quick, kMostWords> quick;  // of b; the first b_size
  for (std::size_t j = 0; j < out.b_size; ++j) {
    const Token& y = b.tokens[right.begin + j];
    quick[j] = Quick(y);
    out.foreign = out.foreign || y.foreign;
  }
  for (std::size_t i = 0; i < out.a_size; ++i) {
    const Token& x = a.tokens[left.begin + i];
    const Quick x_quick(x);
    out.foreign = out.foreign || x.foreign;
    for (std::uint32_t may = may_fit(x_quick, quick.data(), out.b_size, organisation); may != 0;
         may &= may - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(may));
      const Token& y = b.tokens[right.begin + j];
      if (nothing_in_common(a, x, b, y, organisation)) continue;
      const float s = pair_similarity(a, left.begin + i, b, right.begin + j, organisation);
      if (s < kFloor) continue;
      out.a_fits[i] = out.b_fits[j] = true;
      out.a_best[i] = std::max(out.a_best[i], s), out.b_best[j] = std::max(out.b_best[j], s);
      const float place = i == j ? 0.002f : 0.0f;  // equal words keep their order
      add(out, i, 1, j, 1, s, 1.0f + place);
    }
  }
}

bool may_be_joined(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   bool organisation, const Candidates& candidates) {
  const bool sounds = organisation || candidates.foreign;
  return has_parts(a, left.begin, candidates.a_size, candidates.a_best, b, right.begin, candidates.b_size,
                   sounds) ||
         has_parts(b, right.begin, candidates.b_size, candidates.b_best, a, left.begin, candidates.a_size,
                   sounds);
}

float most_agreement(const NameForms& a, const Alternative& left, const NameForms& b,
                     const Alternative& right, const Candidates& candidates) {
  // A pair's weight is the mean of two weights, and it fits no better than either of its words fits any.
  std::array<float, kMostWords> worth_a, worth_b;
  const auto list = [](const NameForms& forms, std::size_t begin, std::size_t size,
                       const std::array<float, kMostWords>& best, std::array<float, kMostWords>& worth) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i)
      if (best[i] > 0.0f) worth[count++] = forms.tokens[begin + i].weight * best[i];
    return count;
  };
  const std::size_t count_a = list(a, left.begin, candidates.a_size, candidates.a_best, worth_a);
  const std::size_t count_b = list(b, right.begin, candidates.b_size, candidates.b_best, worth_b);
  const std::size_t pairs = std::min(count_a, count_b);
  const auto heaviest = [&](std::array<float, kMostWords>& worth, std::size_t count) {
    if (count > pairs)
      std::sort(worth.begin(), worth.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>{});
    return std::accumulate(worth.begin(), worth.begin() + static_cast<std::ptrdiff_t>(pairs), 0.0f);
  };
  return (heaviest(worth_a, count_a) + heaviest(worth_b, count_b)) / 2;
}

void align(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           bool organisation, Candidates& candidates, Alignment& out) {
  const std::size_t na = candidates.a_size, nb = candidates.b_size;
  const auto &best_a = candidates.a_best, &best_b = candidates.b_best;
  // Words written apart: only where a word has no equal of its own.
  const auto try_joined = [&] {
    Runs runs_a, runs_b;
    const bool any_sounds = organisation || candidates.foreign;
    find_runs(a, left.begin, na, any_sounds, runs_a);
    find_runs(b, right.begin, nb, any_sounds, runs_b);
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
            add(candidates, i, n, j, m, s, 1.0f + 0.01f * static_cast<float>(n + m));
          }
        }
      }
    }
  };
  if (may_be_joined(a, left, b, right, organisation, candidates)) try_joined();
  // Insertion sort: few items, nearly none out of order, and no memory of its own.
  for (std::size_t c = 1; c < candidates.size; ++c) {
    const Candidate now = candidates.all[c];
    std::size_t at = c;
    for (; at > 0 && candidates.all[at - 1].rank < now.rank; --at)
      candidates.all[at] = candidates.all[at - 1];
    candidates.all[at] = now;
  }
  out.size = 0, out.words = 0, out.initials_only = true;
  out.a_used.fill(false), out.b_used.fill(false);
  for (std::size_t c = 0; c < candidates.size && out.size < kMostWords; ++c) {
    const Candidate& p = candidates.all[c];
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
