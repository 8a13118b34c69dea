// What a column means, seen from its header and its content, and a record's values made ready to be compared.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/resolve/dictionary.hpp"
#include "cordon/resolve/table.hpp"

namespace cordon::resolve {

enum class FieldType : std::uint8_t {
  person,        // given, middle and family names together: words, the last of the family
  organisation,  // company, agency, site
  vessel,        // a ship's name: its number counts
  date,          // birth, founding, build
  address,       // street line or whole address
  place,         // suburb, city
  category,      // State, country, gender: few values
  postcode,
  house_number,
  phone,
  email,
  number,  // an identity number that belongs to one: passport, tax, company, IMO, MMSI, licence
  text,    // anything else
  source,  // which list or system the record is from: most hold a party once
};
std::string_view to_string(FieldType type);

// How two values can agree, from the strongest to "differs". Level names are sentences' ends:
// "family name agrees, given name differs".
inline constexpr std::size_t kMostLevels = 8;
std::span<const std::string_view> levels_of(FieldType type);

struct Field {
  FieldType type = FieldType::text;
  std::string name;  // for people: "date_of_birth", or "name" where given and family name are joined
  // Columns it is made of. Persons: in the order given, middle, family, whole.
  std::vector<std::uint32_t> columns;
};

// Which part of a person's name a column holds.
enum class NamePart : std::uint8_t { none, given, middle, family, whole };

// The fields of a table, at most kMostFields; and what was left out, with the reason, for the report.
inline constexpr std::size_t kMostFields = 32;
struct Plan {
  std::vector<Field> fields;
  std::map<std::uint32_t, NamePart> roles;  // of the columns of a person's name
  std::vector<std::string> ignored;         // "AMOUNT (one value)"
  int source_column = -1;                   // the column that says which list or system a record is from
  int kind_column = -1;                     // the column that says person, organisation or vessel
};
Plan plan_fields(const Table& table);

}  // namespace cordon::resolve
