#include "cordon/base/ids.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"

namespace cordon::base {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::array<std::uint32_t, 7> digits_of(std::uint32_t number) {
  std::array<std::uint32_t, 7> digits{};
  for (std::size_t i = 7; i-- > 0; number /= 10) digits[i] = number % 10;
  return digits;
}

constexpr bool seven_digits(std::uint32_t number) {
  return number >= 1000000 && number <= 9999999;
}

// Base letters of U+00C0..U+00FF, lower case; '?' = no letter.
constexpr std::string_view kLatin1Base = "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty";

// What two spellings of a country share: lower-case words without accents, "of", "the", "and", sorted, so
// that "Korea, Democratic People's Republic of" is "Democratic People's Republic of Korea". Other scripts
// stay.
std::string country_key(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    std::string& word = words.back();
    if ((c >= 'a' && c <= 'z') || is_digit(name[i])) {
      word.push_back(name[i]);
    } else if (c >= 'A' && c <= 'Z') {
      word.push_back(static_cast<char>(c + 32));
    } else if (c == '\'' || c == '.' || c == '`') {
      // "People's", "St.", "U.S.A.": no word ends here
    } else if (name.substr(i, 3) == "\xE2\x80\x99" || name.substr(i, 3) == "\xE2\x80\x98") {
      i += 2;
    } else if (c == 0xC3 && i + 1 < name.size()) {
      const auto second = static_cast<unsigned char>(name[++i]);
      word.push_back(kLatin1Base[(second - 0x80U) & 0x3FU]);
    } else if (c == 0xC2 && name.substr(i, 2) == "\xC2\xA0") {
      ++i;
      words.emplace_back();
    } else if (c >= 0x80) {
      word.push_back(name[i]);
    } else {
      words.emplace_back();
    }
  }
  std::erase_if(words, [](const std::string& w) { return w.empty(); });
  if (words.size() > 1) {  // but "and" alone is Andorra's alpha-3 code
    std::erase_if(words, [](const std::string& w) { return w == "the" || w == "of" || w == "and"; });
  }
  std::sort(words.begin(), words.end());
  std::string key;
  for (const std::string& word : words) {
    if (!key.empty()) key.push_back(' ');
    key += word;
  }
  return key;
}

// The tables are part of the program: when one is missing or broken there is nothing sensible to go on with.
CsvTable table_or_die(std::string_view name) {
  const auto text = resource(name);
  if (text) {
    auto table = CsvTable::parse(*text, std::string(name));
    if (table) return std::move(*table);
    std::fprintf(stderr, "cordon: %s\n", table.error().message.c_str());
  } else {
    std::fprintf(stderr, "cordon: %s\n", text.error().message.c_str());
  }
  std::exit(3);
}

struct Countries {
  std::unordered_map<std::string, std::string> code_by_key, name_by_code;
};

const Countries& countries() {
  static const Countries all = [] {
    Countries out;
    const CsvTable table = table_or_die("names/countries.csv");
    const auto code = table.column({"code"}), name = table.column({"name"}),
               alias = table.column({"aliases"});
    for (std::size_t row = 0; row < table.size(); ++row) {
      const std::string id(table.cell(row, code));
      out.name_by_code.emplace(id, table.cell(row, name));
      out.code_by_key.emplace(country_key(id), id);
      out.code_by_key.emplace(country_key(table.cell(row, name)), id);
      for (const std::string_view a : split(table.cell(row, alias), '|')) {
        if (!trim(a).empty()) out.code_by_key.emplace(country_key(a), id);
      }
    }
    return out;
  }();
  return all;
}

const std::array<std::string, 1000>& mids() {
  static const std::array<std::string, 1000> all = [] {
    std::array<std::string, 1000> out;
    const CsvTable table = table_or_die("names/mids.csv");
    const auto mid = table.column({"mid"}), code = table.column({"code"});
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto number = parse_number<unsigned>(table.cell(row, mid));
      if (number && *number < out.size()) out[*number] = table.cell(row, code);
    }
    return out;
  }();
  return all;
}

}  // namespace

bool imo_ship_check(std::uint32_t number) {
  if (!seven_digits(number)) return false;
  const auto d = digits_of(number);
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < 6; ++i) sum += (7 - i) * d[i];
  return sum % 10 == d[6];
}

