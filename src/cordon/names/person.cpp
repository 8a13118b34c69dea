// Persons. Two ways: by syllables where both names can be split into an East Asian family and given name; by
// words otherwise. A word left out costs little; a word that stands against another word costs much.
#include <fmt/format.h>

#include <algorithm>

#include "cordon/base/text.hpp"
#include "cordon/names/align.hpp"
#include "cordon/names/fold.hpp"
#include "cordon/names/kernels.hpp"
#include "cordon/names/scoring.hpp"
#include "cordon/names/similarity.hpp"

namespace cordon::names {
namespace {

struct ViewFit {
  float score = 0.0f;
  bool family = false, given = false;  // agree
  bool cross = false, loose = false;
};

// Exact where the score is `least` or more.
ViewFit fit_views(const NameForms& a, const View& x, const NameForms& b, const View& y, double least) {
  const Weights& w = weights();
  ViewFit result;
  if (x.size != y.size || x.family != y.family) return result;
  // Without the family name there is little left, and that is soon told.
  if (const float other_family = std::max(w.view_family, w.view_low); other_family < least) {
    bool cross = false;
    const float f = element_fit(a.elements[x.at], b.elements[y.at], x.family > 0, cross);
    if (x.family > 0 && f < 0.9f && f != kBlurredFit) return result;
  }
  float sum = 0.0f, family = 1.0f, worst = 1.0f;
  int different = 0, given = 0, blurred = 0;
  for (std::uint8_t k = 0; k < x.size; ++k) {
    bool cross = false;
    const float f = element_fit(a.elements[x.at + k], b.elements[y.at + k], k < x.family, cross);
    result.cross = result.cross || cross;
    result.loose = result.loose || f < 1.0f;
    sum += f;
    blurred += f == kBlurredFit;
    if (k < x.family) {
      family = std::min(family, f);
      continue;
    }
    ++given;
    different += f < 0.9f;
    worst = std::min(worst, f);
  }
  result.family = family >= 0.9f;
  result.given = different == 0;
  if (result.family && result.given) {
    // A Mandarin syllable may be read as several Korean ones: two syllables are too few to tell.
    result.score = result.cross ? (x.size > 2 ? w.view_cross : w.view_near)
                                : (result.loose ? w.view_loose : w.view_exact) * (x.weight * y.weight);
    return result;
  }
  // "Si Jinpin": a Mandarin name by ear. Where the family name is certain, another given name is another.
  if (family == kBlurredFit && blurred <= 2 && x.size >= 3 && blurred == 1 + different) {
    result.family = result.given = true;
    result.score = w.view_blurred;
    return result;
  }
  // One syllable that is nearly the other, all else equal: a slip is possible, but it is another name until
  // shown.
  if (result.family && different == 1 && worst > 0.4f && given > 1 && !result.cross)
    result.score = w.view_near;
  else if (result.given && family > 0.4f)
    result.score = w.view_family;
  else
    result.score = w.view_low * sum / static_cast<float>(x.size);
  return result;
}

bool is_son(const NameForms& forms, const Alternative& alternative, std::size_t i) {
  const Token& token = forms.tokens[alternative.begin + i];
  const std::string_view word = forms.word(token);
  return token.kind == TokenKind::particle &&
         (word == "bin" || word == "ibn" || word == "ben" || word == "bint" || word == "binti");
}

// Weight of the words of one side that have no counterpart; words repeated from those that have one do not
// count.
struct Unmatched {
  float weight = 0.0f;
  float heaviest = 0.0f;
  int words = 0;
};

Unmatched unmatched(const NameForms& forms, const Alternative& alternative,
                    const std::array<bool, kMostWords>& used) {
  Unmatched result;
  const std::size_t n = std::min<std::size_t>(alternative.end - alternative.begin, kMostWords);
  for (std::size_t i = 0; i < n; ++i) {
    if (used[i]) continue;
    const Token& token = forms.tokens[alternative.begin + i];
    bool repeated = false;
    for (std::size_t k = 0; k < n; ++k)
      repeated =
          repeated || (used[k] && forms.word(forms.tokens[alternative.begin + k]) == forms.word(token));
    if (repeated) continue;
    if (is_son(forms, alternative, i)) continue;
    // "bin Muhammad": a father whom only one of the names tells.
    const bool father = i > 1 && i + 1 < n && is_son(forms, alternative, i - 1);
    result.weight += father ? weights().father * token.weight : token.weight;
    if (token.kind == TokenKind::word || token.kind == TokenKind::initial ||
        token.kind == TokenKind::number) {
      result.heaviest = std::max(result.heaviest, token.weight);
      ++result.words;
    }
  }
  return result;
}

// The word before the first "bin" (son of) and the one after it, by their places in the alternative.
struct Descent {
  bool known = false;
  std::size_t child = 0, father = 0;
};

Descent descent(const NameForms& forms, const Alternative& alternative) {
  const std::size_t n = std::min<std::size_t>(alternative.end - alternative.begin, kMostWords);
  const auto particle = [&](std::size_t i) {
    return forms.tokens[alternative.begin + i].kind == TokenKind::particle;
  };
  for (std::size_t i = 1; i + 1 < n; ++i) {
    if (!is_son(forms, alternative, i) || particle(i - 1)) continue;
    std::size_t father = i + 1;
    while (father < n && particle(father)) ++father;
    return {father < n, i - 1, father};
  }
  return {};
}

// "Abdullah bin Omar" is Omar's son, "Omar bin Abdullah" Abdullah's: the same words, two people.
bool descent_differs(const NameForms& a, const Alternative& left, const NameForms& b,
                     const Alternative& right, const Alignment& pairs) {
  const Descent x = descent(a, left), y = descent(b, right);
  if (!x.known || !y.known) return false;
  for (std::size_t p = 0; p < pairs.size; ++p) {
    const WordPair& pair = pairs.pairs[p];
    if ((pair.a == x.child && pair.b == y.father) || (pair.a == x.father && pair.b == y.child)) return true;
  }
  return false;
}

// All letters of an alternative, without blanks.
std::string_view letters_of(const NameForms& forms, const Alternative& alternative) {
  const Token &first = forms.tokens[alternative.begin], &last = forms.tokens[alternative.end - 1u];
  return forms.chars.substr(first.at, static_cast<std::size_t>(last.at + last.length - first.at));
}

// Bits of one word; the small words of names say nothing.
float information(const Token& token) {
  return token.weight < 0.3f                ? 0.0f
         : token.kind == TokenKind::initial ? 3.0f
                                            : static_cast<float>(token.bits);
}

// A name of two to four characters or Korean syllables, and nothing else.
bool is_whole(const NameForms& forms, const Alternative& alternative) {
  int syllables = 0;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i) {
    const Token& token = forms.tokens[i];
    if (token.kind == TokenKind::title) continue;
    if (token.readings == 0 || !token.foreign || !forms.readings[token.reading_at].exact) return false;
    syllables += forms.readings[token.reading_at].size;
  }
  return syllables >= 2 && syllables <= 6;
}

// "President Erdogan": an office and a family name that few people bear.
bool by_office(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
               const Alignment& pairs) {
  if (pairs.size != 1 || pairs.pairs[0].similarity < 1.0f) return false;
  const auto office = [](const NameForms& forms, const Alternative& one) {
    int words = 0;
    bool found = false;
    for (std::size_t i = one.begin; i < one.end; ++i) {
      const Token& token = forms.tokens[i];
      found = found || (token.kind == TokenKind::title && concept_of(token.concept_id).name == "president");
      words += token.kind == TokenKind::word;
    }
    return found && words == 1;
  };
  const auto family = [](const NameForms& forms, const Alternative& one, std::size_t at) {
    const Token& token = forms.tokens[one.begin + at];
    return token.bits == kRareBits && token.length >= 5 && one.begin + at + 1u == one.end;
  };
  const WordPair& pair = pairs.pairs[0];
  return (office(a, left) && family(b, right, pair.b)) || (office(b, right) && family(a, left, pair.a));
}

// "Friedrich Hans" and "Hans Friedrich": where both words are given names, their order tells which is the
// family name, unless a comma does.
bool places_change(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   const Alignment& pairs) {
  if (pairs.size != 2 || left.end - left.begin != 2 || right.end - right.begin != 2) return false;
  const WordPair &p = pairs.pairs[0], &q = pairs.pairs[1];
  if (p.a == p.b || q.a == q.b || a.text.find(',') != a.text.npos || b.text.find(',') != b.text.npos)
    return false;
  const auto both_given = [](const NameForms& forms, const Alternative& one) {
    return forms.tokens[one.begin].given != 0 && forms.tokens[one.begin + 1u].given != 0;
  };
  return both_given(a, left) && both_given(b, right);
}

// The most that by_words() can give once it lays word against word, none of them joined.
float most_by_words(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                    const Candidates& candidates) {
  const float agree = most_agreement(a, left, b, right, candidates);
  if (agree == 0.0f) return 0.0f;
  const Weights& w = weights();
  const Unmatched ua = unmatched(a, left, candidates.a_fits), ub = unmatched(b, right, candidates.b_fits);
  const float both = std::min(ua.weight, ub.weight), more = std::max(ua.weight, ub.weight) - both;
  float most = agree / (agree + w.contradiction * both + w.omission * more);
  if (ua.heaviest >= 0.5f && ub.heaviest >= 0.5f) most = std::min(most, w.contradiction_cap);
  const auto title = [](const NameForms& forms, const Alternative& one) {
    return std::any_of(forms.tokens.begin() + one.begin, forms.tokens.begin() + one.end,
                       [](const Token& token) { return token.kind == TokenKind::title; });
  };
  return title(a, left) || title(b, right) ? std::max(most, w.office) : most;
}

// Exact where the score is `least` or more.
float by_words(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
               double least, Reasons* reasons) {
  const Weights& w = weights();
  // "Myongc-hin": blanks and hyphens in another place.
  if (a.letters == b.letters && (left.end - left.begin > 1 || right.end - right.begin > 1) &&
      letters_of(a, left) == letters_of(b, right)) {
    if (reasons != nullptr)
      reasons->push_back(fmt::format("The same letters, divided otherwise: {} and {}.", a.text, b.text));
    return w.divided;
  }
  Candidates candidates;
  find_candidates(a, left, b, right, false, candidates);
  if (most_by_words(a, left, b, right, candidates) + kRounding < least &&
      !may_be_joined(a, left, b, right, false, candidates))
    return 0.0f;
  Alignment pairs;
  align(a, left, b, right, false, candidates, pairs);
  float agree = 0.0f, doubt = 0.0f, spelt = 0.0f, bits = 0.0f;
  int whole = 0;
  for (std::size_t p = 0; p < pairs.size; ++p) {
    const WordPair& pair = pairs.pairs[p];
    float wa = 0.0f, wb = 0.0f, bits_a = 0.0f, bits_b = 0.0f;
    for (std::size_t k = 0; k < pair.a_count; ++k) {
      const Token& token = a.tokens[left.begin + pair.a + k];
      wa += token.weight, bits_a += information(token);
    }
    for (std::size_t k = 0; k < pair.b_count; ++k) {
      const Token& token = b.tokens[right.begin + pair.b + k];
      wb += token.weight, bits_b += information(token);
    }
    bits += std::min(bits_a, bits_b) * std::max(0.0f, 2.0f * pair.similarity - 1.0f);
    const float weight = pair.a_count == pair.b_count ? (wa + wb) / 2 : std::max(wa, wb);
    agree += weight * pair.similarity;
    doubt += weight * (1.0f - pair.similarity);
    const bool initial = a.tokens[left.begin + pair.a].kind == TokenKind::initial ||
                         b.tokens[right.begin + pair.b].kind == TokenKind::initial;
    if (!initial) spelt += weight * (1.0f - pair.similarity);
    const bool particle =
        a.tokens[left.begin + pair.a].weight < 0.3f && b.tokens[right.begin + pair.b].weight < 0.3f;
    if (!particle) whole += std::min(pair.a_count, pair.b_count);
  }
  if (agree == 0.0f) return 0.0f;
  const Unmatched ua = unmatched(a, left, pairs.a_used), ub = unmatched(b, right, pairs.b_used);
  const float both = std::min(ua.weight, ub.weight), more = std::max(ua.weight, ub.weight) - both;
  float score = agree / (agree + w.contradiction * (doubt * (1.0f + 0.6f * more) + both) + w.omission * more);
  // What agrees may be common to many people: then what is left out or spelt otherwise weighs more.
  const float lack = std::max(0.0f, 1.0f - bits / w.enough_bits);
  score *= 1.0f - w.commonness * lack * std::min(1.0f, more + w.doubt_share * spelt);
  if (ua.heaviest >= 0.5f && ub.heaviest >= 0.5f)
    score = std::min(score, w.contradiction_low + (w.contradiction_cap - w.contradiction_low) *
                                                      closeness(a, left, b, right, pairs));
  // A Chinese or Korean name in its own script leaves no syllable out.
  if (ua.words + ub.words > 0 && (is_whole(a, left) || is_whole(b, right)))
    score = std::min(score, w.contradiction_cap);
  if (whole <= 1 && (ua.words > 0 || ub.words > 0))
    score = by_office(a, left, b, right, pairs) ? w.office : std::min(score, w.single_word_cap);
  if (pairs.initials_only) score = std::min(score, 0.5f);
  const bool other_father = descent_differs(a, left, b, right, pairs);
  if (other_father) score = std::min(score, w.contradiction_cap);
  const bool turned = places_change(a, left, b, right, pairs);
  if (turned) score = std::min(score, w.places_change);
  if (a.business != b.business) score *= 0.7f;
  if (reasons != nullptr) {
    std::string equal, spelling;
    for (std::size_t p = 0; p < pairs.size; ++p) {
      const WordPair& pair = pairs.pairs[p];
      const std::string x = shown(a, left.begin + pair.a, left.begin + pair.a + pair.a_count);
      const std::string y = shown(b, right.begin + pair.b, right.begin + pair.b + pair.b_count);
      if (x == y)
        equal += (equal.empty() ? "" : " ") + x;
      else
        spelling += fmt::format("{}{} for {}", spelling.empty() ? "" : ", ", x, y);
    }
    std::string only_left, only_right;
    for (std::size_t i = left.begin; i < left.end && i - left.begin < kMostWords; ++i)
      if (!pairs.a_used[i - left.begin] && a.tokens[i].weight >= 0.3f)
        only_left += (only_left.empty() ? "" : " ") + shown(a, i, i + 1);
    for (std::size_t i = right.begin; i < right.end && i - right.begin < kMostWords; ++i)
      if (!pairs.b_used[i - right.begin] && b.tokens[i].weight >= 0.3f)
        only_right += (only_right.empty() ? "" : " ") + shown(b, i, i + 1);
    if (!only_left.empty() && !only_right.empty())
      reasons->push_back(fmt::format("Name differs: {} against {}.", only_left, only_right));
    if (other_father)
      reasons->push_back(fmt::format("Father and child change places: {} against {}.", a.text, b.text));
    if (turned)
      reasons->push_back(
          fmt::format("Given name and family name change places: {} against {}.", a.text, b.text));
    if (!equal.empty()) reasons->push_back(fmt::format("Same words in both names: {}.", equal));
    if (!spelling.empty()) reasons->push_back(fmt::format("Spelt differently: {}.", spelling));
    if (only_left.empty() != only_right.empty())
      reasons->push_back(
          fmt::format("Only one of the names has {}.", only_left.empty() ? only_right : only_left));
  }
  return score;
}

// The given (or family) name as the name writes it: its words, or the characters of a name without blanks.
std::string part_of(const NameForms& forms, const Alternative& alternative, const View& view, bool family) {
  std::vector<std::size_t> words;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i)
    if (forms.tokens[i].kind != TokenKind::title && forms.tokens[i].weight > 0.0f) words.push_back(i);
  if (words.size() >= 2) {
    const std::size_t name = view.turned ? words.size() - 1 : 0;
    std::string out;
    for (std::size_t k = 0; k < words.size(); ++k)
      if ((k == name) == family) out += (out.empty() ? "" : " ") + shown(forms, words[k], words[k] + 1);
    return out;
  }
  const std::u32string all = to_utf32(base::trim(forms.text));
  if (all.size() != view.size) return std::string(forms.text);
  return to_utf8(family ? all.substr(0, view.family) : all.substr(view.family));
}

