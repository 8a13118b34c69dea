// A listed or registered party in the shape of FollowTheMoney: a schema and properties that each hold a list
// of strings. Property names are FtM's (name, alias, weakAlias, previousName, birthDate, country,
// nationality, imoNumber, mmsi, callSign, flag, topics, ...), so that exports need no translation. Ours
// beyond FtM:
//   imoCompany     IMO company number (never to be confused with imoNumber, the ship's)
//   originalScript a name as printed in its own script
//   measure        what the list says applies: "Asset freeze", "Transportation restrictions"
//   listingDate, programId, referenceNumber, listedAs (annex or schedule)
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/model/source.hpp"

namespace cordon::model {

enum class Schema : std::uint8_t {
  Thing,
  LegalEntity,
  Person,
  Organization,
  Company,
  PublicBody,
  Vessel,
  Airplane,
  Vehicle,
  Address,
  Identification,
  Passport,
  Sanction,
  Ownership,
  Directorship,
  Membership,
  Employment,
  Family,
  Associate,
  Representation,
  UnknownLink,
  Succession,
  CryptoWallet,
  Security,
  Other,
};
std::string_view to_string(Schema schema);
std::optional<Schema> parse_schema(std::string_view name);
bool is_party(Schema schema);  // can be named in a query: Person, Organization, Company, Vessel, ...
bool is_edge(Schema schema);   // an interval between two parties: Ownership, Directorship, ...

// Property names are interned for the life of the program: compare by content or, after interning, by
// address.
std::string_view intern(std::string_view name);

struct Property {
  std::string_view name;  // interned
  std::string value;      // UTF-8, trimmed, never empty
};

// Which values an entity already has, once it has so many that looking through them all would take a time
// that grows with their square (a hostile file can give one entity a million aliases). Open addressing over
// the positions of properties; it catches up by itself with values that were put there without Entity::add.
class PropertyIndex {
 public:
  bool contains(const std::vector<Property>& properties, std::string_view name, std::string_view value);

 private:
  void insert(const std::vector<Property>& properties, std::size_t position);
  std::vector<std::uint32_t> slots_;  // position + 1; 0 = free
  std::size_t indexed_ = 0;
};

struct Entity {
  std::string id;  // unique among all lists: "un-kpi.001", "ofac-15042"
  Schema schema = Schema::Thing;
  std::string caption;               // the main name
  std::vector<Property> properties;  // in order of reading; duplicates removed
  Source source;

  // Ignores empty values and exact repetitions.
  void add(std::string_view property, std::string_view value);
  std::string_view first(std::string_view property) const;  // "" where absent
  std::vector<std::string_view> all(std::string_view property) const;
  bool has(std::string_view property, std::string_view value) const;

  PropertyIndex index = {};  // add's memory; empty for all but very long records
};

// One FollowTheMoney JSON line (no newline):
// {"id","schema","caption","properties":{..},"datasets":[..],"source":{"file","record","version"}}
void append_ftm(std::string& out, const Entity& entity);

}  // namespace cordon::model
