#include "cordon/permit/calendar.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cordon/base/resource.hpp"

namespace cordon::permit {
namespace {

using Json = nlohmann::json;
constexpr int kFirstYear = 1990, kLastYear = 2100;

base::Date plus(const base::Date& date, std::int64_t days) {
  return base::date_from_days(base::days_since_epoch(date) + days);
}
base::Date day(int year, int month, int of_month) {
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(of_month)};
}

}  // namespace

int weekday(const base::Date& date) {
  // 1970-01-01 was a Thursday.
  return static_cast<int>(((base::days_since_epoch(date) + 4) % 7 + 7) % 7);
}

// The rule of the Gregorian calendar, in whole numbers (Meeus, Jones and Butcher).
base::Date easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return day(year, n / 31, n % 31 + 1);
}

base::Result<Calendar> Calendar::parse(std::string_view text, std::string_view name) {
  try {
    const Json json = Json::parse(text);
    Calendar calendar;
    calendar.id_ = json.at("id");
    calendar.name_ = json.at("name");
    calendar.needs_years_ = json.at("needs_years");
    for (const Json& row : json.at("rules")) {
      Rule rule;
      rule.name = row.at("name");
      rule.kind = row.at("kind");
      rule.month = row.value("month", 0);
      rule.day = row.value("day", 0);
      rule.week_day = row.value("week_day", 0);
      rule.nth = row.value("nth", 0);
      rule.offset = row.value("offset", 0);
      rule.from_year = row.value("from_year", 0);
      rule.to_year = row.value("to_year", 9999);
      rule.if_sunday = row.value("if_sunday", "");
      rule.if_saturday = row.value("if_saturday", "");
      rule.if_taken = row.value("if_taken", false);
      rule.verified = row.at("verified");
      calendar.rules_.push_back(std::move(rule));
    }
    for (const auto& [year, rows] : json.at("years").items())
      for (const Json& row : rows) {
        const auto date = base::parse_date(row.at("date").get<std::string>());
        if (!date || !date->complete() || std::to_string(date->year) != year)
          return base::fail("{}: {}: expected a day of that year", name, year);
        calendar.by_year_[date->year].push_back({*date, row.at("name"), row.at("verified")});
      }
    return calendar;
  } catch (const Json::exception& error) {
    return base::fail("{}: {}", name, error.what());
  }
}

base::Result<const Calendar*> Calendar::named(std::string_view id) {
  static std::mutex mutex;
  static std::map<std::string, Calendar, std::less<>> all;
  const std::lock_guard lock(mutex);
  if (const auto found = all.find(id); found != all.end()) return &found->second;
  const std::string name = "permit/calendars/" + std::string(id) + ".json";
  const auto text = base::resource(name);
  if (!text) return tl::unexpected(text.error());
  auto calendar = parse(*text, name);
  if (!calendar) return tl::unexpected(calendar.error());
  return &all.emplace(id, std::move(*calendar)).first->second;
}

std::vector<Holiday> Calendar::holidays(int year) const {
  std::vector<Holiday> out;
  const auto taken = [&](const base::Date& date) {
    return std::any_of(out.begin(), out.end(), [&](const Holiday& h) { return h.date == date; });
  };
  if (const auto found = by_year_.find(year); found != by_year_.end()) out = found->second;
  for (const Rule& rule : rules_) {
    if (year < rule.from_year || year > rule.to_year) continue;
    base::Date date;
    if (rule.kind == "easter") {
      date = plus(easter_sunday(year), rule.offset);
    } else if (rule.kind == "nth_weekday") {
      const base::Date first = day(year, rule.month, 1);
      date = plus(first, (rule.week_day - weekday(first) + 7) % 7 + 7 * (rule.nth - 1));
    } else if (rule.kind == "last_weekday") {
      const base::Date last = plus(rule.month == 12 ? day(year + 1, 1, 1) : day(year, rule.month + 1, 1), -1);
      date = plus(last, -((weekday(last) - rule.week_day + 7) % 7));
    } else if (rule.kind == "weekday_before") {  // the last such day before the date
      const base::Date before = plus(day(year, rule.month, rule.day), -1);
      date = plus(before, -((weekday(before) - rule.week_day + 7) % 7));
    } else {
      date = day(year, rule.month, rule.day);
      const int on = weekday(date);
      const std::string& moves = on == 0 ? rule.if_sunday : on == 6 ? rule.if_saturday : std::string();
      if (moves == "next monday") date = plus(date, on == 0 ? 1 : 2);
      if (moves == "friday before") date = plus(date, on == 0 ? -2 : -1);
    }
    while (rule.if_taken && taken(date)) date = plus(date, 1);
    out.push_back({date, rule.name, rule.verified});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return out;
}

bool Calendar::is_working_day(const base::Date& date) const {
  const int on = weekday(date);
  if (on == 0 || on == 6) return false;
  // New Year's Day on a Saturday may be kept on the last day of the year before.
  for (const int year : {date.year, static_cast<std::int16_t>(date.year + 1)})
    for (const Holiday& holiday : holidays(year))
      if (holiday.date == date) return false;
  return true;
}

base::Result<base::Date> Calendar::add_working_days(const base::Date& from, int days) const {
  base::Date date = from;
  while (days > 0) {
    date = plus(date, 1);
    if (date.year < kFirstYear || date.year > kLastYear)
      return base::fail("{}: expected a date between {} and {}", id_, kFirstYear, kLastYear);
    if (is_working_day(date)) --days;
  }
  return date;
}

int Calendar::working_days_between(const base::Date& from, const base::Date& to) const {
  if (to < from) return -working_days_between(to, from);
  int days = 0;
  for (base::Date date = plus(from, 1); date <= to && days < 10'000; date = plus(date, 1))
    if (is_working_day(date)) ++days;
  return days;
}

bool Calendar::complete(int year) const {
  return !needs_years_ || by_year_.contains(year);
}

}  // namespace cordon::permit
