#include "cordon/ais/message.hpp"

#include <algorithm>

#include "cordon/ais/armour.hpp"

namespace cordon::ais {

namespace {
// ITU-R M.1371-5 table 47: 0..31 are @ A..Z [ \ ] ^ _, 32..63 are blank ! " .. ?
constexpr std::string_view kSixBit = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?";
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
  for (std::size_t i = 0; i < characters; ++i) {
    const char c = kSixBit[get(offset + 6 * i, 6)];
    if (c == '@') break;
    out.push_back(c);
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
