#include "cordon/network/id_table.hpp"

#include <algorithm>
#include <cstring>
#include <random>

namespace cordon::network {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr unsigned kFirstBits = 6;

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

std::uint64_t IdTable::hash(std::string_view id) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  std::uint64_t state = seed() ^ id.size() * kOdd;
  const char* data = id.data();
  std::size_t left = id.size();
  while (left > 16) {
    state = mix(state ^ load(data, 8), load(data + 8, 8) ^ kOdd);
    data += 16;
    left -= 16;
  }
  const std::uint64_t low = left ? load(data, std::min<std::size_t>(left, 8)) : 0;
  const std::uint64_t high = left > 8 ? load(data + 8, left - 8) : 0;
  return mix(mix(state ^ low, kOdd) ^ high, seed() | 1);
}

IdTable::Slot IdTable::key_of(std::string_view id, std::uint64_t hash) {
  Slot key;
  if (id.size() <= kInline) {
    std::memcpy(key.bytes, id.data(), id.size());
    key.bytes[kInline] = static_cast<char>(id.size());
  } else {
    std::memcpy(key.bytes, &hash, sizeof hash);
    key.bytes[kInline] = static_cast<char>(0xFF);
  }
  return key;
}

bool IdTable::matches(const Slot& slot, const Slot& key, std::string_view id) const {
  if (std::memcmp(slot.bytes, key.bytes, sizeof key.bytes) != 0) return false;
  return id.size() <= kInline || text(slot.number - 1) == id;
}

std::uint32_t IdTable::add(std::string_view id, std::uint64_t hash) {
  const Slot key = key_of(id, hash);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash >> shift_;
  while (slots_[at].number != 0) {
    if (matches(slots_[at], key, id)) return slots_[at].number - 1;
    at = (at + 1) & mask;
  }
  const auto number = static_cast<std::uint32_t>(texts_.size());
  const std::string_view kept = pool_.keep(id);
  texts_.push_back({kept.data(), static_cast<std::uint32_t>(kept.size())});
  slots_[at] = key;
  slots_[at].number = number + 1;
  if (texts_.size() * 5 > slots_.size() * 3) grow(64 - shift_ + 1);
  return number;
}

std::optional<std::uint32_t> IdTable::find(std::string_view id) const {
  const std::uint64_t h = hash(id);
  const Slot key = key_of(id, h);
  for (std::size_t at = h >> shift_; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1))
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
    const std::string_view id = text(number);
    const std::uint64_t h = hash(id);
    std::size_t at = h >> shift_;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = key_of(id, h);
    slots_[at].number = number + 1;
  }
}

}  // namespace cordon::network
