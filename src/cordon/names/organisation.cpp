// Organisations: words by meaning where they have one, by spelling and sound where they are names.
#include <fmt/format.h>

#include <algorithm>

#include "cordon/names/align.hpp"
#include "cordon/names/scoring.hpp"

namespace cordon::names {
namespace {

constexpr std::size_t kShortestPhrase = 9;  // letters

// "KOMID" of KOrea MIning Development: letters taken in order from the heads of the words, at least one of
// each; words that say little at the end (Trading Corporation) may be left out.
bool acronym_from(const NameForms& forms, std::size_t i, std::size_t end, std::string_view rest,
                  std::size_t words, bool skipped) {
  if (rest.empty()) {
    if (words < 2) return false;
    for (; i < end; ++i)
      if (forms.tokens[i].weight > 0.65f) return false;
    return true;
  }
  if (i == end) return false;
  const Token& token = forms.tokens[i];
  const std::string_view word = forms.word(token);
  if (token.weight < 0.05f && acronym_from(forms, i + 1, end, rest, words, skipped))
    return true;  // of, and, the
  const std::size_t most = std::min<std::size_t>({word.size(), rest.size(), 3});
  // A known phrase ("general bureau") is one token: its later words give their heads from within.
  const bool phrase = token.kind == TokenKind::concept_word && token.length >= kShortestPhrase;
  for (std::size_t take = 1, at = 0; take <= most; ++take, ++at) {
    if (phrase && take > 1) at = std::min(word.find(rest[take - 1], at), word.size());
    if (at >= word.size() || word[at] != rest[take - 1]) break;
    if (acronym_from(forms, i + 1, end, rest.substr(take), words + 1, skipped)) return true;
  }
  return false;
}

bool is_acronym(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right) {
  if (left.end - left.begin != 1 || right.end - right.begin < 2) return false;
  const Token& token = a.tokens[left.begin];
  const std::string_view word = a.word(token);
  if (token.kind == TokenKind::number || word.size() < 3 || word.size() > 8) return false;
  return acronym_from(b, right.begin, right.end, word, 0, false);
}

float omission(const NameForms& forms, const Token& token) {
  switch (concept_of(token.concept_id).cls) {
    case WordClass::none:
      return token.kind == TokenKind::number ? 1.0f : weights().organisation_omission;
    case WordClass::place:
      return 0.88f;
    case WordClass::topic:
      return 0.8f;
    case WordClass::trade:
      return 0.7f;
    case WordClass::unit:
      return 0.4f;
    default:
      break;
  }
  return forms.kind == Kind::organisation ? 0.25f : 0.5f;
}

struct Side {
  float contra = 0.0f, omitted = 0.0f, heaviest = 0.0f;
  bool number = false;
  std::string words;
};

Side unmatched(const NameForms& forms, const Alternative& alternative,
               const std::array<bool, kMostWords>& used, bool wanted) {
  Side side;
  const std::size_t n = std::min<std::size_t>(alternative.end - alternative.begin, kMostWords);
  for (std::size_t i = 0; i < n; ++i) {
    const Token& token = forms.tokens[alternative.begin + i];
    if (used[i] || token.weight == 0.0f) continue;
    if (concept_of(token.concept_id).cls == WordClass::legal) continue;
    side.contra += token.weight;
    side.omitted += token.weight * omission(forms, token);
    const bool number = token.kind == TokenKind::number;
    if (!number) side.heaviest = std::max(side.heaviest, token.weight);
    side.number = side.number || number;
    if (wanted && token.weight >= 0.2f)
      side.words +=
          (side.words.empty() ? "" : " ") + shown(forms, alternative.begin + i, alternative.begin + i + 1);
  }
  return side;
}

// The legal form that a name tells: with shares on the market (AG, OAO, SA) or with limited liability (GmbH,
// OOO, Sarl). Others ("Ltd", "Inc.") are used for either in translations.
enum class LegalForm : std::uint8_t { none, shares, liability, other };

LegalForm legal_form(const NameForms& forms, const Alternative& alternative) {
  LegalForm form = LegalForm::none;
  for (std::size_t i = alternative.begin; i < alternative.end; ++i) {
    const Concept& concept_known = concept_of(forms.tokens[i].concept_id);
    if (concept_known.cls != WordClass::legal) continue;
    const LegalForm now = concept_known.name == "jsc"   ? LegalForm::shares
                          : concept_known.name == "llc" ? LegalForm::liability
                                                        : LegalForm::other;
    form = form == LegalForm::none || form == now ? now : LegalForm::other;
  }
  return form;
}

bool forms_contradict(LegalForm x, LegalForm y) {
  return (x == LegalForm::shares && y == LegalForm::liability) ||
         (x == LegalForm::liability && y == LegalForm::shares);
}

// The most that organisation_score() can give once it lays word against word, none of them joined.
float most(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
           const Candidates& candidates) {
  const float agree = most_agreement(a, left, b, right, candidates);
  if (agree == 0.0f) return 0.0f;
  const Weights& w = weights();
  // Between these lies what will be left over on each side.
  constexpr std::array<bool, kMostWords> none{};
  const Side ua = unmatched(a, left, candidates.a_fits, false),
             ub = unmatched(b, right, candidates.b_fits, false);
  const Side all_a = unmatched(a, left, none, false), all_b = unmatched(b, right, none, false);
  const float both = std::min(ua.contra, ub.contra);
  const float more = std::max({0.0f, ua.omitted - all_b.omitted, ub.omitted - all_a.omitted});
  float score = agree / (agree + w.contradiction * both + more);
  if (ua.heaviest >= 0.55f && ub.heaviest >= 0.55f) score = std::min(score, w.contradiction_cap);
  return all_a.number && all_b.number ? std::max(score, w.series_differs) : score;
}

}  // namespace

float organisation_score(const NameForms& a, const Alternative& left, const NameForms& b,
                         const Alternative& right, double least, Reasons* reasons) {
  const Weights& w = weights();
  if (is_acronym(a, left, b, right) || is_acronym(b, right, a, left)) {
    if (reasons != nullptr)
      reasons->push_back(
          fmt::format("One name is made of the initials of the other: {} and {}.", a.text, b.text));
    return w.acronym;
  }
  Candidates candidates;
  find_candidates(a, left, b, right, true, candidates);
  if (most(a, left, b, right, candidates) + kRounding < least &&
      !may_be_joined(a, left, b, right, true, candidates))
    return 0.0f;
  Alignment pairs;
  align(a, left, b, right, true, candidates, pairs);
  float agree = 0.0f, doubt = 0.0f, heaviest = 0.0f;
  std::string equal, spelling;
  for (std::size_t p = 0; p < pairs.size; ++p) {
    const WordPair& pair = pairs.pairs[p];
    float wa = 0.0f, wb = 0.0f;
    for (std::size_t k = 0; k < pair.a_count; ++k)
      wa = std::max(wa, a.tokens[left.begin + pair.a + k].weight);
    for (std::size_t k = 0; k < pair.b_count; ++k)
      wb = std::max(wb, b.tokens[right.begin + pair.b + k].weight);
    const float weight = (wa + wb) / 2;
    agree += weight * pair.similarity;
    doubt += weight * (1.0f - pair.similarity);
    heaviest = std::max(heaviest, std::min(wa, wb));
    if (reasons != nullptr && weight >= 0.2f) {
      const std::string x = shown(a, left.begin + pair.a, left.begin + pair.a + pair.a_count);
      const std::string y = shown(b, right.begin + pair.b, right.begin + pair.b + pair.b_count);
      if (x == y)
        equal += (equal.empty() ? "" : " ") + x;
      else
        spelling += fmt::format("{}{} for {}", spelling.empty() ? "" : ", ", x, y);
    }
  }
  if (agree == 0.0f) return 0.0f;
  const Side ua = unmatched(a, left, pairs.a_used, reasons != nullptr),
             ub = unmatched(b, right, pairs.b_used, reasons != nullptr);
  const float both = std::min(ua.contra, ub.contra);
  const float more = std::abs(ua.omitted - ub.omitted);
  float score = agree / (agree + w.contradiction * (doubt + both) + more);
  if (ua.heaviest >= 0.55f && ub.heaviest >= 0.55f)
    score = std::min(score, w.contradiction_low + (w.contradiction_cap - w.contradiction_low) *
                                                      closeness(a, left, b, right, pairs));
  if (ua.number && ub.number)  // a slip of the hand or another of the series: never a match, but near one
    score = ua.heaviest < 0.55f && ub.heaviest < 0.55f ? w.series_differs : std::min(score, w.series_differs);
  else if (ua.number || ub.number)
    score = std::min(score, w.number_missing);
  const LegalForm x = legal_form(a, left), y = legal_form(b, right);
  if (x != LegalForm::none && y != LegalForm::none && x != y) score *= 0.97f;
  const bool other_form = forms_contradict(x, y);
  if (other_form) score = std::min(score, w.legal_differs);
  if (heaviest < 0.5f) score *= 0.8f;  // only words like "company" agree
  if (reasons != nullptr) {
    if (!ua.words.empty() && !ub.words.empty())
      reasons->push_back(fmt::format("Name differs: {} against {}.", ua.words, ub.words));
    if (other_form)
      reasons->push_back(
          fmt::format("Legal form differs: one has shares, the other is of limited liability: {} against {}.",
                      a.text, b.text));
    if (!equal.empty()) reasons->push_back(fmt::format("Same words in both names: {}.", equal));
    if (!spelling.empty())
      reasons->push_back(fmt::format("Same in another spelling or language: {}.", spelling));
    if (ua.words.empty() != ub.words.empty())
      reasons->push_back(
          fmt::format("Only one of the names has {}.", ua.words.empty() ? ub.words : ua.words));
  }
  return score;
}

}  // namespace cordon::names
