#include "cordon/screen/subject.hpp"

#include <algorithm>

#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::screen {
namespace {

char gender_of(std::string_view text) {
  if (text.empty()) return 0;
  const char c = static_cast<char>(text.front() | 0x20);
  return c == 'm' ? 'm' : c == 'f' || c == 'w' ? 'f' : char{0};
}

void add_name(Subject& subject, std::string_view text, NameRole role, names::Kind kind) {
  if (base::trim(text).empty()) return;
  // Asked before the name is prepared, which is the dear part: the caption is mostly a name too.
  const auto same_kind = [&](names::Kind known) {
    return known == kind || (kind == names::Kind::any && known != names::Kind::vessel);
  };
  for (const SubjectName& known : subject.names)
    if (known.name.text() == text && same_kind(known.name.kind())) return;
  SubjectName name{names::PreparedName(text, kind), role};
  if (name.name.empty()) return;
  subject.names.push_back(std::move(name));
}

void add_birth(Subject& subject, std::string_view text) {
  if (const auto date = base::parse_date(text); date && !date->empty())
    if (std::find(subject.births.begin(), subject.births.end(), *date) == subject.births.end())
      subject.births.push_back(*date);
}

void add_country(Subject& subject, std::string_view text) {
  const std::uint16_t number = country_number(text);
  if (number &&
      std::find(subject.countries.begin(), subject.countries.end(), number) == subject.countries.end())
    subject.countries.push_back(number);
}

void add_number(Subject& subject, std::string_view kind, std::string_view text, std::size_t least) {
  const std::string plain = plain_number(text);
  if (plain.size() < least) return;
  std::string number = std::string(kind) + ":" + plain;
  if (std::find(subject.numbers.begin(), subject.numbers.end(), number) == subject.numbers.end())
    subject.numbers.push_back(std::move(number));
}

std::uint32_t mmsi_of(std::string_view text) {
  const auto number = base::parse_number<std::uint32_t>(base::trim(text));
  return number && *number >= 100'000'000 && *number <= 999'999'999 ? *number : 0;
}

std::int16_t year_of(std::string_view text) {
  const auto date = base::parse_date(text);
  return date ? date->year : std::int16_t{0};
}

}  // namespace

Party party_of(model::Schema schema) {
  switch (schema) {
    case model::Schema::Person:
      return Party::person;
    case model::Schema::Organization:
    case model::Schema::Company:
    case model::Schema::PublicBody:
      return Party::organisation;
    case model::Schema::Vessel:
      return Party::vessel;
    case model::Schema::LegalEntity:
    case model::Schema::Thing:
      return Party::unknown;
    default:
      return Party::other;
  }
}

names::Kind kind_of(Party party) {
  switch (party) {
    case Party::person:
      return names::Kind::person;
    case Party::organisation:
      return names::Kind::organisation;
    case Party::vessel:
    case Party::other:
      return names::Kind::vessel;
    case Party::unknown:
      break;
  }
  return names::Kind::any;
}

bool comparable(Party a, Party b) {
  return a == b || a == Party::unknown || b == Party::unknown;
}

std::string plain_number(std::string_view text) {
  std::string out;
  for (const char c : text)
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
      out += c;
    else if (c >= 'a' && c <= 'z')
      out += static_cast<char>(c - 32);
  return out;
}

std::uint16_t country_number(std::string_view text) {
  const std::string_view trimmed = base::trim(text);
  if (trimmed.empty()) return 0;
  const auto pack = [](std::string_view code) {
    return static_cast<std::uint16_t>((code[0] | 0x20) << 8 | (code[1] | 0x20));
  };
  const bool lower =
      trimmed.size() == 2 && trimmed[0] >= 'a' && trimmed[0] <= 'z' && trimmed[1] >= 'a' && trimmed[1] <= 'z';
  if (lower) return pack(trimmed);  // what the list readers already resolved
  const auto code = base::country_code(trimmed);
  return code && code->size() == 2 ? pack(*code) : std::uint16_t{0};
}

std::string country_letters(std::uint16_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

Subject subject_of(const Query& query) {
  Subject subject;
  if (query.schema) subject.party = party_of(*query.schema);
  for (const std::string& name : query.names) {
    add_name(subject, name, NameRole::main, kind_of(subject.party));
    // A ship's name is read otherwise than a person's: of a query that may be either, both readings are kept.
    if (subject.party == Party::unknown) add_name(subject, name, NameRole::main, names::Kind::vessel);
  }
  for (const std::string& date : query.birth_dates) add_birth(subject, date);
  for (const std::string& country : query.countries) add_country(subject, country);
  subject.flag = country_number(query.flag);
  subject.gender = gender_of(query.gender);
  subject.imo = base::parse_imo(query.imo).value_or(0);
  subject.imo_company = base::parse_imo(query.imo_company).value_or(0);
  subject.mmsi = mmsi_of(query.mmsi);
  subject.build_year = year_of(query.build_year);
  add_number(subject, "passport", query.passport, 5);
  add_number(subject, "lei", query.lei, 20);
  add_number(subject, "callsign", query.callsign, 3);
  return subject;
}

Subject subject_of(const model::Entity& entity) {
  Subject subject;
  subject.party = party_of(entity.schema);
  const names::Kind kind = kind_of(subject.party);
  add_name(subject, entity.caption, NameRole::main, kind);
  for (const model::Property& p : entity.properties) {
    const std::string_view n = p.name;
    if (n == "name")
      add_name(subject, p.value, NameRole::main, kind);
    else if (n == "alias" || n == "originalScript")
      add_name(subject, p.value, NameRole::alias, kind);
    else if (n == "weakAlias")
      add_name(subject, p.value, NameRole::weak, kind);
    else if (n == "previousName")
      add_name(subject, p.value, NameRole::previous, kind);
    else if (n == "birthDate")
      add_birth(subject, p.value);
    else if (n == "country" || n == "nationality" || n == "citizenship" || n == "jurisdiction")
      add_country(subject, p.value);
    else if (n == "flag" && subject.flag == 0)
      subject.flag = country_number(p.value);
    else if (n == "gender")
      subject.gender = gender_of(p.value);
    else if (n == "imoNumber")
      subject.imo = base::parse_imo(p.value).value_or(subject.imo);
    else if (n == "imoCompany")
      subject.imo_company = base::parse_imo(p.value).value_or(subject.imo_company);
    else if (n == "mmsi")
      subject.mmsi = mmsi_of(p.value);
    else if (n == "buildDate")
      subject.build_year = year_of(p.value);
    else if (n == "passportNumber")
      add_number(subject, "passport", p.value, 5);
    else if (n == "leiCode")
      add_number(subject, "lei", p.value, 20);
    else if (n == "callSign")
      add_number(subject, "callsign", p.value, 3);
  }
  return subject;
}

}  // namespace cordon::screen
