#include "cordon/names/similarity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>

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

constexpr float kSameName = 0.97f, kShortForm = 0.86f, kScrambled = 0.9f;
constexpr std::uint8_t kCommonBits = 12;

enum class Relation : std::uint8_t { unknown, same, short_form, other };

// Of two words that are known to spell given names.
Relation relation(const Token& x, const Token& y) {
  if ((x.given | x.short_form) == 0 || (y.given | y.short_form) == 0) return Relation::unknown;
  if (x.given != 0 && x.given == y.given) return Relation::same;
  if (is_short_for(x.short_form, y.given) || is_short_for(y.short_form, x.given) ||
      share_name(x.short_form, y.short_form))
    return Relation::short_form;
  return Relation::other;
}

// Emilia and Emilio, Joaquina and Joaquin.
bool other_gender(std::string_view s, std::string_view t) {
  if (s.size() < t.size()) std::swap(s, t);
  if (s.size() == t.size() + 1) return s.back() == 'a' && s.starts_with(t);
  return s.size() == t.size() && s.substr(0, s.size() - 1) == t.substr(0, t.size() - 1) &&
         ((s.back() == 'a' && t.back() == 'o') || (s.back() == 'o' && t.back() == 'a'));
}

// The same letters in another order, and at least one of the two is no name that is known: "nitup", putin.
bool is_scrambled(const Token& x, std::string_view s, const Token& y, std::string_view t) {
  if (s.size() != t.size() || s.size() < 5 || s.size() > 16 || x.letters != y.letters) return false;
  if (std::max(x.bits, y.bits) < kRareBits) return false;
  std::array<std::int8_t, 256> count{};
  for (std::size_t i = 0; i < s.size(); ++i)
    ++count[static_cast<unsigned char>(s[i])], --count[static_cast<unsigned char>(t[i])];
  return std::all_of(s.begin(), s.end(), [&](char c) { return count[static_cast<unsigned char>(c)] == 0; });
}

// Letters that the romanisations of Arabic and Persian put for one another: by letter, bits of its partners.
constexpr std::array<std::uint32_t, 26> kAbjadPartners = [] {
  std::array<std::uint32_t, 26> partners{};
  for (const std::string_view letters :
       {"bpv", "qgk", "zd", "jg", "wvuo", "yiej", "aeo", "td", "sc", "fp", "kc", "ht", "xk"})
    for (const char x : letters)
      for (const char y : letters) partners[static_cast<std::size_t>(x - 'a')] |= 1u << (y - 'a');
  return partners;
}();

bool abjad_equal(char bare, char full) {
  return bare >= 'a' && bare <= 'z' && full >= 'a' && full <= 'z' &&
         (kAbjadPartners[static_cast<std::size_t>(bare - 'a')] >> (full - 'a') & 1u) != 0;
}

