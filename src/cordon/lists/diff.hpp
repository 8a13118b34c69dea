// Two versions of a list compared record by record.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/lists/list_file.hpp"

namespace cordon::lists {

enum class ChangeKind : std::uint8_t { added, removed, changed };
std::string_view to_string(ChangeKind kind);

struct FieldChange {
  std::string_view field;  // property name, or "caption", "schema"
  std::vector<std::string> removed, added;
};

struct Change {
  ChangeKind kind{};
  std::string id, caption;          // caption: the new one; of a removed entity the old one
  std::vector<FieldChange> fields;  // by field name; all fields of an added or removed entity
};

// Sorted by id. Entities are paired by id; the order of values within a field is not a change.
std::vector<Change> diff(const ListFile& old, const ListFile& now);

// {"change":"changed","id":..,"caption":..,"fields":{name:{"removed":[..],"added":[..]}}}, no newline.
void append_json(std::string& out, const Change& change);

// A list that lost more than half of its entities since the last version was most likely cut off or replaced
// by an error page: not to be used without a person looking. Lists under 20 entities are never suspicious.
bool suspicious_shrink(const ListFile& old, const ListFile& now);

}  // namespace cordon::lists
