#include "cordon/base/time.hpp"

#include <array>
#include <cstddef>

#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int month_days(int year, int month) {
  constexpr std::array<int, 13> kDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[static_cast<std::size_t>(month)];
}

// Days since 1970-01-01 of the proleptic Gregorian calendar. Years are counted from March, so that the leap
// day is the last of its year; 146097 days make one cycle of 400 years.
constexpr std::int64_t civil_days(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct Civil {
  std::int64_t year;
  int month, day;
};

constexpr Civil civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

// Division that rounds down, so that times before 1970 fall into the right day.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

void put_digits(std::string& out, std::int64_t value, int width) {
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  const std::string digits = std::to_string(value);
  if (digits.size() < static_cast<std::size_t>(width)) out.append(width - digits.size(), '0');
  out += digits;
}

// Reads exactly `width` digits at text[*at].
bool take_digits(std::string_view text, std::size_t* at, std::size_t width, int* value) {
  if (text.size() < *at + width) return false;
  int v = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[*at + i];
    if (!is_digit(c)) return false;
    v = v * 10 + (c - '0');
  }
  *at += width;
  *value = v;
  return true;
}

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1000 || year > 2999) return std::nullopt;  // a two-digit year is not guessed
  if (month == 0) day = 0;  // "00/00/1971", and "15/00/1971" where the day means nothing
  if (month < 0 || month > 12 || day < 0) return std::nullopt;
  if (month != 0 && day > month_days(year, month)) return std::nullopt;
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

// "Mar", "march", "Sept." -> 3, 3, 9; 0 where it is no English month of at least three letters.
int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word.size() <= kMonths[i].size() && iequals(word, kMonths[i].substr(0, word.size()))) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

struct Token {
  int number = -1;  // -1: a word
  int digits = 0;
  std::string_view word;
};

// Words that say "about" in front of a date; the date stays, its vagueness is kept by the reader of the list.
bool is_hedge(std::string_view word) {
  for (const std::string_view hedge : {"circa", "ca", "c", "approximately", "approx", "about", "around"}) {
    if (iequals(word, hedge)) return true;
  }
  return false;
}

