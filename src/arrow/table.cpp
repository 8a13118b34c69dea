#include "arrow/table.hpp"

#include <numeric>

namespace cordon::arrow {
namespace {

// Offsets of 32 bits count two billion bytes: a column of text beyond that leaves with 64.
std::pair<std::string, Array> column_of(Texts&& texts) {
  Array array;
  array.length = static_cast<std::int64_t>(texts.offsets.size()) - 1;
  auto kept = std::make_shared<std::string>(std::move(texts.bytes));
  const Buffer data(kept, kept->data());
  if (kept->size() > INT32_MAX) {
    array.buffers = {nullptr, hold(std::move(texts.offsets)), data};
    return {"U", std::move(array)};
  }
  array.buffers = {nullptr, hold(std::vector<std::int32_t>(texts.offsets.begin(), texts.offsets.end())),
                   data};
  return {"u", std::move(array)};
}

template <class Values>
std::vector<std::int32_t> offsets_of(const std::vector<Values>& lists) {
  std::vector<std::int32_t> out{0};
  for (const auto& list : lists) out.push_back(out.back() + static_cast<std::int32_t>(list.size()));
  return out;
}

}  // namespace

Batch rows_of(const Batch& batch, std::int64_t first, std::int64_t count) {
  Batch out = batch;
  out.rows = count;
  for (Array& column : out.columns) {
    column.offset += first;
    column.length = count;
  }
  return out;
}

std::int64_t Table::rows() const {
  return std::accumulate(batches.begin(), batches.end(), std::int64_t{0},
                         [](std::int64_t sum, const Batch& batch) { return sum + batch.rows; });
}

std::optional<std::size_t> Table::column(std::string_view name) const {
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (schema[i].name == name) return i;
  return std::nullopt;
}

Builder& Builder::add(Field field, Array array) {
  table_.batches[0].rows = array.length;
  table_.schema.push_back(std::move(field));
  table_.batches[0].columns.push_back(std::move(array));
  return *this;
}

Builder& Builder::texts(std::string name, const std::vector<std::string>& values) {
  Texts column;
  for (const std::string& value : values) column.add(value);
  return texts(std::move(name), std::move(column));
}

Builder& Builder::texts(std::string name, Texts&& values) {
  auto [format, array] = column_of(std::move(values));
  return add({std::move(name), std::move(format), false}, std::move(array));
}

Builder& Builder::flags(std::string name, const std::vector<bool>& values) {
  std::vector<std::uint8_t> bits((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | unsigned{values[i]} << (i % 8));
  Array array;
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers = {nullptr, hold(std::move(bits))};
  return add({std::move(name), "b", false}, std::move(array));
}

Builder& Builder::text_lists(std::string name, const std::vector<std::vector<std::string>>& values) {
  Texts texts;
  for (const auto& list : values)
    for (const std::string& value : list) texts.add(value);
  auto [format, items] = column_of(std::move(texts));
  Array array;
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers = {nullptr, hold(offsets_of(values))};
  array.children.push_back(std::move(items));
  return add({std::move(name), "+l", false, {{"item", std::move(format), false}}}, std::move(array));
}

Builder& Builder::number_lists(std::string name, const std::vector<std::vector<std::int64_t>>& values) {
  std::vector<std::int64_t> numbers;
  for (const auto& list : values) numbers.insert(numbers.end(), list.begin(), list.end());
  Array items;
  items.length = static_cast<std::int64_t>(numbers.size());
  items.buffers = {nullptr, hold(std::move(numbers))};
  Array array;
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers = {nullptr, hold(offsets_of(values))};
  array.children.push_back(std::move(items));
  return add({std::move(name), "+l", false, {{"item", "l", false}}}, std::move(array));
}

Table Builder::finish() && {
  return std::move(table_);
}

}  // namespace cordon::arrow
