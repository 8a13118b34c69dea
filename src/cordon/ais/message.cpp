#include "cordon/ais/message.hpp"

#include <algorithm>

#include "cordon/ais/armour.hpp"

namespace cordon::ais {

namespace {
// ITU-R M.1371-5 table 47: 0..31 are @ A..Z [ \ ] ^ _, 32..63 are blank ! " .. ?
constexpr std::string_view kSixBit = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?";

// 48 bits to eight bytes of kSixBit, the first character in the highest.
std::uint64_t eight_characters(std::uint64_t bits) {
  bits = (bits & 0xFFFFFF) | (bits & 0xFFFFFF000000) << 8;
  bits = (bits & 0x00000FFF00000FFF) | (bits & 0x00FFF00000FFF000) << 4;
  bits = (bits & 0x003F003F003F003F) | (bits & 0x0FC00FC00FC00FC0) << 2;
  return bits | (~bits & 0x2020202020202020) << 1;  // below 32: 64 more
}
// How many characters stand before the first '@'; 8 where there is none.
unsigned first_at_sign(std::uint64_t text) {
  const std::uint64_t rest = text ^ 0x4040404040404040;  // zero where it stands; never above 0x7F
  const std::uint64_t zero = ~(rest + 0x7F7F7F7F7F7F7F7F) & 0x8080808080808080;
  return static_cast<unsigned>(std::countl_zero(zero)) / 8;
}
}  // namespace

std::uint64_t Payload::get_slow(std::size_t offset, std::size_t width) const {
  std::uint64_t value = 0;
  for (std::size_t i = offset; i < offset + width; ++i) {
    const unsigned bit = i < bits_ ? bytes_[i / 8] >> (7 - i % 8) & 1U : 0U;
    value = value << 1 | bit;
  }
  return value;
}

void Payload::append_text(std::string& out, std::size_t offset, std::size_t characters) const {
  const std::size_t start = out.size();
  constexpr std::size_t kAtOnce = 8;
  for (std::size_t done = 0; done < characters; done += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, characters - done);
    const std::uint64_t text = eight_characters(get(offset + 6 * done, 6 * count) << 6 * (kAtOnce - count));
    const auto size = std::min<std::size_t>(count, first_at_sign(text));
    std::array<char, kAtOnce> bytes;
    for (std::size_t i = 0; i < kAtOnce; ++i) bytes[i] = static_cast<char>(text >> (56 - 8 * i));
    out.append(bytes.data(), size);
    if (size < count) break;
  }
  while (out.size() > start && out.back() == ' ') out.pop_back();
}

std::string Payload::text(std::size_t offset, std::size_t characters) const {
  std::string out;
  append_text(out, offset, characters);
  return out;
}

void Payload::put(std::uint64_t value, std::size_t width) {
  width = std::min(width, kMaxBits - bits_);
  while (width > 0) {
    const std::size_t room_in_byte = 8 - bits_ % 8, now = std::min(width, room_in_byte);
    const auto piece = static_cast<unsigned>(value >> (width - now) & ((1U << now) - 1));
    const auto kept = bytes_[bits_ / 8] & ~(0xFFU >> (bits_ % 8));
    bytes_[bits_ / 8] = static_cast<std::uint8_t>(kept | piece << (room_in_byte - now));
    bits_ += now;
    width -= now;
  }
}

void Payload::put_text(std::string_view text, std::size_t characters) {
  for (std::size_t i = 0; i < characters; ++i) {
    char c = i < text.size() ? text[i] : '@';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    std::size_t value = kSixBit.find(c);
    if (value == std::string_view::npos) value = kSixBit.find('?');
    put(value, 6);
  }
}

bool Payload::assign_armoured(std::string_view characters, unsigned fill) {
  if (characters.size() * 6 > kMaxBits || fill > characters.size() * 6) return false;
  const bool sound = kernels().unpack(characters.data(), characters.size(), bytes_.data());
  bits_ = characters.size() * 6 - fill;
  if (fill > 0) {  // fill bits may be anything: what lies beyond the end reads as zero
    const std::size_t last = bits_ / 8;
    bytes_[last] = static_cast<std::uint8_t>(bytes_[last] & ~(0xFF >> (bits_ % 8)));
    bytes_[last + 1] = 0;
  }
  return sound;
}

bool Payload::operator==(const Payload& other) const {
  if (bits_ != other.bits_) return false;
  for (std::size_t i = 0; i < bits_; i += 32)
    if (get(i, std::min<std::size_t>(32, bits_ - i)) != other.get(i, std::min<std::size_t>(32, bits_ - i)))
      return false;
  return true;
}

std::uint8_t receiver_kind(std::string_view receiver) {
  constexpr std::uint8_t kUnknown = 0, kTerrestrial = 1, kSatellite = 2;
  if (receiver.size() < 2) return kUnknown;
  const auto names = [&](std::string_view word) {  // ASCII case does not matter
    return std::search(receiver.begin(), receiver.end(), word.begin(), word.end(), [](char a, char b) {
             return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b;
           }) != receiver.end();
  };
  const bool digit = receiver[1] >= '0' && receiver[1] <= '9';
  switch (receiver[0]) {
    case 'b':
      return digit ? kTerrestrial : kUnknown;
    case 's':
      return digit || names("SAT") ? kSatellite : kUnknown;
    case 'r':
      if (digit) return kTerrestrial;
      break;
    default:
      break;
  }
  for (const std::string_view word : {"ORBCOMM", "SPIRE", "EXACT", "SATAIS", "S-AIS", "SATELLITE"})
    if (names(word)) return kSatellite;
  return receiver[0] == 'r' ? kTerrestrial : kUnknown;
}

}  // namespace cordon::ais