bool imo_company_check(std::uint32_t number) {
  static constexpr std::array<std::uint32_t, 6> kWeights = {8, 6, 4, 2, 9, 7};
  if (number == 0 || number > 9999999) return false;
  const auto d = digits_of(number);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 6; ++i) sum += kWeights[i] * d[i];
  return (11 - sum % 11) % 10 == d[6];
}

std::optional<std::uint32_t> parse_imo(std::string_view text) {
  text = trim(text);
  if (text.size() >= 3 && iequals(text.substr(0, 3), "imo")) {
    text.remove_prefix(3);
    while (!text.empty() && (text.front() == ' ' || text.front() == ':' || text.front() == '#' ||
                             text.front() == '-' || text.front() == '.')) {
      text.remove_prefix(1);
    }
  }
  if (text.size() != 7 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  const auto number = parse_number<std::uint32_t>(text);
  if (!number || *number == 0) return std::nullopt;
  return number;
}

bool lei_check(std::string_view lei) {
  if (lei.size() != 20) return false;
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < lei.size(); ++i) {
    const char c = lei[i];
    if (is_digit(c)) {
      rest = (rest * 10 + static_cast<std::uint32_t>(c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z' &&
               i < 18) {  // letters count 10..35, two digits; the check is digits only
      rest = (rest * 100 + static_cast<std::uint32_t>(c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

MmsiKind mmsi_kind(std::uint32_t mmsi) {
  if (mmsi > 999999999) return MmsiKind::invalid;
  const auto has_mid = [](std::uint32_t mid) { return mid >= 201 && mid <= 775; };
  if (mmsi < 10000000) return has_mid(mmsi / 10000) ? MmsiKind::coast : MmsiKind::invalid;    // 00MIDxxxx
  if (mmsi < 100000000) return has_mid(mmsi / 100000) ? MmsiKind::group : MmsiKind::invalid;  // 0MIDxxxxx
  const std::uint32_t top = mmsi / 1000000;
  switch (mmsi / 100000000) {
    case 1:  // 111MIDxxx
      return top == 111 && has_mid(mmsi / 1000 % 1000) ? MmsiKind::sar_aircraft : MmsiKind::invalid;
    case 8:  // 8MIDxxxxx
      return has_mid(mmsi / 100000 % 1000) ? MmsiKind::handheld : MmsiKind::invalid;
    case 9:
      if (top / 10 == 98)
        return has_mid(mmsi / 10000 % 1000) ? MmsiKind::craft : MmsiKind::invalid;  // 98MIDxxxx
      if (top / 10 == 99)
        return has_mid(mmsi / 10000 % 1000) ? MmsiKind::aton : MmsiKind::invalid;  // 99MIDxxxx
      if (top == 970) return MmsiKind::sart;  // 970, 972, 974: a maker's number follows, not a MID
      if (top == 972) return MmsiKind::mob;
      if (top == 974) return MmsiKind::epirb;
      return MmsiKind::invalid;
    default:
      return has_mid(top) ? MmsiKind::ship : MmsiKind::invalid;
  }
}

int mmsi_mid(std::uint32_t mmsi) {
  switch (mmsi_kind(mmsi)) {
    case MmsiKind::ship:
      return static_cast<int>(mmsi / 1000000);
    case MmsiKind::coast:
    case MmsiKind::craft:
    case MmsiKind::aton:
      return static_cast<int>(mmsi / 10000 % 1000);
    case MmsiKind::group:
    case MmsiKind::handheld:
      return static_cast<int>(mmsi / 100000 % 1000);
    case MmsiKind::sar_aircraft:
      return static_cast<int>(mmsi / 1000 % 1000);
    default:
      return 0;
  }
}

std::string_view mid_country(int mid) {
  if (mid < 0 || mid > 999) return {};
  return mids()[static_cast<std::size_t>(mid)];
}

std::optional<std::string> country_code(std::string_view name) {
  if (name.size() > 200) return std::nullopt;  // no country's name; the key would cost memory
  const auto& table = countries().code_by_key;
  const std::string key = country_key(name);
  if (key.empty()) return std::nullopt;
  if (const auto found = table.find(key); found != table.end()) return found->second;
  // Canada writes both its languages: "Haiti / Haïti".
  if (const auto slash = name.find(" / "); slash != std::string_view::npos) {
    return country_code(name.substr(0, slash));
  }
  return std::nullopt;
}

std::string country_name(std::string_view code) {
  const auto& table = countries().name_by_code;
  const auto found = table.find(ascii_lower(trim(code)));
  return found == table.end() ? std::string(code) : found->second;
}

}  // namespace cordon::base
