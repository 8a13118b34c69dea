#include "cordon/names/compare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cordon/base/text.hpp"
#include "cordon/names/forms.hpp"
#include "cordon/names/scoring.hpp"

namespace cordon::names {
namespace {

using Score = float (*)(const NameForms&, const Alternative&, const NameForms&, const Alternative&, double,
                        Reasons*);

Score scorer(const NameForms& a, const NameForms& b) {
  if (a.kind == Kind::vessel || b.kind == Kind::vessel) return vessel_score;
  return a.kind == Kind::organisation || b.kind == Kind::organisation ? organisation_score : person_score;
}

// The best pair of alternatives; the first is the whole name, and a part of a name says a little less.
double judge(const NameForms& a, const NameForms& b, double least, const Alternative** left,
             const Alternative** right) {
  const Score score_of = scorer(a, b);
  double best = 0.0;
  for (const Alternative& x : a.alternatives)
    for (const Alternative& y : b.alternatives) {
      const bool part = &x != &a.alternatives.front() || &y != &b.alternatives.front();
      const double s =
          static_cast<double>(score_of(a, x, b, y, std::max(least, best), nullptr)) * (part ? 0.985 : 1.0);
      if (s <= best) continue;
      best = s;
      *left = &x, *right = &y;
    }
  return std::min(best, 0.99);
}

// The pair in one order, whichever way it is asked: where words repeat, which of them meet depends on it.
double judge_in_order(const NameForms& a, const NameForms& b, double least, const Alternative** left,
                      const Alternative** right) {
  const bool ordered = a.letters != b.letters ? a.letters < b.letters : a.key <= b.key;
  return ordered ? judge(a, b, least, left, right) : judge(b, a, least, right, left);
}

// Names that are the same: a common one names many people, so a rare one stands above it.
double identical(const NameForms& a, const NameForms& b) {
  if (a.kind != Kind::person || b.kind != Kind::person) return 1.0;
  const Weights& w = weights();
  const float lack = std::max(0.0f, 1.0f - information(a, a.alternatives.front()) / w.enough_bits);
  return 1.0 - static_cast<double>(w.identical_common * lack);
}

}  // namespace

std::string shown(const NameForms& forms, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = forms.tokens[i];
    std::string word = base::ascii_upper(forms.word(token));
    if (word.empty()) word = base::ascii_upper(concept_of(token.concept_id).name);
    if (token.weight == 0.0f || word.empty()) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

double score(const PreparedName& left, const PreparedName& right, double least) {
  if (left.empty() || right.empty()) return 0.0;
  const NameForms &a = left.forms(), &b = right.forms();
  if (a.key == b.key) return identical(a, b);
  const Alternative *x = nullptr, *y = nullptr;
  return judge_in_order(a, b, least, &x, &y);
}

Comparison compare(const PreparedName& left, const PreparedName& right) {
  Comparison result;
  if (left.empty() || right.empty()) {
    result.reasons.push_back("One of the names is empty.");
    return result;
  }
  const NameForms &a = left.forms(), &b = right.forms();
  if (a.key == b.key) {
    result.score = identical(a, b);
    result.reasons.push_back(fmt::format("The names are identical: {}.", a.text));
    return result;
  }
  const Alternative *x = nullptr, *y = nullptr;
  result.score = judge_in_order(a, b, 0.0, &x, &y);
  if (x == nullptr) {
    result.reasons.push_back(fmt::format("The names have nothing in common: {} against {}.", a.text, b.text));
    return result;
  }
  scorer(a, b)(a, *x, b, *y, 0.0, &result.reasons);
  return result;
}

Comparison compare(std::string_view left, std::string_view right, Kind kind) {
  return compare(PreparedName(left, kind), PreparedName(right, kind));
}

}  // namespace cordon::names
