// parse_dates: dates in the prose of lists. A small scanner; what it does not know it steps over.
#include <algorithm>
#include <array>
#include <cctype>

#include "cordon/base/text.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

constexpr int kFirstYear = 1850, kLastYear = 2100;
constexpr int kLongestRange = 15;  // a wider "between" says too little to compare birth years by
constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

class DateScanner {
 public:
  explicit DateScanner(std::string_view text) : text_(text) {}

  std::vector<base::Date> scan() {
    if (const auto serial = base::parse_number<int>(base::trim(text_));
        serial && *serial >= 20000 && *serial <= 60000) {
      constexpr int kExcelEpoch = 25569;  // days from 1899-12-30 to 1970-01-01
      return {base::date_from_days(*serial - kExcelEpoch)};
    }
    while (at_ < text_.size()) {
      if (digit(text_[at_])) {
        from_number();
      } else if (letter(text_[at_])) {
        from_word();
      } else {
        ++at_;
      }
    }
    return std::move(dates_);
  }

 private:
  struct Number {
    int value = 0;
    std::size_t length = 0;
  };
  Number number() {
    Number result;
    while (at_ < text_.size() && digit(text_[at_])) {
      if (result.length < 6) result.value = result.value * 10 + (text_[at_] - '0');
      ++result.length;
      ++at_;
    }
    return result;
  }
  Number number_after(char separator) {
    const std::size_t saved = at_;
    if (at_ < text_.size() && text_[at_] == separator) {
      ++at_;
      const Number n = number();
      if (n.length > 0) return n;
    }
    at_ = saved;
    return {};
  }
  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && letter(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  void skip(std::string_view characters) {
    while (at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  static int month_of(std::string_view name) {
    if (name.size() < 3) return 0;
    const std::string lower = base::ascii_lower(name);
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
      if (kMonths[i].starts_with(lower)) return static_cast<int>(i) + 1;
    }
    return lower == "sept" ? 9 : 0;
  }

  bool put(int year, int month, int day) {
    if (year < kFirstYear || year > kLastYear || month < 0 || month > 12 || day < 0 || day > 31) return false;
    const base::Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                          static_cast<std::uint8_t>(month == 0 ? 0 : day)};
    if (std::find(dates_.begin(), dates_.end(), date) == dates_.end()) dates_.push_back(date);
    return true;
  }

  void from_number() {
    const Number first = number();
    if (first.length == 4) return from_year(first.value);
    if (first.length > 2) return;
    for (const char separator : {'.', '/', '-'}) {
      const std::size_t saved = at_;
      const Number month = number_after(separator);
      const Number year = month.length > 0 ? number_after(separator) : Number{};
      if (month.length > 0 && month.length <= 2 && year.length == 4) {
        put(year.value, month.value, first.value);
        return;
      }
      at_ = saved;
    }
    const std::size_t saved = at_;
    skip(" .-");
    const int month = month_of(word());
    skip(" .,-");
    const Number year = month != 0 ? number() : Number{};
    if (year.length == 4) {
      put(year.value, month, first.value);
    } else {
      at_ = saved;
    }
  }

  void from_year(int year) {
    if (at_ < text_.size() && text_[at_] == 's') return;  // "the 1970s"
    const std::size_t saved = at_;
    if (const Number month = number_after('-'); month.length == 4) {
      return range(year, month.value);
    } else if (month.length == 2) {
      const Number day = number_after('-');
      put(year, month.value, day.length == 2 ? day.value : 0);
      return;
    }
    at_ = saved;
    skip(" ");
    const std::string link = base::ascii_lower(word());
    if (link == "to" ||
        (link == "and" && base::ascii_lower(text_.substr(0, saved)).find("between") != std::string::npos)) {
      skip(" ");
      if (const Number last = number(); last.length == 4) return range(year, last.value);
    }
    at_ = saved;
    put(year, 0, 0);
  }

  void range(int first, int last) {
    if (last < first || last - first > kLongestRange) {
      put(first, 0, 0);
      put(last, 0, 0);
      return;
    }
    for (int year = first; year <= last; ++year) put(year, 0, 0);
  }

  void from_word() {
    const int month = month_of(word());
    if (month == 0) return;
    const std::size_t saved = at_;
    skip(" .-");
    const Number first = number();
    if (first.length == 4) {
      put(first.value, month, 0);
    } else if (first.length == 1 || first.length == 2) {
      skip(" ,");
      const Number year = number();
      if (year.length == 4) {
        put(year.value, month, first.value);
      } else {
        at_ = saved;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<base::Date> dates_;
};

}  // namespace

std::vector<base::Date> parse_dates(std::string_view text) {
  return DateScanner(text).scan();
}

}  // namespace cordon::lists
