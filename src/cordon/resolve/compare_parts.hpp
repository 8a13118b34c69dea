// The comparisons behind compare_values, and what they share.
#pragma once
#include <cstddef>
#include <string_view>

#include "cordon/resolve/compare.hpp"

namespace cordon::resolve {

// Whether a and b are at most `limit` edits (insert, delete, replace, swap of neighbours) apart.
bool within(std::string_view a, std::string_view b, int limit);
// Whether two words are one but for its spelling: one edit from four letters on, two from eight on.
bool near_words(const FieldValues& field, std::uint32_t a, std::uint32_t b);
// 1 - edits / length of the longer, of the texts without blanks.
double likeness(std::string_view a, std::string_view b);
// Whether the texts are the same but for blanks and marks between words.
bool same_letters(std::string_view a, std::string_view b);

Outcome compare_person(const FieldValues& field, const Value& a, const Value& b, ValueId id_a, ValueId id_b);
Outcome compare_organisation(const FieldValues& field, const Value& a, const Value& b, ValueId id_a,
                             ValueId id_b);
Outcome compare_address(const FieldValues& field, const Value& a, const Value& b, ValueId id_a, ValueId id_b);

}  // namespace cordon::resolve
