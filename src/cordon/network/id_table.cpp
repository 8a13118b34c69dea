#include "cordon/network/id_table.hpp"

#include <algorithm>
#include <cstring>
#include <random>

namespace cordon::network {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr unsigned kFirstBits = 6;
constexpr std::size_t kInline = 11;
constexpr std::uint32_t kLong = std::uint32_t{0xFF} << 24;  // Key::tail of a longer id

// Chosen anew by each run, so that no file can be made whose ids all fall into one slot. Nothing that leaves
// the program depends on it: numbers are given in order of first mention.
std::uint64_t seed() {
  static const std::uint64_t value = [] {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
  }();
  return value;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* data, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, data, size);
  return word;
}

}  // namespace

std::string_view StringPool::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > room_ - used_) {
    room_ = std::max(kBlock, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
    used_ = 0;
  }
  char* const place = blocks_.back().get() + used_;
  std::memcpy(place, text.data(), text.size());
  used_ += text.size();
  return {place, text.size()};
}

IdTable::IdTable() {
  grow(kFirstBits);
}

IdTable::Key IdTable::key_of(std::string_view id) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  const char* data = id.data();
  const std::size_t size = id.size();
  Key key;
  if (size <= kInline) {
    // Two reads of a fixed size that overlap take a tenth of a copy of any size.
    key.tail = static_cast<std::uint32_t>(size) << 24;
    if (size >= 8) {
      key.head = load(data, 8);
      key.tail |= static_cast<std::uint32_t>(load(data + size - 4, 4) >> 8 * (12 - size));
    } else if (size >= 4) {
      key.head = load(data, 4) | load(data + size - 4, 4) >> 8 * (8 - size) << 32;
    } else {
      for (std::size_t i = 0; i < size; ++i)
        key.head |= std::uint64_t{static_cast<unsigned char>(data[i])} << 8 * i;
    }
  } else {
    std::uint64_t state = seed() ^ size * kOdd;
    std::size_t left = size;
    for (; left > 16; data += 16, left -= 16) state = mix(state ^ load(data, 8), load(data + 8, 8) ^ kOdd);
    const std::uint64_t low = load(data, std::min<std::size_t>(left, 8));
    const std::uint64_t high = left > 8 ? load(data + 8, left - 8) : 0;
    key.head = mix(mix(state ^ low, kOdd) ^ high, seed() | 1);
    key.tail = kLong;
  }
  key.place = mix(key.head ^ seed(), std::uint64_t{key.tail} * kOdd ^ ~seed());
  return key;
}

bool IdTable::matches(const Slot& slot, const Key& key, std::string_view id) const {
  if (slot.head != key.head || slot.tail != key.tail) return false;
  return key.tail != kLong || text(slot.number - 1) == id;
}

std::uint32_t IdTable::add(std::string_view id, const Key& key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = key.place >> shift_;
  while (slots_[at].number != 0) {
    if (matches(slots_[at], key, id)) return slots_[at].number - 1;
    at = (at + 1) & mask;
  }
  const auto number = static_cast<std::uint32_t>(texts_.size());
  const std::string_view kept = pool_.keep(id);
  texts_.push_back({kept.data(), static_cast<std::uint32_t>(kept.size())});
  slots_[at] = {key.head, key.tail, number + 1};
  if (texts_.size() * 5 > slots_.size() * 3) grow(64 - shift_ + 1);
  return number;
}

std::optional<std::uint32_t> IdTable::find(std::string_view id) const {
  const Key key = key_of(id);
  for (std::size_t at = key.place >> shift_; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1))
    if (matches(slots_[at], key, id)) return slots_[at].number - 1;
  return std::nullopt;
}

void IdTable::reserve(std::size_t ids) {
  unsigned bits = 64 - shift_;
  while (ids * 5 > (std::size_t{1} << bits) * 3) ++bits;
  if (bits != 64 - shift_) grow(bits);
  texts_.reserve(ids);
}

void IdTable::grow(unsigned bits) {
  slots_.assign(std::size_t{1} << bits, Slot{});
  shift_ = 64 - bits;
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < texts_.size(); ++number) {
    const Key key = key_of(text(number));
    std::size_t at = key.place >> shift_;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = {key.head, key.tail, number + 1};
  }
}

}  // namespace cordon::network
