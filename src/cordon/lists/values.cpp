#include "cordon/lists/values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::lists {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

void keep(std::vector<std::string_view>& items, std::string_view item) {
  item = base::trim(item);
  while (!item.empty() && (item.back() == ',' || item.back() == ';'))
    item = base::trim(item.substr(0, item.size() - 1));
  if (!item.empty()) items.push_back(item);
}

// "(a)", "(ii)", "1)", "b)" at `at`: how many characters the mark takes, else 0.
std::size_t mark_at(std::string_view text, std::size_t at) {
  std::size_t i = at;
  const bool open = i < text.size() && text[i] == '(';
  if (open) ++i;
  const std::size_t begin = i;
  if (i < text.size() && digit(text[i])) {
    while (i < text.size() && digit(text[i])) ++i;
    if (i - begin > 2) return 0;
  } else {
    while (i < text.size() && text[i] >= 'a' && text[i] <= 'z') ++i;
    const std::string_view word = text.substr(begin, i - begin);
    const bool roman = word.find_first_not_of("ivx") == std::string_view::npos;
    if (word.empty() || word.size() > 4 || (word.size() > 1 && !roman)) return 0;
  }
  if (i >= text.size() || text[i] != ')') return 0;
  if (!open && at > 0 && alphanumeric(text[at - 1])) return 0;
  return i + 1 - at;
}

}  // namespace

std::vector<std::string_view> split_enumeration(std::string_view text) {
  text = base::trim(text);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"' && text.find('"', 1) == text.size() - 1) {
    text = base::trim(text.substr(1, text.size() - 2));
  }
  std::vector<std::string_view> items;
  if (mark_at(text, 0) == 0) {
    keep(items, text);
    return items;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t mark = mark_at(text, i);
    if (mark == 0) {
      ++i;
      continue;
    }
    keep(items, text.substr(begin, i - begin));
    i += mark;
    begin = i;
  }
  keep(items, text.substr(begin));
  return items;
}

std::vector<std::string_view> split_list(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> items;
  while (true) {
    const std::size_t cut = text.find_first_of(separators);
    keep(items, text.substr(0, cut));
    if (cut == std::string_view::npos) return items;
    text.remove_prefix(cut + 1);
  }
}

std::string_view leading_number(std::string_view text) {
  text = base::trim(text);
  for (const std::string_view stop : {" (", "(", " issued", ", issued", " expires", " - ", ","}) {
    const std::size_t cut = text.find(stop);
    if (cut != std::string_view::npos && cut > 0) text = text.substr(0, cut);
  }
  text = base::trim(text);
  while (!text.empty() && (text.back() == '.' || text.back() == ';')) text.remove_suffix(1);
  return text;
}

std::string_view document_number(std::string_view text) {
  const std::string_view number = leading_number(text);
  const std::size_t blank = number.rfind(' ');
  if (blank == std::string_view::npos || number.find_first_of(kDigits, blank) == std::string_view::npos)
    return number;
  // "passport no. D00000898": words before it. The capitals of "L 191609" belong to the number.
  const std::string_view lead = number.substr(0, blank);
  const bool words = std::any_of(lead.begin(), lead.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return words && lead.find_first_of(kDigits) == std::string_view::npos ? number.substr(blank + 1) : number;
}

std::vector<std::string> split_names(std::string_view text, bool commas) {
  std::vector<std::string> names;
  const auto keep_name = [&](std::string_view name) {
    if (const std::size_t colon = name.find(": ");
        colon != std::string_view::npos && colon < 12 &&
        name.substr(0, colon).find(' ') == std::string_view::npos) {
      name.remove_prefix(colon + 2);
    }
    std::string squeezed = base::squeeze(name);
    while (!squeezed.empty() && (squeezed.back() == ',' || squeezed.back() == ';')) squeezed.pop_back();
    if (!squeezed.empty()) names.push_back(std::move(squeezed));
  };
  for (std::string_view item : split_list(text)) {
    for (std::size_t cut = item.find(" / "); cut != std::string_view::npos; cut = item.find(" / ")) {
      keep_name(item.substr(0, cut));
      item.remove_prefix(cut + 3);
    }
    if (!commas) {
      keep_name(item);
      continue;
    }
    const auto parts = split_list(item, ",");
    std::string name;
    for (const std::string_view part : parts) {
      const bool tail = !name.empty() && part.find(' ') == std::string_view::npos && has_company_form(part);
      if (!tail && !name.empty()) keep_name(std::exchange(name, {}));
      if (tail) name += ", ";
      name += part;
    }
    keep_name(name);
  }
  return names;
}

std::string natural_order(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos || comma == 0) return std::string(text);
  const std::string_view first = base::trim(text.substr(comma + 2)), last = base::trim(text.substr(0, comma));
  if (first.empty()) return std::string(last);
  std::string name(first);
  name += ' ';
  name += last;
  return name;
}

