// Vessels: short names in series, so the number decides and one letter may make another ship.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cordon/names/align.hpp"
#include "cordon/names/kernels.hpp"
#include "cordon/names/scoring.hpp"
#include "cordon/names/similarity.hpp"

namespace cordon::names {
namespace {

// Words in front, numbers behind: the shape of ship names. Where numbers stand between words, they count as
// words.
struct Shape {
  std::size_t begin = 0, end = 0;  // words
  std::size_t numbers_end = 0;
};

Shape shape_of(const NameForms& forms, const Alternative& alternative) {
  Shape s;
  s.begin = alternative.begin;
  while (s.begin < alternative.end && forms.tokens[s.begin].weight == 0.0f) ++s.begin;
  s.numbers_end = alternative.end;
  while (s.numbers_end > s.begin && forms.tokens[s.numbers_end - 1].weight == 0.0f) --s.numbers_end;
  s.end = s.numbers_end;
  while (s.end > s.begin &&
         (forms.tokens[s.end - 1].kind == TokenKind::number || forms.tokens[s.end - 1].weight == 0.0f))
    --s.end;
  return s;
}

std::string_view text(const NameForms& forms, std::size_t begin, std::size_t end) {
  if (begin == end) return {};
  const Token &first = forms.tokens[begin], &last = forms.tokens[end - 1];
  return std::string_view(forms.chars)
      .substr(first.at, static_cast<std::size_t>(last.at + last.length - first.at));
}

// Two neighbours swapped, or a letter doubled or not: no reading of syllables makes such names, typing does.
bool typing_slip(std::string_view s, std::string_view t) {
  if (std::min(s.size(), t.size()) < 6) return false;
  std::size_t i = 0, j = 0;
  while (i < s.size() && j < t.size() && s[i] == t[j]) {
    const char letter = s[i];
    while (i < s.size() && s[i] == letter) ++i;
    while (j < t.size() && t[j] == letter) ++j;
  }
  if (i == s.size() && j == t.size()) return true;
  if (s.size() != t.size()) return false;
  const auto [x, y] = std::mismatch(s.begin(), s.end(), t.begin());
  return s.end() - x >= 2 && x[0] == y[1] && x[1] == y[0] && std::equal(x + 2, s.end(), y + 2);
}

// 1 equal, 0 different, -1 only one name has numbers.
int numbers_agree(const NameForms& a, const Shape& x, const NameForms& b, const Shape& y) {
  std::size_t i = x.end, j = y.end;
  const auto next = [](const NameForms& forms, std::size_t& at, std::size_t end) {
    while (at < end && forms.tokens[at].kind != TokenKind::number) ++at;
    return at < end ? forms.tokens[at++].number : -1;
  };
  const bool left = x.end < x.numbers_end, right = y.end < y.numbers_end;
  if (left != right) return -1;
  while (true) {
    const int p = next(a, i, x.numbers_end), q = next(b, j, y.numbers_end);
    if (p != q) return 0;
    if (p < 0) return 1;
  }
}

}  // namespace

float vessel_score(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   double, Reasons* reasons) {
  const Weights& w = weights();
  const Shape x = shape_of(a, left), y = shape_of(b, right);
  if (x.begin == x.numbers_end || y.begin == y.numbers_end) return 0.0f;
  const std::string_view s = text(a, x.begin, x.end), t = text(b, y.begin, y.end);
  const int numbers = numbers_agree(a, x, b, y);
  float score = 0.0f;
  const char* how = "Ship names agree: {} and {}.";
  if (s.empty() || t.empty()) {
    score = s.empty() && t.empty() && numbers == 1 ? 0.97f : 0.0f;
  } else if (s == t) {
    score = 0.98f;
  } else {
    const float longest = static_cast<float>(std::max(s.size(), t.size()));
    std::uint64_t p = 0, q = 0;
    bool closed = true;
    for (std::size_t i = x.begin; i < x.end; ++i)
      p |= a.tokens[i].letters, closed = closed && (a.tokens[i].closed || a.tokens[i].foreign);
    for (std::size_t j = y.begin; j < y.end; ++j)
      q |= b.tokens[j].letters, closed = closed && (b.tokens[j].closed || b.tokens[j].foreign);
    bool native = false;
    for (std::size_t i = x.begin; i < x.end; ++i) native = native || a.tokens[i].foreign;
    for (std::size_t j = y.begin; j < y.end; ++j) native = native || b.tokens[j].foreign;
    const int most_edits = (static_cast<int>(longest) + 3) / 3;
    const bool near = distance_floor(p, q) <= std::min(5, most_edits) && osa(s, t) <= most_edits;
    if (near) score = std::max(0.0f, 1.0f - w.vessel_slope * edit_cost(s, t) / longest);
    if (near || native) {
      const SoundFit sound = sound_fit(a, x.begin, x.end, b, y.begin, y.end);
      if (sound.comparable && sound.different == 0) {
        score = std::max(score, 0.88f + 0.08f * sound.score);
        how = "Ship names sound the same: {} and {}.";
      } else if (sound.comparable) {
        score = std::min(score, sound.different == 1 ? w.view_near - 0.06f : 0.5f);
      }
    }
    if (near && typing_slip(s, t)) score = std::max(score, w.typing_slip);
    if (score < w.cut && (a.cut || b.cut)) {
      const bool head = a.cut ? t.starts_with(s) && s.size() >= 12 : s.starts_with(t) && t.size() >= 12;
      if (head)
        score = w.cut, how = "One name is cut off after the 20 characters of an AIS field: {} and {}.";
    }
    if (near && score >= 0.7f && how[10] == 's' && reasons != nullptr && s != t)
      how = "Ship names differ in a letter or two: {} and {}.";
  }
  if (numbers != 1 && score > 0.0f)
    score = std::min(score, numbers == 0 ? w.number_differs : w.number_missing);
  if (reasons != nullptr) {
    if (numbers == 0)
      reasons->push_back(fmt::format("The number in the ship's name differs: {} against {}.",
                                     shown(a, x.begin, x.numbers_end), shown(b, y.begin, y.numbers_end)));
    if (numbers == -1)
      reasons->push_back(fmt::format("Only one of the ships' names has a number: {} and {}.",
                                     shown(a, x.begin, x.numbers_end), shown(b, y.begin, y.numbers_end)));
    if (numbers == 1)
      reasons->push_back(score >= 0.7f ? fmt::format(fmt::runtime(how), a.text, b.text)
                                       : fmt::format("Ship names differ: {} against {}.", a.text, b.text));
  }
  return score;
}

}  // namespace cordon::names
