// The judgement of one pair of alternatives, by kind. Each returns the score and, where asked, what it rests
// on.
#pragma once
#include <string>
#include <vector>

#include "cordon/names/forms.hpp"

namespace cordon::names {

// Weights of the judgement, read once from data/names/weights.json; the comment of each is in that file.
struct Weights {
  float contradiction = 2.0f, omission = 0.25f, organisation_omission = 0.8f, contradiction_cap = 0.62f;
  float single_word_cap = 0.66f, acronym = 0.78f, number_differs = 0.42f, number_missing = 0.62f;
  float view_exact = 0.97f, view_loose = 0.93f, view_near = 0.64f, view_family = 0.45f, view_cross = 0.82f,
        view_low = 0.3f;
  float vessel_slope = 2.2f, cut = 0.86f;
  float contradiction_low = 0.38f, view_blurred = 0.76f, father = 0.3f, enough_bits = 26.0f,
        commonness = 0.5f, doubt_share = 1.2f, office = 0.72f, places_change = 0.68f, legal_differs = 0.68f,
        series_differs = 0.66f, identical_common = 0.02f, typing_slip = 0.8f, divided = 0.9802f;
};
const Weights& weights();

using Reasons = std::vector<std::string>;  // nullptr: not wanted

// Each score is exact where it is `least` or more; less than `least` may come out as anything less.
float person_score(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   double least, Reasons* reasons);
float organisation_score(const NameForms& a, const Alternative& left, const NameForms& b,
                         const Alternative& right, double least, Reasons* reasons);
float vessel_score(const NameForms& a, const Alternative& left, const NameForms& b, const Alternative& right,
                   double least, Reasons* reasons);

// Bits of information that the words of a person's name carry (given.hpp).
float information(const NameForms& forms, const Alternative& alternative);

// "JONG UN": the words i..end in capitals, as far as they have Latin letters.
std::string shown(const NameForms& forms, std::size_t begin, std::size_t end);

}  // namespace cordon::names
