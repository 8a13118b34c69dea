#include "cordon/names/similarity.hpp"

#include <algorithm>
#include <array>

#include "cordon/names/kernels.hpp"

namespace cordon::names {
namespace {

constexpr std::size_t kLongestWeighed = 24;

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Symmetric table of the cost of writing one letter for another.
struct Costs {
  std::array<std::array<float, 128>, 128> swap{};
  Costs() {
    for (auto& row : swap) row.fill(1.0f);
    for (int c = 0; c < 128; ++c) swap[static_cast<std::size_t>(c)][static_cast<std::size_t>(c)] = 0.0f;
    const auto set = [this](std::string_view letters, float cost) {
      for (const char x : letters)
        for (const char y : letters)
          if (x != y) swap[static_cast<unsigned char>(x)][static_cast<unsigned char>(y)] = cost;
    };
    set("aeiouy", 0.45f);
    for (const std::string_view pair : {"ck", "kq", "gk", "gq", "cq", "cs", "sz", "bp", "dt", "vw", "fv",
                                        "bv", "gj", "jy", "ij", "cg", "xk", "xs", "ph", "uw", "hk", "zj"})
      set(pair, 0.55f);
    for (const std::string_view pair : {"mn", "lr", "o0", "l1", "i1", "s5", "b8", "g9", "il", "nm"})
      set(pair, 0.75f);
  }
};
const Costs costs;

float drop_cost(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (i > 0 && text[i - 1] == c) return 0.25f;
  if (c == 'h') return 0.4f;
  return is_vowel(c) ? 0.65f : 1.0f;
}

// Length of a common ending of names that both words have; 0 where nothing would be left.
std::size_t shared_ending(std::string_view a, std::string_view b) {
  constexpr std::array<std::string_view, 14> endings = {"dottir", "ullah", "uddin", "ovich", "evich",
                                                        "ovna",   "evna",  "enko",  "sson",  "oglu",
                                                        "yan",    "zai",   "sen",   "escu"};
  for (const std::string_view ending : endings)
    if (a.ends_with(ending) && b.ends_with(ending) && a.size() > ending.size() + 1 &&
        b.size() > ending.size() + 1)
      return ending.size();
  constexpr std::string_view vich = "vich";
  return a.ends_with(vich) && b.ends_with(vich) && a.size() > 6 && b.size() > 6 ? vich.size() + 1 : 0;
}

constexpr std::size_t kSequences = 6, kSequenceLength = 14;

struct Sequence {
  std::array<const Element*, kSequenceLength> at;
  std::size_t size = 0;
};
struct Sequences {
  std::array<Sequence, kSequences> all;
  std::size_t size = 0;
};

// All readings of a run of words, flattened; false where a word has none.
bool flatten(const NameForms& forms, std::size_t i, std::size_t end, Sequence& now, Sequences& out) {
  while (i < end && forms.tokens[i].weight == 0.0f) ++i;
  if (i == end) {
    if (now.size > 0 && out.size < kSequences) out.all[out.size++] = now;
    return true;
  }
  const Token& token = forms.tokens[i];
  if (token.readings == 0) return false;
  for (std::uint8_t r = 0; r < token.readings; ++r) {
    const Reading& reading = forms.readings[token.reading_at + r];
    if (now.size + reading.size > kSequenceLength) continue;
    const std::size_t before = now.size;
    for (std::uint8_t k = 0; k < reading.size; ++k) now.at[now.size++] = forms.reading(reading) + k;
    if (!flatten(forms, i + 1, end, now, out)) return false;
    now.size = before;
  }
  return true;
}

bool has_korean(const Element& e) {
  return (e.korean.loose & kOnsets) != 0;
}

}  // namespace

float edit_cost(std::string_view a, std::string_view b) {
  if (a.size() > kLongestWeighed || b.size() > kLongestWeighed) return static_cast<float>(osa(a, b));
  std::array<std::array<float, kLongestWeighed + 1>, 3> rows;
  std::size_t now = 0;
  rows[0][0] = 0.0f;
  for (std::size_t j = 1; j <= b.size(); ++j) rows[0][j] = rows[0][j - 1] + drop_cost(b, j - 1);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t before = now, twice = (now + 2) % 3;
    now = (now + 1) % 3;
    const float drop = drop_cost(a, i - 1);
    rows[now][0] = rows[before][0] + drop;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const float replace = costs.swap[a[i - 1] & 127][b[j - 1] & 127];
      float best = std::min(
          {rows[before][j] + drop, rows[now][j - 1] + drop_cost(b, j - 1), rows[before][j - 1] + replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != b[j - 1])
        best = std::min(best, rows[twice][j - 2] + 0.8f);
      rows[now][j] = best;
    }
  }
  return rows[now][b.size()];
}

