// Names of companies, agencies, sites and ships: words weigh by how rare they are among the names at hand, so
// that "Catholic Charities" tells little where half the records begin with it.
#include <algorithm>
#include <array>
#include <cmath>

#include "cordon/names/kernels.hpp"
#include "cordon/resolve/compare_parts.hpp"

namespace cordon::resolve {
namespace {

// What a near word counts of the rarer of the two.
constexpr double kNear = 0.8;

double weight(const FieldValues& field, std::uint32_t word) {
  const double all = field.filled;
  return std::log2((all + 1) / (field.word_at(word).count + 0.5)) + 0.1;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Outcome compare_organisation(const FieldValues& field, const Value& a, const Value& b, ValueId id_a,
                             ValueId id_b) {
  const auto wa = field.words(a), wb = field.words(b);
  std::array<bool, kMostWords> used{};
  double sum_a = 0, sum_b = 0, shared = 0;
  std::size_t exact = 0, near = 0, numbers_a = 0, numbers_b = 0, numbers_shared = 0;
  for (const std::uint32_t word : wb) sum_b += weight(field, word), numbers_b += has_digit(field.word(word));
  for (const std::uint32_t word : wa) {
    const double own = weight(field, word);
    sum_a += own;
    const bool number = has_digit(field.word(word));
    numbers_a += number;
    std::size_t hit = wb.size();
    for (std::size_t j = 0; j < wb.size() && hit == wb.size(); ++j)
      if (!used[j] && wb[j] == word) hit = j;
    if (hit < wb.size()) {
      used[hit] = true, shared += own, ++exact, numbers_shared += number;
      continue;
    }
    for (std::size_t j = 0; j < wb.size() && hit == wb.size() && !number; ++j)
      if (!used[j] && !has_digit(field.word(wb[j])) && near_words(field, word, wb[j])) hit = j;
    if (hit < wb.size()) used[hit] = true, shared += kNear * std::min(own, weight(field, wb[hit])), ++near;
  }
  // JI SONG 6 and JI SONG 8 are two ships, and School 5 is not School 6.
  const bool numbers_differ = numbers_a > 0 && numbers_b > 0 && numbers_shared == 0;
  const double both = 2 * shared / std::max(sum_a + sum_b, 1e-9),
               part = shared / std::max(std::min(sum_a, sum_b), 1e-9);
  std::uint8_t level = 6;
  if ((exact == wa.size() && exact == wb.size()) || same_letters(field.text(id_a), field.text(id_b)))
    return {0, chance_of(field, std::max(field.value(id_a).count, field.value(id_b).count))};
  if (both >= 0.85 || (names::distance_floor(a.letters, b.letters) <= 2 &&
                       likeness(field.text(id_a), field.text(id_b)) >= 0.9))
    level = 1;
  else if (part >= 0.95)
    level = 2;
  else if (both >= 0.6)
    level = 3;
  else if (part >= 0.6 || both >= 0.4)
    level = 4;
  else if (both >= 0.2)
    level = 5;
  if (numbers_differ) level = std::max<std::uint8_t>(level, field.type() == FieldType::vessel ? 6 : 5);
  return {level, 0};
}

}  // namespace cordon::resolve