Bracketed split_brackets(std::string_view text) {
  Bracketed result;
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || open == 0) {
    result.before = base::trim(text);
    return result;
  }
  result.before = base::trim(text.substr(0, open));
  std::size_t at = open;
  while (at != std::string_view::npos) {
    const std::size_t close = text.find(')', at);
    const std::string_view inside =
        base::trim(text.substr(at + 1, close == std::string_view::npos ? close : close - at - 1));
    if (!inside.empty()) result.inside.push_back(inside);
    at = close == std::string_view::npos ? close : text.find('(', close);
  }
  return result;
}

bool has_non_latin(std::string_view text) {
  // UTF-8 lead bytes from U+0370 (Greek) on, less general punctuation U+2000..U+20FF: enough to tell scripts
  // apart.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0xCD && c <= 0xDF) return true;
    if (c == 0xE2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0x83) continue;
    if (c == 0xE1 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xB4 &&
        static_cast<unsigned char>(text[i + 1]) <= 0xBB) {
      continue;  // phonetic extensions and Latin Extended Additional
    }
    if (c >= 0xE0 && c <= 0xF4 &&
        !(c == 0xEF && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF)) {
      return true;
    }
  }
  return false;
}

bool is_dprk_programme(std::string_view program) {
  const std::string upper = base::ascii_upper(base::trim(program));
  if (upper == "EU-PRK" || upper == "PRK" || upper == "US-NK" || upper == "NK") return true;
  for (const std::string_view word : {"DPRK", "NORTH KOREA", "NKSPEA", "SC1718", "UNSCR 1718",
                                      "PEOPLE'S REPUBLIC OF KOREA", "PEOPLE\u2019S REPUBLIC OF KOREA"}) {
    if (upper.find(word) != std::string::npos) return true;
  }
  return false;
}

bool names_dprk_regulations(std::string_view text) {
  return text.find("North Korea Sanctions Regulations") != std::string_view::npos;
}

bool has_company_form(std::string_view name) {
  static constexpr std::array<std::string_view, 42> kForms = {
      "AG",      "AO",          "BANK",        "BHD",        "BV",           "CO",  "COMPANY",
      "CORP",    "CORPORATION", "COOPERATION", "ENTERPRISE", "ENTERPRISES",  "FZC", "FZCO",
      "FZE",     "FZ-LLC",      "GMBH",        "INC",        "INCORPORATED", "JSC", "KG",
      "LIMITED", "LLC",         "LLP",         "LTD",        "LTDA",         "NV",  "OAO",
      "OJSC",    "OOO",         "PAO",         "PJSC",       "PLC",          "PTE", "PTY",
      "S.A",     "SA",          "SAL",         "SARL",       "SHIPPING",     "SRL", "ZAO"};
  std::size_t begin = 0;
  const std::string upper = base::ascii_upper(name);
  const std::string_view text(upper);
  while (begin < text.size()) {
    std::size_t end = text.find_first_of(" ,()/\"", begin);
    if (end == std::string_view::npos) end = text.size();
    std::string_view word = text.substr(begin, end - begin);
    while (!word.empty() && word.back() == '.') word.remove_suffix(1);
    if (std::find(kForms.begin(), kForms.end(), word) != kForms.end()) return true;
    begin = end + 1;
  }
  return false;
}

ImoKind imo_kind(std::uint32_t number, model::Schema schema, bool said_company) {
  const bool ship = base::imo_ship_check(number), company = base::imo_company_check(number);
  if (schema == model::Schema::Vessel) return said_company && company ? ImoKind::company : ImoKind::ship;
  if (company || said_company) return ImoKind::company;
  return ship ? ImoKind::ship : ImoKind::none;
}

std::vector<ImoMention> find_imo(std::string_view text) {
  constexpr std::size_t kReach = 24;  // "(IMO) Number: " and the like lie between the word and its digits
  std::vector<ImoMention> found;
  for (std::size_t at = text.find("IMO"); at != std::string_view::npos; at = text.find("IMO", at + 3)) {
    if (at > 0 && alphanumeric(text[at - 1])) continue;
    for (std::size_t i = at + 3; i < text.size() && i < at + 3 + kReach; ++i) {
      if (!digit(text[i])) continue;
      std::size_t end = i;
      while (end < text.size() && digit(text[end])) ++end;
      if (const auto number = base::parse_number<std::uint32_t>(text.substr(i, end - i));
          number && end - i == 7) {
        const std::string_view around = text.substr(at < 16 ? 0 : at - 16, i - (at < 16 ? 0 : at - 16));
        found.push_back({*number, base::ascii_lower(around).find("company") != std::string::npos});
      }
      break;
    }
  }
  return found;
}

}  // namespace cordon::lists
