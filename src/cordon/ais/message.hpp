// An AIS message as received: its bits, and what the sentence around it said. Fields are read from the bits
// when asked for; bits beyond the end read as zero.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "cordon/base/time.hpp"
#include "cordon/model/position.hpp"

namespace cordon::ais {

// Longest payload kept: 9 sentences of 82 characters carry less than 4,096 bits; a message of five slots has
// 1,192 at most (ITU-R M.1371-5, annex 2, 3.3.7).
inline constexpr std::size_t kMaxBits = 4096;

class Payload {
 public:
  std::size_t bits() const { return bits_; }
  bool empty() const { return bits_ == 0; }
  // Unsigned field of 1..64 bits, most significant first.
  std::uint64_t get(std::size_t offset, std::size_t width) const {
    if (width > 57 || offset + width > bits_) return get_slow(offset, width);
    return load(offset / 8) << (offset % 8) >> (64 - width);
  }
  // Two's complement field.
  std::int64_t get_signed(std::size_t offset, std::size_t width) const {
    const std::size_t unused = 64 - width;
    return static_cast<std::int64_t>(get(offset, width) << unused) >> unused;
  }
  bool flag(std::size_t offset) const { return get(offset, 1) != 0; }
  // Six-bit text of `characters`, ended by '@', trailing blanks removed.
  std::string text(std::size_t offset, std::size_t characters) const;
  void append_text(std::string& out, std::size_t offset, std::size_t characters) const;

  void clear() { bits_ = 0; }
  // Appends the low `width` bits of value; ignored beyond kMaxBits (test with room()).
  void put(std::uint64_t value, std::size_t width);
  bool room(std::size_t width) const { return bits_ + width <= kMaxBits; }
  // Six-bit text padded with '@'; characters outside the alphabet become '?', lower case becomes upper.
  void put_text(std::string_view text, std::size_t characters);
  // Cuts, or fills with zeros, to this length.
  void set_bits(std::size_t bits) {
    while (bits_ < bits && bits_ < kMaxBits) put(0, bits - bits_ < 64 ? bits - bits_ : 64);
    bits_ = bits < bits_ ? bits : bits_;
  }
  // Takes armoured characters (6 bits each) in place of what was there, less `fill` bits at the end. False
  // for a character outside the alphabet or more than kMaxBits.
  bool assign_armoured(std::string_view characters, unsigned fill);
  bool operator==(const Payload& other) const;

 private:
  std::uint64_t load(std::size_t byte) const {  // big-endian; kMaxBits / 8 + slack bytes are there
    std::uint64_t word;
    std::memcpy(&word, bytes_.data() + byte, 8);
    if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
    return word;
  }
  std::uint64_t get_slow(std::size_t offset, std::size_t width) const;
  std::array<std::uint8_t, kMaxBits / 8 + 32> bytes_{};  // slack for wide loads and stores
  std::size_t bits_ = 0;
};

struct Message {
  Payload payload;
  base::TimeMs time = base::kNoTime;  // receiver's time
  std::string receiver;               // tag block s:, or the station field of the USCG form; "" unknown
  std::uint64_t line = 0;             // 1-based, of the line that completed it
  char channel = ' ';                 // 'A', 'B', or ' ' where the sentence names none
  bool own_ship = false;              // VDO: the receiver's own report

  unsigned type() const { return static_cast<unsigned>(payload.get(0, 6)); }
  unsigned repeat() const { return static_cast<unsigned>(payload.get(6, 2)); }
  std::uint32_t mmsi() const { return static_cast<std::uint32_t>(payload.get(8, 30)); }
};

// 1 terrestrial, 2 satellite, 0 unknown, from the name of the receiving station (rules in docs/ais.md).
std::uint8_t receiver_kind(std::string_view receiver);

// True where the message carries a position (types 1-4, 9, 11, 18, 19, 21, 27); where.feed() is `feed`.
bool to_position(const Message& message, std::uint16_t feed, model::Position& position);
// True where the message carries static data (types 5, 19, 24A, 24B).
bool to_static(const Message& message, std::uint16_t feed, model::VesselStatic& vessel);

}  // namespace cordon::ais
