// Columns of a table as the fields of a query: id, schema, name, birth_date, country, ... in the spellings
// people use.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/result.hpp"
#include "cordon/screen/query.hpp"

namespace cordon::screen {

class Columns {
 public:
  // prefix: "", "left_" or "right_". name: further spellings of the name's column ("left").
  Columns(const base::CsvRow& header, std::string_view prefix, std::string_view name);
  bool has_name() const { return name_.has_value(); }
  bool has_number() const { return imo_ || mmsi_ || lei_ || passport_ || imo_company_ || callsign_; }
  // Several names, dates or countries in one cell are split at ';'. schema is not read here.
  Query query(const base::CsvRow& row) const;

 private:
  using Column = std::optional<std::size_t>;
  Column name_, first_, middle_, last_, birth_, country_, nationality_, gender_, imo_, imo_company_, mmsi_,
      callsign_, flag_, passport_, lei_, build_;
};

// "Person", "vessel", "Company", "ship": a FollowTheMoney schema or a usual word for one; empty text is no
// schema.
base::Result<std::optional<model::Schema>> read_schema(std::string_view text);
// Index of the first of these columns, case ignored.
std::optional<std::size_t> find_column(const base::CsvRow& header,
                                       std::initializer_list<std::string_view> names);

}  // namespace cordon::screen
