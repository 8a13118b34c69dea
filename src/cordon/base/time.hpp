// Time is integer milliseconds since 1970-01-01T00:00:00 UTC, without leap seconds (POSIX).
// A Date is what lists and laws carry: a calendar day, month or year, nothing finer.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::base {

using TimeMs = std::int64_t;
inline constexpr TimeMs kNoTime = INT64_MIN;
inline constexpr TimeMs kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

struct Date {
  std::int16_t year = 0;   // 0 = no date at all
  std::uint8_t month = 0;  // 0 = only the year is known
  std::uint8_t day = 0;    // 0 = only year and month are known
  auto operator<=>(const Date&) const = default;
  bool empty() const { return year == 0; }
  bool complete() const { return day != 0; }
};

// Days since 1970-01-01 of a date; unknown month or day counts as the first.
std::int64_t days_since_epoch(const Date& date);
Date date_from_days(std::int64_t days);
TimeMs start_of(const Date& date);
Date date_of(TimeMs time);

// "2018-03-30", "2018-03", "2018"; empty for no date.
std::string to_string(const Date& date);
// "2018-03-30T04:05:06Z", with .123 only where milliseconds are not zero.
std::string to_iso(TimeMs time);

// ISO dates, and the forms of sanctions lists: 2018-03-30, 30.3.2018, 30/03/2018 (day first), 30 Mar 2018,
// Mar 2018, 1971, circa 1971. Anything else: nothing.
std::optional<Date> parse_date(std::string_view text);
// 2018-03-30T04:05:06[.123][Z|+hh:mm], blank instead of T, seconds optional; UTC where no zone is given.
// 23:59:60 is accepted as the next minute's start. Years 1900..2200.
std::optional<TimeMs> parse_time(std::string_view text);

}  // namespace cordon::base
