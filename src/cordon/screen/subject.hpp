// A party made ready for comparison: its names prepared, its dates, codes and numbers parsed. Queries and
// list entries take the same shape, so that a pair is judged the same way round or the other.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/names/normalise.hpp"
#include "cordon/screen/query.hpp"

namespace cordon::screen {

enum class NameRole : std::uint8_t { main, alias, weak, previous };

struct SubjectName {
  names::PreparedName name;
  NameRole role = NameRole::main;
};

// What may be compared with what: a person never with a ship; `unknown` with all.
enum class Party : std::uint8_t { unknown, person, organisation, vessel, other };
Party party_of(model::Schema schema);
names::Kind kind_of(Party party);
bool comparable(Party a, Party b);

struct Subject {
  Party party = Party::unknown;
  std::vector<SubjectName> names;
  std::vector<base::Date> births;
  std::vector<std::uint16_t> countries;  // two lower-case letters as a number
  std::uint16_t flag = 0;
  char gender = 0;  // m, f, or 0
  std::uint32_t imo = 0, imo_company = 0, mmsi = 0;
  std::int16_t build_year = 0;
  std::vector<std::string>
      numbers;  // "passport:...", "lei:...", "callsign:...": kind, then letters and digits only
};

// Parses what can be parsed; what cannot is left out.
Subject subject_of(const Query& query);
Subject subject_of(const model::Entity& entity);

// "P/123-45 a" -> "P12345A".
std::string plain_number(std::string_view text);
std::uint16_t country_number(std::string_view text);
std::string country_letters(std::uint16_t number);

}  // namespace cordon::screen
