#include "cordon/permit/calendar.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace cordon::permit {
namespace {

base::Date d(const char* text) {
  return *base::parse_date(text);
}
const Calendar& named(const char* id) {
  return **Calendar::named(id);
}

std::string list(const Calendar& calendar, int year) {
  std::string out;
  for (const Holiday& holiday : calendar.holidays(year)) out += base::to_string(holiday.date).substr(5) + " ";
  return out;
}

TEST(Calendar, Easter) {
  // Dates as almanacs print them; 1954, 1981 and 2049 are the rule's awkward years, 2038 the latest of the
  // century.
  for (const auto& [year, day] : {std::pair{1954, "1954-04-18"},
                                  {1981, "1981-04-19"},
                                  {2000, "2000-04-23"},
                                  {2024, "2024-03-31"},
                                  {2025, "2025-04-20"},
                                  {2026, "2026-04-05"},
                                  {2027, "2027-03-28"},
                                  {2038, "2038-04-25"},
                                  {2049, "2049-04-18"}})
    EXPECT_EQ(base::to_string(easter_sunday(year)), day);
}

TEST(Calendar, Weekday) {
  EXPECT_EQ(weekday(d("1970-01-01")), 4);
  EXPECT_EQ(weekday(d("2026-11-23")), 1);
  EXPECT_EQ(weekday(d("1969-12-28")), 0);
}

TEST(Calendar, FederalHolidays) {
  const Calendar& ca = named("ca-federal");
  EXPECT_EQ(list(ca, 2026), "01-01 04-03 04-06 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25 12-28 ");
  EXPECT_EQ(list(ca, 2018), "01-01 03-30 04-02 05-21 07-02 08-06 09-03 10-08 11-12 12-25 12-26 ");
  // Christmas on a Sunday and Boxing Day on the Monday it moves to.
  EXPECT_EQ(list(ca, 2022).substr(list(ca, 2022).size() - 12), "12-26 12-27 ");
  // Victoria Day is the Monday before 25 May also where that is a Monday.
  EXPECT_NE(list(ca, 2015).find("05-18"), std::string::npos);
  EXPECT_EQ(list(ca, 2020).find("09-30"), std::string::npos);  // since 2021
}

TEST(Calendar, HeadquartersAsThePublishedLists) {
  const Calendar& un = named("un-hq");
  EXPECT_EQ(list(un, 2017), "01-02 04-14 05-29 06-26 07-04 09-01 09-04 11-23 12-25 ");
  EXPECT_EQ(list(un, 2020), "01-01 04-10 05-25 05-26 07-03 07-31 09-07 11-26 12-25 ");
  EXPECT_EQ(list(un, 2024), "01-01 03-29 04-10 05-27 06-17 07-04 09-02 11-28 12-25 ");
  EXPECT_TRUE(un.complete(2024));
  EXPECT_FALSE(un.complete(2031));
  EXPECT_TRUE(named("ca-federal").complete(2031));
}

TEST(Calendar, WorkingDays) {
  const Calendar& ca = named("ca-federal");
  // Received on Wednesday 2 December 2026: 15 working days, over Christmas and Boxing Day (observed on the
  // 28th).
  EXPECT_EQ(base::to_string(ca.add_working_days(d("2026-12-02"), 15).value()), "2026-12-23");
  EXPECT_EQ(base::to_string(ca.add_working_days(d("2026-12-09"), 15).value()), "2027-01-04");
  EXPECT_EQ(base::to_string(ca.add_working_days(d("2026-12-24"), 1).value()), "2026-12-29");
  EXPECT_EQ(base::to_string(ca.add_working_days(d("2026-12-05"), 0).value()), "2026-12-05");
  EXPECT_FALSE(ca.add_working_days(d("2100-12-30"), 45));
}

// Adding and counting are inverse, over many starts and lengths.
TEST(Calendar, CountingUndoesAdding) {
  for (const char* id : {"ca-federal", "un-hq"}) {
    const Calendar& calendar = named(id);
    for (int start = 0; start < 800; start += 7)
      for (const int days : {1, 5, 15, 30, 45, 90}) {
        const base::Date from = base::date_from_days(base::days_since_epoch(d("2025-01-01")) + start);
        const base::Date to = calendar.add_working_days(from, days).value();
        EXPECT_TRUE(calendar.is_working_day(to));
        EXPECT_EQ(calendar.working_days_between(from, to), days);
        EXPECT_EQ(calendar.working_days_between(to, from), -days);
      }
  }
}

TEST(Calendar, SaysWhatIsWrong) {
  EXPECT_FALSE(Calendar::named("no-such"));
  EXPECT_FALSE(Calendar::parse("{", "x"));
  EXPECT_FALSE(
      Calendar::parse("{\"id\":\"x\",\"name\":\"x\",\"needs_years\":true,\"rules\":[],\"years\":{\"2024\":[{"
                      "\"date\":\"2025-01-01\",\"name\":\"x\",\"verified\":true}]}}",
                      "x"));
}

}  // namespace
}  // namespace cordon::permit
