// Typed reading of cells, without copies. Every function returns false for text that is not of its kind.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

#include "cordon/base/time.hpp"

namespace cordon::ais {

inline std::string_view trim_cell(std::string_view cell) {
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t' || cell.back() == '\r'))
    cell.remove_suffix(1);
  return cell;
}

inline bool read_unsigned(std::string_view cell, std::size_t max_digits, std::uint32_t& out) {
  if (cell.empty() || cell.size() > max_digits) return false;
  std::uint32_t value = 0;
  for (const char c : cell) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  out = value;
  return true;
}

// "-70.75733" with 7 decimals -> -707573300; more digits than asked for are rounded, half away from zero.
// Exponents do not occur in AIS archives and are not read.
inline bool read_fixed(std::string_view cell, int decimals, std::int64_t& out) {
  const char* at = cell.data();
  const char* const end = at + cell.size();
  bool negative = false;
  if (at < end && (*at == '-' || *at == '+')) negative = *at++ == '-';
  std::int64_t value = 0;
  int digits = 0;
  for (; at < end && static_cast<unsigned>(*at - '0') <= 9; ++at, ++digits) {
    if (digits == 9) return false;  // no field of AIS is that long, and 9 + 7 decimals fit 64 bits
    value = value * 10 + (*at - '0');
  }
  if (at < end && *at == '.') {
    ++at;
    for (; at < end && decimals > 0 && static_cast<unsigned>(*at - '0') <= 9; ++at, --decimals, ++digits)
      value = value * 10 + (*at - '0');
    const bool round_up = decimals == 0 && at < end && *at >= '5' && *at <= '9';
    for (; at < end && static_cast<unsigned>(*at - '0') <= 9; ++at) ++digits;
    value += round_up;
  }
  if (at != end || digits == 0) return false;
  for (; decimals > 0; --decimals) value *= 10;
  out = negative ? -value : value;
  return true;
}

// Times of day come in runs of the same date: the last date is kept.
class TimeReader {
 public:
  // The date of the last text that was read, and midnight of it. text has ten characters or more.
  bool same_date(std::string_view text) const { return std::memcmp(text.data(), date_text_, 10) == 0; }
  base::TimeMs day() const { return day_; }
  // day_first: DD/MM/YYYY HH:MM:SS, else YYYY-MM-DD and T or blank. Fractions and a trailing Z are accepted.
  bool read(std::string_view cell, bool day_first, base::TimeMs& out) {
    if (cell.size() < 19) return false;
    if (!same_date(cell) && !read_date(cell, day_first)) return false;
    const auto two = [&](std::size_t at) {
      const auto high = static_cast<unsigned>(cell[at] - '0'),
                 low = static_cast<unsigned>(cell[at + 1] - '0');
      return high > 9 || low > 9 ? 100U : high * 10 + low;
    };
    const unsigned hour = two(11), minute = two(14), second = two(17);
    if (hour > 23 || minute > 59 || second > 60 || cell[13] != ':' || cell[16] != ':') return false;
    out = day_ + static_cast<base::TimeMs>(hour) * base::kHour +
          static_cast<base::TimeMs>(minute) * base::kMinute +
          static_cast<base::TimeMs>(second) * base::kSecond;
    return cell.size() == 19 || read_tail(cell.substr(19), out);
  }

 private:
  bool read_date(std::string_view cell, bool day_first) {
    std::uint32_t year = 0, month = 0, day = 0;
    const bool digits =
        day_first ? read_unsigned(cell.substr(6, 4), 4, year) && read_unsigned(cell.substr(3, 2), 2, month) &&
                        read_unsigned(cell.substr(0, 2), 2, day)
                  : read_unsigned(cell.substr(0, 4), 4, year) && read_unsigned(cell.substr(5, 2), 2, month) &&
                        read_unsigned(cell.substr(8, 2), 2, day);
    if (!digits || month < 1 || month > 12 || day < 1 || day > 31 || year < 1970 || year > 2200) return false;
    day_ = base::start_of(
        {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)});
    std::memcpy(date_text_, cell.data(), 10);
    return true;
  }
  static bool read_tail(std::string_view tail, base::TimeMs& out) {
    if (tail.front() == '.') {
      base::TimeMs scale = 100;
      std::size_t i = 1;
      for (; i < tail.size() && static_cast<unsigned>(tail[i] - '0') <= 9; ++i, scale /= 10)
        out += (tail[i] - '0') * scale;
      tail.remove_prefix(i);
    }
    return tail.empty() || tail == "Z";
  }
  char date_text_[10] = {};
  base::TimeMs day_ = 0;
};

}  // namespace cordon::ais
