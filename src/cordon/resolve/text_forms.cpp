#include "cordon/resolve/text_forms.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "cordon/base/text.hpp"
#include "cordon/base/time.hpp"
#include "cordon/names/normalise.hpp"

namespace cordon::resolve {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

// 0: a separator; '\'' : dropped without parting a word; else the folded letter.
constexpr std::array<char, 256> kFold = [] {
  std::array<char, 256> table{};
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c + 32);
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
  table['\''] = table['`'] = '\'';
  table['&'] = '&';
  return table;
}();

void fold_ascii(std::string& out, std::string_view text) {
  bool gap = !out.empty() && out.back() != ' ';
  const std::size_t start = out.size();
  for (const char raw : text) {
    const char c = kFold[static_cast<unsigned char>(raw)];
    if (c == '\'') continue;
    if (c == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap && out.size() >= start && !out.empty() && out.back() != ' ') out += ' ';
    gap = false;
    if (c == '&') {
      if (!out.empty() && out.back() != ' ') out += ' ';
      out += "and";
      gap = true;
    } else {
      out += c;
    }
  }
}

// The reading of three numbers written in this order with any mark between.
struct Parts {
  std::array<int, 3> value{};
  std::array<int, 3> digits{};
};

std::optional<Parts> three_numbers(std::string_view text) {
  Parts parts;
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) {
      if (at == text.size() || (text[at] != '/' && text[at] != '-' && text[at] != '.' && text[at] != ' '))
        return std::nullopt;
      ++at;
    }
    for (; at < text.size() && is_digit(text[at]) && parts.digits[i] < 4; ++at, ++parts.digits[i])
      parts.value[i] = parts.value[i] * 10 + (text[at] - '0');
    if (parts.digits[i] == 0) return std::nullopt;
  }
  // A time of day after the date is no part of it.
  if (at != text.size() && text[at] != 'T' && text[at] != ' ') return std::nullopt;
  return parts;
}

// Two-digit years: people's and firms' dates lie in the past hundred years.
int full_year(int year, int digits) {
  constexpr int kThisCenturyUpTo = 30;
  if (digits > 2) return year;
  return year <= kThisCenturyUpTo ? 2000 + year : 1900 + year;
}

std::optional<Day> make_day(int year, int month, int day) {
  if (year < 1000 || year > 2200 || month < 0 || month > 12 || day < 0 || day > 31) return std::nullopt;
  return Day{static_cast<std::uint32_t>(year * 10000 + month * 100 + day), false};
}

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

// 25-Jun-08, 15 March 1992, Mar 15, 1992
std::optional<Day> named_month(std::string_view text) {
  int month = 0;
  std::array<int, 2> number{}, digits{};
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_digit(text[at])) {
      if (count == 2) return std::nullopt;
      for (; at < text.size() && is_digit(text[at]) && digits[count] < 4; ++at, ++digits[count])
        number[count] = number[count] * 10 + (text[at] - '0');
      ++count;
    } else if (kFold[static_cast<unsigned char>(text[at])] != 0) {
      std::size_t end = at;
      while (end < text.size() && kFold[static_cast<unsigned char>(text[end])] != 0 && !is_digit(text[end]))
        ++end;
      const std::string word = base::ascii_lower(text.substr(at, end - at));
      for (std::size_t m = 0; m < kMonths.size(); ++m)
        if (word.starts_with(kMonths[m])) month = static_cast<int>(m) + 1;
      at = end;
    } else {
      ++at;
    }
  }
  if (month == 0 || count == 0) return std::nullopt;
  if (count == 1) return make_day(full_year(number[0], digits[0]), month, 0);
  if (digits[0] > 2) return make_day(number[0], month, number[1]);
  return make_day(full_year(number[1], digits[1]), month, number[0]);
}

}  // namespace

void append_words(std::string& out, std::string_view text) {
  if (is_ascii(text))
    fold_ascii(out, text);
  else
    fold_ascii(out, names::latin(text));
}

void append_letters(std::string& out, std::string_view text) {
  std::string folded;
  if (!is_ascii(text)) text = folded = names::latin(text);
  for (const char raw : text) {
    const char c = kFold[static_cast<unsigned char>(raw)];
    if (c != 0 && c != '\'' && c != '&') out += c;
  }
}

std::optional<Day> read_day(std::string_view text, bool month_first) {
  text = base::trim(text);
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit)) {
    const auto number = base::parse_number<int>(text).value_or(0);
    return make_day(number / 10000, number / 100 % 100, number % 100);
  }
  if (const auto parts = three_numbers(text)) {
    const auto& [a, b, c] = parts->value;
    if (parts->digits[0] > 2) return make_day(a, b, c);
    const int year = full_year(c, parts->digits[2]);
    const bool month_can_lead = a <= 12 && b <= 31, day_can_lead = b <= 12 && a <= 31;
    const bool lead = month_can_lead && (month_first || !day_can_lead);
    auto day = lead ? make_day(year, a, b) : make_day(year, b, a);
    if (day) day->ambiguous = month_can_lead && day_can_lead && a != b;
    return day;
  }
  if (const auto day = named_month(text)) return day;
  if (const auto date = base::parse_date(text)) return make_day(date->year, date->month, date->day);
  return std::nullopt;
}

int month_first_vote(std::string_view text) {
  const auto parts = three_numbers(base::trim(text));
  if (!parts || parts->digits[0] > 2) return 0;
  const int a = parts->value[0], b = parts->value[1];
  if (a <= 12 && b > 12 && b <= 31) return 1;
  if (b <= 12 && a > 12 && a <= 31) return -1;
  return 0;
}

bool looks_like_person(std::string_view text) {
  std::string folded;
  append_words(folded, text);
  static constexpr std::array<std::string_view, 34> kOrganisation = {
      "ltd",       "limited",    "inc",         "llc",      "corp",    "corporation",   "company",
      "co",        "gmbh",       "sa",          "bank",     "trading", "group",         "holding",
      "holdings",  "school",     "center",      "centre",   "of",      "the",           "and",
      "for",       "university", "association", "services", "service", "international", "academy",
      "institute", "ministry",   "plc",         "bv",       "church",  "care"};
  std::size_t words = 0;
  for (const std::string_view word : base::split(folded, ' ')) {
    ++words;
    if (std::any_of(word.begin(), word.end(), is_digit)) return false;
    if (std::find(kOrganisation.begin(), kOrganisation.end(), word) != kOrganisation.end()) return false;
  }
  return words >= 2 && words <= 4;
}

bool is_blank_word(std::string_view folded) {
  static constexpr std::array<std::string_view, 12> kBlank = {
      "",          "na",  "n a", "null",          "none", "nan", "unknown", "not available",
      "not known", "nil", "tba", "not applicable"};
  return std::find(kBlank.begin(), kBlank.end(), folded) != kBlank.end();
}

int generation(std::string_view word) {
  if (word == "sr" || word == "senior" || word == "i") return 1;
  if (word == "jr" || word == "junior" || word == "ii") return 2;
  if (word == "iii") return 3;
  if (word == "iv") return 4;
  return 0;
}

}  // namespace cordon::resolve