// A word that writes no short vowels against one that does. Consonants must agree; a vowel may be unwritten,
// but a long one that is written must be there, and an ending -i is always written: Hamid is no Hamidi.
float abjad_similarity(std::string_view bare, std::string_view full) {
  constexpr std::size_t most = 20;
  if (bare.size() > most || full.size() > most || bare.size() > full.size() + 1 ||
      full.size() > 3 * bare.size())
    return 0.0f;
  const auto drop_full = [&](std::size_t j) {
    const char c = full[j];
    if (j > 0 && full[j - 1] == c) return 0.05f;
    if (c == 'i' && j + 1 == full.size()) return 0.8f;
    if (is_vowel(c)) return j == 0 ? 0.15f : 0.06f;
    return c == 'h' ? 0.25f : 1.0f;
  };
  const auto drop_bare = [&](std::size_t i) {
    const char c = bare[i];
    if (c == 'a') return 0.25f;
    if (c == 'y' && i + 1 == bare.size()) return 0.9f;
    return c == 'w' || c == 'y' ? 0.5f : c == 'h' ? 0.4f : 1.0f;
  };
  std::array<std::array<float, most + 1>, 2> rows;
  rows[0][0] = 0.0f;
  for (std::size_t j = 1; j <= full.size(); ++j) rows[0][j] = rows[0][j - 1] + drop_full(j - 1);
  for (std::size_t i = 1; i <= bare.size(); ++i) {
    auto &now = rows[i & 1], &before = rows[(i - 1) & 1];
    now[0] = before[0] + drop_bare(i - 1);
    for (std::size_t j = 1; j <= full.size(); ++j) {
      const char x = bare[i - 1], y = full[j - 1];
      const float replace = x == y ? 0.0f : abjad_equal(x, y) ? 0.12f : 1.0f;
      now[j] =
          std::min({before[j - 1] + replace, before[j] + drop_bare(i - 1), now[j - 1] + drop_full(j - 1)});
    }
  }
  const auto consonants = static_cast<float>(
      std::count_if(full.begin(), full.end(), [](char c) { return !is_vowel(c) && c != 'h'; }));
  const float similarity = 1.0f - rows[bare.size() & 1][full.size()] / std::max(consonants, 2.0f);
  // The fewer consonants there are, the more words share them.
  const float most_certain = consonants >= 4 ? 0.95f : consonants >= 3 ? 0.9f : 0.82f;
  return std::clamp(similarity, 0.0f, most_certain);
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

// Hangul that writes a Mandarin name by ear (하오판, Hao Fan): every syllable fits.
bool transcribes(const Sequence& hangul, const Sequence& mandarin) {
  std::size_t at = 0;
  for (std::size_t k = 0; k < mandarin.size; ++k) {
    const std::span<const Syllable> written = hangul_by_ear(mandarin.at[k]->pinyin);
    if (written.empty() || at + written.size() > hangul.size) return false;
    for (const Syllable& s : written)
      if (fit(hangul.at[at++]->korean, s) < kLooseFit) return false;
  }
  return at == hangul.size;
}

bool is_hangul(const Sequence& s) {
  // Of Hangul, each part of a syllable is one letter.
  return std::all_of(s.at.begin(), s.at.begin() + static_cast<std::ptrdiff_t>(s.size),
                     [](const Element* e) { return e->pinyin == 0 && std::popcount(e->korean.strict) == 3; });
}

bool has_korean(const Element& e) {
  return (e.korean.loose & kOnsets) != 0;
}

// Only a Mandarin reading of one stands against only Korean ones of the other.
bool is_cross(const Element& a, const Element& b) {
  const auto stands = [](const Element& x, const Element& y) {
    return x.pinyin && !y.pinyin && has_korean(y) && !has_korean(x);
  };
  return !(a.han && b.han) && (stands(a, b) || stands(b, a));
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
  switch (relation(x, y)) {
    case Relation::same:
      return kSameName;
    case Relation::short_form:
      return kShortForm;
    case Relation::other:
      return 0.0f;
    case Relation::unknown:
      break;
  }
  if (x.abjad != y.abjad) return x.abjad ? abjad_similarity(s, t) : abjad_similarity(t, s);
  const std::size_t longest = std::max(s.size(), t.size()), shortest = std::min(s.size(), t.size());
  if (longest > 2 * shortest + 1) return 0.0f;
  const int usual = edits_allowed(longest), most = static_cast<int>((longest + 1) / 2);
  const int floor = distance_floor(x.letters, y.letters);
  if (floor > std::min(most, usual + kMoreWithSameBones)) return 0.0f;
  const std::string_view p = a.skeleton(x), q = b.skeleton(y);
  const bool same_bones = p.size() >= 3 && p == q;
  if (floor > usual && !same_bones) return 0.0f;
  const bool scrambled = is_scrambled(x, s, y, t);
  const int allowed = std::min(most, usual + (same_bones ? kMoreWithSameBones : 0));
  const int edits = osa(s, t);
  if (edits > allowed) return scrambled ? kScrambled : 0.0f;
  // Two names that many people bear are two names, unless they sound the same.
  if (std::max(x.bits, y.bits) <= kCommonBits && p != q) return 0.6f;
  if (std::min(x.bits, y.bits) < kRareBits && other_gender(s, t)) return 0.6f;
  const float cost = edit_cost(s, t);
  // An ending that many names share says nothing: Viktorovich and Ivanovich agree in it.
  const std::size_t ending = shared_ending(s, t);
  const float length = static_cast<float>(longest - ending) + 0.5f * static_cast<float>(ending > 0);
  float similarity = 1.0f - cost / length;
  if (same_bones) similarity = std::max(similarity, 0.8f);
  if (scrambled) similarity = std::max(similarity, kScrambled);
  return std::clamp(similarity, 0.0f, 0.99f);
}

float transcription_similarity(const NameForms& a, const Token& x, const NameForms& b, const Token& y) {
  const auto transcribed = [](const NameForms& forms, const Token& token) {
    return token.foreign && token.readings > 0 && forms.readings[token.reading_at].exact &&
           forms.readings[token.reading_at].size >= 3;
  };
  if (transcribed(a, x) == transcribed(b, y)) return 0.0f;
  // l and r are one sound there, and what is doubled by that counts once.
  const auto next = [](std::string_view bones, std::size_t& i) {
    const auto plain = [](char c) { return c == 'r' ? 'l' : c; };
    const char c = plain(bones[i]);
    while (i < bones.size() && plain(bones[i]) == c) ++i;
    return c;
  };
  const std::string_view p = a.skeleton(x), q = b.skeleton(y);
  std::size_t i = 0, j = 0, same = 0;
  while (i < p.size() && j < q.size()) {
    if (next(p, i) != next(q, j)) return 0.0f;
    ++same;
  }
  return i == p.size() && j == q.size() && same >= 2 ? (same == 2 ? 0.84f : 0.92f) : 0.0f;
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
      const bool p_mandarin = p.at[0]->pinyin != 0, q_mandarin = q.at[0]->pinyin != 0;
      if (p_mandarin != q_mandarin &&
          (p_mandarin ? is_hangul(q) && transcribes(q, p) : is_hangul(p) && transcribes(p, q))) {
        result.comparable = result.heard = true, result.score = kLooseFit, result.different = 0;
        continue;
      }
      if (p.size != q.size) continue;
      // A Mandarin reading of a Korean word is guessed for persons only.
      bool cross = false;
      for (std::size_t k = 0; k < p.size && !cross; ++k) cross = is_cross(*p.at[k], *q.at[k]);
      if (cross) continue;
      float sum = 0.0f;
      int different = 0;
      for (std::size_t k = 0; k < p.size; ++k) {
        const float f = element_fit(*p.at[k], *q.at[k], false, cross);
        sum += f;
        different += f < kLooseFit;
      }
      sum /= static_cast<float>(p.size);
      if (sum > result.score || result.different == 99) result.score = sum, result.different = different;
    }
  return result;
}

}  // namespace cordon::names
