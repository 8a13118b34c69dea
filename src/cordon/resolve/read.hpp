// The two forms of input, for parse_table: each fills a table and counts what it had to leave out.
#pragma once
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/resolve/table.hpp"

namespace cordon::resolve {

// text: valid UTF-8 without NUL.
base::Result<void> read_csv_table(Table& table, std::string_view text);
base::Result<void> read_json_table(Table& table, std::string_view text);

// "RECORD_ID", "recordId" and "record id" as "record_id".
std::string plain_name(std::string_view header);
// Columns that name the record, by plain name; smaller is better, -1 for any other.
int id_rank(std::string_view plain);
// Columns that state what is to be found out.
bool is_answer(std::string_view plain);

}  // namespace cordon::resolve
