#include "cordon/resolve/table.hpp"

#include <algorithm>

namespace cordon::resolve {

std::size_t Table::column(std::string_view column_name) {
  if (column_name.empty()) column_name = "?";
  bool fresh = false;
  const ValueId id = names_.put(column_name, &fresh);
  if (fresh) {
    columns_.emplace_back();
    columns_.back().name = column_name;
  }
  return id - 1;
}

std::optional<std::size_t> Table::known_column(std::string_view column_name) const {
  const ValueId id = names_.find(column_name);
  return id == 0 ? std::nullopt : std::optional<std::size_t>(id - 1);
}

RecordId Table::add_row(std::string_view id_text, const Dictionary::Probe& probe) {
  bool fresh = false;
  const ValueId id = ids_.put(id_text, probe, &fresh);
  const auto record = static_cast<RecordId>(rows_++);
  if (fresh)
    record_of_.push_back(record);
  else
    ++repeated_ids_;
  id_of_.push_back(id);
  return record;
}

void Table::put(std::size_t index, RecordId record, std::string_view value, const Dictionary::Probe& probe) {
  if (value.empty()) return;
  Column& column = columns_[index];
  const ValueId id = column.values.put(value, probe, nullptr);
  if (column.first.size() <= record) column.first.resize(rows_, 0);
  if (column.first[record] == 0) {
    column.first[record] = id;
    return;
  }
  bool known = column.first[record] == id;
  for (auto at = column.further.rbegin(); at != column.further.rend() && at->first == record && !known; ++at)
    known = at->second == id;
  if (!known) column.further.emplace_back(record, id);
}

void Table::reserve(std::size_t rows) {
  id_of_.reserve(rows), record_of_.reserve(rows);
  const auto expect = [&](Dictionary& values) {
    if (2 * values.size() <= rows_ || rows <= rows_) return;
    const double times = 1.02 * static_cast<double>(rows) / static_cast<double>(rows_);
    values.reserve(static_cast<std::size_t>(static_cast<double>(values.size()) * times),
                   static_cast<std::size_t>(static_cast<double>(values.bytes()) * times));
  };
  expect(ids_);
  for (Column& column : columns_) column.first.reserve(rows), expect(column.values);
}

RecordId Table::find(std::string_view id_text) const {
  const ValueId id = ids_.find(id_text);
  return id == 0 ? static_cast<RecordId>(rows_) : record_of_[id - 1];
}

std::size_t Table::further_at(const Column& column, RecordId record) {
  if (column.further.empty()) return 0;
  const auto at = std::lower_bound(column.further.begin(), column.further.end(), record,
                                   [](const auto& cell, RecordId wanted) { return cell.first < wanted; });
  return static_cast<std::size_t>(at - column.further.begin());
}

}  // namespace cordon::resolve