// 쑨쓰둥 and Sun Sidong.
bool heard_as_mandarin(const NameForms& a, const Alternative& left, const NameForms& b,
                       const Alternative& right) {
  if (is_whole(a, left) == is_whole(b, right)) return false;
  const SoundFit sound = sound_fit(a, left.begin, left.end, b, right.begin, right.end);
  return sound.heard;
}

}  // namespace

float information(const NameForms& forms, const Alternative& alternative) {
  float bits = 0.0f;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i) bits += information(forms.tokens[i]);
  return bits;
}

float person_score(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   double least, Reasons* reasons) {
  const Weights& w = weights();
  ViewFit best;
  const View *of_a = nullptr, *of_b = nullptr;
  bool reliable = false, compared = false, same_size = false;
  for (std::size_t i = left.view_begin; i < left.view_end; ++i)
    for (std::size_t j = right.view_begin; j < right.view_end; ++j) {
      const ViewFit f = fit_views(a, a.views[i], b, b.views[j], least);
      compared = true;
      same_size = same_size || a.views[i].size == b.views[j].size;
      reliable = reliable || (a.views[i].exact && b.views[j].exact);
      if (f.score > best.score || of_a == nullptr) best = f, of_a = &a.views[i], of_b = &b.views[j];
    }
  Reasons word_reasons;
  float words = by_words(a, left, b, right, least, reasons == nullptr ? nullptr : &word_reasons);
  if (compared && reliable && !(best.family && best.given)) {
    // A doubled or dropped letter can make a syllable more or less; otherwise another syllable is another
    // name.
    const std::string_view s = a.chars, t = b.chars;
    const bool slip = !same_size && std::max(s.size(), t.size()) >= 8 && osa(s, t) <= 1;
    if (!slip) words = std::min(words, std::max(best.score, same_size ? 0.0f : 0.6f * words));
  }
  const bool by_ear = !(best.family && best.given) && heard_as_mandarin(a, left, b, right);
  if (by_ear) {
    if (reasons != nullptr)
      reasons->push_back(
          fmt::format("Hangul writes the Mandarin name as it is heard: {} and {}.", a.text, b.text));
    return w.view_loose;
  }
  if (reasons != nullptr) {
    if (best.family && best.given)
      reasons->push_back(fmt::format("Family name and given name agree{}: {} and {}.",
                                     best.cross   ? " as a Mandarin reading of Korean characters"
                                     : best.loose ? " in a loose spelling"
                                                  : " syllable by syllable",
                                     a.text, b.text));
    else if (compared && reliable && best.family)
      reasons->push_back(fmt::format("Given name differs: {} against {}.", part_of(a, left, *of_a, false),
                                     part_of(b, right, *of_b, false)));
    else if (compared && reliable && best.given)
      reasons->push_back(fmt::format("Family name differs: {} against {}.", part_of(a, left, *of_a, true),
                                     part_of(b, right, *of_b, true)));
    if (!(best.family && best.given))
      reasons->insert(reasons->end(), word_reasons.begin(), word_reasons.end());
  }
  return std::max(best.score, words);
}

}  // namespace cordon::names
