// What lists put into one field, taken apart: enumerations, dates in prose, numbers with remarks behind them.
// Views point into the argument.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"

namespace cordon::lists {

// "(a) 3.3.1965, (b) 1.1.1965" -> the two items; also 1) 2), a) b), i. ii. are left alone. Text without such
// marks is one item. A wrapping pair of double quotes is removed.
std::vector<std::string_view> split_enumeration(std::string_view text);
// At ';', newlines too where asked; items trimmed, empty ones dropped.
std::vector<std::string_view> split_list(std::string_view text, std::string_view separators = ";");

// Every date in a field of birth or listing dates: "circa 1957", "6.3.1955 or 15.3.1955", "1958 to 1960"
// (each year, up to 15), "10 Apr 1960", "Approximately 1967", "(a) 1972 (b) 21.3.1974", Excel day numbers
// (20000-60000).
std::vector<base::Date> parse_dates(std::string_view text);

// The number before what is said about it: "1084010 (Egypt) issued 3 May 2001" -> "1084010".
std::string_view leading_number(std::string_view text);
// The same where words may stand before it: "CAR diplomatic passport no. D00000898 (expired)" -> "D00000898".
std::string_view document_number(std::string_view text);

// "LAST, First Middle" -> "First Middle LAST"; text without a comma is returned as it is.
std::string natural_order(std::string_view text);

// Text between a first pair of outer brackets and the text around it: "Jin Tiesan (金铁三)" -> {"Jin Tiesan",
// "金铁三"}.
struct Bracketed {
  std::string_view before;
  std::vector<std::string_view> inside;
};
Bracketed split_brackets(std::string_view text);
// Names in one field. Separated by ';' or " / "; where neither occurs, by commas, if `commas` allows and no
// part is just the tail of a company's name ("Co., Ltd."). Labels such as "Arabic:" are dropped.
std::vector<std::string> split_names(std::string_view text, bool commas);
bool has_non_latin(std::string_view text);  // a letter of another script than Latin

// Whether a programme's printed name or code means the DPRK: "DPRK3", "NORTH KOREA", "EU-PRK", "US-NK",
// "UN-SC1718".
bool is_dprk_programme(std::string_view program);
// Whether a remark names the US North Korea Sanctions Regulations (31 CFR 510).
bool names_dprk_regulations(std::string_view text);

// Ltd, Corporation, JSC, S.A., Co., ... as a word of the name: the listed body is a company, not only a legal
// entity.
bool has_company_form(std::string_view name);

enum class ImoKind : std::uint8_t { none, ship, company };
// What kind of IMO number this is, for an entity of this schema. Seven digits alone say nothing: a vessel's
// is the ship's number; an organisation's is a company number unless only the ship check digit fits and the
// text around does not speak of a company.
ImoKind imo_kind(std::uint32_t number, model::Schema schema, bool said_company);
// Numbers introduced by "IMO" in prose: "IMO number: 5571322", "(IMO) Number: 1790183", "Company Number IMO
// 5434358".
struct ImoMention {
  std::uint32_t number = 0;
  bool said_company = false;
};
std::vector<ImoMention> find_imo(std::string_view text);

}  // namespace cordon::lists