// Cuts into at most three tokens; anything that cannot be a part of a date: false.
bool tokens_of(std::string_view text, std::array<Token, 3>* tokens, std::size_t* count, char* separator) {
  *count = 0;
  *separator = ' ';
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_digit(c)) {
      Token token{0, 0, {}};
      while (i < text.size() && is_digit(text[i])) {
        if (++token.digits > 4) return false;
        token.number = token.number * 10 + (text[i++] - '0');
      }
      // 1st, 2nd, 3rd, 4th
      if (token.digits <= 2 && i + 1 < text.size()) {
        const std::string_view suffix = text.substr(i, 2);
        for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) {
          if (iequals(suffix, ordinal)) {
            i += 2;
            break;
          }
        }
      }
      if (*count == 3) return false;
      (*tokens)[(*count)++] = token;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      const std::size_t begin = i;
      while (i < text.size() && ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z')) ++i;
      const std::string_view word = text.substr(begin, i - begin);
      if (*count == 0 && is_hedge(word)) continue;
      if (iequals(word, "of")) continue;  // "12th of February 1971"
      if (*count == 3 || month_of(word) == 0) return false;
      (*tokens)[(*count)++] = {-1, 0, word};
    } else if (c == '-' || c == '/' || c == '.') {
      if (*count == 0 && c != '.') return false;  // "-1971" is no year; "c. 1971" and "ca.1971" are
      if (*count != 0 && i + 1 < text.size()) *separator = c;
      ++i;
    } else if (c == ' ' || c == ',' || c == '\t') {
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

std::int64_t days_since_epoch(const Date& date) {
  return civil_days(date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day);
}

Date date_from_days(std::int64_t days) {
  const Civil civil = civil_from_days(days);
  return {static_cast<std::int16_t>(civil.year), static_cast<std::uint8_t>(civil.month),
          static_cast<std::uint8_t>(civil.day)};
}

TimeMs start_of(const Date& date) {
  return days_since_epoch(date) * kDay;
}

Date date_of(TimeMs time) {
  return time == kNoTime ? Date{} : date_from_days(floor_div(time, kDay));
}

std::string to_string(const Date& date) {
  std::string out;
  if (date.empty()) return out;
  put_digits(out, date.year, 4);
  if (date.month == 0) return out;
  out.push_back('-');
  put_digits(out, date.month, 2);
  if (date.day == 0) return out;
  out.push_back('-');
  put_digits(out, date.day, 2);
  return out;
}

std::string to_iso(TimeMs time) {
  std::string out;
  if (time == kNoTime) return out;
  const std::int64_t days = floor_div(time, kDay);
  // Not time - days * kDay: that product leaves the range for the first representable times.
  const std::int64_t rest = time % kDay < 0 ? time % kDay + kDay : time % kDay;
  const Civil civil = civil_from_days(days);
  if (civil.year >= 0 &&
      civil.year <= 9999) {  // the hot path: fixed width, no allocation (SSO does not hold 20)
    char text[24] = "0000-00-00T00:00:00";
    const auto two = [&text](std::size_t at, std::int64_t value) {
      text[at] = static_cast<char>('0' + value / 10);
      text[at + 1] = static_cast<char>('0' + value % 10);
    };
    two(0, civil.year / 100);
    two(2, civil.year % 100);
    two(5, civil.month);
    two(8, civil.day);
    two(11, rest / kHour);
    two(14, rest / kMinute % 60);
    two(17, rest / kSecond % 60);
    std::size_t size = 19;
    if (const std::int64_t ms = rest % kSecond; ms != 0) {
      text[19] = '.';
      text[20] = static_cast<char>('0' + ms / 100);
      two(21, ms % 100);
      size = 23;
    }
    text[size++] = 'Z';
    out.assign(text, size);
    return out;
  }
  put_digits(out, civil.year, 4);
  out.push_back('-');
  put_digits(out, civil.month, 2);
  out.push_back('-');
  put_digits(out, civil.day, 2);
  out.push_back('T');
  put_digits(out, rest / kHour, 2);
  out.push_back(':');
  put_digits(out, rest / kMinute % 60, 2);
  out.push_back(':');
  put_digits(out, rest / kSecond % 60, 2);
  if (const std::int64_t ms = rest % kSecond; ms != 0) {
    out.push_back('.');
    put_digits(out, ms, 3);
  }
  out.push_back('Z');
  return out;
}

std::optional<Date> parse_date(std::string_view text) {
  text = trim(text);
  // An ISO date and time: the day counts ("2018-03-30T00:00:00", "2018-03-30 00:00:00", "2018-03-30+02:00").
  if (text.size() > 10 && text[4] == '-' && text[7] == '-' && !is_digit(text[10])) {
    if (const auto date = parse_date(text.substr(0, 10)); date && date->complete()) {
      const std::string_view rest = text.substr(10);
      if (rest == "Z" || parse_time(text)) return date;
      if (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':') return date;
    }
    return std::nullopt;
  }
  std::array<Token, 3> token;
  std::size_t count = 0;
  char separator = ' ';
  if (!tokens_of(text, &token, &count, &separator) || count == 0) return std::nullopt;
  const auto year = [&](std::size_t i) { return token[i].digits == 4; };
  const auto small = [&](std::size_t i) { return token[i].number >= 0 && token[i].digits <= 2; };
  const auto word = [&](std::size_t i) { return token[i].number < 0; };
  if (count == 1) {
    if (!year(0)) return std::nullopt;
    return make_date(token[0].number, 0, 0);
  }
  if (count == 2) {
    if (word(0) && year(1)) return make_date(token[1].number, month_of(token[0].word), 0);
    if (year(0) && word(1)) return make_date(token[0].number, month_of(token[1].word), 0);
    if (separator == ' ') return std::nullopt;  // "1971 02" and "02 1971" are as likely two years or a range
    if (year(0) && small(1)) return make_date(token[0].number, token[1].number, 0);
    if (small(0) && year(1)) return make_date(token[1].number, token[0].number, 0);
    return std::nullopt;
  }
  if (year(0) && small(1) && small(2)) return make_date(token[0].number, token[1].number, token[2].number);
  if (year(0) && word(1) && small(2)) {
    return make_date(token[0].number, month_of(token[1].word), token[2].number);
  }
  if (!year(2)) return std::nullopt;
  if (small(0) && word(1)) return make_date(token[2].number, month_of(token[1].word), token[0].number);
  if (word(0) && small(1)) return make_date(token[2].number, month_of(token[0].word), token[1].number);
  if (small(0) && small(1)) return make_date(token[2].number, token[1].number, token[0].number);
  return std::nullopt;
}

std::optional<TimeMs> parse_time(std::string_view text) {
  text = trim(text);
  std::size_t at = 0;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0;
  const auto skip = [&](char c) { return at < text.size() && text[at] == c ? (++at, true) : false; };
  if (!take_digits(text, &at, 4, &year) || !skip('-') || !take_digits(text, &at, 2, &month) || !skip('-') ||
      !take_digits(text, &at, 2, &day)) {
    return std::nullopt;
  }
  if (!skip('T') && !skip('t') && !skip(' ')) return std::nullopt;
  if (!take_digits(text, &at, 2, &hour) || !skip(':') || !take_digits(text, &at, 2, &minute)) {
    return std::nullopt;
  }
  if (skip(':')) {
    if (!take_digits(text, &at, 2, &second)) return std::nullopt;
    if (skip('.') || skip(',')) {  // any number of decimals; what is finer than a millisecond is cut
      const std::size_t first = at;
      for (int scale = 100; at < text.size() && is_digit(text[at]); ++at, scale /= 10) {
        ms += (text[at] - '0') * scale;
      }
      if (at == first) return std::nullopt;
    }
  }
  std::int64_t offset_minutes = 0;
  const bool blank = skip(' ');  // "2018-03-30 04:05:06 UTC", "... +00:00"
  if (skip('Z') || skip('z')) {
  } else if (text.substr(at) == "UTC") {
    at = text.size();
  } else if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    const bool west = text[at++] == '-';
    int zone_hour = 0, zone_minute = 0;
    if (!take_digits(text, &at, 2, &zone_hour)) return std::nullopt;
    if (at < text.size()) {
      skip(':');
      if (!take_digits(text, &at, 2, &zone_minute)) return std::nullopt;
    }
    if (zone_hour > 18 || zone_minute > 59) return std::nullopt;
    offset_minutes = (west ? -1 : 1) * (zone_hour * 60 + zone_minute);
  } else if (blank) {
    return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > month_days(year, month)) {
    return std::nullopt;
  }
  // ISO 8601 lets 24:00:00 end a day; a leap second is 60 in the last second of a UTC day.
  const bool end_of_day = hour == 24 && minute == 0 && second == 0 && ms == 0;
  if ((hour > 23 && !end_of_day) || minute > 59 || second > 60) return std::nullopt;
  if (second == 60) ms = 0;
  return civil_days(year, month, day) * kDay + hour * kHour + (minute - offset_minutes) * kMinute +
         second * kSecond + ms;
}

}  // namespace cordon::base
