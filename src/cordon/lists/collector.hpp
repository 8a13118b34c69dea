// Where readers put what they read: keeps ids unique, countries as codes, and counts what was not understood.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "cordon/lists/list_file.hpp"
#include "cordon/lists/prop.hpp"

namespace cordon::lists {

class Collector;

// One entity being read. Values are squeezed (inner white space to one blank) and dropped when empty.
class Record {
 public:
  // record: the publisher's key, for the way back to the source; line: 1-based, 0 where not known.
  Record(Collector& collector, model::Schema schema, std::string record, std::uint64_t line = 0);

  // property: one of prop::, interned.
  void add(std::string_view property, std::string_view value);
  // One or several countries or nationalities; codes into `property`, what is not recognised into
  // countryText.
  void add_country(std::string_view property, std::string_view text);
  // Each date in the text as ISO 8601; a text without one is counted and kept in notes.
  void add_dates(std::string_view property, std::string_view text);
  // "male", "M" -> male; "female", "F" -> female; anything else is kept as printed.
  void add_gender(std::string_view text);
  // An alias as printed: in another script, or with its original in brackets, it becomes originalScript as
  // well.
  void add_alias(std::string_view property, std::string_view text);
  // program, programId (authority-code), topics, and regime where it is the DPRK's.
  void add_program(std::string_view authority, std::string_view program);
  // A printed IMO number of this entity: imoNumber or imoCompany by schema and check digits; otherwise
  // counted.
  void add_imo(std::string_view text, bool said_company = false);

  std::string_view first(std::string_view property) const { return entity_.first(property); }
  bool has(std::string_view property) const { return !entity_.first(property).empty(); }
  model::Entity& entity() { return entity_; }
  model::Schema schema() const { return entity_.schema; }
  Collector& collector() { return collector_; }

  // Hands the entity over under this id (made unique), with the first name as caption where none is set. A
  // record without any name is rejected.
  void finish(std::string_view id);

 private:
  Collector& collector_;
  model::Entity entity_;
};

class Collector {
 public:
  explicit Collector(model::SourceFile source);
  void reserve(std::size_t records) { list_.entities.reserve(records); }
  base::Tally& rejects() { return list_.rejects; }
  const std::shared_ptr<const model::SourceFile>& source() const { return list_.source; }
  std::size_t size() const { return list_.entities.size(); }
  // The same country texts come again and again: remembered.
  const std::optional<std::string>& country(std::string_view text);
  // Counts at most so many different examples cheaply: see base::Tally.
  void reject(std::string_view reason, std::string_view example) { list_.rejects.add(reason, example); }
  ListFile take() &&;

 private:
  friend class Record;
  void put(model::Entity&& entity, std::string_view id);
  ListFile list_;
  std::unordered_set<std::string> ids_;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::optional<std::string>, Hash, std::equal_to<>> countries_;
};

// Lower-case ASCII letters, digits and '.', other runs become one '-': for ids made of printed text.
std::string slug(std::string_view text);

}  // namespace cordon::lists
