// The fields of the UK lists by their names in the XML, which the columns of the CSV spell apart:
// "RegimeName" is "Regime Name", "CurrentOwnerOperator" is "Current owner/operator (s)".
#pragma once
#include <cstdint>
#include <string_view>

#include "cordon/lists/collector.hpp"

namespace cordon::lists {

enum class UkKind : std::uint8_t { text, dates, country, gender, imo, list, document, regime };

struct UkField {
  std::string_view element, property;
  UkKind kind;
};

// Null where the name is none of the fields.
const UkField* uk_field_of_element(std::string_view element);
const UkField* uk_field_of_column(std::string_view column);
void add(Record& record, const UkField& field, std::string_view text);

}  // namespace cordon::lists
