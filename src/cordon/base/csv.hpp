// RFC 4180 with the looseness of real files: CRLF or LF, quotes doubled, blanks kept, a byte order mark and a
// trailing 0x1A ignored, separator , ; tab or | chosen by the header line. UTF-8, or UTF-16 as spreadsheets
// export it; any other encoding is an error that names its first line. For list-sized files; csv_stream.hpp
// reads files of any size, and AIS archives have their own reader in ais/.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"

namespace cordon::base {

using CsvRow = std::vector<std::string>;

// Calls sink(row, line) for each record, line = 1-based number of the record's first line. An unterminated
// quote is an error that names its line. Blank lines are skipped. line: the number of the text's first line.
Result<void> read_csv(std::string_view text, char separator,
                      const std::function<void(CsvRow&&, std::uint64_t)>& sink, std::uint64_t line = 1);

// The separator that occurs most often outside quotes in the first line; a comma when none does.
char csv_separator(std::string_view text);

// A table with a header: cells by column name (case-insensitive), several accepted spellings.
class CsvTable {
 public:
  // name is used in messages only.
  static Result<CsvTable> parse(std::string_view text, std::string name);
  std::size_t size() const { return rows_.size(); }
  // Index of the first of these columns that exists.
  std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const;
  Result<std::size_t> require(std::initializer_list<std::string_view> names) const;
  // Empty for a row that is too short or an absent column.
  std::string_view cell(std::size_t row, std::optional<std::size_t> column) const;
  std::uint64_t line(std::size_t row) const { return lines_[row]; }
  const CsvRow& header() const { return header_; }
  const CsvRow& row(std::size_t index) const { return rows_[index]; }

 private:
  std::string name_;
  CsvRow header_;
  std::vector<CsvRow> rows_;
  std::vector<std::uint64_t> lines_;
};

// A cell quoted where needed.
void append_csv(std::string& out, std::string_view cell);

}  // namespace cordon::base