float word_similarity(const NameForms& a, const Token& x, const NameForms& b, const Token& y) {
  const std::string_view s = a.word(x), t = b.word(y);
  if (s.empty() || t.empty()) return 0.0f;
  if (s == t) return 1.0f;
  const std::size_t longest = std::max(s.size(), t.size()), shortest = std::min(s.size(), t.size());
  if (x.abjad != y.abjad) {
    // One side has no vowels: only the consonants can be compared.
    const std::string_view p = a.skeleton(x), q = b.skeleton(y);
    if (p.empty() || q.empty()) return 0.0f;
    // The fewer consonants there are, the more words share them.
    if (p == q)
      return p.size() >= 4   ? 0.95f
             : p.size() == 3 ? 0.88f
             : p.size() == 2 ? 0.75f
             : longest <= 4  ? 0.72f
                             : 0.0f;
    return std::max(p.size(), q.size()) >= 5 && osa(p, q) == 1 ? 0.72f : 0.0f;
  }
  if (longest > 2 * shortest + 1) return 0.0f;
  const int allowed = static_cast<int>((longest + 1) / 2);
  if (distance_floor(x.letters, y.letters) > allowed || osa(s, t) > allowed) return 0.0f;
  const float cost = edit_cost(s, t);
  // An ending that many names share says nothing: Viktorovich and Ivanovich agree in it.
  const std::size_t ending = shared_ending(s, t);
  const float length = static_cast<float>(longest - ending) + 0.5f * static_cast<float>(ending > 0);
  float similarity = 1.0f - cost / length;
  const std::string_view p = a.skeleton(x), q = b.skeleton(y);
  if (p.size() >= 3 && p == q) similarity = std::max(similarity, 0.8f);
  return std::clamp(similarity, 0.0f, 0.99f);
}

float element_fit(const Element& a, const Element& b, bool family, bool& cross) {
  if (a.han && b.han) {
    if (a.han == b.han) return 1.0f;
    return 0.0f;
  }
  float best = 0.0f;
  if (has_korean(a) && has_korean(b)) best = fit(a.korean, b.korean);
  const Pinyin p = family && a.surname ? a.surname : a.pinyin, q = family && b.surname ? b.surname : b.pinyin;
  if (best < 1.0f && p && q) best = std::max(best, fit(p, q));
  if (best == 0.0f && p && !q && has_korean(b) && !has_korean(a))
    cross = true, best = family ? fit_surname(p, b.korean) : fit(p, b.korean);
  if (best == 0.0f && q && !p && has_korean(a) && !has_korean(b))
    cross = true, best = family ? fit_surname(q, a.korean) : fit(q, a.korean);
  return best;
}

SoundFit sound_fit(const NameForms& a, std::size_t a_begin, std::size_t a_end, const NameForms& b,
                   std::size_t b_begin, std::size_t b_end) {
  SoundFit result;
  Sequences left, right;
  Sequence now;
  if (!flatten(a, a_begin, a_end, now, left)) return result;
  now.size = 0;
  if (!flatten(b, b_begin, b_end, now, right)) return result;
  result.different = 99;
  for (std::size_t i = 0; i < left.size; ++i)
    for (std::size_t j = 0; j < right.size; ++j) {
      const Sequence &p = left.all[i], &q = right.all[j];
      const bool one_system =
          (has_korean(*p.at[0]) && has_korean(*q.at[0])) || (p.at[0]->pinyin && q.at[0]->pinyin);
      result.comparable = result.comparable || one_system;
      if (p.size != q.size) continue;
      float sum = 0.0f;
      int different = 0;
      bool cross = false;
      for (std::size_t k = 0; k < p.size; ++k) {
        const float f = element_fit(*p.at[k], *q.at[k], false, cross);
        sum += f;
        different += f < kLooseFit;
      }
      if (cross) continue;  // a Mandarin reading of a Korean word is guessed for persons only
      sum /= static_cast<float>(p.size);
      if (sum > result.score || result.different == 99) result.score = sum, result.different = different;
    }
  return result;
}

}  // namespace cordon::names
