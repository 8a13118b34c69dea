// Writes JSON text into a fixed buffer: no growth checks inside, the size is bounded by what a message can
// hold.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cordon::ais {

// The longest object: an array of some 240 cargo entries or 160 gauges of at most 32 characters, or a
// position array of 45 entries of 150; texts and hex dumps are shorter. All come from at most 4,096 bits.
inline constexpr std::size_t kMaxJson = 16384;

namespace detail {
constexpr std::array<char, 200> make_pairs() {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
inline constexpr auto kPairs = make_pairs();
}  // namespace detail

class Cursor {
 public:
  explicit Cursor(char* at) : at_(at) {}
  char* at() const { return at_; }

  void raw(char c) { *at_++ = c; }
  void raw(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  // ,"name":
  void key(std::string_view name) {
    at_[0] = ',';
    at_[1] = '"';
    std::memcpy(at_ + 2, name.data(), name.size());
    at_ += 2 + name.size();
    at_[0] = '"';
    at_[1] = ':';
    at_ += 2;
  }
  void number(std::uint64_t value) {
    char digits[20];
    char* p = digits + 20;
    while (value >= 100) {
      p -= 2;
      std::memcpy(p, &detail::kPairs[value % 100 * 2], 2);
      value /= 100;
    }
    if (value >= 10) {
      p -= 2;
      std::memcpy(p, &detail::kPairs[value * 2], 2);
    } else {
      *--p = static_cast<char>('0' + value);
    }
    const auto size = static_cast<std::size_t>(digits + 20 - p);
    std::memcpy(at_, p, size);
    at_ += size;
  }
  void signed_number(std::int64_t value) {
    if (value < 0) raw('-');
    number(value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value));
  }
  // value / 10^decimals with all its decimals: 123, 1 -> 12.3
  void fixed(std::int64_t value, unsigned decimals) {
    if (value < 0) raw('-');
    std::uint64_t rest =
        value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    std::uint64_t scale = 1;
    for (unsigned i = 0; i < decimals; ++i) scale *= 10;
    number(rest / scale);
    if (decimals == 0) return;
    raw('.');
    rest %= scale;
    for (unsigned i = decimals; i-- > 0; rest /= 10) at_[i] = static_cast<char>('0' + rest % 10);
    at_ += decimals;
  }
  // Zero-padded to a width that the value does not exceed by much.
  void padded(std::uint64_t value, unsigned width) {
    std::uint64_t limit = 1;
    for (unsigned i = 1; i < width; ++i) {
      limit *= 10;
      if (value < limit) raw('0');
    }
    number(value);
  }
  // Six-bit text is printable ASCII: only two characters need a backslash.
  void quoted(std::string_view text) {
    raw('"');
    for (const char c : text) {
      if (c == '"' || c == '\\') raw('\\');
      raw(c);
    }
    raw('"');
  }
  void boolean(bool value) { raw(value ? std::string_view("true") : std::string_view("false")); }
  void drop() { --at_; }  // takes back the last character
  // Takes back blanks written since `start`.
  void trim(const char* start) {
    while (at_ > start && at_[-1] == ' ') --at_;
  }

 private:
  char* at_;
};

}  // namespace cordon::ais
