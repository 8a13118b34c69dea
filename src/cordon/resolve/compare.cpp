#include "cordon/resolve/compare.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <string>

#include "cordon/names/kernels.hpp"
#include "cordon/resolve/compare_parts.hpp"

namespace cordon::resolve {
namespace {

// The chance that two different parties agree on one value of such a field in the world at large: what is
// believed of a value before it is counted. Parties that have to do with each other share addresses and
// phones.
double rarest(FieldType type) {
  switch (type) {
    case FieldType::number:
      return 1e-5;
    case FieldType::date:
      return 1e-4;
    case FieldType::email:
      return 2e-4;
    case FieldType::phone:
    case FieldType::organisation:
    case FieldType::vessel:
      return 5e-4;
    case FieldType::address:
    case FieldType::person:
      return 1e-3;
    case FieldType::place:
    case FieldType::postcode:
    case FieldType::house_number:
      return 1e-2;
    default:
      return 5e-2;
  }
}

// Copies the text without blanks and marks into a buffer of N bytes; the view lives as long as the buffer.
template <std::size_t N>
std::string_view squeezed(std::string_view text, std::array<char, N>& buffer) {
  std::size_t size = 0;
  for (const char c : text) {
    if (c == ' ' || c == '|') continue;
    if (c == '#' || size == N) break;
    buffer[size++] = c;
  }
  return {buffer.data(), size};
}

Outcome compare_date(const Value& a, const Value& b) {
  const auto swapped = [](std::uint32_t day) {
    return day / 10000 * 10000 + day % 100 * 100 + day / 100 % 100;
  };
  if (a.number == b.number) return {0, 0};
  const std::uint32_t ya = a.number / 10000, yb = b.number / 10000, ma = a.number / 100 % 100,
                      mb = b.number / 100 % 100, da = a.number % 100, db = b.number % 100;
  const bool whole = da != 0 && db != 0;
  if (!whole) {
    if (ya != yb) return {3, 0};
    return {static_cast<std::uint8_t>(ma == 0 || mb == 0 || ma == mb ? 2 : 3), 0};
  }
  if (swapped(a.number) == b.number) return {1, 0};
  std::array<char, 8> ta{}, tb{};
  for (std::size_t i = 8; i-- > 0;) {
    std::uint32_t ten = 1;
    for (std::size_t k = i; k < 7; ++k) ten *= 10;
    ta[i] = static_cast<char>('0' + a.number / ten % 10),
    tb[i] = static_cast<char>('0' + b.number / ten % 10);
  }
  if (within({ta.data(), 8}, {tb.data(), 8}, 1)) return {1, 0};
  return {static_cast<std::uint8_t>((ya == yb) + (ma == mb) + (da == db) == 2 ? 2 : 3), 0};
}

Outcome compare_phone(std::string_view a, std::string_view b) {
  const std::size_t tail = std::min(a.size(), b.size());
  if (tail >= 7 && a.substr(a.size() - tail) == b.substr(b.size() - tail)) return {1, 0};
  constexpr std::size_t kLocal = 10;
  if (tail >= 7 && within(a.substr(a.size() - std::min(a.size(), kLocal)),
                          b.substr(b.size() - std::min(b.size(), kLocal)), 1))
    return {2, 0};
  return {3, 0};
}

Outcome compare_email(std::string_view a, std::string_view b) {
  if (within(a, b, 2)) return {1, 0};
  const auto at_a = a.find('@'), at_b = b.find('@');
  return {
      static_cast<std::uint8_t>(at_a != a.npos && at_b != b.npos && a.substr(at_a) == b.substr(at_b) ? 2 : 3),
      0};
}

Outcome compare_number(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter < 5) return {static_cast<std::uint8_t>(shorter >= 3 && within(a, b, 1) ? 1 : 3), 0};
  if (within(a, b, 1)) return {1, 0};
  return {static_cast<std::uint8_t>(within(a, b, 2) ? 2 : 3), 0};
}

Outcome compare_postcode(std::string_view a, std::string_view b) {
  if (within(a, b, 1)) return {1, 0};
  const std::size_t half = std::max<std::size_t>(2, std::min(a.size(), b.size()) / 2);
  return {static_cast<std::uint8_t>(
              a.size() >= half && b.size() >= half && a.substr(0, half) == b.substr(0, half) ? 2 : 3),
          0};
}

Outcome compare_house(std::string_view a, std::string_view b) {
  if (std::max(a.size(), b.size()) < 2) return {2, 0};
  return {static_cast<std::uint8_t>(within(a, b, 1) ? 1 : 2), 0};
}

Outcome compare_place(const FieldValues& field, const Value& a, const Value& b, std::string_view ta,
                      std::string_view tb) {
  const int limit = std::max(ta.size(), tb.size()) >= 9 ? 2 : 1;
  if (names::distance_floor(a.letters, b.letters) <= limit && within(ta, tb, limit)) return {1, 0};
  if (same_letters(ta, tb)) return {1, 0};
  for (const std::uint32_t x : field.words(a))
    for (const std::uint32_t y : field.words(b))
      if (x == y && field.word(x).size() > 2) return {2, 0};
  return {3, 0};
}

Outcome compare_text(std::string_view a, std::string_view b) {
  const double like = likeness(a, b);
  return {static_cast<std::uint8_t>(like >= 0.85 ? 1 : like >= 0.6 ? 2 : 3), 0};
}

}  // namespace

