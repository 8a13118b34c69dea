#include "cordon/resolve/dictionary.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace cordon::resolve {
namespace {

std::uint64_t load(const char* at, std::size_t bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, bytes);
  return word;
}

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
  constexpr std::uint64_t kA = 0xA0761D6478BD642Fu, kB = 0xE7037ED1A0B428DBu;
  std::uint64_t state = kA ^ text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 16; at += 16, left -= 16) state = fold(load(at, 8) ^ kB, load(at + 8, 8) ^ state);
  std::uint64_t a = 0, b = 0;
  if (left > 8) {
    a = load(at, 8), b = load(at + left - 8, 8);
  } else if (left >= 4) {
    a = load(at, 4), b = load(at + left - 4, 4);
  } else if (left > 0) {
    a = static_cast<unsigned char>(at[0]) | std::uint64_t{static_cast<unsigned char>(at[left / 2])} << 8 |
        std::uint64_t{static_cast<unsigned char>(at[left - 1])} << 16;
  }
  return fold(kA ^ text.size(), fold(a ^ kB, b ^ state));
}

Dictionary::Probe Dictionary::probe_of(std::string_view text) {
  const char* at = text.data();
  const std::size_t size = text.size();
  if (size > 11) return {hash_text(text), kLong << 24 | static_cast<std::uint32_t>(size & 0xFFFFFF)};
  const auto length = static_cast<std::uint32_t>(size) << 24;
  // The last bytes are read together with some before them, which are shifted out.
  if (size >= 8)
    return {load(at, 8), length | static_cast<std::uint32_t>(load(at + size - 4, 4) >> 8 * (12 - size))};
  if (size >= 4) return {load(at, 4) | load(at + size - 4, 4) >> 8 * (8 - size) << 32, length};
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < size; ++i) head |= std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i;
  return {head, length};
}

ValueId Dictionary::put(std::string_view text, const Probe& probe, bool* fresh) {
  if (fresh != nullptr) *fresh = false;
  if (text.empty()) return 0;
  if (starts_.size() * 3 > slots_.size() * 2) grow(slots_.empty() ? 64 : slots_.size() * 2);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = place_of(probe);; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.id == 0) {
      bytes_.insert(bytes_.end(), text.begin(), text.end());
      starts_.push_back(bytes_.size());
      slot = {probe.head, probe.tail, static_cast<ValueId>(size())};
      if (fresh != nullptr) *fresh = true;
      return slot.id;
    }
    if (slot.is(probe) && (probe.tail >> 24 != kLong || (*this)[slot.id] == text)) return slot.id;
  }
}

ValueId Dictionary::find(std::string_view text) const {
  if (text.empty() || slots_.empty()) return 0;
  const Probe probe = probe_of(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = place_of(probe); slots_[at].id != 0; at = (at + 1) & mask)
    if (slots_[at].is(probe) && (probe.tail >> 24 != kLong || (*this)[slots_[at].id] == text))
      return slots_[at].id;
  return 0;
}

void Dictionary::reserve(std::size_t texts, std::size_t bytes) {
  starts_.reserve(texts + 1), bytes_.reserve(bytes);
  if (const std::size_t slots = std::bit_ceil((texts + 1) * 3 / 2 + 1); slots > slots_.size()) grow(slots);
}

void Dictionary::grow(std::size_t slots) {
  base::LargeVector<Slot> old(slots);
  std::swap(old, slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = place_of({slot.head, slot.tail});
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace cordon::resolve
