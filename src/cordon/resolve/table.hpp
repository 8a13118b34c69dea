// Records as they were read: rows and named columns of text, not yet understood. A cell may hold several
// values (FollowTheMoney aliases); a CSV cell holds one.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/resolve/dictionary.hpp"

namespace cordon::resolve {

using RecordId = std::uint32_t;  // position in order of reading, from 0

// A value longer than this is cut (and counted): no name, address or number is, and comparison is on words.
inline constexpr std::size_t kLongestValue = 4096;
// More columns than any register has; the rest of a row is dropped and counted.
inline constexpr std::size_t kMostColumns = 1024;

enum class Shape : std::uint8_t { csv, ftm, senzing };

// One record outside a table: column name and value, a column may repeat.
using Row = std::vector<std::pair<std::string, std::string>>;

class Table {
 public:
  struct Column {
    std::string name;
    Dictionary values;
    std::vector<ValueId> first;                         // by record; 0 = empty
    std::vector<std::pair<RecordId, ValueId>> further;  // second and later values, by record
  };

  // The column of that name, made where missing (rows already there are empty in it). kMostColumns is
  // enforced by the readers.
  std::size_t column(std::string_view name);
  std::optional<std::size_t> known_column(std::string_view name) const;
  // Starts a row; its cells follow. id must not be empty.
  RecordId add_row(std::string_view id) { return add_row(id, Dictionary::probe_of(id)); }
  RecordId add_row(std::string_view id, const Dictionary::Probe& probe);
  void put(std::size_t column, std::string_view value) {
    const std::string_view kept = value.substr(0, kLongestValue);
    put(column, static_cast<RecordId>(rows_ - 1), kept, Dictionary::probe_of(kept));
  }
  // For readers of many rows at a time, so that the memory can answer in the meantime. A column's records
  // come in order.
  void put(std::size_t column, RecordId record, std::string_view value, const Dictionary::Probe& probe);
  const Dictionary& ids() const { return ids_; }
  // Room for so many rows: of ids and of columns of mostly different values as many as the rows so far lead
  // to expect.
  void reserve(std::size_t rows);

  std::size_t size() const { return rows_; }
  std::span<const Column> columns() const { return columns_; }
  Column& column_at(std::size_t index) { return columns_[index]; }
  std::string_view id(RecordId record) const { return ids_[id_of_[record]]; }
  // The first record of that id; size() where there is none.
  RecordId find(std::string_view id) const;
  // Calls sink(ValueId) for each value of the cell.
  template <class Sink>
  void each(std::size_t column, RecordId record, Sink&& sink) const {
    const Column& c = columns_[column];
    if (record >= c.first.size() || c.first[record] == 0) return;
    sink(c.first[record]);
    for (auto at = further_at(c, record); at != c.further.size() && c.further[at].first == record; ++at)
      sink(c.further[at].second);
  }
  // Records whose id an earlier record has.
  std::size_t repeated_ids() const { return repeated_ids_; }

  Shape shape = Shape::csv;
  std::string name;     // of the file, for messages
  base::Tally rejects;  // what could not be read, by reason

 private:
  static std::size_t further_at(const Column& column, RecordId record);
  std::vector<Column> columns_;
  Dictionary ids_, names_;
  std::vector<ValueId> id_of_;
  std::vector<RecordId> record_of_;  // by id - 1: the first record that has it
  std::size_t rows_ = 0, repeated_ids_ = 0;
};

// CSV (header line, any columns), or one JSON object a line: FollowTheMoney entities, or Senzing records
// (FEATURES list or plain attributes). The form is seen from the content. The id is the column id, rec_id,
// record_id, ...; where there is none, the record's number from 1. Columns that state the answer
// (true_cluster, cluster, cluster_id) are left out and named in `rejects`. Fails on an unreadable file, one
// without a single record, and an unterminated quote; a bad line is counted and skipped.
base::Result<Table> read_table(const std::filesystem::path& path);
base::Result<Table> parse_table(std::string_view bytes, std::string name);

}  // namespace cordon::resolve
