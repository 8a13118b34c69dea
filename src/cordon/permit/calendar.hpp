// Working days: weekends and holidays by rule and by year, from data/permit/calendars/*.json.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"

namespace cordon::permit {

base::Date easter_sunday(int year);   // Gregorian
int weekday(const base::Date& date);  // 0 = Sunday .. 6 = Saturday

struct Holiday {
  base::Date date;
  std::string name;
  bool verified = false;  // the rule or date was read in a source text
};

class Calendar {
 public:
  // "ca-federal", "un-hq"; from the data of the program.
  static base::Result<const Calendar*> named(std::string_view id);
  static base::Result<Calendar> parse(std::string_view json, std::string_view name);

  std::vector<Holiday> holidays(int year) const;  // by date
  bool is_working_day(const base::Date& date) const;
  // The day counted from is not counted; days = 0 gives the day itself. Fails outside the years 1990 to 2100.
  base::Result<base::Date> add_working_days(const base::Date& from, int days) const;
  // Working days after `from` up to and including `to`; negative where `to` is before.
  int working_days_between(const base::Date& from, const base::Date& to) const;
  // Holidays that move with the moon are known by year only: true where the year is in the data.
  bool complete(int year) const;
  const std::string& id() const { return id_; }
  const std::string& name() const { return name_; }

 private:
  struct Rule {
    std::string name, kind;  // fixed, easter, nth_weekday, last_weekday, weekday_before
    int month = 0, day = 0, week_day = 0, nth = 0, offset = 0;
    int from_year = 0, to_year = 9999;
    std::string if_sunday, if_saturday;  // "next monday", "friday before", "" = stays
    bool if_taken = false;               // moves on where another holiday has the day
    bool verified = false;
  };
  std::string id_, name_;
  std::vector<Rule> rules_;
  std::map<int, std::vector<Holiday>> by_year_;
  bool needs_years_ = false;
};

}  // namespace cordon::permit
