#include "cordon/base/time.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <random>

namespace cordon::base {
namespace {

bool leap(int y) {
  return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

TEST(Time, DaysAgreeWithCountingOneByOne) {
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t days = 0;
  for (int y = 1600; y < 1970; ++y) days -= leap(y) ? 366 : 365;
  for (int y = 1600; y <= 2400; ++y) {
    for (int m = 1; m <= 12; ++m) {
      const int length = m == 2 && leap(y) ? 29 : lengths[m - 1];
      for (int d = 1; d <= length; ++d, ++days) {
        const Date date{static_cast<std::int16_t>(y), static_cast<std::uint8_t>(m),
                        static_cast<std::uint8_t>(d)};
        ASSERT_EQ(days_since_epoch(date), days) << to_string(date);
        ASSERT_EQ(date_from_days(days), date) << days;
      }
    }
  }
}

TEST(Time, IsoAgreesWithTheSystem) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const TimeMs time = static_cast<TimeMs>(random() % 8'000'000'000'000ULL) - 2'000'000'000'000;
    const std::time_t seconds = time / 1000 - (time % 1000 < 0 ? 1 : 0);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    ASSERT_EQ(to_iso(time).substr(0, size), std::string(text, size));
    ASSERT_EQ(parse_time(to_iso(time)), time) << to_iso(time);
    ASSERT_EQ(start_of(date_of(time)), time - ((time % kDay) + kDay) % kDay);
  }
}

TEST(Time, IsoShowsMillisecondsOnlyWhenThereAreSome) {
  EXPECT_EQ(to_iso(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_iso(7), "1970-01-01T00:00:00.007Z");
  EXPECT_EQ(to_iso(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso(kNoTime), "");
  // Outside four-digit years nothing breaks.
  EXPECT_EQ(to_iso(253402300800000), "10000-01-01T00:00:00Z");
  EXPECT_FALSE(to_iso(INT64_MAX).empty());
  EXPECT_FALSE(to_iso(INT64_MIN + 1).empty());
}

TEST(Time, DateText) {
  EXPECT_EQ(to_string(Date{2018, 3, 30}), "2018-03-30");
  EXPECT_EQ(to_string(Date{2018, 3, 0}), "2018-03");
  EXPECT_EQ(to_string(Date{2018, 0, 0}), "2018");
  EXPECT_EQ(to_string(Date{}), "");
  EXPECT_EQ(date_of(kNoTime), Date{});
  EXPECT_LT((Date{1971, 2, 0}), (Date{1971, 2, 1}));
}

struct DateCase {
  const char* text;
  const char* expected;  // "" = no date
};

TEST(Time, DatesAsListsWriteThem) {
  const DateCase cases[] = {
      {"2018-03-30", "2018-03-30"},
      {"30.3.2018", "2018-03-30"},
      {"30/03/2018", "2018-03-30"},
      {"30-03-2018", "2018-03-30"},
      {"30 Mar 2018", "2018-03-30"},
      {"30 March 2018", "2018-03-30"},
      {"12 Feb 1971", "1971-02-12"},
      {"12-Feb-1971", "1971-02-12"},
      {"Feb 12, 1971", "1971-02-12"},
      {"12th of February 1971", "1971-02-12"},
      {"1st May 1960", "1960-05-01"},
      {"2024/02/29", "2024-02-29"},
      {"1971 Feb 12", "1971-02-12"},
      {"Feb 1971", "1971-02"},
      {"Sept. 1971", "1971-09"},
      {"1971-02", "1971-02"},
      {"02/1971", "1971-02"},
      {"1971", "1971"},
      {"circa 1971", "1971"},
      {"Circa 12 Feb 1971", "1971-02-12"},
      {"c. 1971", "1971"},
      {"ca.1971", "1971"},
      {"approximately 1971", "1971"},
      {"00/00/1971", "1971"},
      {"00/02/1971", "1971-02"},
      {" 1971 ", "1971"},
      {"1971-02-12T00:00:00", "1971-02-12"},
      {"1971-02-12T10:00:00.009Z", "1971-02-12"},
      {"1971-02-12+02:00", "1971-02-12"},
      {"1971-02-12Z", "1971-02-12"},
      {"", ""},
      {"31/02/2018", ""},
      {"2023-02-29", ""},
      {"13/13/2018", ""},
      {"2018-13-01", ""},
      {"30/03/18", ""},
      {"1971-1973", ""},
      {"1971 to 1973", ""},
      {"between 1971 and 1973", ""},
      {"unknown", ""},
      {"19711", ""},
      {"-1971", ""},
      {"12 Fex 1971", ""},
      {"1971-02-12 x", ""},
      {"0000", ""},
      {"1 2 3 4", ""},
      {"March", ""},
      {"circa", ""},
      {"Ma 1971", ""},
  };
  for (const auto& [text, expected] : cases) {
    const auto date = parse_date(text);
    EXPECT_EQ(date ? to_string(*date) : "", expected) << '\'' << text << '\'';
  }
}

TEST(Time, EveryDayReadsBack) {
  for (std::int64_t day = -50000; day < 50000; day += 13) {
    const Date date = date_from_days(day);
    EXPECT_EQ(parse_date(to_string(date)), date);
  }
}

TEST(Time, TimesInTheirForms) {
  const TimeMs t = start_of({2018, 3, 30}) + 4 * kHour + 5 * kMinute + 6 * kSecond;
  for (const char* text :
       {"2018-03-30T04:05:06Z", "2018-03-30T04:05:06", "2018-03-30 04:05:06", "2018-03-30T13:05:06+09:00",
        "2018-03-30T13:05:06+0900", "2018-03-29T23:05:06-05", "2018-03-30 04:05:06 UTC",
        "2018-03-30t04:05:06z", "2018-03-30 04:05:06.000 +00:00"}) {
    EXPECT_EQ(parse_time(text), t) << text;
  }
  EXPECT_EQ(parse_time("2018-03-30T04:05"), t - 6 * kSecond);
  EXPECT_EQ(parse_time("2018-03-30T04:05:06.1"), t + 100);
  EXPECT_EQ(parse_time("2018-03-30T04:05:06,123456789Z"), t + 123);
  EXPECT_EQ(parse_time("2016-12-31T23:59:60Z"), start_of({2017, 1, 1}));
  EXPECT_EQ(parse_time("2016-12-31T23:59:60.9Z"), start_of({2017, 1, 1}));
  EXPECT_EQ(parse_time("2016-12-31T24:00:00"), start_of({2017, 1, 1}));
  for (const char* text :
       {"", "2018-03-30", "2018-03-30T", "2018-03-30T04", "2018-03-30T24:00:01", "2018-03-30T04:60:00",
        "2018-03-30T04:05:61", "2018-02-29T00:00:00", "1899-01-01T00:00:00", "2201-01-01T00:00:00",
        "2018-03-30T04:05:06.", "2018-03-30T04:05:06+9", "2018-03-30T04:05:06+09:60", "2018-03-30T04:05:06Zx",
        "2018-03-30T04:05:06 CET", "18-03-30T04:05:06", "2018/03/30 04:05:06"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

}  // namespace
}  // namespace cordon::base