bool within(std::string_view a, std::string_view b, int limit) {
  if (a.size() < b.size()) std::swap(a, b);
  const std::size_t extra = a.size() - b.size();
  if (extra > static_cast<std::size_t>(limit)) return false;
  std::size_t head = 0;
  while (head < b.size() && a[head] == b[head]) ++head;
  a.remove_prefix(head), b.remove_prefix(head);
  while (!b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.size() <= 1) return a.empty() || limit >= 1;
  if (a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0]) return limit >= 1;
  if (limit <= 1) return false;
  return static_cast<int>(a.size()) <= limit || names::osa(a, b) <= limit;
}

bool near_words(const FieldValues& field, std::uint32_t a, std::uint32_t b) {
  const std::string_view x = field.word(a), y = field.word(b);
  const std::size_t shorter = std::min(x.size(), y.size());
  if (shorter < 4) return false;
  const int limit = shorter >= 8 ? 2 : 1;
  return names::distance_floor(field.word_at(a).letters, field.word_at(b).letters) <= limit &&
         within(x, y, limit);
}

double likeness(std::string_view a, std::string_view b) {
  std::array<char, names::kWord> x, y;  // filled by squeezed()
  a = squeezed(a, x), b = squeezed(b, y);
  const std::size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 0 : 1.0 - static_cast<double>(names::osa(a, b)) / static_cast<double>(longer);
}

bool same_letters(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  const auto skip = [](std::string_view text, std::size_t& at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '|')) ++at;
  };
  for (;; ++i, ++j) {
    skip(a, i), skip(b, j);
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i] != b[j]) return false;
  }
}

bool by_value(FieldType type, std::uint8_t level) {
  switch (type) {
    case FieldType::person:
      return level <= 6;
    case FieldType::address:
      return level <= 1;
    case FieldType::phone:
      return level <= 1;
    case FieldType::source:
      return false;
    default:
      return level == 0;
  }
}

namespace {

// The belief is worth a hundred records; in a large file a value no other party has is rarer than one in all.
Bits chance(double belief, std::uint32_t count, std::uint32_t filled) {
  constexpr double kWorth = 100;
  const double all = filled + kWorth;
  const double others = count > 2 ? count - 2 : 0;
  const double unseen = std::max(belief * kWorth, std::min(0.5, belief * all));
  const double found = std::max((others + unseen) / all, others / std::max(1.0, static_cast<double>(filled)));
  return static_cast<Bits>(std::log2(std::min(1.0, found)) * kBit);
}

// Given names are few; family names are many.
constexpr double kGivenName = 4e-3;

}  // namespace

Bits chance_of(const FieldValues& field, std::uint32_t count, bool given_name) {
  if (count < FieldValues::kTabled) return field.chances[given_name ? 1 : 0][count];
  return chance(given_name ? kGivenName : rarest(field.type()), count, field.filled);
}

void table_chances(FieldValues& field) {
  for (std::uint32_t count = 0; count < FieldValues::kTabled; ++count) {
    field.chances[0][count] = chance(rarest(field.type()), count, field.filled);
    field.chances[1][count] = chance(kGivenName, count, field.filled);
  }
}

Outcome compare_values(const FieldValues& field, ValueId a, ValueId b) {
  const FieldType type = field.type();
  const Value &x = field.value(a), &y = field.value(b);
  Outcome outcome;
  if (type == FieldType::source) return {static_cast<std::uint8_t>(a == b ? 1 : 0), 0};
  if (a == b && type != FieldType::person) {
    outcome = {0, chance_of(field, field.value(a).count)};
    return outcome;
  }
  switch (type) {
    case FieldType::person:
      return compare_person(field, x, y, a, b);
    case FieldType::organisation:
    case FieldType::vessel:
      return compare_organisation(field, x, y, a, b);
    case FieldType::address:
      return compare_address(field, x, y, a, b);
    case FieldType::date:
      outcome = compare_date(x, y);
      break;
    case FieldType::phone:
      outcome = compare_phone(field.text(a), field.text(b));
      break;
    case FieldType::email:
      outcome = compare_email(field.text(a), field.text(b));
      break;
    case FieldType::number:
      outcome = compare_number(field.text(a), field.text(b));
      break;
    case FieldType::postcode:
      outcome = compare_postcode(field.text(a), field.text(b));
      break;
    case FieldType::house_number:
      outcome = compare_house(field.text(a), field.text(b));
      break;
    case FieldType::place:
      outcome = compare_place(field, x, y, field.text(a), field.text(b));
      break;
    case FieldType::category:
      outcome.level = field.text(a).size() >= 2 && within(field.text(a), field.text(b), 1) ? 1 : 2;
      break;
    case FieldType::source:
      break;
    case FieldType::text:
      outcome = compare_text(field.text(a), field.text(b));
      break;
  }
  if (by_value(type, outcome.level))
    outcome.chance = chance_of(field, std::max(field.value(a).count, field.value(b).count));
  return outcome;
}

Outcome compare_cells(const FieldValues& field, RecordId a, RecordId b) {
  const auto left = field.cell(a), right = field.cell(b);
  if (left.empty() || right.empty()) return {};
  if (left.size() == 1 && right.size() == 1) return compare_values(field, left[0], right[0]);
  Outcome best;
  for (const ValueId x : left)
    for (const ValueId y : right) {
      const Outcome found = compare_values(field, x, y);
      if (found.level < best.level || (found.level == best.level && found.chance < best.chance)) best = found;
    }
  // As many tries as there are pairs of values: chance has as many to succeed in.
  if (best.chance < 0)
    best.chance =
        std::min(0, best.chance + static_cast<Bits>(std::bit_width(left.size() * right.size()) - 1) * kBit);
  return best;
}

}  // namespace cordon::resolve
