// Addresses: the house number and the words that name the street; "street", "north" and their like do not
// part two addresses.
#include <algorithm>
#include <array>

#include "cordon/names/kernels.hpp"
#include "cordon/resolve/compare_parts.hpp"

namespace cordon::resolve {

Outcome compare_address(const FieldValues& field, const Value& a, const Value& b, ValueId id_a,
                        ValueId id_b) {
  const auto wa = field.words(a), wb = field.words(b);
  std::array<bool, kMostWords> used{};
  std::size_t plain_a = 0, plain_b = 0, shared = 0, exact = 0, weak = 0, numbers_a = 0, numbers_b = 0;
  bool number = false;
  for (const std::uint32_t word : wb) {
    plain_b += field.word_at(word).kind == WordKind::plain;
    numbers_b += field.word_at(word).kind == WordKind::number;
  }
  for (const std::uint32_t word : wa) {
    const WordKind kind = field.word_at(word).kind;
    plain_a += kind == WordKind::plain, numbers_a += kind == WordKind::number;
    std::size_t hit = wb.size();
    for (std::size_t j = 0; j < wb.size() && hit == wb.size(); ++j)
      if (!used[j] && wb[j] == word) hit = j;
    if (hit < wb.size()) {
      ++exact;
    } else if (kind == WordKind::plain) {
      for (std::size_t j = 0; j < wb.size() && hit == wb.size(); ++j)
        if (!used[j] && field.word_at(wb[j]).kind == WordKind::plain && near_words(field, word, wb[j]))
          hit = j;
    }
    if (hit == wb.size()) continue;
    used[hit] = true;
    number = number || kind == WordKind::number;
    weak += kind == WordKind::weak;
    shared += kind == WordKind::plain;
  }
  const std::string_view ta = field.text(id_a), tb = field.text(id_b);
  const auto whole = [&] {
    return chance_of(field, std::max(field.value(id_a).count, field.value(id_b).count));
  };
  if ((exact == wa.size() && exact == wb.size()) || same_letters(ta, tb)) return {0, whole()};
  const std::size_t least = std::min(plain_a, plain_b);
  const bool street = least > 0 ? shared == least : plain_a == plain_b && weak > 0;
  if (number) {
    if (street) return {1, whole()};
    if (shared > 0 || likeness(ta, tb) >= 0.7) return {2, 0};
  }
  const bool numbers = numbers_a > 0 && numbers_b > 0;
  if (street && !number) {
    if (numbers) return {5, 0};
    if (numbers_a != numbers_b) return {3, 0};
  }
  if (!numbers && (likeness(ta, tb) >= 0.75 || (street && shared > 0))) return {4, 0};
  return {static_cast<std::uint8_t>(shared > 0 || (number && weak > 0) ? 6 : 7), 0};
}

}  // namespace cordon::resolve
