#include "cordon/resolve/dictionary.hpp"

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

ValueId Dictionary::put(std::string_view text, std::uint64_t hash, bool* fresh) {
  if (fresh != nullptr) *fresh = false;
  if (text.empty()) return 0;
  if (starts_.size() * 2 > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  const auto mark = static_cast<std::uint32_t>(hash);
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.id == 0) {
      bytes_ += text;
      starts_.push_back(bytes_.size());
      slot = {mark, static_cast<ValueId>(size())};
      if (fresh != nullptr) *fresh = true;
      return slot.id;
    }
    if (slot.hash == mark && (*this)[slot.id] == text) return slot.id;
  }
}

ValueId Dictionary::find(std::string_view text) const {
  if (text.empty() || slots_.empty()) return 0;
  const std::uint64_t hash = hash_text(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].id != 0; at = (at + 1) & mask)
    if (slots_[at].hash == static_cast<std::uint32_t>(hash) && (*this)[slots_[at].id] == text)
      return slots_[at].id;
  return 0;
}

// The mark is the low half of the hash; tables stay below 2^32 slots, so it also finds the new place.
void Dictionary::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
  std::swap(old, slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace cordon::resolve
