// A column of a batch read cell by cell, whatever engine made it: integers and floats of any width, text in
// any of Arrow's layouts, dictionaries (categories), times and dates. What a cell means is left to who asks:
// an IMO number may come as text, integer, or a float with holes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arrow/table.hpp"
#include "cordon/base/time.hpp"

namespace cordon::arrow {

class Cells {
 public:
  // Fails on a type that holds no single value a cell (lists, structs) or none that is understood (decimals).
  static base::Result<Cells> of(const Field& field, const Array& array);
  std::int64_t size() const { return array_->length; }
  bool valid(std::int64_t row) const;
  // Empty where null. Numbers as digits, without ".0"; dates and times as ISO 8601. scratch holds what does
  // not lie in the column as text.
  std::string_view text(std::int64_t row, std::string& scratch) const;
  // Nothing where null, NaN, or no number; text that is a number counts.
  std::optional<double> real(std::int64_t row) const;
  std::optional<std::int64_t> integer(std::int64_t row) const;
  // Times with or without a zone (without: UTC), dates, and ISO text. A bare number is no time.
  std::optional<base::TimeMs> time(std::int64_t row) const;
  // Of a column of integers, all values at once; kNoInteger where null. Nothing of any other column.
  static constexpr std::int64_t kNoInteger = INT64_MIN;
  std::optional<std::vector<std::int64_t>> integers() const;
  // The values where they lie, when they are of that width and none is null; else nullptr.
  template <class T>
  const T* plain(std::string_view format) const {
    if (kind_ != format || array_->nulls != 0 || !array_->buffers[1]) return nullptr;
    return static_cast<const T*>(array_->buffers[1].get()) + array_->offset;
  }
  // Of a time column: milliseconds where they lie.
  const std::int64_t* plain_ms() const {
    return scale_ms_ == 1 && divide_ == 1 ? plain<std::int64_t>("ts") : nullptr;
  }

 private:
  Cells(const Array& array, std::string kind) : array_(&array), kind_(std::move(kind)) {}
  template <class T>
  T at(std::int64_t row) const {
    return static_cast<const T*>(array_->buffers[1].get())[array_->offset + row];
  }
  std::string_view bytes(std::int64_t row) const;
  std::int64_t ticks_ms(std::int64_t ticks) const;

  const Array* array_;
  std::string kind_;                        // a format, or "ts" for every time
  std::int64_t scale_ms_ = 1, divide_ = 1;  // of a tick, in milliseconds
  std::shared_ptr<const Cells> dictionary_;
};

// The first of these columns, case ignored; nothing where the batch has none.
base::Result<std::optional<Cells>> find_cells(const Schema& schema, const Batch& batch,
                                              std::initializer_list<std::string_view> names);

}  // namespace cordon::arrow
