// Names of people, word by word and in any order: given and family names are swapped, shortened to initials,
// misspelt, cut and joined. What agrees weighs by how rare it is.
#include <algorithm>
#include <array>

#include "cordon/names/kernels.hpp"
#include "cordon/resolve/compare_parts.hpp"

namespace cordon::resolve {
namespace {

constexpr std::size_t kWords = 8;  // further words of a name are not aligned

// The chance that two words of different people are near each other: measured on given and family names of
// registers, between 1 in 60 (short given names) and 1 in 200.
constexpr Bits kNearChance = -13 * kBit / 2;
// One letter against a word that begins with it.
constexpr Bits kInitialChance = -7 * kBit / 2;

// The consonants that are heard, each run of one once: "leigh" -> "l", "mohamed" -> "mmd".
std::size_t skeleton(std::string_view word, std::array<char, 12>& out) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool silent = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h' ||
                        (c == 'g' && i + 1 < word.size() && word[i + 1] == 'h');
    if (!silent && size < out.size() && (size == 0 || out[size - 1] != c)) out[size++] = c;
  }
  return size;
}

// A short or pet form, or one that sounds the same: Pat and Patricia, Robbie and Robert, Mhd and Mohamed, Lee
// and Leigh.
bool is_variant(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 3 || a[0] != b[0]) return false;
  if (b.starts_with(a)) return true;
  const bool pet = a.ends_with("ie") || a.ends_with("y") || b.ends_with("ie") || b.ends_with("y");
  if (pet && a.size() >= 5 && b.size() >= 5 && a.substr(0, 3) == b.substr(0, 3)) return true;
  std::array<char, 12> x, y;  // filled by skeleton()
  const std::size_t m = skeleton(a, x), n = skeleton(b, y);
  return m >= (b.size() <= 5 ? 1 : 2) && m == n &&
         std::equal(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(m), y.begin());
}

enum class Tie : std::uint8_t { none, exact, near, initial };

Tie tie_of(const FieldValues& field, std::uint32_t a, std::uint32_t b) {
  if (a == b) return Tie::exact;
  const std::string_view x = field.word(a), y = field.word(b);
  if (x.size() == 1 || y.size() == 1) return x[0] == y[0] ? Tie::initial : Tie::none;
  if (near_words(field, a, b) || is_variant(x, y)) return Tie::near;
  return Tie::none;
}

}  // namespace

Outcome compare_person(const FieldValues& field, const Value& a, const Value& b, ValueId id_a, ValueId id_b) {
  if (a.number != 0 && b.number != 0 && a.number != b.number) return {7, 0};
  const std::size_t m = std::min<std::size_t>(a.words, kWords), n = std::min<std::size_t>(b.words, kWords);
  const auto wa = field.words(a).first(m), wb = field.words(b).first(n);
  const auto rare = [&](std::size_t i) {
    return chance_of(field, field.word_at(wa[i]).count, i + a.family < m);
  };
  std::array<Tie, kWords> tie_a{}, tie_b{};
  std::size_t exact = 0, near = 0;
  Bits chance = 0;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (tie_a[i] == Tie::none && tie_b[j] == Tie::none && wa[i] == wb[j]) {
        tie_a[i] = tie_b[j] = Tie::exact;
        chance += rare(i), ++exact;
      }
  if (exact < std::min(m, n) && id_a != id_b)
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < n && tie_a[i] == Tie::none; ++j) {
        if (tie_b[j] != Tie::none) continue;
        const Tie tie = tie_of(field, wa[i], wb[j]);
        if (tie == Tie::none) continue;
        tie_a[i] = tie_b[j] = tie;
        chance += tie == Tie::initial ? kInitialChance : kNearChance, ++near;
      }
  const std::size_t tied = exact + near;
  if (tied == std::min(m, n) && tied > 0) {
    if (m == n) return {static_cast<std::uint8_t>(near == 0 ? 0 : 1), chance};
    return {static_cast<std::uint8_t>(near == 0 ? 2 : 3), chance};
  }
  if (const std::string_view x = field.text(id_a), y = field.text(id_b);
      names::distance_floor(a.letters, b.letters) <= 2 && std::max(x.size(), y.size()) >= 6 &&
      likeness(x, y) >= 0.9)
    return {1, 2 * kNearChance};
  if (tied == 0) return {7, 0};
  const auto family_tied = [](const auto& ties, std::size_t words, std::size_t family) {
    for (std::size_t i = words - std::min(words, family); i < words; ++i)
      if (ties[i] != Tie::none) return true;
    return false;
  };
  if (exact == 0) return {6, chance};
  return {
      static_cast<std::uint8_t>(family_tied(tie_a, m, a.family) && family_tied(tie_b, n, b.family) ? 4 : 5),
      chance};
}

}  // namespace cordon::resolve
