// Who or what is asked about, and how one pair is judged.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cordon/model/entity.hpp"

namespace cordon::screen {

// Every field but one name or one identifier may be empty; a field that is missing never lowers a score.
struct Query {
  std::string id;
  std::optional<model::Schema> schema;  // empty: anything that has a name
  std::vector<std::string> names;
  std::vector<std::string> birth_dates;  // ISO or list style, as precise as known
  std::vector<std::string> countries;    // codes or names: citizenship, residence, registration
  std::string gender;                    // "male", "female", or as a source writes it
  std::string imo;                       // IMO ship number
  std::string imo_company;               // IMO company number; never compared with a ship's
  std::string mmsi;
  std::string callsign;
  std::string flag;  // of a vessel; code or name
  std::string passport;
  std::string lei;
  std::string build_year;
};

struct Verdict {
  double score = 0.0;
  bool match = false;
  // Plain sentences a reviewer can paste, most important first: "IMO number 9187629 is identical."
  std::vector<std::string> reasons;
};

// The score from which `match` is true; names::kMatch, one for all kinds.
double threshold();

// A query made of an entity's own names and identifiers (for resolving lists against each other).
Query query_of(const model::Entity& entity);

Verdict compare_pair(const Query& left, const Query& right);
Verdict compare_pair(const Query& query, const model::Entity& entity);
Verdict compare_entities(const model::Entity& left, const model::Entity& right);

}  // namespace cordon::screen
