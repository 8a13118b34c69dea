#include "cordon/ais/assembler.hpp"

#include <bit>
#include <cstring>
#include <string_view>

namespace cordon::ais {

namespace {

std::uint64_t mix(std::uint64_t x) {  // a bijection that spreads the bits
  x ^= x >> 31;
  x *= 0x9E3779B97F4A7C15ULL;
  x ^= x >> 29;
  return x;
}

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

// What all parts of a message share, whoever received them.
std::uint64_t family_of(const Sentence& sentence, std::uint32_t sender) {
  const std::uint64_t count = sentence.count, from = mix(sender);
  if (sentence.group != 0)
    return mix(from ^ (count | std::uint64_t{sentence.group} << 8 | std::uint64_t{1} << 63));
  return mix(from ^ (count | std::uint64_t{static_cast<unsigned char>(sentence.channel)} << 8 |
                     std::uint64_t{static_cast<std::uint8_t>(sentence.sequence)} << 16 |
                     std::uint64_t{sentence.talker} << 24 | std::uint64_t{sentence.own_ship} << 40));
}

// Later sentences of a group need not repeat s:, so its key has no receiver.
std::uint64_t key_of(const Sentence& sentence, std::uint64_t family) {
  if (sentence.group != 0) return family | 1;
  return (family ^ mix(hash_text(sentence.receiver))) | 1;
}

}  // namespace

Assembler::Assembler(std::uint64_t max_lines, std::int64_t max_ms) : max_lines_(max_lines), max_ms_(max_ms) {}

// The slot of this key, else a free one, else the oldest of the set.
Assembler::Slot& Assembler::find(std::uint64_t key) {
  Slot* set = &slots_[(key >> 32) % kSets * kWays];
  Slot* best = set;
  for (std::size_t i = 0; i < kWays; ++i) {
    if (set[i].key == key) return set[i];
    if (best->key == 0) continue;
    if (set[i].key == 0 || set[i].first_line < best->first_line) best = set + i;
  }
  return *best;
}

// A later part may tell less of its receiver than the first, or the first less than it: then the waiting
// message that lacks this part, and whose receiver is not known to be another, is meant. The youngest of
// them.
Assembler::Slot* Assembler::find_relative(std::uint64_t family, const Sentence& sentence) {
  Slot* best = nullptr;
  for (std::size_t i = 0; i < families_.size(); ++i) {
    if (families_[i] != family) continue;
    Slot& slot = slots_[i];
    if (slot.key == 0 || (slot.have >> (sentence.index - 1U) & 1) != 0) continue;
    if (!sentence.receiver.empty() && !slot.receiver.empty()) continue;
    if (best == nullptr || slot.first_line > best->first_line) best = &slot;
  }
  return best;
}

void Assembler::release(Slot& slot, bool lost) {
  if (lost && slot.key != 0) lost_ += static_cast<unsigned>(std::popcount(slot.have));
  slot.key = 0;
  slot.have = 0;
}

void Assembler::start(Slot& slot, std::uint64_t key, std::uint64_t family, const Sentence& sentence,
                      base::TimeMs arrived, std::uint64_t line) {
  release(slot, true);
  slot.key = key;
  families_[static_cast<std::size_t>(&slot - slots_.data())] = family;
  slot.first_line = line;
  slot.time = sentence.time;
  slot.arrived = arrived;
  slot.receiver = sentence.receiver;
  slot.used = 0;
  slot.count = sentence.count;
  slot.channel = sentence.channel;
}

bool Assembler::join(const Slot& slot, Payload& payload) {
  std::array<char, kText> text;
  std::size_t size = 0;
  bool plain = true;
  for (std::size_t part = 0; part < slot.count; ++part) {
    std::memcpy(text.data() + size, slot.text.data() + slot.offset[part], slot.length[part]);
    size += slot.length[part];
    if (part + 1 < slot.count && slot.fill[part] != 0) plain = false;
  }
  if (plain) return payload.assign_armoured({text.data(), size}, slot.fill[slot.count - 1U]);
  // Fill bits within the message: the next part starts where the bits before them end.
  Payload whole, piece;
  const char* at = text.data();
  for (std::size_t part = 0; part < slot.count; ++part) {
    if (!piece.assign_armoured({at, slot.length[part]}, slot.fill[part])) return false;
    for (std::size_t bit = 0; bit < piece.bits(); ++bit) whole.put(piece.get(bit, 1), 1);
    at += slot.length[part];
  }
  payload = whole;
  return true;
}

// The receivers' times of two parts are compared with each other, and so are the times of their arrival here.
bool Assembler::stale(const Slot& slot, base::TimeMs time, base::TimeMs arrived, std::uint64_t line) const {
  const auto apart = [&](base::TimeMs a, base::TimeMs b) {
    return a != base::kNoTime && b != base::kNoTime && (a - b > max_ms_ || b - a > max_ms_);
  };
  return line - slot.first_line > max_lines_ || apart(slot.time, time) || apart(slot.arrived, arrived);
}

Outcome Assembler::push(const Sentence& sentence, const Arrival& arrival, std::uint64_t line,
                        Message& message) {
  const std::uint64_t family = family_of(sentence, arrival.sender), key = key_of(sentence, family);
  const std::size_t part = sentence.index - 1U;
  if (sentence.payload.size() * 6 < sentence.fill) return Outcome::fill_bits;
  if (sentence.payload.size() > kText) return Outcome::too_long;
  if (slots_.empty()) {  // many decoders never see a part
    slots_.resize(kSets * kWays);
    families_.resize(kSets * kWays);
  }
  Slot* found = &find(key);
  bool fresh = found->key != key;
  if (fresh && sentence.index > 1)
    if (Slot* relative = find_relative(family, sentence)) {
      found = relative;
      fresh = false;
    }
  Slot& slot = *found;
  if (!fresh) {
    const bool repeated = (slot.have >> part & 1) != 0;  // the number is in use again: a new message
    const bool late_start = (slot.have & 1) == 0 && line - slot.first_line > kDisorderLines;
    fresh = repeated || late_start || stale(slot, sentence.time, arrival.time, line);
  }
  if (fresh) start(slot, key, family, sentence, arrival.time, line);
  if (slot.used + sentence.payload.size() > kText) {
    release(slot, true);
    return Outcome::too_long;
  }
  if (slot.time == base::kNoTime) slot.time = sentence.time;
  if (slot.receiver.empty()) slot.receiver = sentence.receiver;
  std::memcpy(slot.text.data() + slot.used, sentence.payload.data(), sentence.payload.size());
  slot.offset[part] = slot.used;
  slot.length[part] = static_cast<std::uint16_t>(sentence.payload.size());
  slot.fill[part] = sentence.fill;
  slot.used = static_cast<std::uint16_t>(slot.used + sentence.payload.size());
  slot.have = static_cast<std::uint16_t>(slot.have | 1U << part);
  if (slot.have != (1U << slot.count) - 1) return Outcome::part;
  const bool sound = join(slot, message.payload);
  message.time = slot.time;
  message.receiver = slot.receiver;
  message.channel = slot.channel;
  release(slot, false);
  return sound ? Outcome::message : Outcome::armour;
}

std::uint64_t Assembler::lost() const {
  std::uint64_t lost = lost_;
  for (const Slot& slot : slots_)
    if (slot.key != 0) lost += static_cast<unsigned>(std::popcount(slot.have));
  return lost;
}

}  // namespace cordon::ais
